"""Stage, speaker, clicker and stories through the entry script."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.board import LANES
from loaders.rooms import Rooms
from tests.colour import contrast
from views import results, theme
from views.texts import read_words
from views.widgets import stage_slide

ROOT = Path(__file__).resolve().parents[2]
STAGE = "pages/present/stage.py"
SHIPPED = {"programme": 5, "hal-plan": 5, "for-us": 5}


def html(page: AppTest) -> str:
    return "\n".join(str(one.value) for one in page.get("html"))


def headline(page: AppTest) -> str:
    return re.search(r'class="stage-headline"[^>]*>([^<]*)<', html(page)).group(1)


def rooms(tmp_path_factory: pytest.TempPathFactory) -> Rooms:
    return Rooms(tmp_path_factory.getbasetemp() / "store_of_pages" / "rooms.sqlite")


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("story", SHIPPED)
def test_every_step_says_one_thing_with_source_date_and_version(story: str, lang: str, open_page):
    said = []
    for step in range(1, SHIPPED[story] + 1):
        page = open_page(STAGE, lang, story=story, step=str(step), ags="07312000")
        shown = html(page)
        said.append(headline(page))
        assert read_words(lang)("stage.step_of", step=step, steps=SHIPPED[story]) in shown
        assert f"{read_words(lang)('common.source')}: " in shown
        assert re.search(r"(Datenversion|data version) \d+", shown)
        assert 'class="stage-code" src="data:image/svg+xml' in shown
        assert "{" not in said[-1] and "–," not in said[-1]
    assert len(set(said)) == SHIPPED[story]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_step_on_progress_counts_what_its_bars_count(lang: str, open_page):
    page = open_page(STAGE, lang, story="programme", step="3")
    bars = json.loads(page.get("plotly_chart")[0].proto.spec)["data"][0]
    running, decisions, stopped = map(int, re.findall(r"\d+", headline(page)))
    length = dict(zip(LANES, bars["x"], strict=True))
    assert decisions == sum(length.values())
    assert (running, stopped) == (length["P4"] + length["P5"], length["stopped"])


def test_keys_move_the_step_and_the_address(open_page):
    page = open_page(STAGE, story="programme", step="2")
    second = headline(page)
    page.button(key="stage_pagedown").click().run()
    assert page.query_params["step"] == "3"
    page.button(key="stage_left").click().run()
    assert (page.query_params["step"], headline(page)) == ("2", second)


def test_the_first_step_has_nothing_before_and_a_wrong_one_is_mended(open_page):
    page = open_page(STAGE, story="programme", step="99")
    assert page.query_params["step"] == "5"
    assert page.button(key="stage_pagedown").disabled
    page = open_page(STAGE, story="programme", step="nope")
    assert page.query_params["step"] == "1"
    assert page.button(key="stage_pageup").disabled


def test_escape_opens_the_view_itself_and_one_link_leads_back(open_page):
    page = open_page(STAGE, story="hal-plan", step="2", theme="dark")
    page.button(key="stage_leave").click().run()
    assert page.query_params["tour"] == "hal-plan.2.dark."
    assert page.query_params["solution"] == "hal-plan"
    links = [link for link in page.get("page_link") if "step=2" in link.proto.query_string]
    assert [link.proto.query_string for link in links] == [
        "lang=de&story=hal-plan&step=2&theme=dark"
    ]


def test_a_story_nobody_knows_is_said(open_page):
    page = open_page(STAGE, story="<script>alert(1)</script>")
    assert [title.value for title in page.title] == [read_words("de")("stage.nothing_title")]


def test_a_town_story_speaks_of_the_town(open_page):
    page = open_page(STAGE, story="for-us", step="1", ags="07312000")
    assert "Kaiserslautern" in headline(page)


def test_the_speaker_moves_and_the_audience_follows(open_page, tmp_path_factory):
    speaker = open_page("pages/present/speaker.py", story="programme", step="1")
    room = speaker.query_params["room"]
    notes = "\n".join(str(one.value) for one in speaker.markdown)
    assert "73 Modellprojekte Smart Cities" in notes
    speaker.button(key="stage_pagedown").click().run()
    audience = open_page(STAGE, story="programme", room=room)
    assert audience.query_params["step"] == "2"
    assert [one.key for one in audience.button if one.key == "stage_pagedown"] == []


def test_a_code_makes_one_phone_the_clicker(open_page, tmp_path_factory):
    speaker = open_page("pages/present/speaker.py", story="programme", step="1")
    room = speaker.query_params["room"]
    code = rooms(tmp_path_factory).new_code(room, speaker.query_params["key"], _now())
    words = read_words("de")
    wrong = open_page("pages/present/clicker.py", room=room, code="AAAAAAAA")
    assert [error.value for error in wrong.error] == [words("stage.refused_wrong")]
    phone = open_page("pages/present/clicker.py", room=room, code=code)
    assert "code" not in phone.query_params
    phone.button(key="stage_pagedown").click().run()
    again = open_page("pages/present/clicker.py", room=room, code=code)
    assert [error.value for error in again.error] == [words("stage.refused_used")]
    assert rooms(tmp_path_factory).find(room, _now()).step == 2


def _now() -> float:
    import time

    return time.time()


def test_the_beamer_does_not_show_what_moves_the_room(open_page):
    speaker = open_page("pages/present/speaker.py", story="programme", step="1")
    address = {name: speaker.query_params[name] for name in ("room", "key")}
    audience = open_page(STAGE, story="programme", **address)
    assert "key" not in audience.query_params
    audience.button(key="stage_pagedown").click().run()
    assert audience.query_params["step"] == "2"


def test_views_become_a_story_that_can_be_told(open_page):
    page = open_page("pages/look/map.py", indicator="unemployment_rate")
    page.button(key="add_to_story").click().run()
    page.switch_page("pages/present/stories.py").run()
    page.button(key="own_start").click().run()
    assert page.query_params["story"].startswith("own-")
    assert headline(page).startswith("Arbeitslosenquote: ")
    other_window = open_page(STAGE, story=page.query_params["story"])
    assert headline(other_window) == headline(page)


def test_an_uploaded_story_names_its_faults_and_keeps_its_good_steps(open_page):
    page = open_page("pages/present/stories.py")
    content = Path(__file__).parent / "files" / "story_with_faults.yaml"
    page.file_uploader(key="upload_file_story").upload(
        content.name, content.read_bytes(), "application/yaml"
    ).run()
    said = "\n".join(str(one.value) for one in page.markdown)
    assert "die es nicht gibt" in said
    assert "Den Datenstand „999“ gibt es nicht" in said
    page.button(key="own_take").click().run()
    page.button(key="own_start").click().run()
    assert "Schritt 1 von 3" in html(page)
    assert "<b>" not in html(page).split("stage-headline")[1].split("</h1>")[0]
    page = open_page(STAGE, story=page.query_params["story"], step="3")
    # A view without a picture still has its message, source line and code.
    assert headline(page) == read_words("de")("frame.page.methods")
    assert "Schritt 3 von 3" in html(page)


def test_an_own_story_may_send_its_codes_to_the_published_one(open_page):
    page = open_page("pages/look/map.py", indicator="unemployment_rate")
    page.button(key="add_to_story").click().run()
    page.switch_page("pages/present/stories.py").run()
    words = read_words("de")
    page.text_input(key="own_published").set_value("www.example.org").run()
    assert words("stories.own_published_bad") in [one.value for one in page.warning]
    page.text_input(key="own_published").set_value("https://www.example.org/s/").run()
    assert [one.value for one in page.warning] == []
    page.checkbox(key="own_freeze").check().run()
    version = page.session_state["_held_story"].data_version
    page.button(key="own_start").click().run()
    alt = words("stage.code_alt")
    drawn = stage_slide.code("https://www.example.org/s/#de-1", alt, stage_slide.CODE_SIZE)
    assert drawn in html(page)
    assert f"Datenversion {version} " in html(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_the_stage_can_be_told_from_their_ground(scheme: str):
    palette = theme.stage_palette(scheme)
    text = {name: contrast(getattr(palette, name), palette.paper) for name in ("ink", "muted")}
    marks = {colour: contrast(colour, palette.paper) for colour in palette.marks}
    marks |= {name: contrast(getattr(palette, name), palette.paper) for name in ("primary", "mine")}
    assert {name: ratio for name, ratio in text.items() if ratio < 7} == {}
    assert {name: ratio for name, ratio in marks.items() if ratio < 4.5} == {}
    assert contrast(palette.line, palette.paper) >= 2.6
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_weights_of_one_visitor_are_on_no_slide_of_another(open_page, tmp_path_factory) -> None:
    steps = "steps:\n  - address: compare?indicator=population_density\n"
    told = "story_id: beside\ntitle: Nebeneinander\ntown_parameter: true\n"
    story = rooms(tmp_path_factory).keep_story(f"{told}{steps}", time.time())
    own = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=90)
    own.switch_page(STAGE)
    own.query_params.update({"lang": "de", "story": story, "ags": "07312000"})
    own.session_state["kept_likeness"] = "000090"
    own.run()
    shown = [json.loads(page.get("plotly_chart")[0].proto.spec) for page in (
        own, open_page(STAGE, story=story, ags="07312000"))]  # fmt: skip
    names = [results.name_of(key) for key in results.peers_weighted("07312", (), 3).keys]
    for one in shown:
        assert [name for name in names if name not in json.dumps(one, ensure_ascii=False)] == []
