"""The registry: every format has its own id, and the free table is asked last."""

from pathlib import Path

import pytest

from loaders.readers import free_table
from loaders.readers.original import Original
from loaders.readers.registry import FORMATS, recognise

FILES = Path(__file__).parent / "files"


def test_every_format_has_its_own_id() -> None:
    names = [entry.name for entry in FORMATS]
    assert len(set(names)) == len(names)
    assert names[-1] == free_table.NAME


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("breitband.csv", "breitbandatlas_csv"), 
        ("flat_new.csv", "flat_file_new"), ("flat_old.csv", "flat_file_old"),
        ("genesis_date_first.csv", "genesis_table"),
        ("genesis_dates_in_header.csv", "genesis_table"), ("inkar_long.csv", "inkar_long"),
        ("market_register.csv", "marktstammdatenregister"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_content_alone(name: str, expected: str) -> None:
    content = (FILES / name).read_bytes()
    assert recognise(Original("upload.bin", content)).name == expected
    assert recognise(Original("misleading.xlsx", content)).name == expected


def test_no_format_takes_a_file_that_is_no_table() -> None:
    assert recognise(Original("x.csv", b"Hallo Welt\n")) is None
