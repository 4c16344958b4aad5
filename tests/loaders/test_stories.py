"""Story files as people send them: good, broken, hostile."""

from __future__ import annotations

import pytest

from loaders.stories import MOST_BYTES, Step, Story, StoryReading, read_story, write_story

PAGES = {"", "map", "solution", "stage"}


def read(text: str | bytes) -> StoryReading:
    content = text.encode() if isinstance(text, str) else text
    return read_story(content, "story.yaml", PAGES, lambda number: 1 <= number <= 3)


def codes(reading: StoryReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_a_story_comes_back_as_it_was_written():
    steps = (
        Step("", {"de": "Anfang", "en": "Start"}, {"de": "Guten Tag: 5 %\nzweite", "en": "Hello"}),
        Step(
            "map?indicator=population_density&lang=de", {"de": "", "en": ""}, {"de": "", "en": ""}
        ),
    )
    home = "https://www.example.org/story/?a=1"
    story = Story("my-story", {"de": "Meine", "en": "Mine"}, True, 3, steps, home)
    assert read(write_story(story)) == StoryReading(story, ())


def test_one_text_stands_for_both_languages_and_one_language_for_the_other():
    story = read("story_id: a\ntitle: T\nsteps:\n - {address: map, headline: {en: Hi}}\n").story
    assert story == Story(
        "a",
        {"de": "T", "en": "T"},
        False,
        None,
        (Step("map", {"de": "Hi", "en": "Hi"}, {"de": "", "en": ""}),),
    )


GALLERY = {
    "unknown page": ("- {address: nope}", ["story_page_unknown"]),
    "the stage itself": ("- {address: 'stage?story=a'}", ["story_page_unknown"]),
    "no address": ("- {headline: x}", ["story_step_missing"]),
    "a bare word": ("- map", ["story_step_missing"]),
    "another host": ("- {address: 'https://example.org/map'}", ["story_address_bad"]),
    "another host without scheme": ("- {address: '//example.org/map'}", ["story_address_bad"]),
    "a script": ("- {address: 'javascript:alert(1)'}", ["story_address_bad"]),
    "a folder up": ("- {address: '../map'}", ["story_address_bad"]),
    "a strange parameter": ("- {address: 'map?<b>=1'}", ["story_address_bad"]),
    "a long address": (f"- {{address: 'map?a={'x' * 400}'}}", ["story_address_bad"]),
}


@pytest.mark.parametrize("name", GALLERY)
def test_a_faulty_step_is_named_with_its_line_and_the_others_run(name: str):
    step, expected = GALLERY[name]
    reading = read(f"story_id: a\ntitle: T\nsteps:\n  {step}\n  - {{address: map}}\n")
    assert codes(reading) == expected
    assert [finding.row for finding in reading.findings] == [4]
    assert [one.address for one in reading.story.steps] == ["map"]
    assert all("{" not in f.sentence(lang) for f in reading.findings for lang in ("de", "en"))


TEXTS = {
    "markup": (
        "'<img src=x onerror=alert(1)>'",
        "story_text_markup",
        "<img src=x onerror=alert(1)>",
    ),
    "a link": ("'[hier](https://example.org)'", "story_text_markup", "[hier](https://example.org)"),
    "unseen": ('"a\\u202Eb\\u0007"', "story_text_unseen", "ab"),
    "a list": ("[a, b]", "story_text_bad", ""),
    "too long": (f"'{'x' * 500}'", "story_text_long", "x" * 159 + "…"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_named_and_harmless(name: str):
    given, code, kept = TEXTS[name]
    reading = read(f"story_id: a\ntitle: T\nsteps:\n  - address: map\n    headline: {given}\n")
    assert [(f.code, f.row, f.column) for f in reading.findings if f.column] == [
        (code, 5, "headline")
    ]
    assert reading.story.steps[0].headline == {"de": kept, "en": kept}


FILES = {
    "nothing": (b"", "story_not_yaml"),
    "not text": (b"\xff\xfe\x00", "story_not_yaml"),
    "broken": (b"steps: [", "story_not_yaml"),
    "a list": (b"- map", "story_not_yaml"),
    "an object": (b"!!python/object/apply:os.system [ls]", "story_not_yaml"),
    "nested without end": (b"[" * MOST_BYTES, "story_not_yaml"),
    "itself": (b"a: &x [*x]", "story_alias"),
    "huge": (b"#" * (MOST_BYTES + 1), "story_too_large"),
    "no steps": (b"story_id: a\nsteps: []", "story_no_steps"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_story_is_said(name: str):
    content, code = FILES[name]
    reading = read(content)
    assert (reading.story, codes(reading)) == (None, [code])


@pytest.mark.parametrize("version", ["9", "0", "-1", "neu", "99999999999"])
def test_a_version_that_is_gone_is_said_and_the_newest_is_shown(version: str):
    reading = read(f"story_id: a\ntitle: T\ndata_version: {version}\nsteps: [{{address: map}}]")
    assert codes(reading) == ["story_version_unknown"]
    assert (reading.story.data_version, len(reading.story.steps)) == (None, 1)


def test_steps_beyond_the_limit_are_counted_out():
    reading = read("story_id: a\ntitle: T\nsteps:\n" + "  - {address: map}\n" * 61)
    assert codes(reading) == ["story_too_many_steps"]
    assert len(reading.story.steps) == 60


@pytest.mark.parametrize(
    "given",
    [
        "example.org/story",
        "ftp://example.org/story",
        "javascript:alert(1)",
        "https://name:word@example.org/",
        "https:///story",
        "https://example.org/a b",
        f"https://example.org/{'a' * 200}",
    ],
)
def test_an_address_that_is_none_of_a_published_story_is_said_and_codes_stay_live(given: str):
    reading = read(f"story_id: a\npublished_at: {given!r}\nsteps:\n - {{address: map}}\n")
    assert codes(reading) == ["story_published_bad"]
    assert reading.story.published_at == ""


def test_a_step_inside_the_published_address_is_left_out_of_it():
    reading = read("published_at: https://example.org/s/#de-3\nsteps:\n - {address: map}\n")
    assert reading.story.published_at == "https://example.org/s/"
