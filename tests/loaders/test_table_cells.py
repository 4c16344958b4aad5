"""Every fault a cell or a row can have, in content of a few lines; what is written is read."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.columns import is_partial_date
from loaders.schemas import TableSchema, read_schema
from loaders.table_rows import MOST_NAMED
from loaders.tables import read_rows

ROOT = Path(__file__).resolve().parents[2]
OBSERVATIONS_HEADER = "ags,indicator,period,value,missing,flag,unit,source\n"


@pytest.fixture
def observations(data_folder: Path) -> TableSchema:
    return read_schema(data_folder / "schemas" / "observations.json")


def _content(schema: TableSchema, *rows: str) -> bytes:
    return (",".join(schema.columns) + "\n" + "".join(f"{row}\n" for row in rows)).encode()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.234,5", "cell_no_number"),
        ("viel", "cell_no_number"),
        ("inf", "cell_not_finite"),
        ("NaN", "cell_not_finite"),
        ("1e999", "cell_not_finite"),
    ],
)
def test_value_that_is_no_number(observations: TableSchema, cell: str, code: str) -> None:
    good = "07312000,pop,2023,1.5,,,u,s"
    bad = f'07312000,pop,2022,"{cell}",,,u,s'
    found, findings = read_rows(_content(observations, good, bad), "up.csv", observations)
    (finding,) = findings
    assert (finding.code, finding.file, finding.row, finding.column, finding.value) == (
        code,
        "up.csv",
        3,
        "value",
        cell,
    )
    assert found.table["value"].tolist() == [1.5]


@pytest.mark.parametrize(
    ("cell", "code"),
    [("-1", "cell_too_small"), ("1.01", "cell_too_large"), ("", "cell_empty")],
)
def test_value_outside_its_limits(data_folder: Path, cell: str, code: str) -> None:
    schema = read_schema(data_folder / "schemas" / "anchors.json")
    content = _content(schema, f"C1.1,{cell},wort,word")
    found, findings = read_rows(content, "a.csv", schema)
    assert [(one.code, one.row, one.column) for one in findings] == [(code, 2, "value")]
    assert found.table.empty


def test_year_must_be_whole(data_folder: Path) -> None:
    schema = read_schema(data_folder / "schemas" / "adoptions.json")
    row = "bakim,Lemgo,05766044,2024.5,operation,reuse,https://example.org,"
    _, findings = read_rows(_content(schema, row), "a.csv", schema)
    assert [(one.code, one.column) for one in findings] == [("cell_no_integer", "year")]


@pytest.mark.parametrize("row", ["07312000,pop,2022,,,,n,s", "07312000,pop,2022,1,suppressed,,n,s"])
def test_observation_needs_a_value_or_a_reason(observations: TableSchema, row: str) -> None:
    found, findings = read_rows(_content(observations, row), "up.csv", observations)
    assert [(one.code, one.row) for one in findings] == [("row_value_or_reason", 2)]
    assert found.table.empty


def test_line_is_counted_in_the_file_even_after_cells_of_several_lines(
    observations: TableSchema,
) -> None:
    rows = ('07312000,pop,2022,1,,"two\nlines",n,s', "", "07312000,pop,2023,x,,,n,s")
    _, findings = read_rows(_content(observations, *rows), "up.csv", observations)
    assert [(one.code, one.row) for one in findings] == [("cell_no_number", 5)]


def test_many_equal_faults_are_counted_not_repeated(observations: TableSchema) -> None:
    rows = [f"07312000,pop,{1000 + number},x,,,n,s" for number in range(MOST_NAMED + 5)]
    found, findings = read_rows(_content(observations, *rows), "up.csv", observations)
    assert len(findings) == MOST_NAMED + 1
    assert findings[-1].details["count"] == "5"
    assert found.table.empty


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("2024", True),
        ("2024-02", True),
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2024-13", False),
        ("24-01", False),
        ("2024-1", False),
        ("01.02.2024", False),
    ],
)
def test_partial_dates(text: str, is_date: bool) -> None:
    assert is_partial_date(text) is is_date


def test_a_file_given_twice_is_said_in_few_words(observations: TableSchema) -> None:
    rows = [f"07312000,pop,{1000 + number},1,,,n,s" for number in range(MOST_NAMED + 5)]
    found, findings = read_rows(_content(observations, *rows, *rows), "up.csv", observations)
    assert len(found.table) == len(rows)
    assert [one.code for one in findings] == ["row_duplicate"] * MOST_NAMED + ["more_of_the_same"]
    assert findings[1].details["first_row"] == "3"


def test_a_table_of_broken_rows_is_said_in_few_words(observations: TableSchema) -> None:
    content = _content(observations, *["07312000,pop"] * (MOST_NAMED + 5))
    found, findings = read_rows(content, "up.csv", observations)
    assert found.table.empty
    assert findings[-1].details["count"] == "5"


CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1)


@given(words=st.lists(CELL.map(str.strip).filter(bool), unique=True, max_size=20))
def test_what_was_written_is_read_back(words: list[str]) -> None:
    schema = read_schema(ROOT / "data" / "schemas" / "names.json")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(schema.columns)
    writer.writerows(["unit", word, f"{word}, with, commas", 'a "quoted" word'] for word in words)
    found, findings = read_rows(text.getvalue().encode(), "up.csv", schema)
    assert [one.code for one in findings if one.code != "table_no_rows"] == []
    assert found.table["word_id"].tolist() == words


@pytest.mark.parametrize(
    ("shown", "run", "impossible"),
    [
        ("2021-05", "2021-04", True),
        ("2021", "2020-12-31", True),
        ("2021-05", "2021", False),
        ("2021-05-03", "2021-05", False),
        ("2022", "", False),
        ("", "2019", False),
    ],
)
@pytest.mark.parametrize("milestone", ["M4", "M5", "M6", "M8"])
def test_milestone_before_the_prototype_it_rests_on(
    milestone: str, shown: str, run: str, impossible: bool, data_folder: Path
) -> None:
    schema = read_schema(data_folder / "schemas" / "milestones.json")
    place, source = "bakim,Bamberg,09461000", "https://example.org/a"
    other = f"leezenflow,Berlin,11000000,{milestone},2001,{source},"
    found, findings = read_rows(
        _content(
            schema,
            f"{place},{milestone},{run},{source},",
            f"{place},M3,{shown},{source},",
            f"{place},M2,2030,{source},",
            other,
        ),
        "milestones.csv",
        schema,
    )
    named = [(one.code, one.row, one.value) for one in findings]
    assert named == ([("milestone_impossible", 2, run)] if impossible else [])
    assert len(found.table) == 4 - impossible
    assert (
        milestone in set(found.table.query("solution_id == 'bakim'")["milestone"])
    ) is not impossible
