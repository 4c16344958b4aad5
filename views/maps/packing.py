"""Numbers as short texts of bytes, read back without loss by ``static/map/numbers.js``."""

from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WIDTHS = (("u1", np.uint8), ("u2", np.uint16), ("u4", np.uint32))


@dataclass(frozen=True)
class PackedNumbers:
    """Numbers rounded to the decimals they are read with.

    Attributes:
        kind: ``u1``, ``u2``, ``u4`` (whole numbers, little endian) or ``f8`` (doubles).
        offset: added to each whole number before dividing.
        scale: divides; ten to the power of the decimals, 1 for doubles.
        data: the bytes in base64. Missing numbers are written as 0; their class says so.
    """

    kind: str
    offset: int
    scale: int
    data: str


def pack_bytes(codes: NDArray[np.uint8]) -> str:
    """One byte per place, in base64."""
    return base64.b64encode(codes.astype(np.uint8).tobytes()).decode("ascii")


def pack_numbers(values: NDArray[np.float64], decimals: int) -> PackedNumbers:
    """The numbers in as few bytes as their spread at these decimals needs."""
    known = np.isfinite(values)
    scale = 10 ** max(decimals, 0)
    whole = np.round(np.where(known, values, 0.0) * scale)
    offset = int(whole[known].min()) if known.any() else 0
    spread = np.where(known, whole - offset, 0)
    for kind, width in _WIDTHS:
        if spread.max(initial=0) <= np.iinfo(width).max:
            small = spread.astype(width).astype(np.dtype(width).newbyteorder("<"))
            return PackedNumbers(kind, offset, scale, _text(small.tobytes()))
    doubles = np.where(known, values, 0.0).astype("<f8")
    return PackedNumbers("f8", 0, 1, _text(doubles.tobytes()))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
