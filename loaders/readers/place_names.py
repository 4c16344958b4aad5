"""Names of places, matched by name, kind and state, never by the name alone.

Names are not unique: Karlsruhe is a city and a rural district, Schwerin lies in two states.
A name is taken for a place only when name, kind and state leave exactly one.
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from loaders.folders import DATA
from loaders.keys import Level
from loaders.readers.place_keys import (
    Reform,
    former_places,
    read_place_key,
    reform_of,
    reform_that_made,
)

Kind = Literal["", "city", "town", "rural"]
Reason = Literal["", "unknown", "ambiguous", "unqualified"]
_KIND_WORDS: tuple[tuple[str, Kind], ...] = (
    ("kreisfreie stadt", "city"),
    ("krfr. stadt", "city"),
    ("stadtkreis", "city"),
    ("landkreis", "rural"),
    ("kreis", "rural"),
)
_TOWN = re.compile(r"stadt\b|^(st|gkst)$", re.IGNORECASE)
_LONG_FORMS = (
    (r"\ba\.\s?d\.", "an der "),
    (r"\bi\.\s?d\.", "in der "),
    (r"\ba\.", "am "),
    (r"\bi\.", "im "),
    (r"\bb\.", "bei "),
    (r"\bst\.", "sankt "),
)

_SPELLINGS_FILE = Path(__file__).parent / "place_spellings.toml"
_MOST_CANDIDATES = 8


@dataclass(frozen=True)
class MatchedName:
    """What a name leads to.

    Attributes:
        ags: the one place meant, empty when there is none.
        reason: why there is none: no such place, several, or name alone.
        candidates: keys of places it may have meant, for a person to choose from.
        spelling: the name is spelt otherwise in the register.
    """

    ags: str = ""
    reason: Reason = ""
    candidates: tuple[str, ...] = ()
    spelling: bool = False


@dataclass(frozen=True)
class _Place:
    ags: str
    kind: Kind
    state: str

    @property
    def municipality(self) -> str:
        """Key of the city as a municipality; districts keep their own."""
        return self.ags.ljust(8, "0") if self.kind == "city" else self.ags


def folded(name: str) -> str:
    """A name without capitals and doubled blanks, ``a.d.`` and the like written out."""
    plain = unicodedata.normalize("NFC", name).casefold()
    for short, long in _LONG_FORMS:
        plain = re.sub(short, long, plain)
    return " ".join(plain.split())


def split_kind(text: str) -> tuple[str, Kind]:
    """Name and kind of ``Kreisfreie Stadt Ulm``, ``Köln, krfr. Stadt`` and the like."""
    plain = text.strip()
    parts = [part.strip() for part in plain.split(",")]
    for word, kind in _KIND_WORDS:
        if parts[-1].lower() == word:
            return parts[0], kind
        if plain.lower().startswith(word + " "):
            return plain[len(word) + 1 :].split(",")[0].strip(), kind
    if len(parts) > 1 and _TOWN.search(parts[-1]):
        return parts[0], "town"
    return plain, ""


@lru_cache(maxsize=8192)
def match_name(text: str, state: str = "", kind: str = "", level: Level | None = None,
               catalogue: Path = DATA / "catalogue") -> MatchedName:  # fmt: skip
    """The one place a name tells together with its kind and state.

    Args:
        text: the name, its kind before or behind it (``Landkreis Rostock``).
        state: name or two-digit key of the state; empty when the file does not say.
        kind: ``city``, ``town`` or ``rural`` where the text does not say.
        level: level wanted where a city is a district and a municipality at once; without
            it a kind of district gives the district.
        catalogue: folder of the registers.
    """
    bare, own_kind = split_kind(text)
    wanted = own_kind or kind
    directory = _directory(catalogue)
    land = state_key(state, catalogue)
    if state and not land:
        return MatchedName(reason="unknown")
    names = (folded(text), folded(bare))
    found = _fitting(directory, names, wanted, land)
    spelt = [] if found else _fitting(_spellings(catalogue), names, wanted, land)
    found = found or spelt
    if len(found) == 1 and (wanted or land):
        as_district = level == "district" or (level is None and own_kind in ("city", "rural"))
        place = found[0]
        return MatchedName(place.ags if as_district else place.municipality, spelling=bool(spelt))
    if found:
        reason: Reason = "ambiguous" if len(found) > 1 else "unqualified"
        return MatchedName(reason=reason, candidates=_keys(found))
    near = _fitting(_near_directory(catalogue), (_near(bare),), wanted, land)
    return MatchedName(reason="unknown", candidates=_keys(near)[:_MOST_CANDIDATES])


@cache
def _spellings(catalogue: Path) -> dict[str, list[_Place]]:
    entries = tomllib.loads(_SPELLINGS_FILE.read_text(encoding="utf-8"))["spellings"]
    places = {place.ags: place for found in _directory(catalogue).values() for place in found}
    return {folded(name): [places[ags]] for name, ags in entries.items() if ags in places}


def is_known_key(text: str, catalogue: Path = DATA / "catalogue") -> bool:
    """Whether a cell is the key of a place of today or of a former one, zeros lost or not."""
    ags = read_place_key(text).ags
    if len(ags) in (2, 3):
        return True
    return ags in _present_keys(catalogue) or reform_of(ags) is not None or is_future_key(ags)


def is_future_key(ags: str, catalogue: Path = DATA / "catalogue") -> bool:
    """Whether a reform made a key that is younger than the register."""
    return reform_that_made(ags) is not None and ags not in _present_keys(catalogue)


def reform_words(reform: Reform) -> dict[str, str]:
    """Name, day and heirs of a reform, as details of a finding; heirs by name and key."""
    heirs = reform.successors or reform.formed
    named = ", ".join(_named(ags) for ags in heirs)
    return {"reform": reform.name, "date": reform.date, "successors": named}


def _named(ags: str, catalogue: Path = DATA / "catalogue") -> str:
    name = _present_names(catalogue).get(ags)
    return f"{name} ({ags})" if name else ags


@cache
def _present_names(catalogue: Path) -> dict[str, str]:
    names = ("districts.csv", "municipalities.csv")
    return {row["ags"]: row["name"] for name in names for row in _rows(catalogue / name)}


@cache
def _present_keys(catalogue: Path) -> frozenset[str]:
    return frozenset(_present_names(catalogue))


def _keys(places: Iterable[_Place]) -> tuple[str, ...]:
    return tuple(sorted(place.ags for place in places))


def _fitting(directory: dict[str, list[_Place]], names: tuple[str, ...], kind: str,
             state: str) -> list[_Place]:  # fmt: skip
    found = {place for name in names for place in directory.get(name, [])}
    kinds = {"city": {"city"}, "rural": {"rural"}, "town": {"city", "town"}}.get(kind)
    return [
        place
        for place in found
        if (kinds is None or place.kind in kinds) and (not state or place.state == state)
    ]


def state_key(state: str, catalogue: Path = DATA / "catalogue") -> str:
    """Two-digit key of a state given by name or key; empty when there is none."""
    names = {folded(row["name"]): row["ags"] for row in _rows(catalogue / "states.csv")}
    plain = state.strip()
    return plain if plain in names.values() else names.get(folded(plain), "")


@cache
def _rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        names, *rows = csv.reader(stream)
    return tuple(dict(zip(names, row, strict=True)) for row in rows if row)


@cache
def _directory(catalogue: Path) -> dict[str, list[_Place]]:
    """Places by folded name; a district-free city stands once, under its district key."""
    directory: dict[str, list[_Place]] = defaultdict(list)
    cities = set()
    for row in _rows(catalogue / "districts.csv"):
        kind: Kind = "city" if "stadt" in row["kind_of_district"].lower() else "rural"
        kind = "city" if row["kind_of_district"] == "Stadtkreis" else kind
        cities |= {row["ags"]} if kind == "city" else set()
        directory[folded(row["name"])].append(_Place(row["ags"], kind, row["ags"][:2]))
    for row in _rows(catalogue / "municipalities.csv"):
        if row["ags"][:5] in cities and row["ags"].endswith("000"):
            continue
        addition = row["name_official"].rpartition(", ")[2]
        is_town = "," in row["name_official"] and _TOWN.search(addition)
        place = _Place(row["ags"], "town" if is_town else "", row["ags"][:2])
        directory[folded(row["name"])].append(place)
    present = {place.ags for places in directory.values() for place in places}
    for former in former_places():
        if former.ags not in present:
            kind = "city" if former.is_city else ""
            directory[folded(former.name)].append(_Place(former.ags, kind, former.ags[:2]))
    return dict(directory)


def _near(name: str) -> str:
    """A name as it may be spelt elsewhere: long forms, no additions in brackets or behind /."""
    plain = re.sub(r"\(.*?\)|/.*|,.*", "", folded(name))
    return " ".join(plain.replace("-", " ").split()).split(" an der ")[0]


@cache
def _near_directory(catalogue: Path) -> dict[str, list[_Place]]:
    near: dict[str, list[_Place]] = defaultdict(list)
    for name, places in _directory(catalogue).items():
        near[_near(name)].extend(places)
    return dict(near)


__all__ = [
    "Kind",
    "MatchedName",
    "folded",
    "is_future_key",
    "is_known_key",
    "match_name",
    "reform_words",
    "split_kind",
    "state_key",
]
