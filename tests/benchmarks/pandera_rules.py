"""The same rules as schemas of pandera, as a person who knows pandas would write them.

Whole columns at once, no function per cell, and ``lazy``: pandera goes on to the last fault.
"""

from __future__ import annotations

import statistics
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from loaders.intake.catalogue import Catalogue, catalogue_of
from loaders.intake.long_text import OPTIONAL, REQUIRED
from loaders.missing import MISSING_KINDS

if TYPE_CHECKING:
    from loaders.store import Store

PANDAS: dict[str, Any] = {"sep": ";", "decimal": ",", "encoding": "cp1252", "dtype": {"ags": str}}
_COLUMNS = [*REQUIRED, *OPTIONAL]
_KEY = r"(?:DG|\d{2}|\d{3}|\d{5}|\d{8}|\d{9}|\d{12})$"
_PERIOD = r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-\d{2})?)?$"


def reader_rules(coerce: bool) -> Any:
    """What our reader judges without the catalogue: form of key and period, number, reason.

    A key has a length that keys have, an indicator is named, a period is well formed, a value
    is a finite number, a missing kind is known, and stands exactly where there is no value.
    What only ours does beside: other encodings, number styles and spellings of periods,
    dissolved places, lost zeros, signs for missing values, hidden characters, lines that do
    not fit the header, and a sentence with row and column for every finding.

    Args:
        coerce: pandera makes numbers of the texts, as its handbook has it; otherwise pandas
            has, and every text of which no number came is a fault.
    """
    import pandera.pandas as pandera

    columns = {
        "ags": pandera.Column(None, pandera.Check.str_matches(_KEY)),
        "indicator": pandera.Column(None, pandera.Check.ne("")),
        "period": pandera.Column(None, pandera.Check.str_matches(_PERIOD)),
        "number": pandera.Column(float, pandera.Check(np.isfinite), coerce=coerce, nullable=True),
        "missing": pandera.Column(None, pandera.Check.isin(["", *MISSING_KINDS])),
    }
    checks = [pandera.Check(lambda rows: rows["value"].ne("") ^ rows["missing"].ne(""))]
    if not coerce:
        checks += [pandera.Check(lambda rows: rows["number"].notna() | rows["value"].eq(""))]
    return pandera.DataFrameSchema(columns, checks)


def read_for_reader_rules(file: Path, coerce: bool) -> pd.DataFrame:
    """The file as text, repeated words kept once, and a column ``number`` made of the values."""
    kinds = dict.fromkeys(_COLUMNS, "category") | {"value": "str"}
    rows = pd.read_csv(
        file, sep=";", encoding="cp1252", dtype=kinds, keep_default_na=False, usecols=_COLUMNS
    )
    text = rows["value"].str.replace(",", ".", regex=False)
    number = text.where(text.ne("")) if coerce else pd.to_numeric(text, errors="coerce")
    return rows.assign(number=number)


def read_for_catalogue_rules(file: Path) -> pd.DataFrame:
    """The file with types as pandas sees them; an empty word is no missing one."""
    return pd.read_csv(file, keep_default_na=False, **PANDAS)


def faulty_rows(schema: Any, rows: pd.DataFrame) -> set[int]:
    """Positions of the rows in which a schema finds a fault."""
    import pandera.errors

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pandera.errors.SchemaWarning)
            schema.validate(rows, lazy=True)
    except pandera.errors.SchemaErrors as faults:
        return set(faults.failure_cases["index"].dropna().astype(int))
    return set()


def catalogue_rules(store: Store) -> Any:
    """The rules of all our checks as one schema, on what pandas has read.

    Words known, keys once, period well formed and not in the future, unit that of the indicator,
    value within the limits of the unit and present exactly where no reason is given; as a warning
    also jumps, by the measure of ``loaders.intake.plausibility``. What only ours does: cells in
    any encoding and number style, control characters, level shifts and scale of a jump, values of
    the store as part of a series, and a sentence with row and column for every finding.
    """
    import pandera.pandas as pandera

    def one_of(words: object) -> Any:
        return pandera.Column(str, pandera.Check.isin(words))

    catalogue = catalogue_of(store)
    columns = {
        "ags": one_of(set(catalogue.places)),
        "indicator": one_of(set(catalogue.units)),
        "period": pandera.Column(str, pandera.Check.str_matches(r"\d{4}(-\d{2}){0,2}$")),
        "value": pandera.Column(float, pandera.Check.in_range(-1e15, 1e15)),
        "missing": one_of(["", *MISSING_KINDS]),
        "unit": one_of(["", *set(catalogue.units.values())]),
        "source": one_of(set(catalogue.sources)),
    }
    checks = [
        pandera.Check(_has_unit_of_indicator(catalogue), name="unit of the indicator"),
        pandera.Check(_is_within_limits(catalogue), name="limits of the unit"),
        pandera.Check(lambda rows: rows["value"].notna() ^ rows["missing"].ne("")),
        pandera.Check(lambda rows: rows["period"] <= catalogue.today.isoformat()),
        pandera.Check(_is_likely, name="jump", raise_warning=True, n_failure_cases=30),
    ]
    return pandera.DataFrameSchema(columns, checks, unique=["ags", "indicator", "period"])


def _has_unit_of_indicator(catalogue: Catalogue) -> Callable[[pd.DataFrame], Any]:
    return lambda rows: (
        rows["unit"].eq("") | rows["unit"].eq(rows["indicator"].map(catalogue.units))
    )


def _is_within_limits(catalogue: Catalogue) -> Callable[[pd.DataFrame], Any]:
    least = {unit: -np.inf if low is None else low for unit, (low, _) in catalogue.limits.items()}
    most = {unit: np.inf if top is None else top for unit, (_, top) in catalogue.limits.items()}

    def check(rows: pd.DataFrame) -> Any:
        unit = rows["indicator"].map(catalogue.units)
        low, top = unit.map(least).fillna(-np.inf), unit.map(most).fillna(np.inf)
        return rows["value"].isna() | rows["value"].between(low, top)

    return check


def _is_likely(rows: pd.DataFrame) -> Any:
    """Whether a step stays near those of its series or of its peers at the same time."""
    ordered = rows.sort_values(["ags", "indicator", "period"], ignore_index=False)
    series, peers = (
        [ordered["ags"], ordered["indicator"]],
        [ordered["indicator"], ordered["period"]],
    )
    bar = max(3.0, statistics.NormalDist().inv_cdf(1 - 0.25 / max(len(rows), 2) / 2))
    is_far = pd.Series(True, ordered.index)
    for values in (ordered["value"], np.log(ordered["value"].where(ordered["value"] > 0))):
        step = values.groupby(series, sort=False).diff()
        for group in (series, peers):
            off = (step - step.groupby(group, sort=False).transform("median")).abs()
            is_far &= off > bar * 1.4826 * off.groupby(group, sort=False).transform("median")
    return ~is_far.reindex(rows.index)
