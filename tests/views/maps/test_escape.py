"""Three hundred hostile names: nothing of them may reach a page as markup or script."""

import html
import itertools
import re
from urllib.parse import unquote

import pytest

from views.maps.escape import LONGEST, coded, escaped, plain

CORES = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "${alert(1)}",
    "`;alert(1);//",
    "'-alert(1)-'",
    '"onmouseover="alert(1)',
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "{{7*7}}",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<a href='//evil.example'>x</a>",
    "</textarea><iframe src=//evil.example>",
    "]]><!--",
]
WRAPS = ["{}", "Jena {}", "{} Jena", "\x00{}\x1b", "\u202e{}", "\ufeff{}\u200b", "\n{}\r\n"]
REPEATS = [1, 2, 40]
HOSTILE = [
    wrap.format(core * repeat) if "{}" in wrap else core
    for core, wrap, repeat in itertools.product(CORES, WRAPS, REPEATS)
]


def test_there_are_at_least_three_hundred():
    assert len(set(HOSTILE)) >= 300


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_not_run(text):
    safe = escaped(text)
    assert not re.search(r"[<>\"'`$\\{}]", safe)
    # Every ampersand begins an entity, and reading them gives back the letters themselves.
    assert not re.search(r"&(?!(amp|lt|gt|quot|#\w+);)", safe)
    assert html.unescape(safe) == plain(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_coded_text_is_letters_digits_and_percent(text):
    assert re.fullmatch(r"[\w.~%-]*", coded(text), re.ASCII)
    assert unquote(coded(text)) == plain(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_is_one_short_line_of_seen_letters(text):
    line = plain(text)
    assert line.isprintable()
    assert len(line) <= LONGEST
    assert line == " ".join(line.split())


def test_names_of_places_stay_as_they_are():
    for name in ["Cottbus/Chóśebuz", "Mühlhausen", "St. Wendel", "Frankfurt (Oder)", "Süd-West"]:
        assert plain(name) == name
        assert html.unescape(escaped(name)) == name
    assert plain("Linz\u00a0am\tRhein") == "Linz am Rhein"
    assert plain("abcdef", longest=4) == "abc…"
