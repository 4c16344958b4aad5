"""A story of the stage: one YAML file with the addresses of its steps, in their order.

::

    story_id: programme
    title: {de: "...", en: "..."}
    town_parameter: false
    data_version: 3            # optional: the state of the data the story was made with
    published_at: https://example.org/story/    # optional: where codes lead instead
    steps:
      - address: map?indicator=population_density
        headline: {de: "...", en: "..."}     # or one text for both; empty: made from the data
        notes: {de: "...", en: "..."}

The file is read node by node, so every fault has its line, and nothing in it is ever built
into an object. A faulty step is left out and named; the other steps run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import yaml

from loaders.findings import Finding
from loaders.languages import LANGUAGES

MOST_BYTES = 200_000
MOST_STEPS = 60
DEEPEST = 10
LONGEST: Mapping[str, int] = MappingProxyType(
    {"title": 120, "headline": 160, "notes": 4000, "address": 300, "published_at": 200}
)
_STORY_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_PAGE = re.compile(r"[a-z_-]*")
_PARAMETER = re.compile(r"[a-z][a-z_0-9]{0,39}")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]|javascript:|\]\(", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Cs", "Co")
# Their addresses show no view: a story cannot tell them.
NO_VIEW = frozenset({"stage", "stories", "speaker", "clicker"})


@dataclass(frozen=True)
class Step:
    """One view of a story.

    Attributes:
        address: ``page?name=id&...`` without host; the page is a path of the site, ``""``
            for the start page.
        headline: text per language; empty when it is to be made from the data.
        notes: what the speaker says, per language.
    """

    address: str
    headline: Mapping[str, str]
    notes: Mapping[str, str]

    @property
    def page(self) -> str:
        """Path of the page, ``""`` for the start page."""
        return self.address.partition("?")[0]

    @property
    def parameters(self) -> dict[str, str]:
        """What the address says after the question mark."""
        return dict(parse_qsl(self.address.partition("?")[2]))


@dataclass(frozen=True)
class Story:
    """An ordered list of views.

    Attributes:
        story_id: lower-case letters, digits and hyphens.
        title: text per language.
        town_parameter: whether whoever starts it chooses a town first.
        data_version: state of the data to show, ``None`` for the newest.
        steps: at least one.
        published_at: address of the published story; the codes of the steps open it instead
            of the live view. "" keeps them live.
    """

    story_id: str
    title: Mapping[str, str]
    town_parameter: bool
    data_version: int | None
    steps: tuple[Step, ...]
    published_at: str = ""


@dataclass(frozen=True)
class StoryReading:
    """What a file holds: the story, ``None`` when not one step can be shown, and its faults."""

    story: Story | None
    findings: tuple[Finding, ...]


def read_story(
    content: bytes, file: str, pages: Collection[str], knows_version: Callable[[int], bool]
) -> StoryReading:
    """Read one story.

    Args:
        content: bytes of the file, UTF-8.
        file: its name, for the findings.
        pages: paths of the pages there are, ``""`` for the start page.
        knows_version: whether a data version can still be opened.
    """
    reader = _Reader(file, frozenset(pages) - NO_VIEW, knows_version)
    root = reader.root(content)
    story = None if root is None else reader.story(root)
    return StoryReading(story, tuple(reader.findings))


def write_story(story: Story) -> str:
    """The story as the text of a file that ``read_story`` reads back to the same story."""
    record: dict[str, Any] = {
        "story_id": story.story_id,
        "title": dict(story.title),
        "town_parameter": story.town_parameter,
    }
    if story.data_version is not None:
        record["data_version"] = story.data_version
    if story.published_at:
        record["published_at"] = story.published_at
    record["steps"] = [
        {"address": step.address, "headline": dict(step.headline), "notes": dict(step.notes)}
        for step in story.steps
    ]
    written: str = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=96)
    return written


def address_of(page: str, parameters: Mapping[str, str]) -> str:
    """The address of a step from its page and parameters."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{page}?{query}" if query else page


def published_address(text: str) -> str:
    """The address of a published story as codes carry it; "" when it is none of the web."""
    text = text.strip()
    if len(text) > LONGEST["published_at"] or text != _visible(text) or " " in text:
        return ""
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname)
    except ValueError:
        return ""
    plain_host = named and "@" not in parts.netloc
    if parts.scheme not in ("http", "https") or not plain_host:
        return ""
    return parts._replace(fragment="").geturl()


