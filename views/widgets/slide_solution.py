"""Slides of solutions: one in figures, its judgement, a shortlist; a range never stands alone."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.adoption import Score
from analysis.judgement import Judgement, find_judgement
from analysis.measures import CRITERIA
from analysis.verdict import Verdict
from analysis.weighting import AGREED
from views import results, session
from views.exports.slide import ChartPicture, FiguresPicture, Series, TablePicture
from views.session import Visit
from views.texts import bare
from views.widgets import (
    adoption_judgement,
    shortlist_ranges,
    solution_results,
    verdict_words,
)
from views.widgets.slide_content import Content, Parameters, counted, published

MOST_RANGES = 6
LEAST_LISTED, MOST_LISTED = 2, 5


def solution(visit: Visit, parameters: Parameters) -> Content | None:
    """One solution in four numbers; ``None`` when no such solution is known."""
    row = solution_results.entry(parameters.get("solution", ""))
    if row is None:
        return None
    unknown = visit.words("common.not_reported")
    cost = row["published_cost_eur"]
    named = {"places": int(row["places"]), "decisions": int(row["decisions"])}
    named |= {"lessons": int(row["lesson_count"]), "did_not_work": int(row["failure_count"])}
    figures = tuple(
        (visit.formats.number(n) if n else unknown, visit.words(f"stage.figure_{name}"))
        for name, n in named.items()
    )
    known_cost = unknown if pd.isna(cost) else visit.formats.value(float(cost), "€")
    twin = pd.DataFrame(
        [(what, value) for value, what in figures]
        + [(visit.words("solution.answer.cost"), known_cost)],
        columns=[visit.words("stage.column_what"), visit.words("map.column_value")],
    )
    origin = str(row["origin_municipalities"]).replace(";", ",")
    return Content(
        visit.words("stage.solution_headline", name=row["name"], origin=origin),
        str(row[f"summary_{visit.text_lang}"]),
        FiguresPicture(figures),
        twin,
        published(visit),
        facts={"solution": str(row["name"]), "origin": origin, **counted(visit, named)},
    )


def adoption(visit: Visit, parameters: Parameters) -> Content | None:
    """What runs near a town with its ranges, or one solution criterion by criterion."""
    asked = parameters.get("solution", "")
    if asked:
        known = asked in verdict_words.names_of_solutions()
        return _judged(visit, asked) if known else None
    names = verdict_words.names_of_solutions()
    judged = {j.solution_id: j for j in results.judgements(visit.ags)}
    counts = adoption_judgement.counts()
    near = results.running_near(visit.ags) if visit.ags else None
    facts = counted(visit, counts)
    if near is not None and not near.empty:
        return _near(visit, near, judged, facts)
    listed = [
        j
        for j in judged.values()
        if j.examined and verdict_words.is_assessable(j.readiness_verdict)
    ]
    listed.sort(key=lambda j: (j.score.high - j.score.low, names[j.solution_id].casefold()))
    listed = sorted(listed[:MOST_RANGES], key=lambda j: names[j.solution_id].casefold())
    return Content(
        visit.words("stage.adoption_headline", **facts),
        visit.words("stage.ranges_sentence"),
        _ranges(visit, listed),
        adoption_judgement.twin(visit, listed, AGREED),
        published(visit),
        facts=facts,
    )


def _near(
    visit: Visit, near: pd.DataFrame, judged: dict[str, Judgement], facts: dict[str, str]
) -> Content:
    """Solutions in operation in places like the town, as a list with the places."""
    far = bool(near["far"].iloc[0])
    town = results.place(visit.ags).name
    solutions = list(dict.fromkeys(near["solution_id"]))
    shown = [_near_row(visit, near, judged[one]) for one in solutions[:MOST_RANGES]]
    columns = (
        visit.words("solutions.column_name"),
        visit.words("stage.column_runs_in"),
        visit.words("adoption.judgement.column_verdict"),
        visit.words("adoption.judgement.column_coverage"),
    )
    facts = {
        **facts,
        "running": visit.formats.number(len(solutions)),
        "places": visit.formats.number(near["ags"].nunique()),
    }
    key = "stage.near_headline_far" if far else "stage.near_headline"
    # The whole list, for the table; the slide holds the nearest few.
    listed = [judged[one] for one in solutions]
    return Content(
        visit.words(
            key,
            town=town,
            running=visit.words("adoption.lead_solutions", n=len(solutions)),
            places=visit.words("adoption.lead_places", n=near["ags"].nunique()),
        ),
        visit.words("fixed.adoption"),
        TablePicture(columns, tuple(shown)),
        adoption_judgement.twin(visit, listed, AGREED),
        published(visit),
        facts=facts,
    )


def _near_row(visit: Visit, near: pd.DataFrame, judgement: Judgement) -> tuple[str, ...]:
    """Name, nearest places, verdict and coverage of one solution."""
    one = judgement.solution_id
    places = list(dict.fromkeys(near.loc[near["solution_id"] == one, "municipality"]))
    coverage = visit.formats.percent(judgement.score.coverage)
    return (
        verdict_words.names_of_solutions()[one],
        ", ".join(places[:3]),
        _verdict(visit, judgement.verdict),
        coverage if judgement.examined else visit.words("stage.not_examined"),
    )


def _judged(visit: Visit, solution_id: str) -> Content:
    """The verdict on one solution and the range of every criterion."""
    judgement = find_judgement(results.judgements(visit.ags), solution_id)
    name = verdict_words.names_of_solutions()[solution_id]
    coverage = visit.formats.percent(judgement.score.coverage)
    places = {"name": name, "verdict": _verdict(visit, judgement.verdict)}
    if visit.ags:
        town = results.place(visit.ags).name
        headline = visit.words("stage.judged_headline_town", town=town, **places)
    else:
        headline = visit.words("stage.judged_headline", **places)
    picture = _criteria(visit, judgement.score)
    return Content(
        headline,
        _judged_sentence(visit, judgement),
        picture,
        _criteria_twin(visit, judgement.score, picture),
        published(visit),
        facts={"solution": name, "coverage": coverage},
    )


def _criteria(visit: Visit, score: Score) -> ChartPicture:
    return ChartPicture(
        "ranges",
        tuple(visit.names("criterion", one.criterion) for one in score.criteria),
        (
            Series(
                visit.words("adoption.judgement.column_low"), _hundredths(score.criteria, "low")
            ),
            Series(
                visit.words("adoption.judgement.column_high"), _hundredths(score.criteria, "high")
            ),
        ),
        visit.words("stage.of_hundred"),
        0,
    )


def _judged_sentence(visit: Visit, judgement: Judgement) -> str:
    """Range, coverage, what is wanted most, and what must be settled first."""
    sentence = visit.words(
        "stage.judged_sentence",
        range=verdict_words.range_text(visit, judgement.score),
        coverage=visit.formats.percent(judgement.score.coverage),
        wanted=bare(verdict_words.most_wanted(visit, judgement)),
    )
    if gates := judgement.verdict.subject_to:
        named = visit.formats.listing([visit.words(f"adoption.gate.{gate}") for gate in gates])
        sentence = f"{sentence} {visit.words('stage.open_gates', gates=named)}"
    return sentence


def _criteria_twin(visit: Visit, score: Score, picture: ChartPicture) -> pd.DataFrame:
    return pd.DataFrame(
        {
            visit.words("adoption.detail.column_criterion"): list(picture.categories),
            visit.words("adoption.detail.column_low"): list(picture.series[0].values),
            visit.words("adoption.detail.column_high"): list(picture.series[1].values),
            visit.words("adoption.detail.column_known"): [
                visit.formats.percent(one.coverage) for one in score.criteria
            ],
        }
    )


def _verdict(visit: Visit, judged: Verdict) -> str:
    """The verdict in a few words; what it is subject to stands in the sentence."""
    if judged.code == "blocked":
        return verdict_words.verdict(visit, judged)
    return visit.words(f"adoption.verdict.{judged.code}")


def _hundredths(parts: Sequence[object], end: str) -> tuple[float, ...]:
    return tuple(float(round(getattr(one, end) * 100)) for one in parts)


def _ranges(visit: Visit, judged: Sequence[Judgement]) -> ChartPicture:
    names = verdict_words.names_of_solutions()
    scores = [judgement.score for judgement in judged]
    return ChartPicture(
        "ranges",
        tuple(names[judgement.solution_id] for judgement in judged),
        (
            Series(visit.words("adoption.judgement.column_low"), _hundredths(scores, "low")),
            Series(visit.words("adoption.judgement.column_high"), _hundredths(scores, "high")),
        ),
        visit.words("stage.of_hundred"),
        0,
    )


def shortlist(visit: Visit, parameters: Parameters) -> Content | None:
    """Two to five solutions under one another; ``None`` when fewer are known."""
    known = {one.solution_id: one for one in results.judgements(visit.ags)}
    ids = list(dict.fromkeys(parameters.get("ids", "").split(",")))
    judged = [known[one] for one in ids if one in known][:MOST_LISTED]
    if len(judged) < LEAST_LISTED:
        return None
    return Content(
        shortlist_ranges.told_apart(visit, judged, AGREED),
        visit.words("stage.ranges_sentence"),
        _ranges(visit, judged),
        shortlist_ranges.table(visit, judged, AGREED),
        published(visit),
        facts=counted(visit, {"solutions": len(judged)}),
    )


def evidence(visit: Visit, parameters: Parameters) -> Content:
    """What is missing for the examined solutions, by criterion."""
    missing = results.missing_measures()
    counts = missing["criterion"].value_counts()
    shown = [one for one in CRITERIA if counts.get(one, 0)]
    picture = ChartPicture(
        "bars",
        tuple(visit.names("criterion", one) for one in shown),
        (Series(visit.words("frame.page.evidence"), tuple(float(counts[one]) for one in shown)),),
        "",
        0,
    )
    facts = {"missing": len(missing), "solutions": missing["solution_id"].nunique()}
    twin = pd.DataFrame(
        {
            visit.words("adoption.detail.column_criterion"): list(picture.categories),
            visit.words("frame.page.evidence"): [int(counts[one]) for one in shown],
        }
    )
    return Content(
        visit.words("evidence.title", **counted(visit, facts)),
        visit.words("stage.evidence_sentence"),
        picture,
        twin,
        published(visit),
        facts=counted(visit, facts),
    )


def data(visit: Visit, parameters: Parameters) -> Content:
    """What the store holds, in numbers."""
    held = results.holdings()
    facts = {
        "indicators": held.loc[held["values"] > 0, "indicator"].nunique(),
        "values": int(held["values"].sum()),
        "sources": len(session.table("sources")),
        "municipalities": len(session.table("municipalities")),
    }
    words = counted(visit, facts)
    figures = tuple((words[name], visit.words(f"stage.figure_{name}")) for name in facts)
    twin = pd.DataFrame(
        [(what, value) for value, what in figures],
        columns=[visit.words("stage.column_what"), visit.words("map.column_value")],
    )
    return Content(
        visit.words("stage.data_headline", **words),
        visit.words("stage.data_sentence"),
        FiguresPicture(figures),
        twin,
        published(visit),
        facts=words,
    )
