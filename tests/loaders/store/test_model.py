"""Random publishing, undoing, compacting, reopening: the store equals a dictionary."""

import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pandas as pd
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from loaders.store import open_store, publish, redo, undo
from loaders.store.compaction import compact, sweep
from loaders.store.files import REMOVED
from loaders.store.queries import table

from .conftest import write_data

IDS, OFFICES = ["a", "b", "c"], ["north", "south"]
ROWS = st.dictionaries(
    st.tuples(st.sampled_from(IDS), st.sampled_from(OFFICES)),
    st.tuples(st.sampled_from(["", "note"]), st.integers(0, 9).map(float)),
    max_size=4,
)
COLUMNS = ["solution_id", "office", "note", "cost"]


def as_table(rows: dict) -> pd.DataFrame:
    listed = [(*key, *cells) for key, cells in rows.items()]
    return pd.DataFrame(listed, columns=COLUMNS).astype({"cost": "float64"})


class StoreEqualsDictionary(RuleBasedStateMachine):
    """Each upload is a dictionary; reading lays the live ones over the shipped one."""

    @initialize(rows=ROWS)
    def open(self, rows):
        self.folder = Path(tempfile.mkdtemp())
        self.uploads: dict[int, dict] = {}
        self.undone: set[int] = set()
        self.remembered: dict[int, dict] = {}
        self.ship(rows)

    @rule(rows=ROWS)
    def ship(self, rows):
        self.base = rows
        if hasattr(self, "store"):
            self.store.close()
        text = as_table(rows).to_csv(index=False)
        write_data(self.folder / "data", solutions=text)
        self.store = open_store(self.folder / "store", self.folder / "data")

    @rule(rows=ROWS)
    def add(self, rows):
        self.uploads[self.publish(rows)] = rows

    @rule(rows=ROWS, id_=st.sampled_from(IDS))
    def replace(self, rows, id_):
        gone = {key: REMOVED for key in self.known() if key[0] == id_ and key not in rows}
        number = self.publish(rows, mode="replace", scope={"solution_id": [id_]})
        self.uploads[number] = rows | gone

    @precondition(lambda self: self.uploads)
    @rule(data=st.data())
    def turn(self, data):
        number = data.draw(st.sampled_from(sorted(self.uploads)))
        if number in self.undone:
            self.undone.remove(number)
            redo(self.store, number)
        else:
            self.undone.add(number)
            undo(self.store, number)

    @rule()
    def compact(self):
        before = self.store.version()
        covered = compact(self.store, "solutions")
        live = [number for number in self.uploads if number not in self.undone]
        assert covered == (len(live) if len(live) > 1 else 0)
        assert self.store.version() == before

    @rule()
    def sweep(self):
        sweep(self.store, grace=0)
        assert self.store.damage() == []

    @rule()
    def reopen(self):
        self.store.close()
        self.store = open_store(self.folder / "store", self.folder / "data")

    @precondition(lambda self: self.remembered)
    @rule(data=st.data())
    def read_an_earlier_version(self, data):
        version = data.draw(st.sampled_from(sorted(self.remembered)))
        assert self.read(version) == self.remembered[version]

    @invariant()
    def reading_equals_the_dictionary(self):
        if hasattr(self, "store"):
            self.remembered[self.store.version()] = self.live()
            assert self.read() == self.live()
            assert list(self.read()) == self.order()

    def publish(self, rows, **more):
        upload_id = f"upload {len(self.uploads)}"
        named = {"name": "n", "person": "p", "note": "", "upload_id": upload_id}
        return publish(self.store, "solutions", as_table(rows), **named, **more)

    def read(self, version=None):
        rows = table(self.store, "solutions", version)
        return {(row[0], row[1]): (row[2], row[3]) for row in rows.itertuples(index=False)}

    def order(self):
        """Keys as reading must list them: shipped ones first, then as uploads named them."""
        live = self.live()
        return [key for key in self.first() if key in live]

    def first(self):
        first = dict.fromkeys(self.base)
        for number, upload in self.uploads.items():
            if number not in self.undone:
                first |= dict.fromkeys(upload)
        return first

    def known(self):
        """Keys that have or had a row, whatever a live upload removed."""
        live = [self.uploads[one] for one in self.uploads if one not in self.undone]
        held = [self.base, *live]
        return [
            one for one in self.first() if any(part.get(one, REMOVED) != REMOVED for part in held)
        ]

    def live(self):
        rows = dict(self.base)
        for number, upload in self.uploads.items():
            rows |= {} if number in self.undone else upload
        return {key: cells for key, cells in rows.items() if cells != REMOVED}

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)


TestStoreEqualsDictionary = StoreEqualsDictionary.TestCase
TestStoreEqualsDictionary.settings = settings(
    max_examples=15, stateful_step_count=16, deadline=None
)
