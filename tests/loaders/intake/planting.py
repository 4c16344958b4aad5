"""A clean file of 10,000 rows, and errors planted in it at known places.

Each kind of error is a function of the row it falls on; it changes the row and says with
which code and column it must be found. ``plant`` draws rows far enough apart that no error
is the neighbour of another in its series.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

COLUMNS = ("ags", "indicator", "period", "value", "missing", "flag", "unit", "source")
FIRST_YEAR, YEARS = 1995, 25
Row = dict[str, str]


@dataclass(frozen=True)
class Planted:
    """One planted error: where it lies and how it must be called."""

    kind: str
    row: int
    column: str
    code: str


def clean_rows(places: Sequence[str], seed: int = 1) -> list[Row]:
    """Household income of 400 districts in 25 years: smooth series with a little noise."""
    chance = random.Random(seed)
    rows = []
    for ags in places:
        level = chance.uniform(13_000, 19_000)
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
            level *= 1.018 + chance.gauss(0, 0.004)
            rows.append(
                {
                    "ags": ags,
                    "indicator": "household_income_per_inhabitant",
                    "period": str(year),
                    "value": f"{level:.1f}".replace(".", ","),
                    "missing": "",
                    "flag": "",
                    "unit": "eur",
                    "source": "vgrdl_r2b3_2024",
                }
            )
    return rows


def written(rows: Sequence[Row], encoding: str = "cp1252") -> bytes:
    """The rows as a German spreadsheet saves them."""
    lines = [";".join(COLUMNS)]
    lines += [row.get("_line") or ";".join(row[name] for name in COLUMNS) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def _set(column: str, value: str) -> Callable[[Row], None]:
    def change(row: Row) -> None:
        row[column] = value

    return change


def _times(factor: float) -> Callable[[Row], None]:
    def change(row: Row) -> None:
        value = float(row["value"].replace(",", ".")) * factor
        row["value"] = f"{value:.1f}".replace(".", ",")

    return change


def _without_zero(row: Row) -> None:
    row["ags"] = row["ags"].lstrip("0")


def _as_regional_key(row: Row) -> None:
    row["ags"] += "0000000"


def _with_point(row: Row) -> None:
    row["value"] = row["value"].replace(",", ".")


def _line(change: Callable[[str], str]) -> Callable[[Row], None]:
    def cut(row: Row) -> None:
        row["_line"] = change(";".join(row[name] for name in COLUMNS))

    return cut


KINDS: dict[str, tuple[Callable[[Row], None], str, str]] = {
    "letters in the key": (_set("ags", "07A12"), "ags", "key_no_key"),
    "key of ten digits": (_set("ags", "1234567890"), "ags", "key_no_key"),
    "key of no place": (_set("ags", "07399"), "ags", "place_unknown"),
    "borough": (_set("ags", "11001001"), "ags", "key_borough"),
    "special territory": (_set("ags", "07000999"), "ags", "key_special_territory"),
    "no place at all": (_set("ags", "XXX"), "ags", "key_no_key"),
    "invisible sign in the key": (_set("ags", "07\xad312"), "ags", "cell_hidden_characters"),
    "lost zero": (_without_zero, "ags", "key_repaired"),
    "regional key": (_as_regional_key, "ags", "key_repaired"),
    "blank behind the key": (lambda row: row.update(ags=row["ags"] + " "), "ags", "key_repaired"),
    "no number": (_set("value", "viele"), "value", "not_a_number"),
    "infinite": (_set("value", "Infinity"), "value", "not_finite"),
    "too large for a number": (_set("value", "1e400"), "value", "not_finite"),
    "hexadecimal": (_set("value", "0x1F"), "value", "not_a_number"),
    "decimal point": (_with_point, "value", "number_other_style"),
    "thousands or decimals": (_set("value", "19.380"), "value", "number_ambiguous"),
    "unknown indicator": (_set("indicator", "no_such_thing"), "indicator", "indicator_unknown"),
    "no indicator": (_set("indicator", ""), "indicator", "indicator_empty"),
    "indicator in capitals": (
        _set("indicator", "Household_Income_Per_Inhabitant"), "indicator", "word_repaired",
    ),
    "another unit": (_set("unit", "percent"), "unit", "unit_differs"),
    "unknown source": (_set("source", "my_cousin"), "source", "source_unknown"),
    "short year": (_set("period", "20"), "period", "period_unreadable"),
    "day that does not exist": (_set("period", "31.02.2020"), "period", "period_unreadable"),
    "future": (_set("period", "2091"), "period", "period_in_future"),
    "unknown kind of missing": (
        lambda row: row.update(value="", missing="later"), "missing", "missing_unknown",
    ),
    "value and reason": (_set("missing", "suppressed"), "missing", "value_and_missing"),
    "neither value nor reason": (_set("value", ""), "value", "value_empty"),
    "field missing": (_line(lambda line: line.rsplit(";", 1)[0]), "", "field_count"),
    "field too many": (_line(lambda line: line + ";more"), "", "field_count"),
    "ten times": (_times(10), "value", "value_scale"),
    "a hundredth": (_times(0.01), "value", "value_scale"),
    "a thousand times": (_times(1000), "value", "value_scale"),
    "half as much again": (_times(1.5), "value", "value_jump"),
}  # fmt: skip


def _fits(kind: str, ags: str) -> bool:
    if kind == "lost zero":
        return ags.startswith("0")
    return kind != "regional key" or ags[2:4] == "00"


def plant(rows: list[Row], count: int, seed: int) -> list[Planted]:
    """Plants errors of all kinds in turn; changes ``rows`` and says what must be found."""
    chance = random.Random(seed)
    series = chance.sample(range(len(rows) // YEARS), len(rows) // YEARS)
    kinds = [*KINDS]
    chance.shuffle(kinds)
    planted = []
    for number in range(count):
        kind = kinds[number % len(kinds)]
        change, column, code = KINDS[kind]
        # a key can only lose a zero it has, and only cities have a municipality of their own
        place = next(one for one in series if _fits(kind, rows[one * YEARS]["ags"]))
        series.remove(place)
        at = place * YEARS + chance.randrange(3, YEARS - 3)
        change(rows[at])
        planted.append(Planted(kind, at + 2, column, code))
    at = series[0] * YEARS + 4
    rows[at]["period"] = rows[at - 1]["period"]
    planted.append(Planted("twice", at + 2, "ags", "row_twice"))
    return planted
