"""Columns of Arrow from and to words and numbers, without pandas.

``pyarrow.array`` and ``to_numpy`` load pandas whatever they are given, which takes a reading
process longer than most files do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

_CODES = (np.int8, np.int16, np.int32)


def texts(words: Sequence[str]) -> pa.StringArray:
    """A column of text; no cell is missing."""
    letters = [word.encode() for word in words]
    bounds = np.zeros(len(letters) + 1, dtype=np.int32)
    np.cumsum([len(word) for word in letters], out=bounds[1:])
    return pa.StringArray.from_buffers(
        len(letters), pa.py_buffer(bounds), pa.py_buffer(b"".join(letters))
    )


def numbers(values: npt.NDArray[Any]) -> pa.Array:
    """A column of numbers as they are; ``NaN`` stays ``NaN``."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), buffers)


def truths(mask: npt.NDArray[np.bool_]) -> pa.BooleanArray:
    """A column of yes and no."""
    buffers = [None, pa.py_buffer(np.packbits(mask, bitorder="little"))]
    return pa.Array.from_buffers(pa.bool_(), len(mask), buffers)


def array_of(column: pa.Array) -> npt.NDArray[Any]:
    """The numbers, or yes and no, of a column, read only; a missing number is ``NaN``."""
    if pa.types.is_boolean(column.type):
        return np.from_dlpack(column.cast(pa.uint8())).view(np.bool_)
    if column.null_count:
        column = column.fill_null(numbers(np.array([np.nan]))[0])
    return np.from_dlpack(column)


def words_of(column: pa.StringArray) -> npt.NDArray[np.object_]:
    """The words of a column."""
    words = np.empty(len(column), dtype=object)
    words[:] = column.to_pylist()
    return words


def category(codes: npt.NDArray[np.integer[Any]], words: Sequence[str]) -> pa.DictionaryArray:
    """A column of few words; words that mean the same become one."""
    distinct = list(dict.fromkeys(words))
    fitting = next(kind for kind in _CODES if len(distinct) <= np.iinfo(kind).max)
    if len(distinct) != len(words):
        place = {word: number for number, word in enumerate(distinct)}
        codes = np.array([place[word] for word in words], dtype=fitting)[codes]
    codes = codes.astype(fitting, copy=False)
    return pa.DictionaryArray.from_arrays(numbers(codes), texts(distinct))


def constant(word: str, count: int) -> pa.DictionaryArray:
    """A column of one word."""
    return category(np.zeros(count, dtype=np.int8), [word])
