"""pack.py WORK DIMENSIONS OUT: writes OUT/table.bin and OUT/vocabulary.txt, and prints the checksums for the code.

table.bin, little endian: "LTT1", rows (u32), dimensions (u32), a scale a row (f32), the rows
(int8). A value is its int8 times its row's scale.
"""

import hashlib
import struct
import sys
from pathlib import Path

import numpy as np

from teacher import model_folder

LEAST_USES = 2


def pack(work: Path, dimensions: int, out: Path) -> None:
    """Keep the tokens that at least two texts used, at 8 bits with a scale a row."""
    fitted = np.load(work / f"table-{dimensions}.npz")
    words = (model_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = [i for i, uses in enumerate(fitted["used"]) if uses >= LEAST_USES]
    rows = fitted["table"][kept]
    scales = (np.abs(rows).max(axis=1) / 127).astype("<f4")
    vocabulary = "\n".join(words[i] for i in kept).encode()
    header = b"LTT1" + struct.pack("<II", len(kept), dimensions)
    table = header + scales.tobytes() + np.round(rows / scales[:, None]).astype(np.int8).tobytes()
    out.mkdir(parents=True, exist_ok=True)
    (out / "table.bin").write_bytes(table)
    (out / "vocabulary.txt").write_bytes(vocabulary)
    print(f"{len(kept)} tokens, {len(table)} bytes")
    print("table.bin", hashlib.sha256(table).hexdigest())
    print("vocabulary.txt", hashlib.sha256(vocabulary).hexdigest())


if __name__ == "__main__":
    pack(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
