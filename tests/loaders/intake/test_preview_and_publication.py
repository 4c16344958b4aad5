"""What publishing would change is said before; afterwards everyone sees exactly that."""

import shutil

import pandas as pd
import pytest

from loaders import intake
from loaders.intake.reading_process import Cancelled
from loaders.store import Refused, open_store, undo
from loaders.store.queries import series, table

from .conftest import HEADER, SOURCE, _examining

INCOME = "household_income_per_inhabitant"


def line(ags="07312", period="2019", value="20000", missing=""):
    return f"{ags};{INCOME};{period};{value};{missing};;eur;{SOURCE}\n"


@pytest.fixture
def own(store, tmp_path, data_folder, reading_here):
    """A store of this test alone, and a way to examine files against it."""
    shutil.copytree(store.root, tmp_path / "store")
    opened = open_store(tmp_path / "store", data_folder)
    yield opened, _examining(opened)
    opened.close()


def value_of(store, ags, period):
    rows = series(store, [INCOME], [ags])
    return rows.loc[rows["period"] == period, "value"].tolist()


def test_new_changed_and_unchanged_cells_are_told_apart(own):
    store, examined = own
    [held] = value_of(store, "07312", "2018")
    rows = line(period="2018", value=str(held)) + line() + line("07312000", "2019", "21000")
    seen = intake.preview(examined(HEADER + rows), store)
    assert (seen.new, seen.changed, seen.removed, seen.unchanged) == (1, 1, 0, 1)
    assert seen.indicators == {INCOME: 2}
    assert (seen.places, seen.views) == (2, ("map", "compare", "profile", "peers"))
    changed = seen.changes[seen.changes["change"] == "changed"].iloc[0]
    assert (changed["ags"], changed["period"], changed["after"]) == ("07312", "2019", "20000.0")
    assert changed["before"] == str(value_of(store, "07312", "2019")[0])


def test_only_a_replacement_removes_and_it_counts_what(own):
    store, examined = own
    scope = {"indicator": [INCOME], "period": ["2019"], "source": [SOURCE]}
    before = len(table(store, "observations"))
    inside = table(store, "observations")
    inside = inside[(inside["indicator"] == INCOME) & (inside["period"] == "2019")]
    examination = examined(HEADER + line())
    added = intake.preview(examination, store)
    replaced = intake.preview(examination, store, mode="replace", scope=scope)
    assert (added.removed, replaced.removed) == (0, len(inside) - 1)
    number = intake.publish(examination, store, "Ada", "x", "id1", mode="replace", scope=scope)
    assert len(table(store, "observations")) == before - replaced.removed
    undo(store, number)
    assert len(table(store, "observations")) == before


def test_published_rows_are_what_the_preview_said(own):
    store, examined = own
    examination = examined(HEADER + line() + line("DG", value="", missing="suppressed"))
    seen = intake.preview(examination, store)
    number = intake.publish(examination, store, " Ada ", "new figures", "id2")
    assert number == store.version() == examination.version + 1
    assert value_of(store, "07312", "2019") == [20000.0]
    rows = series(store, [INCOME], ["DG"])
    assert rows.loc[rows["period"] == "2019", "missing"].tolist() == ["suppressed"]
    assert intake.preview(examined(HEADER + line()), store).unchanged == 1
    assert seen.new + seen.changed == 2
    last = store.versions().iloc[-1]
    assert (last["person"], last["note"], last["name"]) == ("Ada", "new figures", "file.csv")


def test_what_moves_is_asked_of_the_function_given(own):
    store, examined = own
    asked = {}

    def consequence(before, after):
        asked["kinds"] = set(before)
        [old], [new] = (
            tables["observations"].query("ags == '07312' and indicator == @INCOME")
            .query("period == '2019'")["value"].tolist()
            for tables in (before, after)
        )  # fmt: skip
        return pd.DataFrame({"from": [old], "to": [new]})

    examination = examined(HEADER + line())
    moved = intake.preview(examination, store, consequence=consequence).moved
    assert moved.to_numpy().tolist() == [[*value_of(store, "07312", "2019"), 20000.0]]
    assert {"observations", "solutions", "evidence"} <= asked["kinds"]


