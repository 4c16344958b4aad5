"""Words for a place inside HTML: text of the data stays text, signs of ours stay signs."""

import pytest

from views.texts import as_html, bare, plain


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        '"><script>alert(1)</script>',
        ":material/home: **fett** <b>",
        "a & b < c",
    ],
)
def test_data_text_is_shown_as_it_is(hostile: str) -> None:
    shown = as_html(plain(hostile))
    assert "<" not in shown
    assert '"' not in shown


def test_sign_is_hidden_from_those_who_listen() -> None:
    shown = as_html(f":material/location_on: {plain('Jena & Gera')}")
    assert shown.startswith('<span class="sign" aria-hidden="true"')
    assert shown.endswith("</span> Jena &amp; Gera")


def test_marks_of_markdown_are_taken_out() -> None:
    assert as_html("**Offen**; :small[stabil") == "Offen; stabil"


@pytest.mark.parametrize(
    "address", ["https://a.example/b", "HTTP://a.example", "see www.a.example"]
)
def test_an_address_in_a_text_is_no_address_for_markdown_and_whole_in_files(address: str) -> None:
    written = plain(address)
    assert "://" not in written.replace("\\", "")
    assert "www." not in written
    assert bare(written) == address
