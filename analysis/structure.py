"""The structural variables of towns, assembled by level from register and observations.

Two sets, ``docs/methods/peers``: districts and district-free cities, and municipalities. Where a
municipality has register values only, the third set ``rough`` compares size, density and
urbanisation alone and says so by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import UnknownPlace
from analysis.peers import LEAST_COVERAGE
from analysis.standardise import Standardised, standardise
from analysis.thresholds import reaches

SetName = Literal["district", "municipality", "rough"]

URBANISATION_GROUPS = {"01": "urban", "02": "urban", "03": "rural"}
REGIOSTAR7_GROUPS = {
    **dict.fromkeys(("71", "72", "73", "74"), "urban"),
    **dict.fromkeys(("75", "76", "77"), "rural"),
}
DISTRICT_TYPE_GROUPS = {"1": "urban", "2": "urban", "3": "rural", "4": "rural"}


@dataclass(frozen=True)
class VariableSet:
    """Variables of one level with their weights.

    Attributes:
        name: ``district``, ``municipality`` or ``rough``.
        weights: weight per variable; conventions of ``docs/methods/peers``.
        groups: per categorical variable the group (urban, rural) of each type.
        evidence_grade: grade that criterion C8.1 carries when it rests on this set.
    """

    name: SetName
    weights: Mapping[str, float]
    groups: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    evidence_grade: str = "A"


DISTRICT_SET = VariableSet(
    name="district",
    weights={
        "ln_population": 0.25,
        "ln_density": 0.15,
        "population_development": 0.10,
        "share_65_plus": 0.10,
        "commuter_balance": 0.10,
        "tax_capacity": 0.10,
        "unemployment_rate": 0.10,
        "regional_type": 0.10,
    },
    groups={"regional_type": {**REGIOSTAR7_GROUPS, **DISTRICT_TYPE_GROUPS}},
)
MUNICIPALITY_SET = VariableSet(
    name="municipality",
    weights={
        "ln_population": 0.30,
        "ln_density": 0.20,
        "population_development": 0.15,
        "tax_capacity": 0.15,
        "employment_rate": 0.10,
        "urbanisation": 0.10,
    },
    groups={"urbanisation": URBANISATION_GROUPS},
)
ROUGH_SET = VariableSet(
    name="rough",
    weights={"ln_population": 0.30, "ln_density": 0.20, "urbanisation": 0.10},
    groups={"urbanisation": URBANISATION_GROUPS},
    evidence_grade="C",
)
SETS: Mapping[str, VariableSet] = {s.name: s for s in (DISTRICT_SET, MUNICIPALITY_SET, ROUGH_SET)}
REGISTER_VARIABLES = ("ln_population", "ln_density", "urbanisation")


def structural_variables(
    level: Literal["district", "municipality"],
    municipalities: pd.DataFrame,
    latest: pd.DataFrame,
    indicator_of: Mapping[str, str],
) -> pd.DataFrame:
    """One row per place of the level, one column per structural variable held.

    Args:
        level: ``district`` (district-free cities included) or ``municipality``.
        municipalities: register, columns ags, district_ags, population, area_km2,
            urbanisation_code.
        latest: newest observation per place and indicator: ags, indicator, value.
        indicator_of: indicator id per variable (names as in ``DISTRICT_SET`` and
            ``MUNICIPALITY_SET``); variables without entry are left out.

    Returns:
        Index ags, sorted; numbers NaN and categories "" where unknown. Population and density
        of a district are the sums of its municipalities.
    """
    by_place = "ags" if level == "municipality" else "district_ags"
    sums = municipalities.groupby(by_place)[["population", "area_km2"]].sum(min_count=1)
    table = pd.DataFrame(index=sums.index.rename("ags"))
    table["ln_population"] = _logarithm(sums["population"])
    table["ln_density"] = _logarithm(sums["population"] / sums["area_km2"])
    if level == "municipality":
        urbanisation = municipalities.set_index("ags")["urbanisation_code"]
        table["urbanisation"] = urbanisation.reindex(table.index).fillna("").astype(str)
    for variable, indicator in indicator_of.items():
        if variable in SETS[level].weights and variable not in table:
            found = latest[latest["indicator"] == indicator].set_index("ags")["value"]
            values = found.reindex(table.index)
            is_category = variable in SETS[level].groups
            table[variable] = _as_code(values) if is_category else values.astype(float)
    return table.sort_index()


def similarity_indicators(indicators: pd.DataFrame) -> dict[str, str]:
    """Indicator id per structural variable, from the column ``similarity`` of the catalogue.

    A cell may name several variables separated by blanks or semicolons; empty = not used.
    """
    pairs = zip(indicators["indicator_id"], indicators["similarity"].fillna(""), strict=True)
    return {
        variable: str(indicator)
        for indicator, cell in pairs
        for variable in str(cell).replace(";", " ").split()
    }


def pool_of(variables: pd.DataFrame, name: SetName) -> Standardised:
    """The variables standardised with the weights and groups of a set."""
    chosen = SETS[name]
    return standardise(variables, chosen.weights, groups=chosen.groups, name=name)


def set_for(variables: pd.DataFrame, ags: str) -> SetName:
    """The set a place is compared by: its level's, or ``rough`` when it has too few values.

    Coverage counts against the variables held at that level (any value at all).

    Raises:
        UnknownPlace: the place has no row.
    """
    if ags not in variables.index:
        raise UnknownPlace([ags])
    if len(ags) == 5:
        return "district"
    held = {
        variable: weight
        for variable, weight in MUNICIPALITY_SET.weights.items()
        if variable in variables and _known(variables[variable]).any()
    }
    own = sum(w for v, w in held.items() if _known(variables[v])[ags])
    beyond_register = set(held) - set(REGISTER_VARIABLES)
    enough = reaches(own / sum(held.values()), LEAST_COVERAGE) and bool(beyond_register)
    return "municipality" if enough else "rough"


def _known(values: pd.Series) -> pd.Series:
    return values.notna() & (values != "")


def _logarithm(values: pd.Series) -> pd.Series:
    """Natural logarithm; zero and missing stay missing (no inhabitants, no comparison)."""
    return values.astype(float).where(values > 0).map(np.log, na_action="ignore")


def _as_code(values: pd.Series) -> pd.Series:
    """Type codes as text: 71.0 becomes "71", missing becomes ""."""
    return values.map(_code_text, na_action="ignore").fillna("").astype(object)


def _code_text(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value)
