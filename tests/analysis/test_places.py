"""Finding a town by what people type."""

import pandas as pd
import pytest

from analysis.errors import UnknownPlace
from analysis.places import PlaceIndex, place_index

MUNICIPALITIES = pd.DataFrame(
    [
        ("07312000", "Kaiserslautern, Stadt", "07312", "Rheinland-Pfalz", 101486),
        ("07335005", "Enkenbach-Alsenborn", "07335", "Rheinland-Pfalz", 7000),
        ("07335009", "Frankenstein", "07335", "Rheinland-Pfalz", 900),
        ("05315000", "Köln, Stadt", "05315", "Nordrhein-Westfalen", 1087353),
        ("12053000", "Frankfurt (Oder), Stadt", "12053", "Brandenburg", 57000),
        ("06412000", "Frankfurt am Main, Stadt", "06412", "Hessen", 775000),
        ("01059083", "Süderbrarup", "01059", "Schleswig-Holstein", 4500),
        ("01059063", "Norderbrarup", "01059", "Schleswig-Holstein", 700),
        ("10043114", "Neunkirchen, Kreisstadt", "10043", "Saarland", 46000),
        ("10043116", "Schiffweiler", "10043", "Saarland", 15000),
        ("03358016", "Neuenkirchen", "03358", "Niedersachsen", 5500),
        ("03358017", "Schneverdingen", "03358", "Niedersachsen", 19000),
        ("10046117", "St. Wendel, Kreisstadt", "10046", "Saarland", 26000),
        ("10046111", "Freisen", "10046", "Saarland", 8000),
    ],
    columns=["ags", "name_official", "district_ags", "federal_state", "population"],
)
DISTRICTS = pd.DataFrame(
    [
        ("07312", "Kaiserslautern", "Kreisfreie Stadt"),
        ("07335", "Kaiserslautern", "Landkreis"),
        ("05315", "Köln", "Kreisfreie Stadt"),
        ("12053", "Frankfurt (Oder)", "Kreisfreie Stadt"),
        ("06412", "Frankfurt am Main", "Kreisfreie Stadt"),
        ("01059", "Schleswig-Flensburg", "Kreis"),
        ("10043", "Neunkirchen", "Landkreis"),
        ("03358", "Heidekreis", "Landkreis"),
        ("10046", "St. Wendel", "Landkreis"),
    ],
    columns=["ags", "name", "kind_of_district"],
)


@pytest.fixture(scope="module")
def index() -> PlaceIndex:
    return place_index(MUNICIPALITIES, DISTRICTS)


@pytest.mark.parametrize(
    ("text", "ags", "match"),
    [
        ("kaisersl", "07312000", "start"),
        ("Köln", "05315000", "exact"),
        ("Koeln", "05315000", "exact"),
        ("Koln", "05315000", "exact"),
        ("07312000", "07312000", "key"),
        ("7312000", "07312000", "key"),
        ("07312", "07312", "key"),
        ("Süderbrarup", "01059083", "exact"),
        ("suederbrarup", "01059083", "exact"),
        ("Landkreis Kaiserslautern", "07335", "exact"),
        ("Kreis Kaiserslautern", "07335", "exact"),
        ("Frankfurt Oder", "12053000", "exact"),
        ("Frankfurt", "06412000", "start"),
        ("alsenborn", "07335005", "word"),
        ("brarup", "01059083", "part"),
        ("Kaiserslatern", "07312000", "close"),
        ("Sankt Wendel", "10046117", "exact"),
        ("  KÖLN ", "05315000", "exact"),
        ("Heidekreis", "03358", "exact"),
    ],
)
def test_the_first_hit_is_the_place_meant(
    index: PlaceIndex, text: str, ags: str, match: str
) -> None:
    first = index.search(text).iloc[0]
    assert (first["ags"], first["match"]) == (ags, match)


def test_umlauts_spelled_out_are_no_other_town(index: PlaceIndex) -> None:
    assert index.search("Neuenkirchen")["ags"].iloc[0] == "03358016"
    assert index.search("Neunkirchen")["ags"].tolist()[:2] == ["10043114", "10043"]


def test_larger_places_come_first_within_a_class(index: PlaceIndex) -> None:
    assert index.search("frankfurt")["ags"].tolist() == ["06412000", "12053000"]


def test_a_district_free_city_appears_once_by_name(index: PlaceIndex) -> None:
    assert index.search("Köln")["ags"].tolist() == ["05315000"]
    assert index.search("07312")["ags"].tolist() == ["07312", "07312000"]


def test_a_row_tells_where_the_place_lies(index: PlaceIndex) -> None:
    row = index.search("Süderbrarup").iloc[0]
    expected = ("Süderbrarup", "municipality", "Schleswig-Holstein", 4500)
    assert tuple(row[["name", "level", "state", "population"]]) == expected
    assert row["district"] == "Kreis Schleswig-Flensburg"


@pytest.mark.parametrize("text", ["", "   ", "...", "xyzzyqqq", "99999999"])
def test_nothing_found_is_an_empty_table(index: PlaceIndex, text: str) -> None:
    assert index.search(text).empty


def test_the_limit_holds(index: PlaceIndex) -> None:
    assert len(index.search("e", limit=3)) == 3


def test_one_record_or_an_error(index: PlaceIndex) -> None:
    place = index.place("07335")
    assert (place.name, place.level, place.population) == (
        "Landkreis Kaiserslautern",
        "district",
        7900,
    )
    assert "07335" in index
    with pytest.raises(UnknownPlace) as error:
        index.place("00000000")
    assert error.value.keys == ("00000000",)


def test_both_keys_of_a_district_free_city_are_known(index: PlaceIndex) -> None:
    assert index.twin("07312") == "07312000"
    assert index.twin("07312000") == "07312"
    assert index.twin("07335") is None
