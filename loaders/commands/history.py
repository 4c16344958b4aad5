"""Commands about what was published: versions, undo, redo, compact, damage."""

from __future__ import annotations

import argparse

from loaders.commands.files import CLEAN, FAULTY, NOTHING
from loaders.commands.report import say
from loaders.store import NotStored, NoTurn, open_store, store_location
from loaders.store import redo as redo_upload
from loaders.store import undo as undo_upload
from loaders.store.compaction import compact as compact_kind
from loaders.store.compaction import orphans, sweep

_SHOWN = ["number", "state", "kind", "rows", "time", "person", "name", "note", "original"]


def versions(options: argparse.Namespace) -> int:
    """Prints every published table, oldest first; ``--json`` as records."""
    history = open_store(store_location(), options.data).versions()
    if options.json:
        print(history.to_json(orient="records", force_ascii=False, indent=1))
        return CLEAN
    shown = history[_SHOWN].assign(original=history["original"].str[:12])
    print(shown.to_string(index=False))
    return CLEAN


def undo(options: argparse.Namespace) -> int:
    """Takes a version back."""
    return _turn(options, undo_upload, "undone")


def redo(options: argparse.Namespace) -> int:
    """Brings a version back that was undone."""
    return _turn(options, redo_upload, "live again")


def _turn(options: argparse.Namespace, turn: object, done: str) -> int:
    store = open_store(store_location(), options.data)
    try:
        version = turn(store, options.number, person=options.by, note=options.note)  # type: ignore[operator]
    except (NoTurn, NotStored) as refusal:
        say([refusal.finding], options.lang)
        return NOTHING
    print(f"version {options.number} is {done}; the store is at version {version}")
    return CLEAN


def verify(options: argparse.Namespace) -> int:
    """Compares every file of the store with its hash and names files nobody needs."""
    store = open_store(store_location(), options.data)
    damage = store.damage()
    say(damage, options.lang)
    for name in orphans(store):
        print(f"not named by the ledger: {name}")
    print(f"version {store.version()}, {len(damage)} damaged or missing files")
    return FAULTY if damage else CLEAN


def compact(options: argparse.Namespace) -> int:
    """Writes one file per kind for its live uploads and deletes files nobody names."""
    store = open_store(store_location(), options.data)
    for kind in store.ledger.kinds():
        covered = compact_kind(store, kind)
        if covered:
            print(f"{kind}: {covered} uploads in one file")
    for name in sweep(store):
        print(f"deleted: {name}")
    return CLEAN
