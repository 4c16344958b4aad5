"""The evidence template: ids filled in, the rest empty, and it comes back without a fault."""

import csv
import datetime as dt
import io
from pathlib import Path

import pandas as pd
import pytest

from loaders.evidence_rows import read_filled
from loaders.schemas import read_schema
from loaders.tables import read_rows
from views.exports.evidence_template import evidence_template


@pytest.mark.parametrize(("lang", "delimiter"), [("de", ";"), ("en", ",")])
def test_the_template_comes_back_without_a_fault(
    data_folder: Path, lang: str, delimiter: str
) -> None:
    schema = read_schema(data_folder / "schemas" / "evidence.json")
    gaps = pd.DataFrame(
        [("dipas", "C1", "C1.1", 0.1)], columns=["solution_id", "criterion", "measure_id", "gain"]
    )
    content = evidence_template(schema, gaps, lang, dt.date(2026, 11, 22))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))
    assert rows[0] == schema.columns
    assert rows[1][:3] == ["dipas", "C1", "C1.1"]
    targets = []
    for kind in ("solutions", "anchors"):
        other = read_schema(data_folder / "schemas" / f"{kind}.json")
        content_there = (data_folder / "catalogue" / f"{kind}.csv").read_bytes()
        targets.append((other, read_rows(content_there, kind, other)[0].table))
    filled = read_filled(content, "belege.csv", schema, targets)
    assert (filled.unfilled, len(filled.table), filled.errors) == (1, 0, 0)
