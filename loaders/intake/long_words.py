"""What one word of a column of our long table means: a key, an id, a period, a kind."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from loaders.intake.catalogue import Spellings, folded
from loaders.intake.repairs import RepairKind
from loaders.missing import MISSING_KINDS
from loaders.readers.choices import Choices
from loaders.readers.periods import read_period
from loaders.readers.place_keys import read_place_key, reform_of
from loaders.readers.place_names import match_name, reform_words

_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_ORDINARY_KEY = re.compile(r"(?:0[1-9]|1[02-6])[0-9]{3}(?:[0-9]{3})?")
_SCRIPTS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH"})
_KEY_REPAIRS: dict[str, RepairKind] = {
    "lost_zero": "lost_zero",
    "regional_key": "regional_key",
    "filled_up": "regional_key",
}


@dataclass(frozen=True)
class WordMeaning:
    """What one word of a column means.

    Attributes:
        text: the key, id or period it stands for; empty when it stands for none.
        fault: code of an error that keeps the row out.
        remark: code of a warning or note.
        repair: kind of repair that leads from the word to ``text``.
        details: further words for the finding.
    """

    text: str = ""
    fault: str = ""
    remark: str = ""
    repair: RepairKind | str = ""
    details: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> tuple[str, str, str]:
        """Fault, remark and repair; all empty for a word that is as it should be."""
        return self.fault, self.remark, self.repair


def is_ordinary_key(word: str) -> bool:
    """Whether a key is complete and names no special territory: most keys of most files."""
    if not _ORDINARY_KEY.fullmatch(word) or word.endswith("999"):
        return False
    return reform_of(word) is None


def key_meaning(word: str, choices: Choices) -> WordMeaning:
    """What a word of the key column means."""
    plain = word.strip()
    if _is_disguised(plain) or (not plain.isascii() and any(map(str.isdigit, plain))):
        return WordMeaning(fault="cell_hidden_characters", details=_shown(plain))
    key = read_place_key(plain)
    if key.refusal:
        known = choices.places.get(plain)
        if known:
            return WordMeaning(known)
        if key.refusal == "no_key" and (match := match_name(plain)).ags:
            return WordMeaning(match.ags, remark="key_repaired", repair="known_name")
        return WordMeaning(fault=f"key_{key.refusal}", details={"count": "1"})
    repair = _KEY_REPAIRS.get(key.repair, "blanks" if plain != word else "")
    reform = reform_of(key.ags)
    if reform is None:
        return WordMeaning(key.ags, "", "key_repaired" if repair else "", repair)
    remark = "key_is_dissolved" if reform.successors else "key_is_divided"
    return WordMeaning(key.ags, "", remark, repair, reform_words(reform))


def indicator_meaning(word: str, choices: Choices, spellings: Spellings) -> WordMeaning:
    """What a word of the indicator column means."""
    plain = word.strip()
    if not plain:
        return WordMeaning(fault="indicator_empty")
    chosen = choices.indicators.get(plain)
    if chosen:
        return WordMeaning(chosen)
    if _is_disguised(plain):
        return WordMeaning(fault="cell_hidden_characters", details=_shown(plain))
    known = spellings.indicators.get(folded(plain), plain)
    if known != plain:
        return WordMeaning(known, remark="word_repaired", repair="known_spelling")
    if plain != word:
        return WordMeaning(plain, remark="word_repaired", repair="blanks")
    return WordMeaning(plain)


def period_meaning(word: str) -> WordMeaning:
    """What a word of the period column means."""
    period = read_period(word)
    if period is None:
        return WordMeaning(fault="period_unreadable")
    if word.strip() != word:
        return WordMeaning(period, remark="word_repaired", repair="blanks")
    return WordMeaning(period)


def meaning_as_it_stands(word: str) -> WordMeaning:
    """What a word of a column of units, sources or flags means: itself."""
    plain = word.strip()
    if _is_disguised(plain):
        return WordMeaning(fault="cell_hidden_characters", details=_shown(plain))
    return WordMeaning(plain)


def missing_meaning(word: str) -> WordMeaning:
    """What a word of the column of missing kinds means."""
    plain = word.strip()
    if plain and plain not in MISSING_KINDS:
        kinds = ", ".join(MISSING_KINDS)
        return WordMeaning(fault="missing_unknown", details={"kinds": kinds})
    return WordMeaning(plain)


def _is_disguised(text: str) -> bool:
    """Whether a text holds signs nobody sees, or letters of several scripts in one word."""
    if text.isascii() and text.isprintable():
        return False
    if _HIDDEN.search(text):
        return True
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}
    return len(scripts & _SCRIPTS) > 1


def _shown(text: str) -> dict[str, str]:
    """The text with every sign that cannot be seen written by its name."""
    parts = [
        letter
        if letter.isascii() and letter.isprintable()
        else f"[{unicodedata.name(letter, '?')}]"
        for letter in text
    ]
    return {"shown": "".join(parts)}
