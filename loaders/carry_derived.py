"""Rates that need two publications, computed once and flagged as computed."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

DERIVED = "derived"
_CARS_SOURCE = "regionalstatistik_46251_per_12411"
_DENSITY_SOURCE = "destatis_districts_2023"
_DEVELOPMENT_SOURCE = "destatis_development_2018_2023"


def derive(observations: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    """The observations with computed rates appended.

    Args:
        observations: columns ags, indicator, period, value, missing, flag, unit, source.
        units: unit per indicator.

    Returns:
        The same table with ``cars_per_1000`` (cars on 1 January over inhabitants of the
        day before), density and mean yearly development of districts at the end of 2023.
        Nothing is computed where one of the two figures is missing.
    """
    new = [_cars_per_1000(observations), _density(observations), _development(observations)]
    rows = pd.concat([part for part in new if len(part)] or [observations.iloc[:0]])
    rows = rows.assign(missing="", unit=rows["indicator"].map(units))
    return pd.concat([observations, rows[observations.columns]], ignore_index=True)


def _district_values(observations: pd.DataFrame, indicator: str) -> pd.DataFrame:
    rows = observations[observations["indicator"] == indicator]
    rows = rows[(rows["ags"].str.len() == 5) & rows["value"].notna()]
    return rows[["ags", "period", "value", "flag"]]


def _cars_per_1000(observations: pd.DataFrame) -> pd.DataFrame:
    cars = _district_values(observations, "cars")
    people = _district_values(observations, "population")
    people = people[people["period"].str.endswith("-12-31")]
    year_after = people["period"].str[:4].astype(int) + 1
    people = people.assign(period=year_after.astype(str) + "-01-01")
    both = cars.merge(people, on=["ags", "period"], suffixes=("", "_people"))
    rate = (both["value"] / both["value_people"] * 1000).round(1)
    return _rows(both, rate, "cars_per_1000", _CARS_SOURCE)


def _density(observations: pd.DataFrame) -> pd.DataFrame:
    people = _district_values(observations, "population")
    area = _district_values(observations, "area_km2")
    both = people.merge(area, on=["ags", "period"], suffixes=("", "_area"))
    rate = (both["value"] / both["value_area"]).round(2)
    return _rows(both, rate, "population_density", _DENSITY_SOURCE)


def _development(observations: pd.DataFrame) -> pd.DataFrame:
    people = _district_values(observations, "population")
    start = people[people["period"] == "2018-12-31"]
    end = people[people["period"] == "2023-12-31"]
    both = end.merge(start, on="ags", suffixes=("", "_start"))
    both = both[both["flag_start"] == ""]  # a territory that changed has no development
    rate = (((both["value"] / both["value_start"]) ** (1 / 5) - 1) * 100).round(2)
    return _rows(both, rate, "population_development_5y", _DEVELOPMENT_SOURCE)


def _rows(places: pd.DataFrame, values: pd.Series[float], indicator: str,
          source: str) -> pd.DataFrame:  # fmt: skip
    flag = places["flag"].where(places["flag"] == "old_territory", DERIVED)
    return pd.DataFrame(
        {
            "ags": places["ags"],
            "indicator": indicator,
            "period": places["period"],
            "value": values,
            "flag": flag,
            "source": source,
        }
    )
