"""Pages opened through ``dashboard.py``, as a visitor opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from views.texts import read_words

ROOT = Path(__file__).resolve().parents[2]
OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """A server looks once through all installed packages for components; so do these tests.

    ``AppTest`` would look anew for every visitor: most of the time of a plain page.
    """
    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def open_page(tmp_path_factory: pytest.TempPathFactory, monkeypatch) -> OpenPage:
    """``open_page("pages/look/map.py", "en", ags="07312000")`` runs the page and checks it ran."""
    store = tmp_path_factory.getbasetemp() / "store_of_pages"
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(store))

    def start(script: str, lang: str = "de", **parameters: str) -> AppTest:
        page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=90)
        page.switch_page(script)
        page.query_params.update({"lang": lang, **parameters})
        page.run()
        assert not page.exception
        assert read_words(lang)("frame.went_wrong") not in [error.value for error in page.error]
        return page

    return start
