"""How far two people agree who scored the same statements by the printed anchors.

Weighted kappa (Cohen 1968) per measure with its large-sample variance (Fleiss, Cohen and
Everitt 1969, Psychological Bulletin 72, 323-327). The five anchors and "unknown" are six
categories. Disagreement between two anchors is their difference (linear weights), between
unknown and any anchor it is 1, as large as between 0 and 1. Method: ``docs/methods/adoption``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import DuplicateKeys, NotAnAnchor, UnknownMeasure
from analysis.measures import ANCHORS, READINESS_MEASURES

LEAST_PAIRS = 15
LEAST_KAPPA = 0.4
NORMAL_95 = 1.959963984540054
KEY = ["solution_id", "measure_id"]


@dataclass(frozen=True)
class Kappa:
    """Weighted kappa of one square table of counts.

    Attributes:
        value: at most 1; NaN when chance alone would agree fully (one category only).
        low: lower end of the 95 % interval, at least -1; NaN without any disagreement, where
            the large-sample variance says nothing.
        high: upper end, at most 1.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class MeasureAgreement:
    """Two scorings of one measure.

    Attributes:
        measure_id: the measure.
        pairs: solutions scored twice; unknown counts as a score.
        same: pairs with exactly the same score.
        known: pairs where both found a value.
        same_known: of these, those with the same value.
        kappa: NaN below ``LEAST_PAIRS`` pairs; then only the counts are shown.
    """

    measure_id: str
    pairs: int
    same: int
    known: int
    same_known: int
    kappa: Kappa

    @property
    def to_be_reworded(self) -> bool:
        """Whether the anchors leave too much room: kappa below ``LEAST_KAPPA``."""
        return self.kappa.value < LEAST_KAPPA


@dataclass(frozen=True)
class SecondScoring:
    """All measures scored twice; ``solutions`` is 0 when there is no second scoring."""

    measures: tuple[MeasureAgreement, ...]
    solutions: int
    scored_on: str

    @property
    def pairs(self) -> int:
        """All pairs of scores."""
        return sum(one.pairs for one in self.measures)

    @property
    def same(self) -> int:
        """Pairs with exactly the same score."""
        return sum(one.same for one in self.measures)


def second_scoring(evidence: pd.DataFrame, second: pd.DataFrame) -> SecondScoring:
    """Both scorings compared, measure by measure.

    Args:
        evidence: first scoring: solution_id, measure_id, value; no row means unknown.
        second: second scoring with the same columns and ``scored_on``; value NaN: unknown.

    Raises:
        DuplicateKeys: a measure of a solution scored twice in ``second``.
        UnknownMeasure: a measure the method does not have.
        NotAnAnchor: a value off the anchored scale.
    """
    _check(second)
    first = evidence.set_index(KEY)["value"]
    pairs = second.assign(first=first.reindex(pd.MultiIndex.from_frame(second[KEY])).to_numpy())
    by_measure = dict(list(pairs.groupby("measure_id")))
    return SecondScoring(
        tuple(_compare(m, by_measure[m]) for m in READINESS_MEASURES if m in by_measure),
        int(second["solution_id"].nunique()),
        str(second["scored_on"].max()) if len(second) else "",
    )


def weighted_kappa(counts: NDArray[np.float64], disagreement: NDArray[np.float64]) -> Kappa:
    """Kappa of a table of counts (k x k; rows first, columns second scoring).

    Args:
        counts: number of pairs per cell, at least one in all.
        disagreement: 0 on the diagonal, at most 1 elsewhere.
    """
    total = counts.sum()
    shares, agree = counts / total, 1 - disagreement
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    seen, chance = float((agree * shares).sum()), float(rows @ agree @ columns)
    if np.isclose(chance, 1):
        return Kappa(nan, nan, nan)
    kappa = (seen - chance) / (1 - chance)
    expected = (agree @ columns)[:, None] + (rows @ agree)[None, :]
    spread = (shares * (agree - expected * (1 - kappa)) ** 2).sum()
    variance = (spread - (kappa - chance * (1 - kappa)) ** 2) / (total * (1 - chance) ** 2)
    if np.isclose(seen, 1):
        return Kappa(kappa, nan, nan)
    half = NORMAL_95 * sqrt(max(0.0, float(variance)))
    return Kappa(kappa, max(-1.0, kappa - half), min(1.0, kappa + half))


def linear_disagreement() -> NDArray[np.float64]:
    """Disagreement between the anchors and, last, unknown (6 x 6)."""
    anchors = np.array(ANCHORS)
    table = np.ones((len(anchors) + 1, len(anchors) + 1))
    table[:-1, :-1] = np.abs(anchors[:, None] - anchors[None, :])
    table[-1, -1] = 0
    return table


def _check(second: pd.DataFrame) -> None:
    keys = second["solution_id"] + " " + second["measure_id"]
    if keys.duplicated().any():
        raise DuplicateKeys(keys[keys.duplicated()])
    unknown = ~second["measure_id"].isin(READINESS_MEASURES)
    if unknown.any():
        raise UnknownMeasure(keys[unknown])
    off = second["value"].notna() & ~second["value"].isin(ANCHORS)
    if off.any():
        raise NotAnAnchor(keys[off] + " " + second["value"][off].astype(str))


def _compare(measure: str, pairs: pd.DataFrame) -> MeasureAgreement:
    first, second = _categories(pairs["first"]), _categories(pairs["value"])
    known = (first < len(ANCHORS)) & (second < len(ANCHORS))
    kappa = Kappa(nan, nan, nan)
    if len(pairs) >= LEAST_PAIRS:
        counts = np.zeros((len(ANCHORS) + 1, len(ANCHORS) + 1))
        np.add.at(counts, (first, second), 1)
        kappa = weighted_kappa(counts, linear_disagreement())
    same = first == second
    return MeasureAgreement(
        measure_id=measure,
        pairs=len(pairs),
        same=int(same.sum()),
        known=int(known.sum()),
        same_known=int((same & known).sum()),
        kappa=kappa,
    )


def _categories(values: pd.Series) -> NDArray[np.int64]:
    """Position among the anchors; unknown comes last."""
    position = values.map({anchor: n for n, anchor in enumerate(ANCHORS)})
    return np.asarray(position.fillna(len(ANCHORS)), dtype=np.int64)
