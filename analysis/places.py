"""Finding a place among all municipalities and districts, by name or key.

Names are folded (case, umlauts both ways, punctuation), so "Köln", "Koeln" and "Koln" meet.
The index is built once; a search over 11,175 places takes a few milliseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz, process

from analysis.errors import UnknownPlace
from analysis.word_columns import words_for

Match = Literal["key", "key_start", "exact", "start", "word", "part", "close"]

COLUMNS = ["ags", "name", "level", "state", "population", "district", "match"]
DEFAULT_LIMIT = 20
CLOSE_SPELLING = 75.0
SHORTEST_FOR_SPELLING = 4
MOST_CLOSE = 40
_CLASSES: tuple[Match, ...] = ("exact", "start", "word", "part")

_SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_SIGNS = re.compile(r"[^a-z0-9]+")
_DISTRICT_SHORT = re.compile(r"^(kreis|lkr|lk|kr) ")
_SAINT = re.compile(r"\bsankt\b")
_NAMED_KINDS = ("Landkreis", "Kreis", "Regionalverband")


@dataclass(frozen=True)
class Place:
    """One place of the register.

    Attributes:
        ags: key, 8 digits for municipalities, 5 for districts.
        name: name without additions such as "Stadt".
        official_name: name with additions.
        level: ``municipality`` or ``district``.
        state: name of the state.
        population: inhabitants; NaN where the register has none.
        district: name of the district a municipality lies in; "" for districts and
            district-free cities.
    """

    ags: str
    name: str
    official_name: str
    level: str
    state: str
    population: float
    district: str


@dataclass(frozen=True)
class PlaceIndex:
    """All places with their folded names, larger places first.

    Attributes:
        places: columns ags, name, official_name, level, state, population, district, and
            ``twin`` (the other key of a district-free city, else "").
    """

    places: pd.DataFrame

    @cached_property
    def _folded(self) -> tuple[list[str], list[str]]:
        """Per place its names as `` name1 | name2 ``, umlauts spelled out and dropped."""
        spelled = [_search_text(row, _spelled) for row in self._rows]
        return spelled, [_search_text(row, _plain) for row in self._rows]

    @cached_property
    def _rows(self) -> list[tuple[str, str]]:
        return list(zip(self.places["name"], self.places["official_name"], strict=True))

    @cached_property
    def _short_names(self) -> list[str]:
        return [_spelled(name) for name, _ in self._rows]

    @cached_property
    def _keys(self) -> list[str]:
        return list(self.places["ags"])

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self._keys)}

    def __contains__(self, ags: object) -> bool:
        return ags in self._row_of

    def place(self, ags: str) -> Place:
        """The record of one key.

        Raises:
            UnknownPlace: no such key.
        """
        try:
            row = self.places.iloc[self._row_of[ags]]
        except KeyError:
            raise UnknownPlace([ags]) from None
        return Place(**{name: row[name] for name in Place.__dataclass_fields__})

    def twin(self, ags: str) -> str | None:
        """The other key of a district-free city (07312 and 07312000), else ``None``."""
        row = self._row_of.get(ags)
        return None if row is None else str(self.places["twin"].iat[row]) or None

    def search(self, text: str, limit: int = DEFAULT_LIMIT) -> pd.DataFrame:
        """Places for a text, best first.

        Order: exact key or name, key or name that starts so, words that start so, part of a
        name; larger places first within a class. Close spelling only when nothing else fits.
        District-free cities appear once, as municipality, unless their five digits are typed.

        Returns:
            Columns ags, name, level, state, population, district, match (see ``Match``);
            empty when nothing fits.
        """
        found = self._by_key(text) if _is_key(text) else self._by_name(text)
        rows = list(found)[:limit]
        table = self.places.iloc[rows].reset_index(drop=True)
        table["match"] = [found[row] for row in rows]
        return table[COLUMNS]

    def _by_key(self, text: str) -> dict[int, Match]:
        digits = text.strip().replace(" ", "")
        exact = [key for key in (digits, f"0{digits}") if key in self._row_of]
        found: dict[int, Match] = {self._row_of[key]: "key" for key in exact[:1]}
        starts = [row for row, key in enumerate(self._keys) if key.startswith(digits)]
        return found | {row: "key_start" for row in starts if row not in found}

    def _by_name(self, text: str) -> dict[int, Match]:
        if not _plain(text):
            return {}
        classes: dict[int, int] = {}
        for names, query in zip(self._folded, (_spelled(text), _plain(text)), strict=True):
            for row, place in _classified(names, query):
                classes[row] = min(place, classes.get(row, place))
        ordered = sorted((place, row) for row, place in classes.items() if row not in self._doubled)
        found: dict[int, Match] = {row: _CLASSES[place] for place, row in ordered}
        return found or self._close(_spelled(text))

    @cached_property
    def _doubled(self) -> set[int]:
        """Rows of district-free cities at district level, already there as municipality."""
        twins = self.places["twin"].ne("") & self.places["level"].eq("district")
        return set(twins.to_numpy().nonzero()[0])

    def _close(self, query: str) -> dict[int, Match]:
        if len(query) < SHORTEST_FOR_SPELLING:
            return {}
        scored = process.extract(
            query,
            self._short_names,
            scorer=fuzz.ratio,
            score_cutoff=CLOSE_SPELLING,
            limit=MOST_CLOSE,
        )
        ordered = sorted((-score, row) for _, score, row in scored if row not in self._doubled)
        return {row: "close" for _, row in ordered}


def place_index(municipalities: pd.DataFrame, districts: pd.DataFrame) -> PlaceIndex:
    """The index of all places.

    Args:
        municipalities: columns ags, name_official, district_ags, federal_state, population.
        districts: columns ags, name, kind_of_district; inhabitants and state are taken from
            their municipalities.
    """
    towns, counties = _towns(municipalities), _counties(districts, municipalities)
    only_town = municipalities.groupby("district_ags")["ags"].agg(["size", "first"])
    alone = only_town[(only_town["size"] == 1) & only_town["first"].str.endswith("000")]
    twins = dict(zip(alone.index, alone["first"], strict=True))
    counties["twin"] = [twins.get(key, "") for key in counties["ags"]]
    back = {town: key for key, town in twins.items()}
    towns["twin"] = [back.get(key, "") for key in towns["ags"]]
    names = dict(zip(counties["ags"], counties["name"], strict=True))
    belongs = words_for(municipalities["district_ags"], names).to_numpy()
    towns["district"] = pd.Series(belongs, index=towns.index).where(towns["twin"].eq(""), "")
    places = pd.concat([towns, counties], ignore_index=True)
    ordered = places.sort_values(["population", "ags"], ascending=[False, True], kind="stable")
    return PlaceIndex(ordered.reset_index(drop=True))


def _towns(municipalities: pd.DataFrame) -> pd.DataFrame:
    official = municipalities["name_official"].astype(str)
    return pd.DataFrame(
        {
            "ags": municipalities["ags"],
            "name": official.str.split(",").str[0].str.strip(),
            "official_name": official,
            "level": "municipality",
            "state": municipalities["federal_state"],
            "population": municipalities["population"].astype(float),
        }
    )


def _counties(districts: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    inside = municipalities.groupby("district_ags")
    named = zip(districts["name"], districts["kind_of_district"], strict=True)
    shown = [_county_name(name, kind) for name, kind in named]
    return pd.DataFrame(
        {
            "ags": districts["ags"].to_numpy(),
            "name": shown,
            "official_name": shown,
            "level": "district",
            "state": words_for(districts["ags"], inside["federal_state"].first()).to_numpy(),
            "population": districts["ags"].map(inside["population"].sum()).astype(float).to_numpy(),
            "district": "",
        }
    )


def _county_name(name: str, kind: str) -> str:
    """The name with its kind in front, unless the name says it: "Landkreis Kaiserslautern"."""
    says_it = any(word in name.lower() for word in ("kreis", "region"))
    return name if kind not in _NAMED_KINDS or says_it else f"{kind} {name}"


def _spelled(text: str) -> str:
    lowered = text.lower()
    for letter, pair in _SPELLED_OUT.items():
        lowered = lowered.replace(letter, pair)
    return _plain(lowered)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    folded = _SIGNS.sub(" ", letters).strip()
    return _SAINT.sub("st", _DISTRICT_SHORT.sub("landkreis ", folded))


def _search_text(names: tuple[str, str], fold: Callable[[str], str]) -> str:
    return " | ".join(["", *dict.fromkeys(fold(name) for name in names), ""])


def _is_key(text: str) -> bool:
    digits = text.strip().replace(" ", "")
    return digits.isascii() and digits.isdigit()


def _classified(names: list[str], query: str) -> Iterator[tuple[int, int]]:
    """Rows whose names hold the query, each with its class as a position in ``_CLASSES``."""
    words = query.split()
    rarest = max(words, key=len)
    for row in [row for row, name in enumerate(names) if rarest in name]:
        name = names[row]
        if f"| {query} |" in name:
            yield row, 0
        elif f"| {query}" in name:
            yield row, 1
        elif all(f" {word}" in name for word in words):
            yield row, 2
        elif query in name:
            yield row, 3
