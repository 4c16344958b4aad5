"""Names match by name, kind and state only; keys know the reforms that ended or made them."""

import pandas as pd
import pytest

from loaders.folders import DATA
from loaders.readers.nuts import key_of_nuts
from loaders.readers.place_keys import read_place_key, reform_of, reform_that_made
from loaders.readers.place_names import is_future_key, is_known_key, match_name, reform_words


@pytest.mark.parametrize(
    ("text", "state", "kind", "ags"),
    [
        ("Kreisfreie Stadt München", "Bayern", "", "09162"),
        ("Landkreis München", "Bayern", "", "09184"),
        ("Landkreis Rostock", "Mecklenburg-Vorpommern", "", "13072"),
        ("Landkreis Region Hannover", "Niedersachsen", "", "03241"),
        ("Landkreis Neustadt a.d. Waldnaab", "Bayern", "", "09374"),
        ("Stadtkreis Ulm", "08", "", "08421"),
        ("Köln, krfr. Stadt", "", "", "05315"),
        ("Lübeck, Hansestadt, Kreisfreie Stadt", "", "", "01003"),
        ("Schwerin", "Mecklenburg-Vorpommern", "", "13004000"),
        ("Münster", "", "town", "05515000"),
        ("Düren, Stadt", "", "", "05358008"),
        ("Kreisfreie Stadt Eisenach", "Thüringen", "", "16056"),
    ],
)
def test_names_that_tell_one_place(text, state, kind, ags) -> None:
    assert match_name(text, state, kind).ags == ags


@pytest.mark.parametrize(
    ("text", "state", "kind", "reason", "candidate"),
    [
        ("Karlsruhe", "08", "", "ambiguous", "08212"),
        ("Schwerin", "", "", "ambiguous", "13004"),
        ("Altona", "", "", "unknown", None),
        ("Kaiserslautern", "Bayern", "", "unknown", None),
        ("Berlin", "Atlantis", "", "unknown", None),
        ("Wolfenbüttel", "", "", "ambiguous", "03158"),
        ("Hanau", "", "", "unqualified", "06435014"),
    ],
)
def test_names_that_do_not(text, state, kind, reason, candidate) -> None:
    match = match_name(text, state, kind)
    assert (match.ags, match.reason) == ("", reason)
    assert candidate is None or candidate in match.candidates


def test_a_known_spelling_says_that_it_is_one() -> None:
    match = match_name("Kreisfreie Stadt Oldenburg (Oldb)", "Niedersachsen")
    assert (match.ags, match.spelling) == ("03403", True)
    assert match_name("Halle an der Saale", kind="town").ags == "15002000"


def test_keys_know_their_reform() -> None:
    assert reform_of("14522450").name == "Bildung von Jahnatal"
    assert reform_of("16061097").date == "2024-01-01"
    assert reform_of("16064073").successors == ("16064071", "16064046", "16061118")
    assert reform_that_made("14522275").date == "2023-01-01"
    assert reform_of("07312") is None


def test_a_key_younger_than_the_register_is_a_future_key() -> None:
    assert is_future_key("16076094")
    assert not is_future_key("14522275")
    assert reform_that_made("16076094").name == "Bildung von Berga-Wünschendorf"


@pytest.mark.parametrize(
    ("text", "known"),
    [("07312", True), ("7312", True), ("073120000000", True), ("07999", False),
     ("16056", True), ("16076094", True), ("DG", True), ("Ulm", False)],
)  # fmt: skip
def test_known_keys(text: str, known: bool) -> None:
    assert is_known_key(text) is known


@pytest.mark.parametrize(
    ("text", "ags", "refusal"),
    [
        ("02", "02", ""), ("02000", "02000", ""), ("02000000", "02000000", ""),
        ("147130000000", "14713000", ""), ("91620000000", "09162000", ""),
        ("091", "091", ""), ("00", "DG", ""), ("XXX", "", "no_key"),
        ("07000999", "", "special_territory"), ("11001001", "", "borough"),
        ("010515163", "", "association"),
    ],
)  # fmt: skip
def test_lengths_of_keys(text: str, ags: str, refusal: str) -> None:
    key = read_place_key(text)
    assert (key.ags, key.refusal) == (ags, refusal)


@pytest.mark.parametrize(
    ("code", "key"),
    [("DE", "DG"), ("DE1", "08"), ("DE11", "081"), ("DE600", "02000"), ("DEF0", "01"),
     ("DED51", "14713"), ("DEX", ""), ("FR1", ""), ("DE001C", "")],
)  # fmt: skip
def test_nuts_codes(code: str, key: str) -> None:
    assert key_of_nuts(code) == key


def test_a_reform_that_redrew_districts_names_all_keys_that_begin_with_it() -> None:
    """Against the official population table: keys of the state whose first value is later."""
    table = pd.read_csv(DATA / "observations/destatis_12411_0015.csv", dtype={"ags": str})
    first = table.dropna(subset="value").groupby("ags")["period"].min()
    for old in ("13001", "14161", "15101"):
        reform = reform_of(old)
        year_end = f"{reform.date[:4]}-12-31"
        begun = first[first.index.str.startswith(old[:2]) & (first.index.str.len() == 5)]
        assert tuple(begun[begun == year_end].index) == reform.formed
    assert reform_words(reform_of("13001"))["successors"].endswith("Ludwigslust-Parchim (13076)")


def test_several_heirs_are_all_named() -> None:
    said = reform_words(reform_of("16064073"))["successors"]
    assert said == "Unstruttal (16064071), Mühlhausen/Thüringen (16064046), Dingelstädt (16061118)"
