"""From a step's address to a slide, from a story to a deck: the page's results, one message each.

Stage, PowerPoint, PDF and the published story all draw these slides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis import method
from loaders.stories import Step, Story, address_of
from views import results, session, sitemap
from views.exports.slide import Deck, FiguresPicture, MapPicture, Slide
from views.session import Visit
from views.texts import with_article
from views.theme import Scheme
from views.widgets import slide_places, slide_programme, slide_solution
from views.widgets.slide_content import Content, Maker, Parameters, evidence_day

MAKERS: Mapping[str, Maker] = {
    "overview": slide_programme.overview,
    "map": slide_places.map_of_indicator,
    "solutions": slide_programme.solutions,
    "solution": slide_solution.solution,
    "lessons": slide_programme.lessons,
    "compare": slide_places.compare,
    "profile": slide_places.profile_of_town,
    "outcomes": slide_places.outcomes,
    "progress": slide_programme.progress,
    "transfer": slide_programme.transfer,
    "projects": slide_programme.projects,
    "project": slide_programme.project,
    "adoption": slide_solution.adoption,
    "shortlist": slide_solution.shortlist,
    "evidence": slide_solution.evidence,
    "data": slide_solution.data,
}
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")


def slide_of(visit: Visit, step: Step, number: int, published_at: str = "") -> Slide:
    """The slide of one step, in the visit's language, for its town and its state of the data.

    Args:
        visit: this run as the story sees it, see ``visit_of``; its town counts unless the
            step names one.
        step: address with the story's own words; a headline may hold ``{names}`` of facts.
        number: place in the story, from 1.
        published_at: address of the published story its code opens; "" for the live view.
    """
    with session.showing(visit.version):
        return _slide(visit, step, number, published_at)


def _slide(visit: Visit, step: Step, number: int, published_at: str) -> Slide:
    given = step.parameters
    ags = session.known_place(given.get(session.TOWN, "")) or visit.ags
    drop = (session.LANG, session.TOWN, session.VERSION)
    kept = tuple(sorted((name, value) for name, value in given.items() if name not in drop))
    content = session.result(_content, step.page, kept, ags, visit.lang, visit.scheme)
    facts = {**content.facts, **_town_facts(ags)}
    return Slide(
        number=number,
        address=_full(step.page, dict(kept), visit, ags),
        headline=_filled(step.headline.get(visit.lang, ""), facts) or content.headline,
        sentence=content.sentence,
        picture=content.picture,
        twin=content.twin,
        sources=_with_outlines(content),
        data_date=content.date or evidence_day(visit),
        data_version=visit.version,
        method_version=method.VERSION,
        notes=_filled(step.notes.get(visit.lang, ""), facts),
        published=f"{published_at}#{visit.lang}-{number}" if published_at else "",
    )


def _with_outlines(content: Content) -> tuple[str, ...]:
    """The sources of a view; a map also names where its outlines come from."""
    if not isinstance(content.picture, MapPicture):
        return content.sources
    return (*content.sources, content.picture.description.words.attribution)


def deck_of(visit: Visit, story: Story) -> Deck:
    """All slides of a story, for the visit's town where the story has one."""
    shown = visit_of(visit, story)
    slides = tuple(
        slide_of(shown, step, n, story.published_at) for n, step in enumerate(story.steps, start=1)
    )
    return Deck(story.story_id, title_of(shown, story), visit.lang, slides)


def title_of(visit: Visit, story: Story) -> str:
    """The story's title in the visit's language, with the town where it names one."""
    return _filled(story.title.get(visit.lang, ""), _town_facts(visit.ags))


def visit_of(visit: Visit, story: Story) -> Visit:
    """The visit as a story sees it: its own state of the data, a town only where it has one."""
    version = visit.version if story.data_version is None else story.data_version
    return replace(visit, version=version, ags=visit.ags if story.town_parameter else "")


def _town_facts(ags: str) -> dict[str, str]:
    return {"town": results.name_of(ags)} if ags else {}


def _filled(text: str, facts: Mapping[str, str]) -> str:
    """The words with facts in their places; a fact nobody knows becomes a dash."""

    def fact(found: re.Match[str]) -> str:
        known = facts.get(found.group(1), "–")
        return with_article(known, found.group(2)) if found.group(2) else known

    return _PLACE.sub(fact, text).strip()


def _full(page: str, kept: Mapping[str, str], visit: Visit, ags: str) -> str:
    """The address that shows exactly this view, with the state of the data it was made from."""
    own = {session.LANG: visit.lang, session.TOWN: ags, session.VERSION: str(visit.version)}
    return address_of(page, {**kept, **own})


def _content(
    page: str, parameters: tuple[tuple[str, str], ...], ags: str, lang: str, scheme: Scheme
) -> Content:
    """The content of one view, computed once per data version."""
    visit = session.in_language(replace(session.current(), ags=ags, scheme=scheme), lang)
    entry = sitemap.BY_PATH[page]
    maker = MAKERS.get(entry.name)
    made = _made(visit, maker, dict(parameters)) if maker else None
    return made or _only_words(visit, entry.name)


def _made(visit: Visit, maker: Maker, parameters: Parameters) -> Content | None:
    try:
        return maker(visit, parameters)
    except session.NothingHeld:
        return None


def _only_words(visit: Visit, page: str) -> Content:
    """A view that has no picture: its name and a plain sentence."""
    return Content(
        visit.words(f"frame.page.{page}"),
        visit.words("stage.only_words"),
        FiguresPicture(()),
        pd.DataFrame(),
        (),
    )
