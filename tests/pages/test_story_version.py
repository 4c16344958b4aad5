"""A story that names a state of the data keeps its numbers, on the stage and in every file."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from pathlib import Path

import pandas as pd
import pikepdf
import pytest
from lxml import html
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from loaders.rooms import Rooms
from loaders.store import open_store, publish
from views import publishing
from views.texts import read_words

ROOT = Path(__file__).resolve().parents[2]
STAGE = "pages/present/stage.py"
DE = read_words("de")
PLACE, PERIOD = "07312", "2023-12-31"
BEFORE, RAISED = 726.46, 9876.0
STORY = """
story_id: held
title: Gehalten
{version}
published_at: https://www.example.org/geschichte/
steps:
  - address: compare?indicator=population_density&places=07312-16053
  - address: map?indicator=population_density&period=2023-12-31
"""


@pytest.fixture
def older(own_folder, monkeypatch) -> int:
    """The state before one number of one town was published anew."""
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(own_folder))
    monkeypatch.setenv(publishing.SETTING, "open")
    store = open_store(own_folder, ROOT / "data")
    before = store.version()
    row = {
        "ags": PLACE, "indicator": "population_density", "period": PERIOD, "value": RAISED,
        "missing": "", "flag": "", "unit": "persons_per_km2", "source": "destatis_register_2023",
    }  # fmt: skip
    publish(store, "observations", pd.DataFrame([row]), name="density.csv", person="A. Example",
            note="", upload_id="one")  # fmt: skip
    store.close()
    return before


def kept(tmp_path: Path, version: int | None) -> str:
    """The story in its own words, as a presenter's draft waits beside the ledger."""
    line = "" if version is None else f"data_version: {version}"
    rooms = Rooms(tmp_path / "store" / "rooms.sqlite")
    return rooms.keep_story(STORY.format(version=line), time.time())


def on_stage(story: str, step: int, **more: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    page.switch_page(STAGE)
    page.query_params.update({"lang": "de", "story": story, "step": str(step), **more})
    page.run()
    assert not page.exception
    return page


def html_of(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in page.get("html"))


def headline(page: AppTest) -> str:
    found = re.search(r'class="stage-headline"[^>]*>([^<]*)<', html_of(page))
    return " ".join(found.group(1).split())


def drawn(page: AppTest) -> float:
    """The last value of the first town's line."""
    lines = json.loads(page.get("plotly_chart")[0].proto.spec)["data"]
    return next(value for value in reversed(lines[0]["y"]) if value is not None)


def make_files(content: str) -> None:
    """What the fold of a story's page does on its buttons; the files stay in the session."""
    import streamlit as st

    from views import session
    from views.exports.story_exports import EXPORTS
    from views.widgets import story_exports, story_shelf

    visit = session.begin()
    story = story_shelf.read(content.encode(), "story.yaml").story
    source = story_exports.source_of(visit, story)
    st.session_state["files"] = {export.name: export.build(source) for export in EXPORTS}


def files_of(version: int | None) -> dict[str, bytes]:
    line = "" if version is None else f"data_version: {version}"
    content = STORY.format(version=line)
    run = AppTest.from_function(make_files, args=(content,), default_timeout=120).run()
    assert not run.exception
    return run.session_state["files"]


def numbers(files: dict[str, bytes]) -> tuple[float, str, str, str]:
    """The last value in PowerPoint; headlines in PowerPoint and page; the PDF's words."""
    slides = Presentation(io.BytesIO(files["pptx"])).slides
    chart = next(shape.chart for shape in slides[0].shapes if shape.has_chart)
    values = [value for value in chart.plots[0].series[0].values if value is not None]
    tree = html.fromstring(files["html"].decode())
    heads = tree.xpath("//div[@data-lang='de']//h2")
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        figures = [
            str(one.get("/Alt", ""))
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    title = slides[1].shapes.title.text_frame.text
    return values[-1], title, heads[1].text, " ".join(figures)


def test_a_story_keeps_the_state_it_names_on_stage_and_in_every_file(older, tmp_path) -> None:
    story = kept(tmp_path, older)
    told = headline(on_stage(story, 2))
    assert drawn(on_stage(story, 1)) == pytest.approx(BEFORE)
    assert f"Datenversion {older} " in html_of(on_stage(story, 1))
    files = files_of(older)
    value, title, head, _ = numbers(files)
    assert value == pytest.approx(BEFORE)
    assert title == head == told
    assert "9.876" not in told
    page = files["html"].decode()
    assert DE("story_files.page.frozen", day="x", version=older).partition("x")[2][:40] in page
    with zipfile.ZipFile(io.BytesIO(files["zip"])) as archive:
        table = archive.read("tables/de-1.csv").decode("utf-8-sig")
    assert f"{BEFORE:.1f}".replace(".", ",") in table
    newest = files_of(None)
    value, title, head, figures = numbers(newest)
    assert value == pytest.approx(RAISED)
    assert title == head == headline(on_stage(kept(tmp_path, None), 2)) != told
    assert "9.876" in title
    assert "9.876" in figures
    assert "9.876" not in numbers(files)[3]


def test_leaving_the_stage_opens_the_state_the_story_shows(older, tmp_path) -> None:
    page = on_stage(kept(tmp_path, older), 2)
    page.button(key="stage_leave").click().run()
    assert page.query_params["version"] == str(older)
    assert page.query_params["indicator"] == "population_density"


def test_a_state_that_is_gone_is_said_and_the_steps_run_with_the_newest(older, tmp_path) -> None:
    page = on_stage(kept(tmp_path, 990), 1)
    assert DE("stage.version_lost", version=990) in html_of(page)
    assert drawn(page) == pytest.approx(RAISED)
    assert headline(on_stage(kept(tmp_path, 990), 2)).endswith("Kaiserslautern")
    assert numbers(files_of(990))[0] == pytest.approx(RAISED)


def test_every_window_of_a_talk_shows_the_state_it_was_opened_with(older, tmp_path) -> None:
    story = kept(tmp_path, None)
    speaker = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    speaker.switch_page("pages/present/speaker.py")
    speaker.query_params.update({"lang": "de", "story": story, "step": "1", "version": str(older)})
    speaker.run()
    audience = on_stage(story, 1, room=speaker.query_params["room"])
    assert drawn(audience) == pytest.approx(BEFORE)
