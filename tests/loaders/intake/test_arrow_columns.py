"""Columns of Arrow hold what was put into them; reading our table needs no pandas."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import folders
from loaders.intake.arrow_columns import array_of, category, numbers, texts, truths, words_of
from loaders.intake.limits import DEFAULT

word = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)


@given(st.lists(word))
def test_words_come_back_as_they_were(words: list[str]) -> None:
    assert texts(words).equals(pa.array(words, pa.string()))
    assert words_of(texts(words)).tolist() == words


@given(st.lists(st.floats(width=64) | st.integers(-5, 5)), st.integers(0, 3))
def test_numbers_come_back_as_they_were(given: list[float], first: int) -> None:
    values = np.array(given, dtype=np.float64)
    np.testing.assert_array_equal(array_of(numbers(values)[first:]), values[first:])
    np.testing.assert_array_equal(array_of(truths(values > 0)[first:]), (values > 0)[first:])


def test_a_missing_number_is_nan() -> None:
    np.testing.assert_array_equal(array_of(pa.array([1.5, None])), [1.5, np.nan])


@given(st.lists(st.tuples(st.integers(0, 399), st.integers(0, 2))))
def test_words_that_mean_the_same_become_one(drawn: list[tuple[int, int]]) -> None:
    words = [f"{number}" for number, _ in drawn]
    codes = np.arange(len(words), dtype=np.int32)[::-1]
    column = category(codes, words)
    assert column.to_pylist() == words[::-1]
    assert len(set(column.dictionary.to_pylist())) == len(column.dictionary)


@pytest.mark.parametrize("cell", ["1,5", "x", "1000000000000000,5", ""])
def test_our_table_is_read_without_pandas(cell: str, tmp_path: Path) -> None:
    table = f"ags;indicator;period;value;source\n01001000;any;2020;{cell};one\nmisfit\n"
    (tmp_path / "content").write_text(table, encoding="utf-8")
    request = {"name": "f.csv", "choices": {}, "spellings": {}, "ticked": [[], []]}
    request["limits"] = asdict(DEFAULT)
    (tmp_path / "request.json").write_text(json.dumps(request), encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from loaders.intake.child import main\n"
        "assert main(Path(sys.argv[1])) == 0; print('pandas' in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=folders.ROOT,
        input=b"",
        capture_output=True,
        check=True,
    )
    assert ended.stdout.split() == [b"False"], ended.stderr
