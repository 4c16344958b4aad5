"""Places of the programme: several of one project are told apart from a place alone."""

from __future__ import annotations

import pandas as pd

from tests.pages.conftest import ROOT, OpenPage


def test_the_table_says_who_takes_part_together(open_page: OpenPage) -> None:
    page = open_page("pages/look/overview.py", "en")
    twin = next(one.value for one in page.dataframe if "Association" in one.value.columns)
    places = pd.read_csv(ROOT / "data" / "catalogue" / "participations.csv")
    sizes = places.groupby("project_id")["project_id"].transform("size")
    expected = dict(zip(places["name_de"], sizes > 1, strict=True))
    assert {row.Place: row.Association != "" for row in twin.itertuples()} == expected
    assert set(expected.values()) == {True, False}
