"""The stories there are, each with its ways to be told."""

from __future__ import annotations

import streamlit as st

from loaders.stories import Story, write_story
from views import results, session, sitemap
from views.session import Visit
from views.texts import plain
from views.widgets import findings, frame, slides, story_exports, story_shelf, town_choice
from views.widgets.stage_show import LOOP, LOOP_LONGEST, STEP, STORY, THEME

THEMES = ("light", "dark")


def head(visit: Visit) -> str:
    """What the page is for, and the theme of the stage; gives the theme."""
    shelf = [one for one in story_shelf.shipped().values() if one.story]
    st.title(visit.words("stories.title", n=len(shelf)))
    with st.container(key="lead_stories"):
        st.markdown(visit.words("stories.lead"))
    kept = session.kept(THEME, THEMES[0])
    chosen = st.segmented_control(
        visit.words("stories.theme"),
        THEMES,
        default=kept if kept in THEMES else THEMES[0],
        required=True,
        format_func=lambda one: visit.words(f"stories.theme_{one}"),
        key="stage_theme",
    )
    session.keep(THEME, str(chosen))
    return str(chosen)


def shipped(visit: Visit, theme: str) -> list[Story]:
    """Cards of the shipped stories; gives the stories that can be told now."""
    told = []
    with st.grid(3, min_column_width=320, gap="medium"):
        for name, reading in story_shelf.shipped().items():
            with st.container(border=True, key=f"card_story_{name}", height="stretch"):
                if reading.findings:
                    findings.show(visit, reading.findings, key=f"story_{name}")
                if reading.story is not None:
                    card(visit, reading.story, name, theme)
                    told.append(reading.story)
    return told


def card(visit: Visit, story: Story, story_id: str, theme: str) -> None:
    """Title, steps and the ways to start one story."""
    st.subheader(plain(slides.title_of(slides.visit_of(visit, story), story)), anchor=False)
    pages = [visit.words(f"frame.page.{sitemap.BY_PATH[step.page].name}") for step in story.steps]
    st.markdown(visit.words("stories.steps", n=len(story.steps), pages=" → ".join(pages)))
    if story.town_parameter and not visit.ags:
        _ask_town(visit, story_id)
        return
    if story.town_parameter:
        town = plain(results.name_of(visit.ags))
        st.markdown(f":material/location_on: {visit.words('stories.for_town', town=town)}")
    ways(visit, story, story_id, theme)


def _ask_town(visit: Visit, story_id: str) -> None:
    """The search for the town a story is told for."""
    st.markdown(visit.words("stories.choose_town"))
    town_choice.search(visit, f"story_{story_id}", f"town_search_{story_id}")


def ways(visit: Visit, story: Story, story_id: str, theme: str) -> None:
    """One window, with a speaker's window, or as a loop on a stand; and the file."""
    ids = {STORY: story_id, STEP: "1", THEME: theme}
    for page, name, icon, more in (
        ("stage", "start", ":material/slideshow:", {}),
        ("speaker", "speak", ":material/mic:", {}),
        ("stage", "stand", ":material/autoplay:", {LOOP: str(LOOP_LONGEST // 2)}),
    ):
        label = visit.words(f"stories.{name}")
        label = f"**{label}**" if name == "start" else label
        frame.page_link(visit, page, label, icon=icon, **ids, **more)
    st.download_button(
        visit.words("stories.download"),
        data=lambda: write_story(story),
        file_name=f"{story.story_id}.yaml",
        mime="application/yaml",
        key=f"story_file_{story_id}",
        type="tertiary",
        icon=":material/download:",
        on_click="ignore",
    )
    story_exports.show(visit, story, story_id)


def own(visit: Visit, story: Story, theme: str) -> None:
    """The ways to tell the draft; it is kept beside the ledger so that other windows find it."""
    st.caption(visit.words("stories.own_kept"))
    if story.town_parameter and not visit.ags:
        _ask_town(visit, "own")
        return
    for page, name in (("stage", "start"), ("speaker", "speak")):
        if st.button(visit.words(f"stories.{name}"), key=f"own_{name}"):
            ids = {STORY: story_shelf.keep(story), STEP: "1", THEME: theme}
            session.go(page, **ids)
    story_exports.show(visit, story, "own")


def keys(visit: Visit) -> None:
    """What the keys do, for those who stand in front."""
    with st.expander(visit.words("stories.keys"), icon=":material/keyboard:"):
        st.markdown(visit.words("stories.keys_text"))
