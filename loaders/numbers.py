"""Numbers as German and other offices write them, decided per column and with evidence.

``1.234,5``, ``1 841 179``, ``8,380``, ``755.09`` and ``9,99697`` all occur in official
files. A single cell such as ``8,380`` cannot say whether it means eight thousand or
eight point three eight; the column usually can. A column that cannot is reported as
ambiguous instead of guessed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

BLANKS = " \u00a0\u202f\u2009'"
_MINUS = str.maketrans({"−": "-", "–": "-"})
_SHAPE = re.compile(rf"\d[\d.,{re.escape(BLANKS)}]*")


class NotANumber(ValueError):
    """The text is no number in the given style; carries the text as ``text``."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no number")
        self.text = text


@dataclass(frozen=True)
class NumberStyle:
    """Which sign parts the decimals and which one groups thousands.

    Attributes:
        decimal: ``,`` or ``.``.
        group: ``.`` or ``,`` or empty; blanks between groups of three are always read.
    """

    decimal: str
    group: str = ""

    def __str__(self) -> str:
        return f"{'1' + self.group if self.group else '1'}234{self.decimal}5"

    @classmethod
    def from_text(cls, text: str) -> NumberStyle:
        """The style of the example that ``str`` gives (``1.234,5``).

        Raises:
            ValueError: the text is not the number 1234.5 in any style.
        """
        match = re.fullmatch(r"1([., ]?)234([.,])5", text.strip())
        if match is None or match[1] == match[2]:
            raise ValueError(f"{text!r} is no example such as 1.234,5 or 1,234.5")
        return cls(match[2], match[1].strip())


GERMAN = NumberStyle(",", ".")
ENGLISH = NumberStyle(".", ",")
# what a cell proves, as the shape of such a cell
_SHAPES = {
    "decimal ,": "0,0",
    "decimal .": "0.0",
    "group ,": "0,000,000",
    "group .": "0.000.000",
    "open ,": "0,000",
    "open .": "0.000",
}


@dataclass(frozen=True)
class StyleDecision:
    """What a column of cells says about its number style.

    Attributes:
        style: the style, ``None`` when the column contradicts itself or stays open.
        evidence: how many cells proved what (``decimal ,``, ``group .``, ``open ,`` ...).
        ambiguous: cells such as ``8,380`` exist and nothing decides about them.
        mixed: some cells prove one style, others the opposite one.
        open_cell: the first cell about which nothing decides.
    """

    style: NumberStyle | None
    evidence: Mapping[str, int]
    ambiguous: bool = False
    mixed: bool = False
    open_cell: str = ""


def reads_as_number(text: str) -> bool:
    """Whether a cell is a number in the German or in the English style."""
    for style in (GERMAN, ENGLISH):
        try:
            parse_number(text, style)
        except NotANumber:
            continue
        return True
    return False


def doubt_of(cell: str, evidence: Mapping[str, int], style: NumberStyle) -> dict[str, str]:
    """The words for findings about the style of a column.

    Args:
        cell: a cell such as ``8,380``; empty where none is in doubt.
        evidence: cells by what they prove.
        style: the style the column is read in.

    Returns:
        ``evidence`` (``0,0: 12; 0.0: 3``), ``style``, and for a doubtful cell ``whole`` (``8``),
        ``joined`` (``8380``) and ``count``, the number of such cells.
    """
    proofs = "; ".join(f"{_SHAPES[proof]}: {n}" for proof, n in sorted(evidence.items()) if n)
    whole, *rest = re.split(r"[.,]", cell)
    count = str(evidence.get("open ,", 0) + evidence.get("open .", 0))
    doubt = {"whole": whole, "joined": whole + "".join(rest), "count": count} if cell else {}
    return {"evidence": proofs, "style": str(style), **doubt}


def parse_number(text: str, style: NumberStyle) -> float:
    """The value of one cell in the given style.

    Args:
        text: the cell; a minus sign may be ``-`` or the typographic one.
        style: decimal and grouping sign of the column.

    Raises:
        NotANumber: anything else, also groups that do not have three digits, ``nan``
            and numbers too large to be finite.
    """
    plain = text.strip().translate(_MINUS)
    if not _pattern(style).fullmatch(plain):
        raise NotANumber(text)
    for sign in (style.group, *BLANKS):
        plain = plain.replace(sign, "") if sign else plain
    value = float(plain.replace(style.decimal, "."))
    if not math.isfinite(value):
        raise NotANumber(text)
    return value


@cache
def _pattern(style: NumberStyle) -> re.Pattern[str]:
    signs = f"[{re.escape(BLANKS + style.group)}]"
    decimal = re.escape(style.decimal)
    exponent = r"(?:[eE][+-]?\d+)?" if style.decimal == "." else ""
    return re.compile(rf"[+-]?(?:\d+|\d{{1,3}}(?:{signs}\d{{3}})+)(?:{decimal}\d+)?{exponent}")


def decide_style(cells: Iterable[str], default: NumberStyle | None = None) -> StyleDecision:
    """The number style of one column, with the evidence it rests on.

    Args:
        cells: all cells of the column; cells that are no numbers do not count.
        default: style of the publisher or of the rest of the file, used only where the
            column itself proves nothing.

    Returns:
        A decision; ``style`` is ``None`` when cells contradict each other, or when only
        cells such as ``8,380`` exist and there is no default.
    """
    evidence: Counter[str] = Counter()
    open_cell = ""
    for cell in cells:
        proof = _proof(cell)
        if proof:
            evidence[proof] += 1
        if proof.startswith("open") and not open_cell:
            open_cell = cell.strip()
    decimals = {sign for sign in ",." if evidence[f"decimal {sign}"]}
    groups = {sign for sign in ",." if evidence[f"group {sign}"]}
    decimals |= {"," if sign == "." else "." for sign in groups}
    if len(decimals) > 1:
        return StyleDecision(None, evidence, mixed=True)
    if decimals:
        return StyleDecision(GERMAN if "," in decimals else ENGLISH, evidence)
    is_open = any(evidence[f"open {sign}"] for sign in ",.")
    if default is None and is_open:
        return StyleDecision(None, evidence, ambiguous=True, open_cell=open_cell)
    return StyleDecision(default or ENGLISH, evidence)


def _proof(cell: str) -> str:
    """What one cell proves: ``decimal ,``, ``group .``, ``open .`` or nothing."""
    plain = cell.strip().translate(_MINUS).lstrip("+-")
    if not _SHAPE.fullmatch(plain):
        return ""
    marks = [sign for sign in plain if sign in ",."]
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) == 2:
        return f"decimal {last}"
    if len(marks) > 1:
        return f"group {last}"
    return _proof_of_single_mark(plain, last)


def _proof_of_single_mark(plain: str, mark: str) -> str:
    before, after = plain.split(mark)
    blank_groups = any(blank in before for blank in BLANKS)
    grouping_possible = len(after) == 3 and len(before) <= 3 and not before.startswith("0")
    return f"open {mark}" if grouping_possible and not blank_groups else f"decimal {mark}"
