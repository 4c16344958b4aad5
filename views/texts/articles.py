"""German names of places with their article: "dem Landkreis Fulda", "im Enzkreis", "in Halle".

Most names of towns stand without an article, those of districts and associations with one.
A sentence asks for the form by the word it would use before a masculine name:
``{town:dem}``, ``{town:im}``; ``{town:Der}`` begins a sentence.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import Any

# Per form: what stands before masculine, feminine and neuter names and names without article.
_FORMS = {
    "der": ("der", "die", "das", ""),
    "den": ("den", "die", "das", ""),
    "dem": ("dem", "der", "dem", ""),
    "im": ("im", "in der", "im", "in"),
    "vom": ("vom", "von der", "vom", "von"),
    "beim": ("beim", "bei der", "beim", "bei"),
    "zum": ("zum", "zur", "zum", "zu"),
}
_FIRST_WORDS = {
    "Landkreis": 0, "Kreis": 0, "Stadtkreis": 0, "Regionalverband": 0, "Landschaftsverband": 0,
    "Zweckverband": 0, "Region": 1, "Städteregion": 1, "Metropolregion": 1, "Gemeinde": 1,
    "Samtgemeinde": 1, "Verbandsgemeinde": 1, "Verwaltungsgemeinschaft": 1, "Grafschaft": 1,
    "KielRegion": 1, "Amt": 2,
}  # fmt: skip
_DISTRICT = re.compile(r"[Kk]reis$")
_DECLINED = re.compile(r"(\w*ische)r (?=Kreis\b)")
_LIST = re.compile(r"[;,]| und ")
_PLACEHOLDER = re.compile(rf"{{\w+:({'|'.join(_FORMS)})}}", re.IGNORECASE)


def asks_for_article(sentence: str) -> bool:
    """Whether a sentence holds a placeholder such as ``{town:dem}``."""
    return _PLACEHOLDER.search(sentence) is not None


def with_article(name: str, form: str) -> str:
    """A name as it stands after the word ``form`` would; lists of names keep to themselves."""
    before = _FORMS[form.lower()][_kind(name)]
    if form[0].isupper():
        before = before[:1].upper() + before[1:]
    ending = r"\1" if form.lower() == "der" else r"\1n"
    return f"{before} {_DECLINED.sub(ending + ' ', name)}".strip()


def _kind(name: str) -> int:
    """0 masculine, 1 feminine, 2 neuter, 3 without article."""
    if _LIST.search(name):
        return 3
    plain, *_ = name.partition(" (")
    words = plain.split()
    if len(words) > 1 and words[0] in _FIRST_WORDS:
        return _FIRST_WORDS[words[0]]
    return 0 if any(_DISTRICT.search(word) for word in words) else 3


class ArticleFormatter(Formatter):
    """``str.format`` that knows the forms ``{town:dem}``."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as its placeholder asks for it."""
        if format_spec.lower() in _FORMS:
            return with_article(str(value), format_spec)
        return str(super().format_field(value, format_spec))
