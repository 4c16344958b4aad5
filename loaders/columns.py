"""One column of text becomes one typed column; every cell that breaks its schema is named.

Text columns keep text ("" where empty), number columns become float64 (NaN where empty).
A cell with an error becomes empty here; its row is left out by the caller.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.schemas import Field

Mask = npt.NDArray[np.bool_]
_NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|nan)", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class Fault:
    """The same fault in some cells of one column: code of the finding, positions, details."""

    code: str
    positions: npt.NDArray[np.int64]
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A typed column and what was wrong in it."""

    values: pd.Series
    faults: list[Fault]


def read_column(cells: pd.Series, column: Field) -> Column:
    """The typed values of one column.

    Args:
        cells: text, one per row.
        column: the column's place in the schema.

    Returns:
        float64 for numbers, integers and years, text otherwise, in the order of ``cells``;
        faults for empty required cells, wrong types, words outside the list, values
        outside the limits and blanks around a cell (the only thing that is mended).
    """
    codes, found = pd.factorize(cells)
    originals = found.to_numpy(dtype=object)
    words = np.array([str(word).strip() for word in originals], dtype=object)
    faults = _spread(codes, "cell_blanks", words != originals)
    if column.required:
        faults += _spread(codes, "cell_empty", words == "")
    reader = _read_numbers if column.is_number else _read_texts
    values, wrong = reader(words, column)
    for code, mask, details in wrong:
        faults += _spread(codes, code, mask, details)
    return Column(pd.Series(values).take(codes).reset_index(drop=True), faults)


_Wrong = list[tuple[str, Mask, dict[str, str]]]


def _spread(
    codes: npt.NDArray[np.int64], code: str, mask: Mask, details: dict[str, str] | None = None
) -> list[Fault]:
    """A fault of distinct words as a fault of the rows that hold them."""
    if not mask.any():
        return []
    return [Fault(code, np.flatnonzero(mask[codes]), details or {})]


def _read_numbers(words: npt.NDArray[np.object_], column: Field) -> tuple[pd.Series, _Wrong]:
    text = pd.Series(words, dtype="str")
    filled = (text != "").to_numpy(dtype=bool)
    well_formed = text.str.fullmatch(_NUMBER).to_numpy(dtype=bool)
    numbers = pd.to_numeric(text.where(well_formed), errors="coerce").astype("float64")
    infinite = np.isinf(numbers.to_numpy()) | (
        filled & ~well_formed & _each(words, lambda word: bool(_NOT_FINITE.fullmatch(word)))
    )
    wrong: _Wrong = [
        ("cell_not_finite", infinite, {}),
        ("cell_no_number", filled & ~well_formed & ~infinite, {}),
    ]
    if column.type in ("integer", "year"):
        fraction = well_formed & ~infinite & (numbers.mod(1) != 0).to_numpy(dtype=bool)
        wrong.append(("cell_no_integer", fraction, {}))
    wrong += _outside_limits(numbers.where(~infinite), column)
    if column.enum:
        listed = numbers.isin([float(entry) for entry in column.enum]).to_numpy(dtype=bool)
        off = well_formed & ~infinite & ~listed
        wrong.append(("cell_not_in_list", off, {"expected": ", ".join(column.enum)}))
    return numbers.where(~infinite), wrong


def _outside_limits(numbers: pd.Series, column: Field) -> _Wrong:
    values = numbers.to_numpy()
    wrong: _Wrong = []
    if column.minimum is not None:
        wrong.append(("cell_too_small", values < column.minimum, {"limit": f"{column.minimum:g}"}))
    if column.maximum is not None:
        wrong.append(("cell_too_large", values > column.maximum, {"limit": f"{column.maximum:g}"}))
    return wrong


def _read_texts(words: npt.NDArray[np.object_], column: Field) -> tuple[pd.Series, _Wrong]:
    filled = words != ""
    wrong: _Wrong = []
    if column.type == "date":
        wrong.append(("cell_no_date", filled & ~_each(words, is_partial_date), {}))
    if column.enum:
        known = np.isin(words, np.array(column.enum, dtype=object))
        wrong.append(("cell_not_in_list", filled & ~known, {"expected": ", ".join(column.enum)}))
    if column.pattern:
        pattern = re.compile(column.pattern)
        fits = _each(words, lambda word: bool(pattern.search(word)))
        wrong.append(("cell_pattern", filled & ~fits, {"expected": column.pattern}))
    return pd.Series(words, dtype="str"), wrong


def _each(words: npt.NDArray[np.object_], test: Callable[[str], bool]) -> Mask:
    return np.fromiter((test(word) for word in words), dtype=np.bool_, count=len(words))


def is_partial_date(text: str) -> bool:
    """Whether the text is a day, a month or a year that exists (``2024-02-29``, ``2024-02``)."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = match.groups(default="01")
    try:
        datetime.date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
