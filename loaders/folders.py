"""Where the product's own files lie."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
STATIC = ROOT / "static"
DOCS = ROOT / "docs"


def data_folder() -> Path:
    """The shipped tables, or the folder named by ``TRANSFERKOMPASS_DATA``."""
    stated = os.environ.get("TRANSFERKOMPASS_DATA", "").strip()
    return Path(stated).expanduser() if stated else DATA
