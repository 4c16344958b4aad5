"""What a map needs is named in the head of the page, and outlines are packed once."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.responses import PlainTextResponse

from loaders import folders
from tests.service.test_middleware import body_of, headers_of, scope_of, speak
from views import session
from views.service import outlines, page_scripts, preload

HREF = re.compile(r'href="([^"?]+)')
OTHER = PlainTextResponse("other")


@pytest.fixture
def districts() -> str:
    session.publish_layers()
    return next((folders.STATIC / "boundaries").glob("districts.*.topo.json")).name


def named(path: str, query: str = "") -> set[str]:
    return set(HREF.findall(preload.links(path, query)))


def test_the_head_names_every_file_of_the_map_and_none_that_is_absent(districts: str) -> None:
    found = named("/map", "lang=de")
    parts = {f"app/static/map/{path.name}" for path in folders.STATIC.glob("map/*.js")}
    assert parts | {"app/static/map.js", "app/static/map.css"} <= found
    assert f"app/static/boundaries/{districts}" in found
    ours = [one for one in found if one.startswith("app/static/")]
    assert all((folders.STATIC / one.removeprefix("app/static/")).is_file() for one in ours)


def test_outlines_are_made_ready_early_under_the_name_of_their_object(districts: str) -> None:
    head = preload.links("/map", "")
    assert 'src="app/static/map/early.js?v=' in head
    assert re.search(rf'data-outlines="districts"[^>]*{re.escape(districts)}', head)
    assert "early.js" not in preload.links("/adoption", "")


def test_the_overview_needs_no_districts_and_other_pages_no_map(districts: str) -> None:
    assert not [one for one in named("/") if "districts" in one]
    assert "app/static/map.js" in named("/")
    assert not [one for one in named("/adoption") if "map" in one or "boundaries" in one]
    assert "app/static/steps.js?v=" in preload.links("/adoption", "")


def test_a_level_nobody_knows_names_the_districts(districts: str) -> None:
    assert named("/map", 'level="><script>') == named("/map")


def test_outlines_travel_packed_and_may_be_kept_for_good(districts: str) -> None:
    path = f"/app/static/boundaries/{districts}"
    answers = speak(outlines.PackedOutlines(OTHER), scope_of(path, accept_encoding="gzip, br"))
    content = (folders.STATIC / "boundaries" / districts).read_bytes()
    assert gzip.decompress(body_of(answers)) == content
    assert headers_of(answers)["content-encoding"] == "gzip"
    assert "immutable" in headers_of(answers)["cache-control"]


@pytest.mark.parametrize(
    ("path", "encoding"),
    [
        ("/app/static/boundaries/{districts}", "identity"),
        ("/app/static/boundaries/absent.0123456789ab.topo.json", "gzip"),
        ("/app/static/boundaries/../../server.py", "gzip"),
        ("/app/static/map.js", "gzip"),
    ],
)
def test_all_other_requests_pass(path: str, encoding: str, districts: str) -> None:
    scope = scope_of(path.format(districts=districts), accept_encoding=encoding)
    assert body_of(speak(outlines.PackedOutlines(OTHER), scope)) == b"other"


@pytest.mark.parametrize("control", [*page_scripts.FRAME, *preload.MAP_CONTROLS])
def test_every_control_named_ahead_is_one_of_this_release(control: str) -> None:
    first, *_ = page_scripts.needed((control,))
    assert first.startswith(f"{control}.")
    assert page_scripts.needed(("NoSuchControl",)) == ()
