"""Links in HTML of ours: only those a page made itself, with harmless labels."""

from __future__ import annotations

import pytest

from views.texts import anchor, as_linked_html, link, plain

OFFICE = link("Amt für [Geo] & Daten", "https://office.example/a?b=1&c=2")


def test_a_link_of_ours_stays_a_link_beside_the_page() -> None:
    assert as_linked_html(f"Anrufen: {OFFICE}, heute") == (
        'Anrufen: <a href="https://office.example/a?b=1&amp;c=2" target="_blank" '
        'rel="noopener noreferrer">Amt für [Geo] &amp; Daten</a>, heute'
    )


@pytest.mark.parametrize(
    "name",
    [
        "[x](https://evil.example)",
        "[x](javascript:alert(1))",
        '<a href="https://evil.example">x</a>',
        "[",
        "x](https://evil.example)",
    ],
)
def test_a_name_from_data_makes_no_link_and_takes_no_part_of_one(name: str) -> None:
    written = as_linked_html(f"{plain(name)}: {OFFICE}")
    assert written.count("<a ") == 1
    assert 'href="https://evil' not in written
    assert ">Amt für [Geo] &amp; Daten</a>" in written


def test_a_label_is_text_without_signs_that_turn_or_hide_it() -> None:
    assert anchor("<b>a\u202eb</b>", "adoption?x=1") == (
        '<a href="adoption?x=1" target="_self">&lt;b&gt;ab&lt;/b&gt;</a>'
    )
