"""The stories there are: shipped ones, and those that wait beside the ledger."""

from __future__ import annotations

import time
from collections.abc import Mapping

from loaders.stories import Story, StoryReading, read_story, write_story
from views import session, sitemap

FOLDER = "stories"
OWN = "own-"


def read(content: bytes, file: str) -> StoryReading:
    """A story file, checked against the pages and the data versions there are."""
    pages = [entry.url_path for entry in sitemap.FRAMED.values()]
    return read_story(content, file, pages, session.can_open)


def shipped() -> Mapping[str, StoryReading]:
    """The stories of ``data/stories`` by id, in the order of the file names."""
    states = f"{session.data_folder()}@{session.first_version()}-{session.current().newest}"
    return session.lasting(_shipped, states)


def _shipped() -> Mapping[str, StoryReading]:
    found: dict[str, StoryReading] = {}
    for path in sorted((session.data_folder() / FOLDER).glob("*.yaml")):
        reading = read(path.read_bytes(), path.name)
        found[reading.story.story_id if reading.story else path.stem] = reading
    return found


def find(story_id: str) -> StoryReading | None:
    """The story of an address: shipped, or kept for a week when somebody presented it."""
    if story_id in shipped():
        return shipped()[story_id]
    text = session.rooms().kept_story(story_id, time.time()) if story_id.startswith(OWN) else None
    return None if text is None else session.draft(f"kept_{story_id}", text, lambda: _kept(text))


def _kept(text: str) -> StoryReading:
    return read(text.encode(), "story.yaml")


def keep(story: Story) -> str:
    """Keep a story that is not shipped where every window of a presentation finds it."""
    return session.rooms().keep_story(write_story(story), time.time())
