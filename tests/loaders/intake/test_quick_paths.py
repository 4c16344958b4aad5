"""The quick ways through large files give what a look at every line and cell gives."""

import math
import re

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.intake import byte_scan
from loaders.intake.byte_scan import Source, scan
from loaders.intake.catalogue import Spellings
from loaders.intake.child import read_source
from loaders.intake.limits import DEFAULT
from loaders.intake.number_cells import ColumnStyle, read_number_cells
from loaders.numbers import ENGLISH, GERMAN, NotANumber, NumberStyle, parse_number
from loaders.readers.choices import Choices

LIMIT = 8
ODD = [
    "",
    "-",
    "x",
    "5,",
    ",5",
    "1,2,3",
    "1.2.3",
    "-5",
    "1e5",
    "inf",
    "nan",
    "12345678901234567",
]
plain = st.from_regex(r"[0-9]{1,17}([.,][0-9]{1,4})?", fullmatch=True)


@settings(max_examples=200, deadline=None)
@given(st.lists(plain | st.sampled_from(ODD), max_size=6), st.sampled_from([GERMAN, ENGLISH]))
def test_a_column_is_read_as_its_cells_are(texts: list[str], style: NumberStyle) -> None:
    column = ColumnStyle(style, {}, groups=False)
    read = read_number_cells(pa.array(["before", *texts], pa.string())[1:], column)
    assert len(read.values) == len(texts)
    for text, value in zip(texts, read.values, strict=True):
        expected = _number(text, style)
        assert value == expected or (math.isnan(value) and math.isnan(expected)), text


def _number(text: str, style: NumberStyle) -> float:
    """The number a cell means; groups of thousands are not read in these columns."""
    if re.fullmatch(rf"[0-9]{{1,3}}\{style.group}[0-9]{{3}}", text):
        return math.nan
    try:
        return parse_number(text, style)
    except NotANumber:
        return math.nan


@settings(max_examples=200, deadline=None)
@given(st.text('ab"\n\x00', max_size=60).map(str.encode), st.integers(2, 5))
def test_a_scan_sees_what_a_look_at_each_line_sees(content: bytes, block: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(byte_scan, "_SMALL_BLOCK", block)
        seen = scan(Source("file.csv", content), LIMIT)
    until = content.find(b"\x00")
    if until >= 0:
        assert seen.nul_row == content[:until].count(b"\n") + 1
        return
    lines = content.splitlines(keepends=True)
    lengths = [len(line) for line in lines] or [0]
    longest = max(lengths)
    assert (seen.nul_row, seen.lines) == (0, len(lines))
    assert seen.longest == (longest if longest > LIMIT else 0)
    if longest > LIMIT:
        assert seen.longest_row == lengths.index(longest) + 1
    assert seen.splits_records == any(line.count(b'"') % 2 for line in lines)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
@pytest.mark.parametrize("misfit", ["", "01001000;zu;2021\n"])
def test_words_of_every_encoding_are_read(encoding: str, misfit: str) -> None:
    word = "Prüfgröße" if encoding == "iso-8859-1" else "Prüfgröße € –"
    text = f"ags;indicator;period;value\n01001000;{word};2020;1,5\n01001000;{word};2021;§\n{misfit}"
    content = (text + ("# \x81" if encoding == "iso-8859-1" else "")).encode(encoding)
    source = Source("file.csv", content)
    reading = read_source(source, Choices(), Spellings(), DEFAULT).reading
    assert reading.encoding == encoding
    assert reading.observations["indicator"].tolist() == [word]
    assert reading.observations["value"].tolist() == [1.5]
    found = {(finding.code, finding.row, finding.value) for finding in reading.findings}
    assert ("not_a_number", 3, "§") in found
    assert ("field_count", 4, "") in found or not misfit
