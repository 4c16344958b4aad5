"""Measures told from the catalogue where no evidence row judges them (``docs/methods/adoption``).

An evidence row always wins; these rules fill only what is left and are marked "derived".
Targets: C2 to C2.1 and C2.2, C4 to C4.1, lessons to C5.1, adoptions to C7.1, figures of use
to C1.2. What the catalogue does not know stays unknown and is never 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.decisions import decisions_elsewhere
from analysis.grades import Grade

# Standards that are open and described for a field of use; a radio technique or a plain file
# format is not one of them.
OPEN_STANDARDS = (
    r"OGC|WMS|WFS|WMTS|WCS|SensorThings|NGSI|FIWARE|MIM|DIN SPEC 91357|DIN SPEC 91387|DCAT|"
    r"OParl|GTFS|CityGML|3D Tiles|XPlanung|XBau|FHIR|GBFS|DATEX|NeTEx|SIRI|TOMP|CKAN|INSPIRE"
)
_NAMED_STANDARD = re.compile(rf"\b({OPEN_STANDARDS})", re.IGNORECASE)

# Units that count people using a solution. Devices, sites and partners are not use.
USE_UNITS = re.compile(
    r"^(downloads|installations|users|registered users|bookings|passengers|trips|visits|"
    r"page views|opens|loans|contributions)\b"
)
COUNT_WITHOUT_REFERENCE = 0.25
BY_DECISIONS: Mapping[int, float] = {1: 0.5, 2: 0.75}


@dataclass(frozen=True)
class Derived:
    """One measure told from the catalogue.

    Attributes:
        measure_id: the measure filled.
        value: anchored value, ``None`` when the measure does not apply to the solution.
        grade: grade before the age rule, ``None`` when not applicable.
        rule: code of the rule, for the words on the page.
        url: page the catalogue names as source; "" if none.
        date: date of that page; "" if undated.
    """

    measure_id: str
    value: float | None
    grade: Grade | None
    rule: str
    url: str = ""
    date: str = ""


def derived_measures(
    solution: Mapping[str, str],
    lessons: pd.DataFrame,
    adoptions: pd.DataFrame,
    phases: pd.DataFrame,
    progress: pd.DataFrame,
) -> Iterator[Derived]:
    """All measures the catalogue tells of one solution.

    Args:
        solution: one row of the catalogue of solutions, empty text where unknown.
        lessons: this solution's lessons (rows on project or programme level left out).
        adoptions: this solution's adoptions.
        phases: this solution's deployments.
        progress: this solution's published figures.
    """
    rules = (
        _openness(solution),
        _interfaces(solution),
        _data_protection(solution),
        _lessons(lessons),
        _transfers(adoptions, phases),
        _use(progress),
    )
    yield from (row for row in rules if row is not None)


def has_own_software(solution: Mapping[str, str]) -> bool:
    """Whether C2.1 applies: false only where the catalogue says there is no software.

    The column ``own_software`` decides (``no`` = room, bus, format; empty = not known, the
    measure then applies and may be unknown). In a catalogue without that column the entry
    ``open_source = no`` covers solutions without software and bought products alike; the two
    cannot be told apart then, so the measure is left out rather than scored 0.
    """
    said = solution.get("own_software")
    return said != "no" if said is not None else solution["open_source"] != "no"


def _openness(solution: Mapping[str, str]) -> Derived | None:
    if not has_own_software(solution):
        return Derived("C2.1", None, None, "no_own_software")
    source = (solution["source_url"], solution["source_date"])
    if solution["open_source"] == "no" and solution.get("own_software") == "yes":
        return Derived("C2.1", 0.0, "B", "closed_software", *source)
    if solution["open_source"] != "yes":
        return None
    if solution["licence_spdx"] and solution["repository_url"]:
        return Derived("C2.1", 1.0, "A", "open_with_repository", solution["repository_url"])
    return Derived("C2.1", 0.75, "C", "open_by_statement", *source)


def _interfaces(solution: Mapping[str, str]) -> Derived | None:
    if not _NAMED_STANDARD.search(solution["interfaces_standards"]):
        return None
    source = (solution["source_url"], solution["source_date"])
    return Derived("C2.2", 0.75, "B", "open_standard_named", *source)


def _data_protection(solution: Mapping[str, str]) -> Derived | None:
    if solution["data_sensitivity"] != "none":
        return None
    source = (solution["source_url"], solution["source_date"])
    return Derived("C4.1", 0.75, "C", "no_assessment_needed", *source)


def _lessons(lessons: pd.DataFrame) -> Derived | None:
    if lessons.empty:
        return None
    linked = lessons[lessons["source_url"] != ""]
    kinds = set(lessons["kind"])
    newest = lessons.sort_values("source_date", kind="stable").iloc[-1]
    source = (str(newest["source_url"]), str(newest["source_date"]))
    if {"worked", "did_not_work"} <= set(linked["kind"]):
        return Derived("C5.1", 1.0, "B", "lessons_both_ways", *source)
    if "did_not_work" in kinds:
        return Derived("C5.1", 0.75, "B", "lesson_of_failure", *source)
    return Derived("C5.1", 0.5, "B", "lesson", *source)


def _transfers(adoptions: pd.DataFrame, phases: pd.DataFrame) -> Derived | None:
    """Distinct decisions elsewhere; none that counts is unknown, for no record proves absence."""
    counted = adoptions if adoptions.empty else decisions_elsewhere(adoptions, phases)
    if counted.empty:
        return None
    value = BY_DECISIONS.get(counted["decision"].nunique(), 1.0)
    return Derived("C7.1", value, "C", "adoptions_elsewhere", str(counted["evidence_url"].iloc[0]))


def _use(progress: pd.DataFrame) -> Derived | None:
    if progress.empty:
        return None
    actual = progress[(progress["value_type"] == "actual") & (progress["scope"] == "solution")]
    used = actual[actual["unit"].str.match(USE_UNITS)]
    if used.empty:
        return None
    newest = used.sort_values("date", kind="stable").iloc[-1]
    source = (str(newest["source_url"]), str(newest["date"]))
    return Derived("C1.2", COUNT_WITHOUT_REFERENCE, "C", "use_without_reference", *source)
