"""A store over the shipped tables, and files made for one test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loaders.intake import Examination, Limits, Ticked, examine
from loaders.intake.byte_scan import Source
from loaders.intake.child import read_source
from loaders.intake.reading_process import ReadFile
from loaders.readers.choices import Choices
from loaders.store import Store, open_store

HEADER = "ags;indicator;period;value;missing;flag;unit;source\n"
SOURCE = "vgrdl_r2b3_2024"

Examine = Callable[..., Examination]


@pytest.fixture(scope="session")
def store(shipped_folder: Path, data_folder: Path) -> Iterator[Store]:
    """The shipped tables; tests of this folder publish into stores of their own."""
    opened = open_store(shipped_folder, data_folder)
    yield opened
    opened.close()


def read_here(content, name, choices, spellings, limits, progress, cancelled, ticked):
    """Reads in this very process: quick, and enough where no limit is tested."""
    found = read_source(Source(name, content), choices, spellings(), limits, ticked)
    return ReadFile(found.reading, found.proposals, found.refused_rows, found.text)


@pytest.fixture
def reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets ``examine`` read in this very process."""
    monkeypatch.setattr("loaders.intake.examination.read_limited", read_here)


@pytest.fixture
def examined_apart(store: Store) -> Examine:
    """Examines bytes or text against the shipped tables, read in a process of its own."""
    return _examining(store)


@pytest.fixture
def examined(store: Store, reading_here: None) -> Examine:
    """Examines bytes or text against the shipped tables, read in this very process."""
    return _examining(store)


def _examining(store: Store) -> Examine:

    def examine_content(
        content: bytes | str,
        name: str = "file.csv",
        choices: Choices | None = None,
        source: str = "",
        ticked: Ticked | None = None,
        limits: Limits | None = None,
    ) -> Examination:
        given = content.encode() if isinstance(content, str) else content
        more = {} if limits is None else {"limits": limits}
        return examine(given, name, choices, store, source=source, ticked=ticked, **more)

    return examine_content


def places(examination: Examination) -> set[tuple[str, int | None, str]]:
    """Code, row and column of every finding."""
    return {(one.code, one.row, one.column) for one in examination.findings}
