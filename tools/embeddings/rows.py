"""Rows of vectors: of unit length, and as the files that ship hold them.

Little endian: "LTT1", rows (u32), dimensions (u32), a scale a row (f32), the rows (int8). A value is its int8 times its
row's scale.
"""

import struct

import numpy as np


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def packed(rows: np.ndarray) -> bytes:
    scales = (np.abs(rows).max(axis=1) / 127).astype("<f4")
    header = b"LTT1" + struct.pack("<II", *rows.shape)
    return header + scales.tobytes() + np.round(rows / scales[:, None]).astype(np.int8).tobytes()
