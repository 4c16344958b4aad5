"""Fixtures every test folder may use."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
