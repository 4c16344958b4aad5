"""The shipped tables, read once for all tests of the calculations."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analysis.evidence import measure_table
from loaders.schemas import read_package
from loaders.tables import read_rows

TableOf = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="session")
def shipped(data_folder: Path) -> TableOf:
    """A shipped table by its kind; observations with all their files."""
    package = read_package(data_folder)

    @cache
    def read(kind: str) -> pd.DataFrame:
        resource = package[kind]
        contents = [(path, (data_folder / path).read_bytes()) for path in resource.paths]
        parts = [read_rows(content, path, resource.schema)[0].table for path, content in contents]
        return pd.concat(parts, ignore_index=True)

    return read


@pytest.fixture(scope="session")
def data_date() -> date:
    """The day the shipped evidence was checked."""
    return date(2026, 11, 22)


@pytest.fixture(scope="session")
def assessments(shipped: TableOf, data_date: date) -> pd.DataFrame:
    """All measures of all solutions, rules of ``docs/methods/adoption`` included."""
    return measure_table(
        shipped("solutions"),
        shipped("evidence"),
        data_date,
        lessons=shipped("lessons"),
        adoptions=shipped("adoptions"),
        phases=shipped("phases"),
        progress=shipped("progress"),
    )