def test_nothing_is_published_without_rows_or_name(own):
    store, examined = own
    with pytest.raises(Refused, match="no row"):
        intake.publish(examined(HEADER + line("XXX")), store, "Ada", "", "id3")
    with pytest.raises(Refused, match="name of the person"):
        intake.publish(examined(HEADER + line()), store, " ", "", "id4")
    assert store.versions()["layer"].eq("base").all()


def test_hamburg_given_as_a_state_is_also_published_as_a_district(own):
    _, examined = own
    accepted = examined(HEADER + line("02")).accepted
    assert accepted[["ags", "flag"]].to_numpy().tolist() == [["02", ""], ["02000", "from_state"]]
    both = examined(HEADER + line("02") + line("02000")).accepted
    assert both["flag"].tolist() == ["", ""]


TABLES = {
    "milestones": ["solution_id", "milestone"],
    "lessons": ["lesson_id"],
    "evidence": ["solution_id", "criterion", "measure_id"],
    "adoptions": ["adoption_id"],
    "solutions": ["solution_id"],
}


@pytest.mark.parametrize("kind", TABLES)
def test_other_tables_go_through_the_same_ledger(own, kind):
    store, examined = own
    shipped = table(store, kind)
    row = shipped.head(1)
    content = row.to_csv(index=False, sep=";", decimal=",").encode("cp1252")
    examination = examined(content, f"{kind}.csv")
    assert (examination.kind, examination.outcome) == (kind, "accepted")
    assert examination.findings == ()
    seen = intake.preview(examination, store)
    assert (seen.new, seen.changed, seen.unchanged) == (0, 0, 1)
    number = intake.publish(examination, store, "Ada", "", f"id-{kind}")
    pd.testing.assert_frame_equal(table(store, kind), shipped)
    undo(store, number)
    assert store.versions()["state"].iloc[-1] == "undone"


def test_changed_columns_of_other_tables_are_named(own):
    store, examined = own
    row = table(store, "evidence").head(1)
    grade = row["grade"].iloc[0]
    content = row.assign(grade="B" if grade != "B" else "C").to_csv(index=False)
    seen = intake.preview(examined(content, "evidence.csv"), store)
    assert seen.changes["before"].tolist() == [f"grade: {grade}"]
    assert (seen.changed, seen.views) == (1, ("adoption", "solution"))


def test_table_with_a_key_to_nowhere_is_named_at_its_row(own):
    store, examined = own
    rows = table(store, "milestones").head(3)
    rows.loc[1, "solution_id"] = "no_such_solution"
    examination = examined(rows.to_csv(index=False), "milestones.csv")
    assert [(one.code, one.row, one.column) for one in examination.findings] == [
        ("reference_unknown", 3, "solution_id")
    ]
    assert (examination.exit_code, len(examination.accepted)) == (1, 2)


@pytest.mark.parametrize("harm", [b"\x00", b'"open quote'])
def test_damaged_table_is_refused_or_named(own, harm):
    store, examined = own
    content = table(store, "milestones").head(3).to_csv(index=False).encode() + harm
    examination = examined(content, "milestones.csv")
    assert examination.exit_code in (1, 2)
    assert examination.errors == 1


def test_reading_can_be_cancelled_and_tells_its_progress(examined_apart, store):
    told = []
    content = (HEADER + line() * 2000).encode()
    with pytest.raises(Cancelled):
        intake.examine(content, "x.csv", None, store, cancelled=lambda: True)
    intake.examine(content, "x.csv", None, store, progress=lambda *one: told.append(one))
    assert told[0] == ("reading", 0.0)
    assert told[-1] == ("checking", 1.0)
