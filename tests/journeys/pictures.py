"""Pictures of every page for the eye: both languages, three sizes, light and dark.

``python -m tests.journeys.pictures`` writes them to ``var/pictures`` with an index to leaf
through. ``--only adoption`` takes one page, ``--full`` whole pages instead of first screens.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.journeys.running import (
    ROOT,
    Server,
    browser_path,
    running_browser,
    settle,
    start_server,
    watched_page,
)
from views import sitemap

FOLDER = ROOT / "var" / "pictures"
SIZES = {"desk": (1366, 768), "phone": (390, 844), "stage": (1920, 1080)}
LANGUAGES = ("de", "en")
SCHEMES = ("light", "dark")
# What a page shows best needs something chosen.
IDS = {
    "adoption": "&ags=07312000",
    "compare": "&ags=07312000",
    "project": "&project=cut",
    "projects": "&projects=cut-halle-konstanz",
    "solution": "&solution=masterportal",
}


@dataclass(frozen=True)
class Picture:
    """One picture: what it shows and where it lies."""

    page: str
    size: str
    lang: str
    scheme: str

    @property
    def file(self) -> str:
        """Name of the file in the folder."""
        return f"{self.page}-{self.size}-{self.lang}-{self.scheme}.png"


def pictures(only: list[str]) -> list[Picture]:
    """All pictures wanted; every page when none is named."""
    pages = only or list(sitemap.FRAMED)
    return [Picture(*one) for one in itertools.product(pages, SIZES, LANGUAGES, SCHEMES)]


def take(browser: Any, server: Server, picture: Picture, full: bool) -> None:
    """Open the page as a new visitor and write its picture."""
    width, height = SIZES[picture.size]
    page, _ = watched_page(browser, server.address, width, height, picture.scheme)
    path = sitemap.BY_NAME[picture.page].url_path
    page.goto(f"{server.address}/{path}?lang={picture.lang}{IDS.get(picture.page, '')}")
    settle(page)
    if full:
        page.set_viewport_size({"width": width, "height": _height(page, height)})
        settle(page)
    page.screenshot(path=FOLDER / picture.file)
    page.context.close()


def _height(page: Any, least: int) -> int:
    """Height of everything: Streamlit scrolls inside the page, not the page itself."""
    whole = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    return max(least, int(whole) + 40)


def write_index(taken: list[Picture]) -> Path:
    """A page with all pictures, one row per page of the dashboard."""
    rows = []
    for page, group in itertools.groupby(taken, key=lambda picture: picture.page):
        images = "".join(
            f'<figure><a href="{one.file}"><img src="{one.file}" alt="" loading="lazy"></a>'
            f"<figcaption>{one.size} · {one.lang} · {one.scheme}</figcaption></figure>"
            for one in group
        )
        rows.append(f"<h2>{escape(page)}</h2><div>{images}</div>")
    style = "div{display:flex;flex-wrap:wrap;gap:1rem}img{height:22rem}figure{margin:0}"
    index = FOLDER / "index.html"
    index.write_text(
        f'<!doctype html><meta charset="utf-8"><title>Pictures</title><style>{style}</style>'
        + "".join(rows),
        encoding="utf-8",
    )
    return index


def main() -> int:
    """Take the pictures asked for; 1 when there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], choices=list(sitemap.FRAMED))
    parser.add_argument("--full", action="store_true", help="whole pages, not first screens")
    asked = parser.parse_args()
    path = browser_path()
    if path is None:
        print("no Chromium: apt-get install chromium, then run again", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pictures(asked.only)
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder))
        try:
            with running_browser(path) as browser:
                for number, picture in enumerate(wanted, 1):
                    take(browser, server, picture, asked.full)
                    print(f"\r{number} of {len(wanted)}", end="", flush=True)
        finally:
            server.stop()
    print(f"\n{write_index(wanted)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
