import pandas as pd

from analysis.per_inhabitant import per_1000

COUNTS = pd.DataFrame(
    {
        "ags": ["01001", "01002", "01003", "01004", "01051"],
        "value": [50.0, 8.0, float("nan"), 9.0, 0.0],
        "missing": ["", "", "suppressed", "", ""],
        "source": "register",
    }
)


def test_counts_become_rates_and_unknown_inhabitants_never_zero():
    people = pd.DataFrame({"ags": ["01001", "01003", "01004", "01051"], "value": [10000, 5, 0, 9]})
    found = per_1000(COUNTS, people)
    assert found["value"].fillna(-1).tolist() == [5.0, -1, -1, -1, 0.0]
    assert found["missing"].tolist() == ["", "no_inhabitants", "suppressed", "no_inhabitants", ""]
    assert found["source"].tolist() == ["register"] * 5
    assert COUNTS["value"].tolist()[:2] == [50.0, 8.0]
