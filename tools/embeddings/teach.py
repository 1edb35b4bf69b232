"""teach.py EVALUATION WORK [COUNT]: the teacher's vectors of COUNT texts, in parts that a second run resumes."""

import json
import sys
from pathlib import Path

import numpy as np

from teacher import Teacher, export_teacher, model_folder
from texts import everyday_texts, teaching_texts

PART = 10_000
THESAURUS = Path(__file__).parents[2] / "src/search/query/thesaurus.json"


def teach_in_parts(teacher: Teacher, texts: list[str], work: Path, name: str) -> None:
    """Write NAME-N.json (texts) and NAME-N.npy (float16, (texts, 384)) where they are not there."""
    for number, start in enumerate(range(0, len(texts), PART)):
        part = texts[start : start + PART]
        target = work / f"{name}-{number:02}.json"
        if target.exists():
            continue
        np.save(target.with_suffix(".npy"), teacher.embed(part).astype(np.float16))
        target.write_text(json.dumps(part), encoding="utf-8")
        print(f"{name}: taught {start + len(part)} of {len(texts)} texts", flush=True)


def teach(evaluation: Path, work: Path, count: int) -> None:
    """Teach everyday words and COUNT texts of papers; the vectors of single tokens go to `tokens.npy`."""
    work.mkdir(parents=True, exist_ok=True)
    model = work / "minilm.onnx"
    if not model.exists():
        export_teacher(model)
    teacher = Teacher(model)
    if not (work / "tokens.npy").exists():
        np.save(work / "tokens.npy", teacher.embed_tokens(teacher.tokenizer.get_vocab_size()))
    vocabulary = (model_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    thesaurus = json.loads(THESAURUS.read_text(encoding="utf-8"))
    teach_in_parts(teacher, everyday_texts(vocabulary, thesaurus), work, "words")
    teach_in_parts(teacher, teaching_texts(evaluation, count), work, "part")


if __name__ == "__main__":
    teach(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 150_000)
