"""The shipped tables in a store of their own."""

from pathlib import Path

import pytest

from loaders.store import Store, open_store


@pytest.fixture(scope="session")
def shipped_store(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Store:
    return open_store(tmp_path_factory.mktemp("shipped_store"), data_folder)