class _Reader:
    """Walks the nodes of one file and collects every fault."""

    def __init__(
        self, file: str, pages: frozenset[str], knows_version: Callable[[int], bool]
    ) -> None:
        self.file = file
        self.pages = pages
        self.knows_version = knows_version
        self.findings: list[Finding] = []

    def say(
        self, code: str, node: yaml.Node | None, column: str = "", value: str = "", **details: str
    ) -> None:
        row = None if node is None else node.start_mark.line + 1
        shown = _visible(value)[:60]
        self.findings.append(
            Finding(code, self.file, row=row, column=column, value=shown, details=details)
        )

    def root(self, content: bytes) -> yaml.MappingNode | None:
        """The outer mapping; ``None`` and a finding when the file is no story at all."""
        if len(content) > MOST_BYTES:
            self.say("story_too_large", None, limit=str(MOST_BYTES // 1000))
            return None
        try:
            text = content.decode("utf-8-sig")
            if self.unfolds(text):
                return None
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as fault:
            mark = getattr(fault, "problem_mark", None)
            place = {"line": str(mark.line + 1) if mark else "–"}
            self.say("story_not_yaml", None, **place)
            return None
        if not isinstance(node, yaml.MappingNode):
            self.say("story_not_yaml", node, line="1")
            return None
        return node

    def unfolds(self, text: str) -> bool:
        """Says and gives ``True`` for what a small file could keep the server busy with.

        An alias can unfold into a huge file, or into itself; each level of nesting makes all
        that stand around it slower to read.
        """
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                self.say("story_alias", None)
                return True
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                self.say("story_not_yaml", None, line=str(event.start_mark.line + 1))
                return True
        return False

    def story(self, root: yaml.MappingNode) -> Story | None:
        """The story with the steps that can be shown."""
        parts = self.parts(root)
        steps = self.steps(parts.get("steps"), root)
        if not steps:
            return None
        return Story(
            story_id=self.story_id(parts.get("story_id")),
            title=self.texts(parts.get("title"), "title"),
            town_parameter=self.flag(parts.get("town_parameter")),
            data_version=self.version(parts.get("data_version")),
            steps=steps,
            published_at=self.published(parts.get("published_at")),
        )

    def parts(self, node: yaml.MappingNode) -> dict[str, yaml.Node]:
        return {str(key.value): value for key, value in node.value}

    def story_id(self, node: yaml.Node | None) -> str:
        text = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
        if _STORY_ID.fullmatch(text):
            return text
        self.say("story_id_bad", node, "story_id", text)
        return "story"

    def flag(self, node: yaml.Node | None) -> bool:
        return isinstance(node, yaml.ScalarNode) and str(node.value).lower() in ("true", "yes")

    def version(self, node: yaml.Node | None) -> int | None:
        text = str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
        if text in ("", "null", "~"):
            return None
        if text.isascii() and text.isdecimal() and len(text) < 10 and self.knows_version(int(text)):
            return int(text)
        self.say("story_version_unknown", node, "data_version", text)
        return None

    def published(self, node: yaml.Node | None) -> str:
        text = str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
        if text in ("", "null", "~"):
            return ""
        address = published_address(text)
        if not address:
            self.say("story_published_bad", node, "published_at", text)
        return address

    def steps(self, node: yaml.Node | None, root: yaml.Node) -> tuple[Step, ...]:
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            self.say("story_no_steps", node or root, "steps")
            return ()
        if len(node.value) > MOST_STEPS:
            self.say("story_too_many_steps", node, "steps", limit=str(MOST_STEPS))
        read = [
            self.step(one, number) for number, one in enumerate(node.value[:MOST_STEPS], start=1)
        ]
        return tuple(step for step in read if step is not None)

    def step(self, node: yaml.Node, number: int) -> Step | None:
        parts = self.parts(node) if isinstance(node, yaml.MappingNode) else {}
        place = parts.get("address")
        if not isinstance(place, yaml.ScalarNode):
            self.say("story_step_missing", node, "address", number=str(number))
            return None
        address = self.address(place, number)
        if address is None:
            return None
        return Step(
            address,
            self.texts(parts.get("headline"), "headline"),
            self.texts(parts.get("notes"), "notes"),
        )

    def address(self, node: yaml.ScalarNode, number: int) -> str | None:
        """The address, when its page exists and it names no other host."""
        text = str(node.value).strip()
        page, _, query = text.lstrip("/").partition("?")
        pairs = parse_qsl(query)
        said = {"number": str(number)}
        if len(text) > LONGEST["address"] or text.startswith("//") or not _PAGE.fullmatch(page):
            self.say("story_address_bad", node, "address", text, **said)
        elif page not in self.pages:
            self.say("story_page_unknown", node, "address", page, **said)
        elif not all(_PARAMETER.fullmatch(name) for name, _ in pairs):
            self.say("story_address_bad", node, "address", text, **said)
        else:
            return address_of(page, {name: _visible(value) for name, value in pairs})
        return None

    def texts(self, node: yaml.Node | None, field: str) -> dict[str, str]:
        """Text per language; one text alone stands for both."""
        if isinstance(node, yaml.ScalarNode):
            text = self.text(node, field)
            return dict.fromkeys(LANGUAGES, text)
        if node is not None and not isinstance(node, yaml.MappingNode):
            self.say("story_text_bad", node, field)
        given = self.parts(node) if isinstance(node, yaml.MappingNode) else {}
        read = {lang: self.text(given[lang], field) for lang in LANGUAGES if lang in given}
        other = next((text for text in read.values() if text), "")
        return {lang: read.get(lang) or other for lang in LANGUAGES}

    def text(self, node: yaml.Node, field: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.say("story_text_bad", node, field)
            return ""
        given = "" if node.tag.endswith(":null") else str(node.value).strip()
        text = _visible(given)
        if text != given:
            self.say("story_text_unseen", node, field, given)
        if _MARKUP.search(text):
            self.say("story_text_markup", node, field, text)
        longest = LONGEST[field]
        if len(text) > longest:
            self.say("story_text_long", node, field, text, limit=str(longest))
            text = f"{text[: longest - 1].rstrip()}…"
        return text


def _visible(text: str) -> str:
    """Without control, direction and other unseen characters; line breaks stay."""
    return "".join(
        char for char in text if char == "\n" or unicodedata.category(char) not in _UNSEEN
    )
