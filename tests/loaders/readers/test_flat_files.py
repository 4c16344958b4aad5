"""Flat-file CSV of the statistical offices, old and new, also inside a ZIP archive."""

import io
import zipfile
from pathlib import Path

import pytest

from loaders.findings import Finding
from loaders.readers.archives import unpacked
from loaders.readers.original import Original
from loaders.readers.reading import Choices
from loaders.readers.registry import read_original

FILES = Path(__file__).parent / "files"


def read(name: str):
    return read_original((FILES / name).read_bytes(), name)


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def cells(reading) -> dict[tuple[str, str, str], tuple]:
    rows = reading.observations.astype(object).where(reading.observations.notna(), None)
    return {
        (r.ags, r.indicator, r.period): (r.value, r.missing, r.flag, r.unit, r.row)
        for r in rows.itertuples()
    }


def test_the_old_layout_has_a_column_per_measure_and_its_quality_beside_it() -> None:
    reading = read("flat_old.csv")
    assert (reading.format, reading.table, reading.rows_seen) == ("flat_file_old", "12411", 4)
    assert reading.rows_refused == {"period_unreadable": 1}
    assert cells(reading) == {
        ("07312", "Bevoelkerung", "2020-12-31"): (99662.0, "", "e", "Anzahl", 2),
        ("07312", "Dichte", "2020-12-31"): (713.4, "", "e", "je qkm", 2),
        ("07312", "Bevoelkerung | weiblich", "2020-12-31"): (0.0, "", "nil", "Anzahl", 3),
        ("07312", "Dichte | weiblich", "2020-12-31"): (None, "not_yet_available", "p", "je qkm", 3),
        ("16056", "Bevoelkerung", "2020-12-31"): (0.0, "", "nil", "Anzahl", 4),
        ("16056", "Dichte", "2020-12-31"): (None, "suppressed", "e", "je qkm", 4),
    }
    assert {(f.code, f.row) for f in reading.findings} == {
        ("period_unreadable", 5), ("key_dissolved", 4),
    }  # fmt: skip


def test_the_new_layout_has_a_row_per_value_and_months_as_an_attribute() -> None:
    reading = read("flat_new.csv")
    assert (reading.format, reading.rows_seen) == ("flat_file_new", 3)
    assert reading.rows_refused == {"borough": 1}
    assert cells(reading) == {
        ("07312000", "Gäste", "2020-03"): (1234.5, "", "e", "Anzahl", 2),
        ("07312000", "Übernachtungen", "2020-03"): (0.0, "", "nil", "Anzahl", 3),
    }


def test_a_flat_file_inside_an_archive_reads_like_the_file_itself() -> None:
    content = (FILES / "flat_new.csv").read_bytes()
    beside = {"readme.md": b"x", "__MACOSX__._t.csv": b"y", "Lies-mich.txt": b"z"}
    packed = archive(**{"t_flat.csv": content, **beside})
    reading = read_original(packed, "t.zip")
    assert cells(reading) == cells(read("flat_new.csv"))
    assert (reading.format, reading.delimiter) == ("flat_file_new", ";")


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"readme.md": b"x"}, "archive_not_one_table"),
        ({"a.csv": b"1", "b.csv": b"2"}, "archive_not_one_table"),
        ({"a.csv": archive(**{"b.csv": b"1"})}, "archive_in_archive"),
    ],
)
def test_archives_that_are_not_taken(members, reason) -> None:
    reading = read_original(archive(**members) + b"", "t.zip")
    assert (reading.outcome, reading.refusal) == ("refused", reason)


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    packed = archive(**{"a.csv": b"0;" * 2_000_000})
    finding = unpacked(Original("bomb.zip", packed), small=1024**2)
    assert isinstance(finding, Finding)
    assert (finding.code, finding.details["ratio"]) == ("archive_over_limit", "100")
    taken = unpacked(Original("large.zip", packed))
    assert isinstance(taken, Original)
    assert len(taken.content) == 4_000_000


def test_a_damaged_archive_is_unreadable() -> None:
    packed = archive(**{"a.csv": b"x" * 5000})
    assert read_original(packed[: len(packed) // 2], "t.zip").refusal == "file_unreadable"


def test_a_flat_file_without_regions_asks_for_the_place() -> None:
    text = (FILES / "flat_new.csv").read_text(encoding="utf-8")
    lines = text.replace("GEMEIN;Gemeinden;07312000", "ALT;Alter;ALT01").splitlines()[:3]
    content = "\n".join(lines).encode()
    assert read_original(content, "x").refusal == "place_missing"
    reading = read_original(content, "x", Choices(place="07312000"))
    assert ("07312000", "Gäste | Kaiserslautern", "2020-03") in cells(reading)


@pytest.mark.shared
def test_cinemas_old_and_new_hold_the_same_figures(shared_data) -> None:
    old_name, new_name = (
        "d07_destatis_21611-0002_de_flat.csv", "d11_destatis_21611-0002_de_flat_neu.zip",
    )  # fmt: skip
    old = read_original((shared_data / "dirty" / old_name).read_bytes(), old_name)
    new = read_original((shared_data / "dirty" / new_name).read_bytes(), new_name)
    assert (old.rows_seen, new.rows_seen) == (23, 207)
    assert (old.outcome, new.outcome) == ("accepted", "accepted")
    assert (old.encoding, new.encoding) == ("utf-8-sig", "utf-8-sig")
    figures = [
        sorted(zip(x.observations["period"], x.observations["value"], strict=True))
        for x in (old, new)
    ]
    assert figures[0] == figures[1]
    assert len(figures[0]) == 207
    assert set(old.observations["ags"]) | set(new.observations["ags"]) == {"DG"}
