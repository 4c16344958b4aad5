"""Typed errors of the calculations: each names the offending keys and says a plain sentence.

The words stand in ``error_words.toml``, German and English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import ClassVar

from loaders.languages import of_tables

_WORDS = Path(__file__).parent / "error_words.toml"
_SHOWN_KEYS = 12


class AnalysisError(ValueError):
    """A calculation that cannot be made honestly; carries the offending keys.

    Attributes:
        keys: places, variables, measures or values at fault, as text.
    """

    code: ClassVar[str]

    def __init__(self, keys: Iterable[object] = ()) -> None:
        self.keys = tuple(str(key) for key in keys)
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """What went wrong, in one of the languages; long lists of keys are cut with a count."""
        return _words()[self.code][of_tables(lang)].format(keys=_shown(self.keys))


class TooFewPeriods(AnalysisError):
    """Fewer points in time than the method needs; keys: the missing years."""

    code = "too_few_periods"


class NoVariation(AnalysisError):
    """Constant values where a difference is needed; keys: the variables."""

    code = "no_variation"


class NotComparable(AnalysisError):
    """Too few common values; keys: the places."""

    code = "not_comparable"


class BadWeights(AnalysisError):
    """Negative, missing, infinite or all-zero weights; keys: the weights at fault."""

    code = "bad_weights"


class PoorFit(AnalysisError):
    """No acceptable fit before the start; keys: the places."""

    code = "poor_fit"


class UnknownPlace(AnalysisError):
    """A key that is in no register; keys: the keys asked for."""

    code = "unknown_place"


class UnknownSolution(AnalysisError):
    """A solution that is not in the catalogue; keys: the ids asked for."""

    code = "unknown_solution"


class UnknownMeasure(AnalysisError):
    """A measure the method does not have; keys: the measures."""

    code = "unknown_measure"


class UnknownGrade(AnalysisError):
    """A grade other than A, B, C, D, U; keys: the grades."""

    code = "unknown_grade"


class NotAnAnchor(AnalysisError):
    """An evidence value off the anchored scale; keys: solution, measure and value."""

    code = "not_an_anchor"


class NotFinite(AnalysisError):
    """An infinite input value; keys: where it stands."""

    code = "not_finite"


class DuplicateKeys(AnalysisError):
    """A key that must be unique and is not; keys: the repeated keys."""

    code = "duplicate_keys"


class NotConverged(AnalysisError):
    """A solver that reached no result; keys: the places."""

    code = "not_converged"


class TooFewDeployments(AnalysisError):
    """Too few deployments for a curve; keys: the number held."""

    code = "too_few_deployments"


class OutOfRange(AnalysisError):
    """An argument outside its allowed range; keys: name and value."""

    code = "out_of_range"


class TooManyPlaces(OutOfRange):
    """More places than a whole table of ranks is made for; keys: their number."""

    code = "too_many_places"


class TooFewPlaces(AnalysisError):
    """Fewer places than the method needs; keys: the places held or their number."""

    code = "too_few_places"


class TooFewAccepted(AnalysisError):
    """Weight bounds that almost no weighting meets; keys: the indicators and their bounds."""

    code = "too_few_accepted"


class RankWithoutRange(AnalysisError):
    """A rank given without lower and upper end, or outside them; keys: place and numbers."""

    code = "rank_without_range"


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _shown(keys: tuple[str, ...]) -> str:
    shown = ", ".join(keys[:_SHOWN_KEYS])
    rest = len(keys) - _SHOWN_KEYS
    return shown if rest <= 0 else f"{shown} (+{rest})"
