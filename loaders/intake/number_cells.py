"""A column of text as numbers: one style for the column, every other cell named.

The style is decided by proofs (``1.234,5`` proves a decimal comma). Where nearly all proofs
agree, the few cells that contradict are faults with a proposal; where they do not, the whole
column is a fault. A sign that might group thousands (``8,380``) is read only where the column
groups elsewhere or does so often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from loaders.intake.arrow_columns import array_of, numbers, words_of
from loaders.missing import UNCERTAIN_FLAG, Sign, read_sign
from loaders.numbers import (
    ENGLISH,
    GERMAN,
    NotANumber,
    NumberStyle,
    decide_style,
    parse_number,
    reads_as_number,
)

_SAMPLE = 2_000
_MINORITY = 0.1
_SELDOM = 0.01
_FEW = 2
_SURE_DIGITS = 15
OPEN = "number_style_open"
_ONE_MARK = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class ColumnStyle:
    """How the numbers of a column are written.

    Attributes:
        style: decimal and grouping sign; ``None`` when nothing decides.
        evidence: cells by what they prove; estimated from a sample in long columns.
        groups: whether the grouping sign may be read.
        mixed: a good part of the column proves another style.
        open: cells such as ``8,380`` exist and nothing decides about them; they stay out.
        open_cell: the first of them.
    """

    style: NumberStyle | None
    evidence: Mapping[str, int]
    groups: bool = True
    mixed: bool = False
    open: bool = False
    open_cell: str = ""


@dataclass(frozen=True)
class CellText:
    """What one text means in a column.

    Attributes:
        value: the number, ``NaN`` when there is none.
        missing: kind of missing value.
        flag: mark of an uncertain value.
        fault: code of the fault, empty when the cell is right.
        proposal: the text as it should stand, for a fault or a blank.
        repair: kind of the repair the proposal is.
        mended: the number the proposal says.
    """

    value: float = float("nan")
    missing: str = ""
    flag: str = ""
    fault: str = ""
    proposal: str = ""
    repair: str = ""
    mended: float = float("nan")


@dataclass(frozen=True)
class NumberCells:
    """A column as numbers.

    Attributes:
        values: float64, ``NaN`` where no number stands.
        odd: positions of all cells that are no plain number, rising.
        texts: what those cells hold, in the order of ``odd``.
        meanings: what they mean, by text.
    """

    values: Floats
    odd: Positions
    texts: npt.NDArray[np.object_]
    meanings: Mapping[str, CellText]


def column_style(cells: pa.Array, chosen: NumberStyle | None = None) -> ColumnStyle:
    """The number style of a column, told from its cells or chosen by a person."""
    evidence: Counter[str] = Counter()
    both = grouped = single = 0
    open_cell = ""
    for sign in ",.":
        held = _holding(cells, sign)
        if not len(held):
            continue
        step = max(1, len(held) // _SAMPLE)
        taken = cells.take(numbers(held[::step])).to_pylist()
        sample = [cell for cell in taken if reads_as_number(cell)]
        decision = decide_style(sample)
        open_cell = open_cell or decision.open_cell
        for proof, count in decision.evidence.items():
            evidence[proof] += count * step
        both += step * sum("," in cell and "." in cell for cell in sample)
        single += step * sum(bool(_ONE_MARK.fullmatch(cell.strip())) for cell in sample)
    grouped = both + evidence["group ,"] + evidence["group ."]
    groups = grouped > 0 or single > max(_FEW, _SELDOM * len(cells))
    if chosen:
        return ColumnStyle(chosen, evidence, groups=True)
    german = evidence["decimal ,"] + evidence["group ."]
    english = evidence["decimal ."] + evidence["group ,"]
    if not german and not english:
        is_open = bool(evidence["open ,"] or evidence["open ."])
        style = None if is_open else ENGLISH
        return ColumnStyle(style, evidence, not is_open, open=is_open, open_cell=open_cell)
    style = GERMAN if german > english else ENGLISH
    mixed = min(german, english) > _MINORITY * (german + english)
    return ColumnStyle(style, evidence, groups, mixed=mixed)


def read_number_cells(cells: pa.Array, column: ColumnStyle) -> NumberCells:
    """All cells of a column as numbers in its style; what is no plain number is listed."""
    style = column.style or ENGLISH
    values = _ordinary_numbers(cells, style.decimal)
    if values is not None:
        return NumberCells(values, np.empty(0, np.int64), np.empty(0, object), {})
    decimal = re.escape(style.decimal)
    plain = pc.match_substring_regex(cells, rf"^-?\d{{1,15}}(?:{decimal}\d+)?$")
    is_plain = array_of(plain)
    if not is_plain.all():
        cells, plain, is_plain = _without_groups(cells, plain, column, style)
    chosen = cells if is_plain.all() else pc.if_else(plain, cells, pa.nulls(1, pa.string())[0])
    if style.decimal != ".":
        chosen = pc.replace_substring(chosen, style.decimal, ".")
    values = array_of(pc.cast(chosen, pa.float64()))
    del chosen
    odd = np.flatnonzero(~is_plain)
    texts = words_of(cells.take(numbers(odd)))
    meanings = {text: _meaning(text, style, column) for text in set(texts)}
    if not values.flags.writeable:
        values = values.copy()
    values[odd] = [meanings[text].value for text in texts]
    return NumberCells(values, odd, texts, meanings)


def _letters(cells: pa.Array) -> tuple[Bytes, npt.NDArray[np.int32]]:
    """The bytes of all cells one after the other, and where each cell begins and the last ends."""
    _, offsets, letters = cells.buffers()
    bounds = np.frombuffer(offsets, np.int32)[cells.offset : cells.offset + len(cells) + 1]
    return np.frombuffer(letters or b"", np.uint8)[bounds[0] : bounds[-1]], bounds - bounds[0]


def _holding(cells: pa.Array, sign: str) -> Positions:
    """Positions of the cells that hold a sign."""
    if not len(cells) or not (_letters(cells)[0] == ord(sign)).any():
        return np.empty(0, np.int64)
    return np.flatnonzero(array_of(pc.match_substring(cells, sign)))


def _ordinary_numbers(cells: pa.Array, decimal: str) -> Floats | None:
    """The numbers of a column that holds only digits with at most one decimal sign between.

    Most columns of most files do; looking at all bytes at once is several times quicker than
    looking at each cell.

    Returns:
        ``None`` for any other column.
    """
    if not len(cells) or cells.null_count:
        return None
    letters, bounds = _letters(cells)
    lengths = np.diff(bounds)
    if not lengths.min() or lengths.max() > _SURE_DIGITS:
        return None
    is_digit, is_decimal = letters - ord("0") < 10, letters == ord(decimal)
    if not (is_digit | is_decimal).all():
        return None
    if not (is_digit[bounds[:-1]].all() and is_digit[bounds[1:] - 1].all()):
        return None
    plain = np.where(is_decimal, np.uint8(ord(".")), letters)
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(plain)]
    try:
        found = pc.cast(pa.Array.from_buffers(pa.string(), len(cells), buffers), pa.float64())
    except pa.ArrowInvalid:  # a cell with two decimal signs
        return None
    values: Floats = array_of(found).copy()
    return values


def _without_groups(
    cells: pa.Array, plain: pa.Array, column: ColumnStyle, style: NumberStyle
) -> tuple[pa.Array, pa.Array, npt.NDArray[np.bool_]]:
    """The cells with well-formed groups of thousands joined, and which are plain then."""
    if column.groups and style.group:
        group, decimal = re.escape(style.group), re.escape(style.decimal)
        pattern = rf"^-?\d{{1,3}}(?:{group}\d{{3}})+(?:{decimal}\d+)?$"
        in_groups = pc.and_not(pc.match_substring_regex(cells, pattern), plain)
        if pc.any(in_groups).as_py():
            cells = pc.if_else(in_groups, pc.replace_substring(cells, style.group, ""), cells)
            plain = pc.or_(plain, in_groups)
    return cells, plain, array_of(plain)


def _meaning(text: str, style: NumberStyle, column: ColumnStyle) -> CellText:
    plain = text.strip()
    if plain != text:
        inner = _meaning(plain, style, column)
        if inner.fault or not plain:
            return inner
        return CellText(inner.value, inner.missing, inner.flag, "", plain, "blanks")
    sign = read_sign(plain)
    if sign is not None:
        return _signed(sign, style)
    other = GERMAN if style.decimal == "." else ENGLISH
    if any(sign.isdigit() and not sign.isascii() for sign in plain):
        return CellText(fault="not_a_number")
    if column.open and _ONE_MARK.fullmatch(plain):
        return CellText(fault=OPEN)
    if not column.groups and _ONE_MARK.fullmatch(plain) and style.group in plain:
        proposal = plain.replace(style.group, style.decimal)
        mended = float(plain.replace(style.group, "."))
        return CellText(
            fault="number_ambiguous", proposal=proposal, repair="decimal_comma", mended=mended
        )
    try:
        return CellText(parse_number(plain, style))
    except NotANumber:
        pass
    try:
        value = parse_number(plain, other)
    except NotANumber:
        return CellText(fault="not_finite" if _is_infinite(plain) else "not_a_number")
    proposal = f"{value:.15g}".replace(".", style.decimal)
    return CellText(
        fault="number_other_style", proposal=proposal, repair="decimal_comma", mended=value
    )


def _signed(sign: Sign, style: NumberStyle) -> CellText:
    if not sign.number:
        return CellText(missing=sign.kind)
    try:
        return CellText(parse_number(sign.number, style), flag=UNCERTAIN_FLAG)
    except NotANumber:
        return CellText(fault="not_a_number")


def _is_infinite(text: str) -> bool:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return False
    return value - value != 0
