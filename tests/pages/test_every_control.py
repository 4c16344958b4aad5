"""Every control of every page, used once: nothing fails and no control is dead."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.fresh import forget_all
from tests.pages.test_every_page import ROOT, faults, open_page
from views import sitemap
from views.texts import LANGUAGES

# What a page shows best needs something chosen; without it the page would offer less to use.
IDS = {
    "project": {"project": "cut"},
    "projects": {"projects": "cut-halle-konstanz"},
    "shortlist": {"solutions": "masterportal-dipas"},
    "solution": {"solution": "masterportal"},
}
# Each language once with a town and once without, on the shipped tables and on an empty store.
VISITS = [("de", "07312000"), ("en", "")]
KINDS = (
    "button", "button_group", "checkbox", "toggle", "radio", "selectbox", "multiselect",
    "slider", "select_slider", "number_input", "text_input", "text_area", "date_input",
)  # fmt: skip
TYPED = "kaisers"
# These only change what the next click does, or what only a browser shows.
QUIET = ("forget_town", "language_switch")


@pytest.fixture
def shipped(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped tables, in the store all tests of pages share."""
    monkeypatch.setenv(
        "TRANSFERKOMPASS_STORE", str(tmp_path_factory.getbasetemp() / "store_of_pages")
    )


@pytest.fixture(scope="module")
def headers_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped tables without a row."""
    copy = tmp_path_factory.mktemp("empty") / "data"
    shutil.copytree(ROOT / "data", copy)
    for table in copy.rglob("*.csv"):
        with table.open(encoding="utf-8") as lines:
            header = next(lines)
        table.write_text(header, encoding="utf-8")
    return copy


@pytest.fixture
def empty(headers_only: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store that holds nothing."""
    monkeypatch.setenv("TRANSFERKOMPASS_DATA", str(headers_only))
    monkeypatch.setenv("TRANSFERKOMPASS_STORE", str(tmp_path / "store"))
    yield
    forget_all()


@pytest.mark.parametrize(("lang", "ags"), VISITS)
@pytest.mark.parametrize("page", sitemap.BY_NAME)
def test_every_control_answers(page: str, lang: str, ags: str, shipped: None) -> None:
    assert used(page, lang, ags) == ([], [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_control_answers_where_nothing_is_held(lang: str, empty: None) -> None:
    answers = {page: used(page, lang, "07312000") for page in sitemap.BY_NAME}
    assert {page: answer for page, answer in answers.items() if answer != ([], [])} == {}


def used(page: str, lang: str, ags: str) -> tuple[list[str], list[str]]:
    """Uses each control of a page once, each as a new visitor: what failed, what did nothing."""

    def opened() -> AppTest:
        return open_page(page, lang=lang, ags=ags, **IDS.get(page, {}))

    names = [name for name, _ in controls(opened())]
    dead, failed = [], []
    for name in names:
        at = opened()
        found = dict(controls(at)).get(name)
        if found is None:
            continue
        before = state(at)
        for one in form_of(at, found):
            use(one)
        at.run()
        failed += [f"{name}: {fault}" for fault in faults(at, lang)]
        if state(at) == before and not name.endswith(QUIET):
            dead.append(name)
    return failed, dead


def form_of(at: AppTest, control: Any) -> list[Any]:
    """The control; for the button that sends a form, what is filled in before it, too."""
    form = getattr(control.proto, "form_id", "")
    return (
        [*(one for _, one in filled(at) if one.proto.form_id == form), control]
        if form
        else [control]
    )


def controls(at: AppTest) -> Iterator[tuple[str, Any]]:
    """Controls a visitor may use, by a name that is the same in every run."""
    for name, one in usable(at):
        if one.type == "button" or not getattr(one.proto, "form_id", ""):
            yield name, one


def filled(at: AppTest) -> Iterator[tuple[str, Any]]:
    """Controls of forms but their buttons: they say nothing before the form is sent."""
    for name, one in usable(at):
        if one.type != "button" and getattr(one.proto, "form_id", ""):
            yield name, one


def usable(at: AppTest) -> Iterator[tuple[str, Any]]:
    """Every control that is not switched off."""
    for kind in KINDS:
        for position, one in enumerate(at.get(kind)):
            if not getattr(one.proto, "disabled", False) and _choices_of(one):
                yield f"{kind} {position} {one.proto.label or one.key}", one


def _choices_of(control: Any) -> bool:
    """Whether there is anything to choose: a list of one entry is text, not a choice."""
    options = getattr(control, "options", None)
    return options is None or len(options) > 1


def use(control: Any) -> None:
    """Does what a visitor would do first with a control of this kind."""
    kind = control.type
    if kind == "button":
        control.click()
    elif kind in ("checkbox", "toggle"):
        control.set_value(not control.value)
    elif kind in ("text_input", "text_area"):
        control.set_value(TYPED)
    elif kind in ("slider", "number_input"):
        step = control.step or 1
        low = control.value - step
        control.set_value(low if control.min is None or low >= control.min else low + 2 * step)
    else:
        _choose(control)


def _choose(control: Any) -> None:
    """Sends another option, as a browser does: by the words shown."""
    sent = control._widget_state
    texts = None if control.type in ("selectbox", "radio") else sent.string_array_value.data
    chosen = [sent.string_value] if texts is None else list(texts)
    other = next(one for one in _texts_of(control) if one not in chosen)
    if texts is None:
        sent.string_value = other
    else:
        texts[:] = [*chosen, other] if _takes_several(control) else [other]
    answering = {"_widget_state": property(lambda self: sent)}
    control.__class__ = type("Answering", (type(control),), answering)


def _texts_of(control: Any) -> list[str]:
    """Options as they were written; a group of buttons carries a leading icon apart."""
    if control.type != "button_group":
        return list(control.options)
    return [f"{one.content_icon} {one.content}".strip() for one in control.proto.options]


def _takes_several(control: Any) -> bool:
    return control.type == "multiselect" or not getattr(control, "_is_single_select", True)


def state(at: AppTest) -> tuple[object, ...]:
    """What a visitor can tell apart: everything shown, and the address."""
    shown = [one.proto.SerializeToString() for one in at.main if hasattr(one, "proto")
             and hasattr(one.proto, "SerializeToString")]  # fmt: skip
    return (*shown, *sorted((k, str(v)) for k, v in at.query_params.items()))
