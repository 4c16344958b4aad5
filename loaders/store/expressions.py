"""The expressions behind the store's queries: the only module that knows Ibis.

Every expression is written over two relations with the columns of the kind's schema:
``base``, the shipped table, where each key stands once, and ``uploads``, the rows of all live
uploads, with ``_removed`` (the upload takes this key away) and ``_position`` (higher wins;
rises with the upload and the line). Values asked for are placeholders ``$name``, so one shape
is compiled once. ``with_uploads`` says whether ``uploads`` holds anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import ibis
import ibis.expr.types as ir

from loaders.store.files import REMOVED

POSITION = "_position"
_TEXTS = ("ags", "indicator", "period", "missing", "flag", "unit", "source")
_OBSERVATIONS = dict.fromkeys(_TEXTS, "string") | {"value": "float64"}
_MARKS = {REMOVED: "boolean", POSITION: "int64"}
_OBSERVATION_KEY = ("ags", "indicator", "period")
_LEVELS = {2: "state", 3: "region", 5: "district", 8: "municipality"}
_TEXT = ("indicator", "period", "level", "ags")
_LISTS = ("indicators", "places")


@cache
def table_sql(
    columns: tuple[tuple[str, str], ...], key: tuple[str, ...], with_uploads: bool
) -> str:
    """All live rows of any kind, in the order in which their keys first appeared.

    Args:
        columns: name and type (``string`` or ``float64``) of each column.
        key: primary key.
        with_uploads: whether there are uploads beside the shipped table.
    """
    names = [name for name, _ in columns]
    base, uploads = _relations(dict(columns))
    if not with_uploads:
        return _compile(base.order_by(POSITION)[names])
    entries = base.union(uploads)
    newest = _newest(_with_first(entries, key), key)
    return _compile(newest.filter(~newest[REMOVED]).order_by("_first")[names])


@cache
def known_sql(columns: tuple[tuple[str, str], ...], key: tuple[str, ...]) -> str:
    """The last row each key had in the shipped table or an upload, also of keys removed since.

    Rows stand in the order in which their keys first appeared, as ``table_sql`` gives them.
    """
    base, uploads = _relations(dict(columns))
    told = _with_first(base.union(uploads), key)
    last = _newest(told.filter(~told[REMOVED]), key)
    return _compile(last.order_by("_first")[[name for name, _ in columns]])


@cache
def compact_sql(columns: tuple[tuple[str, str], ...], key: tuple[str, ...]) -> str:
    """What all uploads together say of each key, also that it is removed.

    Rows stand in the order in which their keys first appeared, as ``table_sql`` gives them.
    """
    _, uploads = _relations(dict(columns))
    newest = _newest(_with_first(uploads, key), key)
    return _compile(newest.order_by("_first")[[*(name for name, _ in columns), REMOVED]])


@cache
def observation_sql(shape: str, with_uploads: bool) -> str:
    """The compiled text of one of the shapes in ``OBSERVATION_SHAPES``."""
    return _compile(OBSERVATION_SHAPES[shape](_Observations(with_uploads)))


class _Observations:
    """The observations a shape may ask for, narrowed before rows are compared."""

    def __init__(self, with_uploads: bool) -> None:
        self._with_uploads = with_uploads

    def where(self, *names: str) -> ir.Table:
        """Live rows whose key columns fit the named placeholders."""
        base, uploads = (_narrowed(rows, names) for rows in _relations(_OBSERVATIONS))
        columns = list(_OBSERVATIONS)
        if not self._with_uploads:
            return base[columns]
        newest = _newest(uploads, _OBSERVATION_KEY)
        untouched = base.anti_join(newest, list(_OBSERVATION_KEY))
        return untouched[columns].union(newest.filter(~newest[REMOVED])[columns])


def _relations(columns: dict[str, str]) -> tuple[ir.Table, ir.Table]:
    described = columns | _MARKS
    return ibis.table(described, name="base"), ibis.table(described, name="uploads")


def _narrowed(rows: ir.Table, names: tuple[str, ...]) -> ir.Table:
    conditions = [_CONDITIONS[name](rows) for name in names]
    return rows.filter(conditions) if conditions else rows


def _with_first(entries: ir.Table, key: tuple[str, ...]) -> ir.Table:
    """The rows with ``_first``, the position at which their key first appeared."""
    first = entries[POSITION].min().over(ibis.window(group_by=list(key)))
    return entries.mutate(first.name("_first"))


def _newest(entries: ir.Table, key: tuple[str, ...]) -> ir.Table:
    """One row per key, the one with the highest position, also where it removes the key."""
    window = ibis.window(group_by=list(key), order_by=ibis.desc(POSITION))
    ranked = entries.mutate(_rank=ibis.row_number().over(window))
    return ranked.filter(ranked["_rank"] == 0)


def _values(observations: _Observations) -> ir.Table:
    rows = observations.where("indicator", "period", "level")
    return rows["ags", "value", "missing", "flag", "unit", "source"].order_by("ags")


def _series(observations: _Observations) -> ir.Table:
    rows = observations.where("indicators", "places")
    columns = [*_OBSERVATION_KEY, "value", "missing", "flag", "unit", "source"]
    return rows[columns].order_by(_OBSERVATION_KEY)


def _latest(observations: _Observations) -> ir.Table:
    rows = observations.where("indicators", "level")
    known = rows.filter(rows.value.notnull())
    # an aggregate, because DuckDB sorts every group for a window: half the time on 360,000 rows
    newest = known.group_by("ags", "indicator").agg(
        newest=known.period.max(),
        value=known.value.argmax(known.period),
        unit=known.unit.argmax(known.period),
        source=known.source.argmax(known.period),
    )
    renamed = newest.rename(period="newest")
    return renamed[[*_OBSERVATION_KEY, "value", "unit", "source"]].order_by("ags", "indicator")


def _profile(observations: _Observations) -> ir.Table:
    newest = _newest_period(observations.where("ags"), ["indicator"])
    columns = ["indicator", "period", "value", "missing", "flag", "unit", "source"]
    return newest[columns].order_by("indicator")


def _holdings(observations: _Observations) -> ir.Table:
    rows = observations.where()
    rows = rows.mutate(level=_level_of(rows))
    held = rows.value.notnull()
    found = rows.group_by("indicator", "level").agg(
        first_period=rows.period.min(where=held).fill_null(""),
        last_period=rows.period.max(where=held).fill_null(""),
        periods=rows.period.nunique(where=held),
        places=rows.ags.nunique(where=held),
        values=rows.value.count(),
        missing=rows.count(where=~held),
        sources=rows.source.collect(distinct=True).sort().join(", "),
    )
    return found.order_by("indicator", "level")


def _statistics(observations: _Observations) -> ir.Table:
    rows = observations.where("indicator", "period", "level")
    return rows.agg(
        n=rows.value.count(),
        min=rows.value.min(),
        q1=rows.value.quantile(0.25),
        median=rows.value.quantile(0.5),
        q3=rows.value.quantile(0.75),
        max=rows.value.max(),
    )


def _periods(observations: _Observations) -> ir.Table:
    rows = observations.where("indicator", "level")
    return rows.filter(rows.value.notnull()).select("period").distinct().order_by("period")


def _newest_period(rows: ir.Table, per: list[str]) -> ir.Table:
    window = ibis.window(group_by=per, order_by=ibis.desc("period"))
    ranked = rows.mutate(_age=ibis.row_number().over(window))
    return ranked.filter(ranked["_age"] == 0)


def _level_of(rows: ir.Table) -> ir.StringValue:
    """Level told from the number of digits, as ``loaders.keys`` does; empty for no key."""
    by_length = [(rows.ags.length() == length, level) for length, level in _LEVELS.items()]
    level: ir.StringValue = ibis.cases((rows.ags == "DG", "nation"), *by_length, else_="")
    return level


def _asked(name: str) -> ir.StringScalar:
    return ibis.literal(f"${name}")


def _asked_list(name: str) -> ir.Column:
    return ibis.literal([f"${name}"]).unnest().name("asked").as_table()["asked"]


_CONDITIONS: dict[str, Callable[[ir.Table], ir.BooleanValue]] = {
    "indicator": lambda rows: rows.indicator == _asked("indicator"),
    "period": lambda rows: rows.period == _asked("period"),
    "ags": lambda rows: rows.ags == _asked("ags"),
    "level": lambda rows: _level_of(rows) == _asked("level"),
    "indicators": lambda rows: rows.indicator.isin(_asked_list("indicators")),
    "places": lambda rows: rows.ags.isin(_asked_list("places")),
}
OBSERVATION_SHAPES: dict[str, Callable[[_Observations], ir.Table]] = {
    "values": _values,
    "series": _series,
    "latest": _latest,
    "profile": _profile,
    "holdings": _holdings,
    "statistics": _statistics,
    "periods": _periods,
}


def _compile(expression: ir.Table) -> str:
    """The expression as DuckDB text, its placeholders as prepared parameters."""
    text = str(ibis.to_sql(expression, dialect="duckdb"))
    for name in _LISTS:
        text = text.replace(f"['${name}']", f"${name}")
    for name in _TEXT:
        text = text.replace(f"'${name}'", f"${name}")
    return text + "\n"
