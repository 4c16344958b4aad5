"""What publishing a file would change: cells, indicators, places, views.

Loaders know no analysis: whoever can say which ranges and verdicts would move hands in a
function (``Consequence``) that compares two states of the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from loaders.intake.pointing import pointing_rows
from loaders.store.ledger import Mode, Scope

if TYPE_CHECKING:
    from loaders.store import Store

Tables = Mapping[str, pd.DataFrame]
Consequence = Callable[[Tables, Tables], pd.DataFrame]
_COMPARED = {"observations": ("value", "missing", "flag", "unit", "source")}
# Which views show a kind of table; pages turn the words into links.
_VIEWS = {
    "observations": ("map", "compare", "profile", "peers"),
    "solutions": ("solutions", "solution", "adoption"),
    "adoptions": ("solution", "adoption", "diffusion"),
    "lessons": ("lessons", "solution"),
    "milestones": ("progress", "solution", "adoption"),
    "phases": ("progress", "solution", "adoption"),
    "progress": ("solution", "projects", "adoption"),
    "evidence": ("adoption", "solution"),
    "gates": ("adoption", "solution"),
    "prerequisites": ("adoption", "solution"),
    "programme_questions": ("solution",),
    "contacts": ("solution",),
    "intended_effects": ("solution",),
    "model_projects": ("projects",),
    "participations": ("projects", "map"),
    "indicators": ("map", "compare", "profile"),
    "sources": ("map", "compare", "profile"),
}


@dataclass(frozen=True)
class Preview:
    """What would change.

    Attributes:
        version: version of the store it was reckoned against.
        new: rows whose key the store does not have.
        changed: rows whose key it has with another content.
        removed: rows that a replacement takes away.
        unchanged: rows that stand there already.
        changes: up to ``MOST_SHOWN`` rows that are new, changed or removed: primary key,
            ``change``, ``before``, ``after``.
        indicators: number of new, changed and removed rows by indicator (observations only).
        places: number of places among these rows (observations only).
        views: names of the views that show the table.
        moved: what the function given by the caller found to move.
        pointing: live rows of other kinds that point to removed rows, by kind; while there
            are any, the replacement is not published.
    """

    version: int
    new: int
    changed: int
    removed: int
    unchanged: int
    changes: pd.DataFrame
    indicators: Mapping[str, int] = field(default_factory=dict)
    places: int = 0
    views: tuple[str, ...] = ()
    moved: pd.DataFrame = field(default_factory=pd.DataFrame)
    pointing: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_change(self) -> bool:
        """Whether anything would change at all."""
        return bool(self.new or self.changed or self.removed)


MOST_SHOWN = 1_000


def preview_of(
    store: Store,
    kind: str,
    table: pd.DataFrame,
    *,
    mode: Mode = "add",
    scope: Scope | None = None,
    consequence: Consequence | None = None,
) -> Preview:
    """What publishing a checked table would change.

    Args:
        store: the opened store.
        kind: table kind.
        table: rows that passed all checks; every key once.
        mode: as for ``loaders.store.publish``.
        scope: as for ``loaders.store.publish``.
        consequence: given the tables of the store before and after (by kind; only the kind
            that changes differs), what moves; a table in the caller's own columns.
    """
    from loaders.store import queries

    version = store.version()
    live = queries.table(store, kind, version)
    key = list(store.schema(kind).primary_key)
    compared = [c for c in _COMPARED.get(kind, store.schema(kind).columns) if c not in key]
    texts = key + [c for c in compared if not store.schema(kind).field(c).is_number]
    full = table.reindex(columns=[*key, *compared])
    full[texts] = full[texts].astype(object).fillna("")
    both = live[[*key, *compared]].merge(
        full, on=key, how="outer", suffixes=("_before", "_after"), indicator=True
    )
    state = _states(both, compared)
    if scope is not None:
        inside = _inside(both, key, scope)
        state = state.mask((state == "untouched") & inside, "removed")
    touched = both[state.isin(["new", "changed", "removed"])].assign(change=state)
    count = state.value_counts()
    return Preview(
        version=version,
        new=int(count.get("new", 0)),
        changed=int(count.get("changed", 0)),
        removed=int(count.get("removed", 0)),
        unchanged=int(count.get("unchanged", 0)),
        changes=_shown(touched.head(MOST_SHOWN), key, compared),
        indicators=dict(touched["indicator"].value_counts()) if "indicator" in key else {},
        places=int(touched["ags"].nunique()) if "ags" in key else 0,
        views=_VIEWS.get(kind, ()) if len(touched) else (),
        moved=_moved(store, kind, live, table, touched, version, consequence),
        pointing=pointing_rows(store, kind, both.loc[state == "removed", key], version),
    )


def _inside(both: pd.DataFrame, key: list[str], scope: Scope) -> pd.Series:
    """Whether a row is of what a replacement replaces."""
    inside = pd.Series(True, index=both.index)
    for column, values in scope.items():
        name = column if column in key else f"{column}_before"
        inside &= both[name].isin(list(values))
    return inside


def _states(both: pd.DataFrame, compared: list[str]) -> pd.Series:
    origin = both["_merge"].astype(str)
    same = pd.Series(True, index=both.index)
    for name in compared:
        before, after = both[f"{name}_before"], both[f"{name}_after"]
        same &= (before == after) | (before.isna() & after.isna())
    state = pd.Series("changed", index=both.index).mask(same, "unchanged")
    return state.mask(origin == "left_only", "untouched").mask(origin == "right_only", "new")


def _shown(touched: pd.DataFrame, key: list[str], compared: list[str]) -> pd.DataFrame:
    """Key, kind of change and the content before and after, written as one text each.

    Observations show value or reason; other tables every column that differs, with its name.
    """
    shown = touched[[*key, "change"]].reset_index(drop=True)
    sides = {
        side: touched[[f"{name}_{side}" for name in compared]].astype(object).fillna("").to_numpy()
        for side in ("before", "after")
    }
    differs = sides["before"] != sides["after"]
    is_observed = {"value", "missing"} <= set(compared)
    for side, cells in sides.items():
        if is_observed:
            chosen = [compared.index("value"), compared.index("missing")]
            shown[side] = [_joined(row[chosen]) for row in cells]
        else:
            shown[side] = [
                _joined(
                    f"{name}: {cell}"
                    for name, cell, other in zip(compared, row, differs_here, strict=True)
                    if other and cell != ""
                )
                for row, differs_here in zip(cells, differs, strict=True)
            ]
    return shown


def _joined(cells: Iterable[object]) -> str:
    return " · ".join(str(cell) for cell in cells if cell != "")


class _Tables(Mapping[str, pd.DataFrame]):
    """All tables of a store at one version, each read when it is first asked for."""

    def __init__(self, store: Store, version: int, known: Mapping[str, pd.DataFrame]) -> None:
        self._store, self._version = store, version
        self._known = dict(known)

    def __getitem__(self, kind: str) -> pd.DataFrame:
        if kind not in self._known:
            from loaders.store import queries

            self._known[kind] = queries.table(self._store, kind, self._version)
        return self._known[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.kinds())

    def __len__(self) -> int:
        return len(self._store.kinds())


class _Changed(Mapping[str, pd.DataFrame]):
    """The same tables with one of them changed; all others are the very same objects."""

    def __init__(self, before: _Tables, kind: str, table: pd.DataFrame) -> None:
        self._before, self._kind, self._table = before, kind, table

    def __getitem__(self, kind: str) -> pd.DataFrame:
        return self._table if kind == self._kind else self._before[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._before)

    def __len__(self) -> int:
        return len(self._before)


def _moved(
    store: Store,
    kind: str,
    live: pd.DataFrame,
    table: pd.DataFrame,
    touched: pd.DataFrame,
    version: int,
    consequence: Consequence | None,
) -> pd.DataFrame:
    if consequence is None or touched.empty:
        return pd.DataFrame()
    key = list(store.schema(kind).primary_key)
    removed = touched.loc[touched["change"] == "removed", key]
    gone = pd.concat([table[key].astype(object), removed.astype(object)])
    stays = ~pd.MultiIndex.from_frame(live[key]).isin(pd.MultiIndex.from_frame(gone))
    rows = table.reindex(columns=live.columns)
    texts = [field.name for field in store.schema(kind).fields if not field.is_number]
    rows = rows.assign(**{name: rows[name].astype(object).fillna("") for name in texts})
    after = pd.concat([live[stays].astype(dict.fromkeys(texts, object)), rows], ignore_index=True)
    before = _Tables(store, version, {kind: live})
    return consequence(before, _Changed(before, kind, after))
