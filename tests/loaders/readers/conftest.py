"""Small workbooks for the tests of readers, built in memory."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest


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
