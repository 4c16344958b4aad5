"""Three hundred hostile texts, and a data folder whose names and notes carry them."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
# Whatever runs, in the page or in a frame of it, is counted at the top.
STRIKE = "top.struck=(top.struck||0)+1"
CORES = (
    f"<img src=x onerror={STRIKE}>",
    f"<script>{STRIKE}</script>",
    f"</script><script>{STRIKE}</script>",
    f"<svg/onload={STRIKE}>",
    f"<iframe srcdoc='<script>{STRIKE}</script>'></iframe>",
    f"<a href='javascript:{STRIKE}'>x</a>",
    f"<details open ontoggle={STRIKE}>",
    f"${{{STRIKE}}}",
    f"`;{STRIKE};//",
    f"`${{{STRIKE}}}`",
    f"'-({STRIKE})-'",
    f'"onmouseover="{STRIKE}',
    f'"]}});{STRIKE};//',
    "\\u003cimg src=x onerror=top.struck=1\\u003e",
    "&lt;img src=x onerror=top.struck=1&gt;",
    "{{ 7*191 }}",
    "{% raw %}{{ self }}",
    "![x](https://evil.example/track.png)",
    '<img src="https://evil.example/track.png">',
    f"[x](javascript:{STRIKE})",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>*{display:none}</style>",
    "url(https://evil.example/x.png)",
    "www.evil.example HTTPS://evil.example",
    '=HYPERLINK("https://evil.example";"x")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "# Groß | **fett** | `x` | $x^2$ | :red[x] | :material/home: | ---",
    "]]><!--",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
    "W" * 160,
)
WRAPS = (
    "{}",
    "Jena {}",
    "{} Jena",
    "\u202e{}",
    "\u2067{}\u2066",
    "\ufeff{}\u200b",
    "a\u0301\u0302\u0303\u0304{}",
    "{}\u00ad\u2028",
    "'{}",
    "\\{}",
)
TEXTS = tuple(
    wrap.format(core) if "{}" in wrap else core for core, wrap in itertools.product(CORES, WRAPS)
)
TABLES = {
    "adoptions.csv": ("adopter_municipality", "note"),
    "lessons.csv": ("lesson_de", "lesson_en"),
    "milestones.csv": ("note",),
    "progress.csv": ("note",),
    "evidence.csv": ("statement_de", "statement_en", "note"),
    "prerequisites.csv": ("text_de", "text_en"),
    "programme_questions.csv": ("answer_de", "answer_en"),
    "catalogue/solutions.csv": ("name", "summary_de", "summary_en", "note"),
    "catalogue/model_projects.csv": ("title", "note"),
    "catalogue/participations.csv": ("name_de", "note"),
    "catalogue/contacts.csv": ("office",),
    "catalogue/sources.csv": ("publisher", "title"),
    "catalogue/municipalities.csv": ("name",),
    "catalogue/districts.csv": ("name",),
}
NAMES = {f"names/{lang}.csv": ("word", "explanation") for lang in ("de", "en")}


def hostile_data(target: Path, observations: tuple[str, ...]) -> int:
    """Copies the shipped tables; texts end in a hostile one, all of them in turn.

    Args:
        target: folder to make.
        observations: files of observations to keep, the others are left out.

    Returns:
        how many cells carry one.
    """
    left_out = shutil.ignore_patterns("boundaries", "observations")
    shutil.copytree(ROOT / "data", target, ignore=left_out)
    (target / "boundaries").symlink_to(ROOT / "data" / "boundaries")
    (target / "observations").mkdir()
    package = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["name"] == "observations":
            resource["path"] = [f"observations/{name}" for name in observations]
    for name in observations:
        shutil.copy(ROOT / "data" / "observations" / name, target / "observations" / name)
    (target / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    texts = itertools.cycle(TEXTS)
    return sum(_spoil(target / name, cols, texts) for name, cols in {**TABLES, **NAMES}.items())


def _spoil(path: Path, columns: tuple[str, ...], texts: itertools.cycle[str]) -> int:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    count = 0
    for column in columns:
        filled = table[column] != ""
        table.loc[filled, column] = [f"{cell} {next(texts)}" for cell in table.loc[filled, column]]
        count += int(filled.sum())
    table.to_csv(path, index=False, encoding="utf-8")
    return count
