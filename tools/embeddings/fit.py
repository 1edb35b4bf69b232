"""fit.py WORK DIMENSIONS EPOCHS: fits one row a token so that the mean of a text's rows points where the teacher's
vector points. Writes `table-DIMENSIONS.npz` (rows, document frequencies) into WORK."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

from rows import unit
from teacher import Teacher

BATCH, RATE = 2048, 0.01
FIRST_DECAY, SECOND_DECAY = 0.9, 0.98
TEMPERATURE, RELATIVE_WEIGHT = 0.06, 0.05


def read_parts(work: Path) -> tuple[list[str], np.ndarray]:
    """All texts taught so far and their teacher vectors, (texts, 384)."""
    texts: list[str] = []
    vectors = []
    for part in sorted(work.glob("*-*.json")):
        texts += json.loads(part.read_text(encoding="utf-8"))
        vectors.append(np.load(part.with_suffix(".npy")).astype(np.float32))
    return texts, np.concatenate(vectors)


def token_counts(texts: list[str], work: Path, max_tokens: int = 256) -> sparse.csr_matrix:
    """Texts by tokens; a token's weight is the root of its count, since its second use says less."""
    tokenizer = Teacher(work / "minilm.onnx", threads=1).tokenizer
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    lists = [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
    columns = np.fromiter((i for ids in lists for i in ids), np.int32)
    starts = np.cumsum([0] + [len(ids) for ids in lists])
    shape = (len(texts), tokenizer.get_vocab_size())
    counts = sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=shape)
    counts.sum_duplicates()
    counts.data = np.sqrt(counts.data)
    return counts


def principal_axes(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """The `dimensions` directions that hold most of the teacher's vectors, (384, dimensions)."""
    sample = vectors[np.random.default_rng(0).choice(len(vectors), min(20_000, len(vectors)), replace=False)]
    values, axes = np.linalg.eigh(sample.T @ sample)
    return axes[:, np.argsort(-values)[:dimensions]]


def softmax(rows: np.ndarray) -> np.ndarray:
    rows = np.exp(rows - rows.max(axis=1, keepdims=True))
    return rows / rows.sum(axis=1, keepdims=True)


def in_batch_gradient(student: np.ndarray, teacher: np.ndarray) -> np.ndarray:
    """Of the cross entropy between whom the teacher and whom the student find near within the batch."""
    found, wanted = student @ student.T / TEMPERATURE, teacher @ teacher.T / TEMPERATURE
    np.fill_diagonal(found, -1e4)
    np.fill_diagonal(wanted, -1e4)
    difference = (softmax(found) - softmax(wanted)) * (RELATIVE_WEIGHT / len(student) / TEMPERATURE)
    return (difference + difference.T) @ student


class Adam:
    """Adam over the rows that a batch touches; each row counts its own steps."""

    def __init__(self, table: np.ndarray):
        self.table = table
        self.first, self.second = np.zeros_like(table), np.zeros_like(table)
        self.steps = np.zeros(len(table), np.int64)

    def step(self, rows: np.ndarray, gradient: np.ndarray, rate: float) -> None:
        self.steps[rows] += 1
        steps = self.steps[rows][:, None]
        self.first[rows] = FIRST_DECAY * self.first[rows] + (1 - FIRST_DECAY) * gradient
        self.second[rows] = SECOND_DECAY * self.second[rows] + (1 - SECOND_DECAY) * gradient**2
        first = self.first[rows] / (1 - FIRST_DECAY**steps)
        second = np.sqrt(self.second[rows] / (1 - SECOND_DECAY**steps))
        self.table[rows] -= rate * first / (second + 1e-6 * BATCH**0.5)


def fit(counts: sparse.csr_matrix, targets: np.ndarray, table: np.ndarray, epochs: int) -> np.ndarray:
    """The table after `epochs` passes: minus cosine to the targets plus the in-batch cross entropy."""
    adam, chance = Adam(table.astype(np.float32)), np.random.default_rng(1)
    batches = counts.shape[0] // BATCH
    for epoch in range(epochs):
        order, cosines, started = chance.permutation(counts.shape[0]), [], time.time()
        for number in range(batches):
            chosen = order[number * BATCH : (number + 1) * BATCH]
            x, y = counts[chosen], targets[chosen]
            rows = np.unique(x.indices)
            x = x[:, rows]
            summed = x @ adam.table[rows]
            length = np.linalg.norm(summed, axis=1, keepdims=True) + 1e-6
            student = summed / length
            gradient = -y / BATCH + in_batch_gradient(student, y)
            gradient = (gradient - (gradient * student).sum(axis=1, keepdims=True) * student) / length
            rate = RATE * (1 - (epoch * batches + number) / (epochs * batches))
            adam.step(rows, np.asarray(x.T @ gradient) * BATCH, rate)
            cosines.append((student * y).sum(axis=1).mean())
        print(f"epoch {epoch + 1}: cosine {np.mean(cosines):.4f}, {time.time() - started:.0f} s", flush=True)
    return adam.table


def main(work: Path, dimensions: int, epochs: int) -> None:
    texts, vectors = read_parts(work)
    counts = token_counts(texts, work)
    used = np.asarray((counts > 0).sum(axis=0)).ravel()
    axes = principal_axes(vectors, dimensions)
    rarity = 1e-3 / (1e-3 + used / used.sum())
    start = unit(np.load(work / "tokens.npy") @ axes) * rarity[:, None]
    table = fit(counts, unit(vectors @ axes), start, epochs)
    np.savez(work / f"table-{dimensions}.npz", table=table, used=used)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
