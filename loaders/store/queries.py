"""What pages and analysis ask the store: nine plain functions.

All take ``version``: ``None`` for the newest state, a number to see the store as it stood
after that event. Empty text is ``""``, an empty number ``NaN``. Where several uploads name
the same key, the last live one counts, and any upload counts before the shipped tables.

Observations are told apart by ``level``: ``nation``, ``state``, ``region``, ``district`` or
``municipality``. ``period`` is text, ISO, as exact as the source.

Raises, all of them: ``DamagedFile`` when a file is not what was published, ``UnknownKind``
when the data package does not list the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loaders.keys import Level
from loaders.schemas import TableSchema

if TYPE_CHECKING:
    import pandas as pd

    from loaders.store.embedded import Store


@dataclass(frozen=True)
class Statistics:
    """Spread of the values of one indicator, in its unit; ``NaN`` where ``n`` is 0.

    Quartiles are interpolated linearly between neighbouring values (Hyndman and Fan 1996,
    type 7). Missing values do not count.
    """

    n: int
    min: float
    q1: float
    median: float
    q3: float
    max: float


def table(store: Store, kind: str, version: int | None = None) -> pd.DataFrame:
    """All live rows of one kind of table, with the columns of its schema.

    Rows keep the order of the shipped file; keys that only uploads name follow behind.
    """
    from loaders.store.expressions import table_sql

    schema = store.schema(kind)
    relations = store.relations(kind, version)
    text = table_sql(column_types(schema), schema.primary_key, "uploads" in relations)
    return store.engine.run(text, relations, {})


def known_rows(store: Store, kind: str, version: int | None = None) -> pd.DataFrame:
    """The last row of every key of one kind, also where a later upload removed the key.

    Columns and order as ``table``. It reads the uploads one by one: a file that stands for
    many of them no longer knows what they removed from each other.
    """
    from loaders.store.expressions import known_sql

    relations = store.relations(kind, version, one_by_one=True)
    if "uploads" not in relations:
        return table(store, kind, version)
    schema = store.schema(kind)
    text = known_sql(column_types(schema), schema.primary_key)
    return store.engine.run(text, relations, {})


def column_types(schema: TableSchema) -> tuple[tuple[str, str], ...]:
    """Name and type of each column as the expressions know them."""
    return tuple(
        (field.name, "float64" if field.is_number else "string") for field in schema.fields
    )


def values(
    store: Store, indicator: str, period: str, level: Level, version: int | None = None
) -> pd.DataFrame:
    """One indicator at one time in all places of a level.

    Returns:
        ``ags, value, missing, flag, unit, source``, sorted by ``ags``; rows without a value
        say why in ``missing``.
    """
    asked = {"indicator": indicator, "period": period, "level": level}
    return _observations(store, "values", asked, version)


def series(
    store: Store, indicators: Iterable[str], places: Iterable[str], version: int | None = None
) -> pd.DataFrame:
    """All times of some indicators in some places.

    Args:
        store: the opened store.
        indicators: indicator ids.
        places: official keys, of any level.
        version: state to read.

    Returns:
        ``ags, indicator, period, value, missing, flag, unit, source``, sorted by the first
        three.
    """
    asked = {"indicators": _texts(indicators), "places": _texts(places)}
    return _observations(store, "series", asked, version)


def latest(
    store: Store, indicators: Iterable[str], level: Level, version: int | None = None
) -> pd.DataFrame:
    """The newest value of some indicators in each place of a level.

    Returns:
        ``ags, indicator, period, value, unit, source``, sorted by ``ags`` and ``indicator``;
        places that never had a value are absent.
    """
    asked = {"indicators": _texts(indicators), "level": level}
    return _observations(store, "latest", asked, version)


def profile(store: Store, ags: str, version: int | None = None) -> pd.DataFrame:
    """The newest row of every indicator of one place, also where it says "missing".

    Returns:
        ``indicator, period, value, missing, flag, unit, source``, sorted by ``indicator``.
    """
    return _observations(store, "profile", {"ags": str(ags)}, version)


def holdings(store: Store, version: int | None = None) -> pd.DataFrame:
    """What the store holds of each indicator at each level.

    Returns:
        ``indicator, level, first_period, last_period`` (of rows with a value, else empty),
        ``periods, places`` (with at least one value), ``values, missing`` (rows with and
        without a value), ``sources`` (ids, sorted, joined by a comma and a blank).
    """
    return _observations(store, "holdings", {}, version)


def statistics(
    store: Store, indicator: str, period: str, level: Level, version: int | None = None
) -> Statistics:
    """Number, least, quartiles and greatest value of one indicator at one time and level."""
    asked = {"indicator": indicator, "period": period, "level": level}
    row = _observations(store, "statistics", asked, version).iloc[0]
    spread = [float(row[name]) for name in ("min", "q1", "median", "q3", "max")]
    return Statistics(int(row["n"]), *spread)


def periods(store: Store, indicator: str, level: Level, version: int | None = None) -> list[str]:
    """Times at which an indicator has at least one value at a level, oldest first."""
    asked = {"indicator": indicator, "level": level}
    return list(_observations(store, "periods", asked, version)["period"])


def _observations(
    store: Store, shape: str, asked: Mapping[str, Any], version: int | None
) -> pd.DataFrame:
    from loaders.store.expressions import observation_sql

    relations = store.relations("observations", version)
    return store.engine.run(observation_sql(shape, "uploads" in relations), relations, asked)


def _texts(names: Iterable[object]) -> list[str]:
    return sorted({str(name) for name in names})
