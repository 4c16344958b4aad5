"""Fixtures every test folder may use."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from loaders.store import open_store

# The machines are noisy: time never fails a test, and CI draws the same examples every run.
settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of official originals; tests that need them skip when it is absent."""
    folder = Path(os.environ.get("TRANSFERKOMPASS_SHARED", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("official originals are not here: set TRANSFERKOMPASS_SHARED to their folder")
    return folder


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The shipped tables; tests never write here."""
    return ROOT / "data"


@pytest.fixture(scope="session")
def shipped_folder(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    """Folder of a store that holds the shipped tables alone; tests copy it.

    Reading and checking all tables is most of what the first opening takes.
    """
    folder = tmp_path_factory.mktemp("shipped") / "store"
    open_store(folder, data_folder).close()
    return folder


@pytest.fixture
def own_folder(tmp_path: Path, shipped_folder: Path) -> Path:
    """Folder of a store of this test alone: ``tmp_path / "store"``."""
    return Path(shutil.copytree(shipped_folder, tmp_path / "store"))
