"""The guards themselves: weak assertions, entry modules, words of both languages."""

import ast
import re
from pathlib import Path

from tests.guards.weak_assertions import weak_assertions
from views.texts import LANGUAGES, read_words

ROOT = Path(__file__).resolve().parents[2]


def test_weak_assertions_are_found():
    source = "def test_a():\n    assert x is not None\n    assert len(x) > 0\n    assert x == 3\n"
    assert [line for line, _ in weak_assertions(source)] == [2, 3]


def test_a_test_without_assertion_is_found():
    assert list(weak_assertions("def test_a():\n    run()\n")) == [(1, "test_a asserts nothing")]


def test_entry_modules_import_only_what_an_entry_needs():
    allowed = {
        "dashboard.py": {"streamlit", "views"},
        "server.py": {
            "__future__",
            "asyncio",
            "collections",
            "contextlib",
            "typing",
            "streamlit",
            "starlette",
            "views",
        },
    }
    for name, modules in allowed.items():
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        imported = {
            alias.name.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import)
            for alias in node.names
        } | {
            (node.module or "").split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
        }
        assert imported <= modules, name
        assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) < 100, name


def test_no_page_script_lies_directly_in_pages():
    assert [p.name for p in (ROOT / "pages").glob("*.py") if p.name != "__init__.py"] == []


def test_all_languages_have_the_same_keys():
    german, *others = (read_words(lang).keys() for lang in LANGUAGES)
    assert [german ^ other for other in others] == [set()] * len(others)


def test_all_languages_have_the_same_placeholders():
    def placeholders(words, key):
        return set(re.findall(r"{(\w+)", words._catalogue[key]))

    german, *others = (read_words(lang) for lang in LANGUAGES)
    differing = [
        (other.lang, key)
        for other in others
        for key in sorted(german.keys())
        if placeholders(german, key) != placeholders(other, key)
    ]
    assert differing == []


def test_all_languages_have_the_same_long_texts():
    folder = ROOT / "views" / "texts"
    german, *others = ({p.name for p in (folder / lang).glob("*.md")} for lang in LANGUAGES)
    assert others == [german] * len(others)
