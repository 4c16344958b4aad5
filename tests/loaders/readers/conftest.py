"""Small workbooks for the tests of readers, built in memory."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from loaders.readers.choices import Choices
from loaders.readers.reading import Reading
from loaders.readers.registry import read_original


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Builds the bytes of a workbook from ``sheet=rows``."""

    def build(**sheets: list[list[object]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append(row)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()

    return build


@pytest.fixture(scope="session")
def official(shared_data: Path) -> Callable[..., Reading]:
    """Reads an official original under a name that says nothing, each file and period once.

    ``official("indicators/inkar_kreise_2017.xls", period="")``; nobody changes the reading.
    """

    @cache
    def read(path: str, period: str = "") -> Reading:
        return read_original((shared_data / path).read_bytes(), "unnamed", Choices(period=period))

    return read
