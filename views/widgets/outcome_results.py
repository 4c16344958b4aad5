"""Panels and findings behind the outcome page, computed once per data version."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

import pandas as pd

from analysis import outcome
from analysis.errors import AnalysisError, NotConverged, PoorFit
from analysis.outcome import (
    Ancova,
    Claim,
    DifferenceInDifferences,
    EventStudy,
    Level,
    SyntheticDid,
    SyntheticDidPlacebos,
    SyntheticStudy,
)
from views import results, session
from views.session import Report
from views.widgets.comparison_series import PER, POPULATION, is_count, year_of

LOG = logging.getLogger(__name__)
PLACEBO_TESTS = ("household_income_per_inhabitant", "unemployment_rate")
COMPARISON_PLACES = 20
YEARS_FOR_SDID = 8
# Shares of the work, measured: reading the panel, then the synthetic places, then the placebos.
PANEL_SHARE, STUDY_SHARE = 0.3, 0.5
PANDEMIC = outcome.PANDEMIC_YEARS


def _untold(share: float) -> None:
    """Nobody waits for this work."""


@dataclass(frozen=True)
class Start:
    """Where and when a solution started.

    Attributes:
        place: key at the level of the indicator.
        year: published year of the start.
    """

    place: str
    year: int

    @property
    def first_full_year(self) -> int:
        """Only the year is known, so the first full year of operation is the next one."""
        return self.year + 1


@dataclass(frozen=True, eq=False)
class Finding:
    """What the data allow to say of one place, one start and one indicator.

    Attributes:
        panel: places x years; the place itself and its comparison places.
        place: key of the place.
        first_year: first full year of operation.
        claim: the level reached and what is missing for the next.
        change, events: from level 1 on.
        ancova, synthetic, sdid, placebos: at level 2, where they can be computed.
        faults: errors of the calculations, to be said as sentences.
    """

    panel: pd.DataFrame
    place: str
    first_year: int
    claim: Claim
    change: DifferenceInDifferences | None = None
    events: EventStudy | None = None
    ancova: Ancova | None = None
    synthetic: SyntheticStudy | None = None
    sdid: SyntheticDid | None = None
    placebos: SyntheticDidPlacebos | None = None
    faults: tuple[AnalysisError, ...] = ()


@dataclass(frozen=True)
class Headline:
    """The one estimate the sentence, its count and the corrected p-values rest on.

    Attributes:
        way: ``sdid`` from eight years before the start on, else ``synthetic``; ``did`` below
            level 2.
        effect: in the unit of the indicator.
        at_least_as_large: comparison places with a placebo at least as large.
        places: comparison places.
        placebo_p: missing with a single comparison place.
        p_floor: least value it can take.
    """

    way: str
    effect: float
    at_least_as_large: int
    places: int
    placebo_p: float
    p_floor: float


def headline(found: Finding) -> Headline | None:
    """The estimate that stands for a finding; ``None`` below level 1."""
    did, study, sdid, placebos = found.change, found.synthetic, found.sdid, found.placebos
    if sdid is not None and placebos is not None:
        counted = placebos.at_least_as_large, len(placebos.effects)
        return Headline("sdid", sdid.effect, *counted, placebos.placebo_p, placebos.p_floor)
    if study is not None:
        counted = study.at_least_as_large, len(study.ratios)
        return Headline("synthetic", study.control.effect, *counted, study.placebo_p, study.p_floor)
    if did is not None:
        counted = did.at_least_as_large, len(did.donor_changes)
        return Headline("did", did.effect, *counted, did.placebo_p, did.p_floor)
    return None


def solutions() -> dict[str, str]:
    """Solutions that run somewhere with a published start, and all with a stated effect."""
    names = session.table("solutions").set_index("solution_id")["name"]
    offered = set(_started()["solution_id"]) | set(session.table("intended_effects")["solution_id"])
    return {one: str(names[one]) for one in sorted(offered, key=lambda o: str(names[o]))}


def intended(solution: str) -> list[str]:
    """Indicators a solution is said to move."""
    table = session.table("intended_effects")
    return list(table.loc[table["solution_id"] == solution, "indicator"])


def _started() -> pd.DataFrame:
    return session.result(_started_rows)


def _started_rows() -> pd.DataFrame:
    table = results.deployments("municipality")
    origin = session.table("solutions").set_index("solution_id")["start_year"]
    first = table["solution_id"].map(origin).where(table["role"] == "origin")
    found = table.assign(start=table["year"].fillna(first))
    return found[found["runs"] & found["start"].notna() & (found["ags"] != "")]


def level_of(indicator: str) -> results.Level:
    """Districts where the indicator is held for them, else municipalities."""
    return "district" if results.periods(indicator, "district") else "municipality"


def starts(solution: str, indicator: str) -> tuple[Start, ...]:
    """Places where a solution runs with its earliest published start, at the indicator's level."""
    rows = _started()
    rows = rows[rows["solution_id"] == solution]
    cut = 5 if level_of(indicator) == "district" else 8
    first: dict[str, int] = {}
    for ags, year in zip(rows["ags"].str[:cut], rows["start"], strict=True):
        first[ags] = min(int(year), first.get(ags, int(year)))
    return tuple(Start(place, year) for place, year in sorted(first.items()))


def best_pair(report: Report = _untold) -> tuple[str, str]:
    """The stated pair with the highest level, then with the most years.

    Args:
        report: told the share of the pairs looked at, 0 to 1.
    """
    return session.long_result(_best_pair, report=report)


def _best_pair(*, report: Report) -> tuple[str, str]:
    table = session.table("intended_effects")
    pairs = list(zip(table["solution_id"], table["indicator"], strict=True))
    best, most = ("", ""), (-3, 0)
    for done, pair in enumerate(pairs, start=1):
        held = _data_held(*pair)
        best, most = (pair, held) if held > most else (best, most)
        report(done / len(pairs))
    return best


