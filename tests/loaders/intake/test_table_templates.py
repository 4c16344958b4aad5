"""Templates of all kinds of tables: out, back in, and filled wrongly."""

import csv
import io

import pytest

from loaders.intake.catalogue import table_kinds
from loaders.intake.table_templates import table_template
from loaders.store.queries import table
from loaders.tables import read_data_folder


@pytest.fixture(scope="module")
def kinds(store):
    return table_kinds(store)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_template_comes_back_without_an_error(store, examined, kinds, lang):
    for kind in kinds:
        examination = examined(table_template(store, kind, lang), f"{kind}.csv")
        rows = min(len(table(store, kind)), 2)
        codes = [one.code for one in examination.findings if one.severity == "error"]
        assert (examination.kind, codes) == (kind, [] if rows else ["file_no_rows"])
        assert len(examination.accepted) == rows, kind
        assert examination.exit_code == (0 if rows else 2)


def test_the_guide_names_every_column_with_its_rule(store, kinds):
    guide = table_template(store, "milestones").decode("utf-8-sig").splitlines()
    at = {line.split(":")[0]: line for line in guide if line.startswith("#")}
    assert "Pflicht; gehört zum Schlüssel der Zeile" in at["# solution_id"]
    assert "muss in Lösungen stehen" in at["# solution_id"]
    assert "M1 | M2" in at["# milestone"]
    assert "2024-12-31" in at["# date"]
    assert "darf leer sein" in at["# note"]
    for kind in kinds:
        for lang in ("de", "en"):
            lines = table_template(store, kind, lang).decode().splitlines()
            assert not [line for line in lines if line.startswith("#") and "{title}" in line]


def filled(store, kind, **changed):
    """The template of a kind with one row changed, as a spreadsheet saves it."""
    lines = table_template(store, kind).decode("utf-8-sig").splitlines()
    header = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    row = dict(zip(lines[header].split(";"), next(csv.reader([lines[header + 1]], delimiter=";")),
                   strict=True)) | changed  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerow(row.values())
    content = "\r\n".join([*lines[: header + 1], text.getvalue()])
    return content.encode("cp1252"), header + 2


HELD = {"solution_id": "leezenflow", "municipality": "Münster", "ags": "05515000"}


@pytest.mark.parametrize(
    ("kind", "changed", "code", "column"),
    [
        ("milestones", HELD | {"milestone": "M6", "date": "2019"}, "milestone_impossible", "date"),
        ("milestones", HELD | {"milestone": "M3", "date": "2030"}, "milestone_impossible", "date"),
        ("adoptions", {"solution_id": "no-such-solution"}, "reference_unknown", "solution_id"),
        ("lessons", {"source_url": ""}, "cell_empty", "source_url"),
        ("milestones", {"milestone": "M99"}, "cell_not_in_list", "milestone"),
        ("milestones", {"date": "2024-13-45"}, "cell_no_date", "date"),
        ("phases", {"ags": "07399000"}, "cell_key_unknown", "ags"),
        ("evidence", {"grade": "Z"}, "cell_not_in_list", "grade"),
        ("gates", {"solution_id": "no-such-solution"}, "reference_unknown", "solution_id"),
        ("prerequisites", {"text_de": ""}, "cell_empty", "text_de"),
        ("solutions", {"project_id": "no-such-project"}, "reference_unknown", "project_id"),
    ],
)
def test_a_wrong_row_is_a_finding_at_its_line_and_column(
    store, examined, kind, changed, code, column
):
    content, line = filled(store, kind, **changed)
    examination = examined(content, "filled.csv")
    assert examination.kind == kind
    found = {(one.code, one.row, one.column) for one in examination.findings}
    assert (code, line, column) in found
    assert examination.accepted.empty


def test_the_shipped_tables_pass_as_uploads(examined, data_folder):
    folder = read_data_folder(data_folder)
    for kind in ("solutions", "adoptions", "lessons", "milestones", "evidence", "phases"):
        [path] = folder.resources[kind].paths
        examination = examined((data_folder / path).read_bytes(), path)
        assert (examination.kind, examination.exit_code) == (kind, 0)
        assert len(examination.accepted) == len(folder.tables[kind])
