"""What a window of the stage shows: story, step, theme and room, all from its address."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from loaders.findings import Finding
from loaders.rooms import Room
from loaders.stories import Step, Story
from views import session
from views.exports.slide import Slide
from views.session import Visit
from views.theme import Scheme
from views.widgets import slides, story_shelf

STORY, STEP, THEME, ROOM, LOOP, KEY = "story", "step", "theme", "room", "loop", "key"
LOOP_SHORTEST, LOOP_LONGEST = 20, 60


@dataclass(frozen=True)
class Show:
    """One window's part of a presentation.

    Attributes:
        story: what is told.
        story_id: its id in addresses.
        step: the step shown, from 1.
        theme: ``light`` or ``dark``.
        room: the presentation this window belongs to; ``None`` for a single window.
        key: what lets this window move the step of its room; "" for one that only follows.
        ags: the town its room was opened for, "" when the visitor's own counts.
        version: state of the data its room was opened with; 0 for the one of the page.
        loop: seconds per step of an unattended stand, 0 for none.
        findings: faults of the story's file.
    """

    story: Story
    story_id: str
    step: int
    theme: Scheme
    room: Room | None = None
    key: str = ""
    ags: str = ""
    version: int = 0
    loop: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def steps(self) -> int:
        """How many steps the story has."""
        return len(self.story.steps)

    @property
    def here(self) -> Step:
        """The step shown."""
        return self.story.steps[self.step - 1]

    @property
    def may_move(self) -> bool:
        """Whether this window moves the step; one that only follows does not."""
        return self.room is None or bool(self.key)

    def query(self) -> dict[str, str]:
        """Story and theme as parameters of an address, without the step."""
        return {STORY: self.story_id, THEME: self.theme}

    def at(self, step: int) -> Show:
        """The same show at another step."""
        return replace(self, step=step)


def asked() -> Show | None:
    """The show of this window's address; ``None`` when it names no story that is known."""
    room_id = session.asked(ROOM)
    room = session.rooms().find(room_id, time.time()) if room_id else None
    named = dict(parse_qs_flat(room.address)) if room else {}
    story_id = named.get(STORY) or session.asked(STORY)
    reading = story_shelf.find(story_id) if story_id else None
    if reading is None or reading.story is None:
        return None
    last = len(reading.story.steps)
    step = room.step if room else session.whole_number(session.asked(STEP), otherwise=1)
    step = min(max(step, 1), last)
    theme = theme_asked("light")
    key = session.asked(KEY) or session.room_key(room_id)
    may = room is not None and session.rooms().may_move(room.room, key)
    shown = Show(
        story=reading.story,
        story_id=story_id,
        step=step,
        theme=theme,
        room=room,
        key=key if may else "",
        ags=named.get(session.TOWN, ""),
        version=_version(named.get(session.VERSION, "")),
        loop=_loop(),
        findings=reading.findings,
    )
    session.address(**{STORY: story_id, STEP: str(step), THEME: theme})
    return shown


def theme_asked(otherwise: Scheme) -> Scheme:
    """The theme of this window's address; ``otherwise`` when it names none."""
    asked = session.asked(THEME)
    if asked == "dark":
        return "dark"
    return "light" if asked == "light" else otherwise


def parse_qs_flat(query: str) -> list[tuple[str, str]]:
    """Parameters of a query, the first value of each."""
    return [(name, values[0]) for name, values in parse_qs(query).items()]


def _loop() -> int:
    seconds = session.whole_number(session.asked(LOOP), otherwise=-1)
    return 0 if seconds < 0 else min(max(seconds, LOOP_SHORTEST), LOOP_LONGEST)


def _version(text: str) -> int:
    version = session.whole_number(text)
    return version if session.can_open(version) else 0


def visit_for(visit: Visit, show: Show) -> Visit:
    """The visit as this show sees it: scheme of the stage, state of the data, town if any."""
    seen = slides.visit_of(replace(visit, version=show.version or visit.version), show.story)
    ags = show.ags if show.story.town_parameter and show.ags else seen.ags
    return replace(seen, ags=ags, scheme=show.theme)


def slide(visit: Visit, show: Show, step: int) -> Slide:
    """One slide of the show."""
    told = show.story
    return slides.slide_of(visit_for(visit, show), told.steps[step - 1], step, told.published_at)


def lost_version(show: Show) -> str:
    """The state of the data the story asks for when it can no longer be opened, else ""."""
    lost = (one.value for one in show.findings if one.code == "story_version_unknown")
    return next(lost, "")


def move(show: Show, step: int) -> None:
    """Show another step in this window, and in all of its room when it may."""
    step = min(max(step, 1), show.steps)
    if show.room is not None and show.key:
        session.rooms().move(show.room.room, show.key, step)
    session.address(**{STEP: str(step)})


def open_room(visit: Visit, show: Show) -> Show:
    """The show as a presentation with several windows; this one is its speaker's."""
    town = visit_for(visit, show).ags
    version = str(visit.version) if visit.is_past else ""
    query = urlencode({STORY: show.story_id, session.TOWN: town, session.VERSION: version})
    room, key = session.rooms().open_room(query, show.step, show.steps, time.time())
    session.address(**{ROOM: room.room, KEY: key})
    return replace(show, room=room, key=key, ags=town, version=int(version or 0))
