"""The how-to for a language holds: its steps, done in a copy, give pages in that language."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("analysis", "data", "loaders", "pages", "static", "views", "docs", ".streamlit")
ENTRY = re.compile(r"```toml loaders/languages\.toml\n(.*?)```", re.DOTALL)
SCRIPT = """
import sys
from pathlib import Path
from streamlit.testing.v1 import AppTest

for script in sys.argv[1:]:
    page = AppTest.from_file(str(Path("dashboard.py").resolve()), default_timeout=90)
    page.switch_page(script)
    page.query_params.update({"lang": "fr", "solution": "masterportal", "ags": "07312000"})
    page.run()
    print(len(page.exception), len(page.error), [one.value for one in page.title][0])
"""
PAGES = ("look/overview", "look/solution", "decide/adoption", "contribute/upload")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the product with a further language, made as the how-to says."""
    target = tmp_path / "product"
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dashboard.py", target)
    page = (ROOT / "docs" / "how-to" / "add-a-language.md").read_text(encoding="utf-8")
    (entry,) = ENTRY.findall(page)
    with (target / "loaders" / "languages.toml").open("a", encoding="utf-8") as languages:
        languages.write("\n" + re.sub(r"^ +", "", entry, flags=re.MULTILINE))
    shutil.copytree(target / "views/texts/en", target / "views/texts/fr")
    shutil.copy(target / "data/names/en.csv", target / "data/names/fr.csv")
    package = target / "data" / "datapackage.json"
    content = json.loads(package.read_text(encoding="utf-8"))
    (english,) = (one for one in content["resources"] if one["name"] == "names_en")
    content["resources"].append({**english, "name": "names_fr", "path": "names/fr.csv"})
    package.write_text(json.dumps(content), encoding="utf-8")
    return target


def test_a_language_needs_no_python(copy: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT, *(f"pages/{page}.py" for page in PAGES)],
        cwd=copy,
        env={**os.environ, "TRANSFERKOMPASS_STORE": str(tmp_path / "store"), "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    assert [line.split()[:2] for line in said] == [["0", "0"]] * len(PAGES)
    assert said[1].endswith("Masterportal")
