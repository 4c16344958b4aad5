"""A story to take away: PowerPoint, PDF, one web page or a folder, each made on the click."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from loaders.stories import Story
from views import session
from views.exports.story_exports import EXPORTS
from views.exports.story_source import StoryExport, StorySource
from views.session import Visit
from views.texts import LANGUAGES
from views.widgets import legal_operator, slides


def show(visit: Visit, story: Story, key: str) -> None:
    """A fold with one button per kind of file; its slides are read when it is opened."""
    words = visit.words
    fold = st.expander(
        words("story_files.title"),
        icon=":material/download:",
        key=f"story_take_{key}",
        on_change="rerun",
    )
    if not fold.open:
        return
    source = source_of(visit, story)
    with fold:
        st.markdown(words("story_files.about", version=source.version))
        for export in EXPORTS:
            _button(visit, source, export, key)


def source_of(visit: Visit, story: Story) -> StorySource:
    """The slides in both languages, light, with everything the files need besides."""
    decks = {lang: slides.deck_of(session.in_language(visit, lang), story) for lang in LANGUAGES}
    return StorySource(
        decks=decks,
        lang=visit.lang,
        base=session.absolute(""),
        boundaries=session.data_folder() / "boundaries",
        made_on=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        operator=legal_operator.folder(),
    )


def _button(visit: Visit, source: StorySource, export: StoryExport, key: str) -> None:
    st.download_button(
        visit.words(f"story_files.load.{export.name}"),
        data=partial(export.build, source),
        file_name=f"transferkompass-{source.deck.story_id}-v{source.version}{export.suffix}",
        mime=export.mime,
        key=f"story_{export.name}_{key}",
        help=visit.words(f"story_files.help.{export.name}"),
        on_click="ignore",
        width="stretch",
    )
