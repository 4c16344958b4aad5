"""Words and ranks that no generated text may hold."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
NUMBER = r"(?:\d+|\{\w+\})"
RANK = re.compile(rf"\b(?:Platz|Rang|rank|place no\.?)\s+{NUMBER}", re.IGNORECASE)
RANGE = re.compile(rf"\b(?:Rang|rank)\s+{NUMBER}\s*(?:und|and|bis|to|–)\s*{NUMBER}", re.IGNORECASE)
FORBIDDEN = {
    "de": r"\bbeweis(?:t|en)\b|\bverursach|\bgarantier|\bbeste Stadt\b|\bSieger|\bsignifikant"
    r"|\bROI\b",
    "en": r"\bprov(?:es|en)\b|\bcauses?\b|\bguarantee|\bbest city\b|\bwinner|\bsignificant|\bROI\b",
}
AROUND = 12


def bare_ranks(text: str) -> list[str]:
    """Every rank named in a text that is not the start of a range."""
    ranged = {match.start() for match in RANGE.finditer(text)}
    return [match.group() for match in RANK.finditer(text) if match.start() not in ranged]


def forbidden(text: str, lang: str) -> list[str]:
    """Every forbidden word with what stands around it, statements quoted from the data apart."""
    found = []
    for match in re.finditer(FORBIDDEN[lang], text):
        around = text[max(0, match.start() - AROUND) : match.end() + AROUND]
        if _plain(around) not in _quoted():
            found.append(around)
    return found


def offences(text: str, lang: str) -> list[str]:
    """Bare ranks and forbidden words of a generated text."""
    ranks = [one for one in bare_ranks(text) if _plain(one) not in _quoted()]
    return ranks + forbidden(text, lang)


@cache
def _quoted() -> str:
    """The shipped statements, each with its source."""
    paths = sorted(path for path in DATA.rglob("*.csv") if path.parent.name != "observations")
    return _plain("\n".join(path.read_text(encoding="utf-8") for path in paths))


def _plain(text: str) -> str:
    return re.sub(r"[\\\s*\"]+", " ", text)
