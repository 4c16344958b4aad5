"""The upload template, put back as it is, checks without an error."""

import csv
import io

import pandas as pd
import pytest

from loaders.findings import count_errors
from loaders.readers.canonical import Known
from loaders.readers.upload import read_upload
from loaders.store import Store, queries
from views.exports.template import example_rows, template_csv, written_value


@pytest.fixture(scope="module")
def catalogue(shipped_store: Store) -> Known:
    indicators = queries.table(shipped_store, "indicators")
    places = [queries.table(shipped_store, kind)["ags"] for kind in
              ("municipalities", "districts", "states")]  # fmt: skip
    return Known(
        places=frozenset({"DG"}.union(*places)),
        units=dict(zip(indicators["indicator_id"], indicators["unit"], strict=True)),
        sources=frozenset(queries.table(shipped_store, "sources")["source_id"]),
    )


@pytest.fixture(scope="module")
def examples(shipped_store: Store) -> dict[str, pd.DataFrame]:
    """Example rows of one indicator of each unit."""
    held = queries.holdings(shipped_store)
    indicators = queries.table(shipped_store, "indicators")
    filled = indicators[indicators["indicator_id"].isin(held.loc[held["values"] > 0, "indicator"])]
    chosen = filled.drop_duplicates("unit")["indicator_id"]
    return {one: example_rows(shipped_store, one) for one in chosen}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_template_comes_back_without_an_error(
    shipped_store: Store, catalogue: Known, examples: dict[str, pd.DataFrame], lang: str
) -> None:
    schema = shipped_store.schema("observations")
    for indicator, rows in examples.items():
        reading = read_upload(template_csv(schema, rows, lang), "template.csv", catalogue)
        assert len(rows) == 2, indicator
        assert count_errors(reading.findings) == 0, (indicator, reading.findings)
        placed = reading.observations
        assert list(placed["ags"]) == list(rows["ags"])
        assert list(placed["period"]) == list(rows["period"])
        assert placed["value"].tolist() == pytest.approx(rows["value"].tolist())


def test_rows_of_the_own_town_are_taken_when_there_are_two(shipped_store: Store) -> None:
    assert set(example_rows(shipped_store, "population", "07312")["ags"]) == {"07312"}
    assert "07312" not in set(example_rows(shipped_store, "asking_rent", "07312")["ags"])


def test_unknown_indicator_gives_the_header_alone(shipped_store: Store) -> None:
    schema = shipped_store.schema("observations")
    content = template_csv(schema, example_rows(shipped_store, "no_such_thing"), "en")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines == [schema.columns]


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (8.38, "8,38", "8.38"),
        (1.841, "1,8410", "1.8410"),
        (1841179.0, "1841179", "1841179"),
        (-0.5, "-0,5", "-0.5"),
        (0.0, "0", "0"),
        (100.0, "100", "100"),
    ],
)
def test_value_cannot_be_taken_for_thousands(value: float, german: str, english: str) -> None:
    assert written_value(value, "de") == german
    assert written_value(value, "en") == english


def test_missing_value_stays_empty(shipped_store: Store) -> None:
    schema = shipped_store.schema("observations")
    row = dict.fromkeys(schema.columns, "") | {"value": float("nan"), "missing": "suppressed"}
    content = template_csv(schema, pd.DataFrame([row]), "de").decode("utf-8-sig")
    assert content.splitlines()[1] == ";;;;suppressed;;;"
