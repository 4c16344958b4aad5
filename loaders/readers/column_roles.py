"""What a column of a table of unknown make holds, told from its header and its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from loaders.readers.grids import GridRow, is_number
from loaders.readers.periods import read_period
from loaders.readers.place_keys import read_place_key
from loaders.readers.place_names import is_known_key, match_name, split_kind

Role = Literal["key", "name", "kind", "state", "period", "indicator", "value", "text", "empty"]
_KEY_WORDS = re.compile(
    r"\b(ags\d?|ars|_?rs|gkz|gemkz|krs\d*|gem\d{4}|kennziffer|kreiskennziffer|"
    r"(amtlicher |gemeinde|kreis|regional|amts|land)*-?\s?schl(ü|ue)s?sel\w*)\b",
    re.IGNORECASE,
)
_NAME_WORDS = re.compile(
    r"^(gemeinde|stadt|kreis|landkreis|kommune|ort|name|gebiet|region|raumeinheit|place|city|"
    r"(gemeinde|kreis|orts|gebiets)-?(name|bezeichnung)|kreis/kreisfreie stadt|"
    r"gebietseinheit|regionale? ?einheit|bezeichnung)$",
    re.IGNORECASE,
)
_STATE_WORDS = re.compile(r"^(bundesland|land|state)$", re.IGNORECASE)
_KIND_WORDS = re.compile(r"^(art|kind|typ|gebietsart|regionalebene|bez)$", re.IGNORECASE)
_PERIOD_WORDS = re.compile(
    r"^(jahr|year|monat|month|datum|date|stichtag|zeit|zeitbezug|zeitpunkt|period|berichts\w*|time)$",
    re.IGNORECASE,
)
_INDICATOR_WORDS = re.compile(r"^(indikator|indicator|merkmal|kennzahl|variable)$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(^|[_\s-])(id|nr\.?|nummer|code|plz|postleitzahl|telefon)$|^lfd", re.IGNORECASE
)
_COMPACT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")


@dataclass(frozen=True)
class LaidColumn:
    """One column: where it stands, its labels, its role and what its header says.

    Attributes:
        at: position.
        label: header words joined by `` | ``, without a period.
        header: header words as they stand, for findings and choices.
        period: ISO period of the header, empty when it names none.
        role: what the column holds.
        is_headed: a header cell stands above this very column and not only beside it.
    """

    at: int
    label: str
    header: str
    period: str
    role: Role
    is_headed: bool = True


def role_of(column: LaidColumn, sample: tuple[GridRow, ...], key_at: tuple[int, ...]) -> Role:
    """What a column holds.

    Args:
        column: the column with its header.
        sample: rows of data to look at.
        key_at: positions of the columns of keys.
    """
    if column.at in key_at:
        return "key"
    header = column.header.strip()
    cells = [row.cells[column.at] for row in sample if row.text(column.at)]
    if not cells:
        return "value" if column.is_headed and header and key_at else "empty"
    by_word: tuple[tuple[re.Pattern[str], Role], ...] = (
        (_STATE_WORDS, "state"),
        (_KIND_WORDS, "kind"),
        (_INDICATOR_WORDS, "indicator"),
        (_NUMBERED, "text"),
    )
    texts = [row.text(column.at) for row in sample if row.text(column.at)]
    dated = sum(period_of_cell(text) != "" for text in texts)
    if _PERIOD_WORDS.fullmatch(header) and 2 * dated >= len(texts):
        return "period"
    if all(isinstance(cell, date) for cell in cells):
        return "period"
    for pattern, role in by_word:
        if pattern.search(header):
            return role
    if key_share(column, sample):
        return "text"  # a second column of keys is no column of figures
    numbers = [is_number(cell) for cell in cells]
    if _most(numbers):
        is_first_year = column.at == 0 and dated >= 0.9 * len(texts)
        return "period" if is_first_year else "value"
    if _NAME_WORDS.fullmatch(header) or (not key_at and _most_places(texts)):
        return "name"
    return "text" if sum(numbers) * 2 < len(numbers) else "value"


def _most(flags: Iterable[bool]) -> bool:
    values = list(flags)
    return bool(values) and sum(values) >= 0.9 * len(values)


def _most_places(texts: list[str]) -> bool:
    """Whether most texts name a place with its kind (``Köln, krfr. Stadt``)."""
    some = texts[:40]
    places = sum(bool(split_kind(text)[1]) and bool(match_name(text).ags) for text in some)
    return 2 * places > len(some)


def is_key_header(header: str) -> bool:
    """Whether a header names official keys (``AGS``, ``Gemeindeschlüssel``, ``Kennziffer``)."""
    return _KEY_WORDS.search(header) is not None


def key_share(column: LaidColumn, sample: tuple[GridRow, ...]) -> float:
    """How surely a column holds keys: 0 no, above 1 its header says so too."""
    texts = [text for row in sample if (text := row.text(column.at).strip())]
    if not texts:
        return 0.0
    known = sum(map(is_whole_key, texts)) / len(texts)
    like = sum(read_place_key(text).refusal != "no_key" for text in texts) / len(texts)
    if _KEY_WORDS.search(column.header) and like >= 0.5:
        return 1 + like + known
    return known if known >= 0.6 else 0.0


def is_whole_key(text: str) -> bool:
    """Whether a cell is the key of a known place with at least four digits, or of a state."""
    return bool(re.fullmatch(r"\d{4,12}|DG|0\d", text)) and is_known_key(text)


def period_text(text: str) -> str:
    """ISO period of a cell, also ``20220515``; empty when it is none."""
    plain = text.strip()
    if match := _COMPACT_DAY.fullmatch(plain):
        plain = f"{match[1]}-{match[2]}-{match[3]}"
    return read_period(plain) or ""


def period_of_cell(text: str) -> str:
    """ISO period of a cell of a period column; empty when it is none."""
    return period_text(text[:10] if re.match(r"\d{4}-\d{2}-\d{2}T", text) else text)
