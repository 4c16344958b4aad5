"""What every picture and file says about itself: source, date, version, address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from views.texts import Formats, read_words

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Caption:
    """Words burnt into a picture.

    Attributes:
        title: what is shown.
        sentence: how to read it, one sentence.
        sources: who published the data, each finished.
        data_date: day of the data, ISO or in finished words; empty when unknown.
        data_version: number of the data version.
        method_version: version of the method; empty where none was applied.
        address: address that opens the same view.
    """

    title: str
    sentence: str
    sources: tuple[str, ...]
    data_date: str
    data_version: int | str
    method_version: str = ""
    address: str = ""


def foot_lines(caption: Caption, lang: str) -> tuple[str, ...]:
    """Sources, state and address as lines in the reader's language; nothing unknown is said."""
    words = read_words(lang)
    named = "; ".join(caption.sources)
    sources = words("picture.sources", sources=named) if named else ""
    return tuple(line for line in (sources, state_line(caption, lang), caption.address) if line)


def state_line(caption: Caption, lang: str) -> str:
    """Day and version of the data and version of the method, as far as known."""
    words = read_words(lang)
    iso = _DAY.fullmatch(caption.data_date)
    date = Formats(lang).date(caption.data_date) if iso else caption.data_date
    version = str(caption.data_version)
    parts = (
        words("picture.data_date", date=date) if date else "",
        words("picture.data_version", version=version) if version else "",
        words("picture.method", version=caption.method_version) if caption.method_version else "",
    )
    return " · ".join(part for part in parts if part)
