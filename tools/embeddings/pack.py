"""pack.py WORK DIMENSIONS OUT: writes OUT/table.bin and OUT/vocabulary.txt, and prints the checksums for the code."""

import hashlib
import sys
from pathlib import Path

import numpy as np

from rows import packed
from teacher import model_folder

LEAST_USES = 2


def pack(work: Path, dimensions: int, out: Path) -> None:
    """Keep the tokens that at least two texts used, at 8 bits with a scale a row."""
    fitted = np.load(work / f"table-{dimensions}.npz")
    words = (model_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = [i for i, uses in enumerate(fitted["used"]) if uses >= LEAST_USES]
    rows = fitted["table"][kept]
    vocabulary = "\n".join(words[i] for i in kept).encode()
    table = packed(rows)
    out.mkdir(parents=True, exist_ok=True)
    (out / "table.bin").write_bytes(table)
    (out / "vocabulary.txt").write_bytes(vocabulary)
    print(f"{len(kept)} tokens, {len(table)} bytes")
    print("table.bin", hashlib.sha256(table).hexdigest())
    print("vocabulary.txt", hashlib.sha256(vocabulary).hexdigest())


if __name__ == "__main__":
    pack(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