def _data_held(solution: str, indicator: str) -> tuple[int, int]:
    found = [
        finding(solution, indicator, one.place, one.year) for one in starts(solution, indicator)
    ]
    counts = [
        (int(one.claim.level), one.claim.years_before + one.claim.years_after) for one in found
    ]
    return max(counts, default=(-2, 0))


def finding(
    solution: str,
    indicator: str,
    place: str,
    year: int,
    *,
    unfunded: bool = False,
    calm: bool = False,
    report: Report = _untold,
) -> Finding:
    """Everything the data allow to say of one place.

    Args:
        solution: its places are never comparison places.
        indicator: what is measured.
        place: key at the level of the indicator.
        year: published year of the start.
        unfunded: leave out comparison places with a model project.
        calm: leave out the pandemic years.
        report: told the share done, 0 to 1; may raise to stop the work.
    """
    options = (solution, indicator, place, year, unfunded, calm)
    return session.long_result(_finding, *options, report=report)


def _finding(
    solution: str,
    indicator: str,
    place: str,
    year: int,
    unfunded: bool,
    calm: bool,
    *,
    report: Report,
) -> Finding:
    panel = panel_of(solution, indicator, place, unfunded)
    report(PANEL_SHARE)
    if calm:
        panel = outcome.without_years(panel)
    first = year + 1
    claim = outcome.claim_of_panel(panel, place, first)
    if claim.level < Level.CHANGE:
        return Finding(panel, place, first, claim)
    change = outcome.difference_in_differences(panel, place, first)
    events = outcome.event_study(panel, place, first)
    if {need.what for need in claim.needs} != {"fit"}:
        return Finding(panel, place, first, claim, change, events)
    try:
        study = outcome.synthetic_study(panel, place, first)
    except AnalysisError as fault:
        _log(fault, indicator, place)
        accepted = None if not isinstance(fault, PoorFit) else False
        claim = outcome.claim_of_panel(panel, place, first, fit_accepted=accepted)
        return Finding(panel, place, first, claim, change, events, faults=(fault,))
    report(STUDY_SHARE)
    claim = outcome.claim_of_panel(panel, place, first, fit_accepted=True)
    found = Finding(panel, place, first, claim, change, events, synthetic=study)
    return _with_further_ways(found, indicator, report)


def _with_further_ways(found: Finding, indicator: str, report: Report) -> Finding:
    """The finding of level 2 with the other ways of estimating that can be computed."""
    where = (found.panel, found.place, found.first_year)
    faults: list[AnalysisError] = []
    ancova, sdid, placebos = None, None, None
    try:
        ancova = outcome.ancova(*where)
    except AnalysisError as fault:
        faults.append(fault)
    if found.claim.years_before >= YEARS_FOR_SDID:
        try:
            sdid = outcome.synthetic_did(*where)
            placebos = outcome.synthetic_did_placebos(
                *where, report=lambda share: report(STUDY_SHARE + (1 - STUDY_SHARE) * share)
            )
        except AnalysisError as fault:
            _log(fault, indicator, found.place)
            faults.append(fault)
    return replace(found, ancova=ancova, sdid=sdid, placebos=placebos, faults=tuple(faults))


def _log(fault: AnalysisError, indicator: str, place: str) -> None:
    """A solver that ends without a result is for the operator to know, too."""
    if isinstance(fault, NotConverged):
        LOG.warning("no result for %s in %s: %s", indicator, place, fault)


def panel_of(solution: str, indicator: str, place: str, unfunded: bool) -> pd.DataFrame:
    """The place and its 20 most similar places without the solution, one column per year."""
    return session.result(_panel, solution, indicator, place, unfunded)


def _panel(solution: str, indicator: str, place: str, unfunded: bool) -> pd.DataFrame:
    cut = len(place)
    running = results.deployments("municipality")
    running = running[running["solution_id"] == solution]
    without = {str(ags)[:cut] for ags in running["ags"] if ags}
    if unfunded:
        without |= {str(ags)[:cut] for ags in session.table("participations")["ags"]}
    found = results.peers_weighted(
        place, (), COMPARISON_PLACES, without=tuple(sorted(without - {place}))
    )
    keys = (place, *(found.keys if found else ()))
    rows = results.series(indicator, keys)
    rows = rows[rows["value"].notna()]
    values = rows["value"]
    if is_count(indicator):
        values = values / rows["ags"].map(_newest_population(keys)).astype(float) * PER
    rows = rows.assign(value=values, year=rows["period"].map(year_of))
    # Monthly figures would need a rule of their own; the last value of a year stands for it.
    rows = rows.drop_duplicates(["ags", "year"], keep="last")
    return rows.pivot(index="ags", columns="year", values="value").reindex(list(keys))


def _newest_population(keys: tuple[str, ...]) -> pd.Series:
    held = results.series(POPULATION, keys)
    held = held[held["value"].notna()]
    return held.drop_duplicates("ags", keep="last").set_index("ags")["value"]


def several(solution: str, indicator: str) -> outcome.SeveralAdopters | None:
    """The differences of all places with the solution, each against not-yet and never adopters."""
    return session.result(_several, solution, indicator)


def _several(solution: str, indicator: str) -> outcome.SeveralAdopters | None:
    known = starts(solution, indicator)
    if len(known) < 2:
        return None
    panels = [panel_of(solution, indicator, one.place, False) for one in known]
    whole = pd.concat(panels)
    whole = whole[~whole.index.duplicated()].dropna(axis=1, how="any")
    begun = {one.place: one.first_full_year for one in known if one.place in whole.index}
    try:
        return outcome.several_adopters(whole, begun)
    except AnalysisError:
        return None
