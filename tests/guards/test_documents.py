"""What the documents name is there: folders, modules, tests, and a size that is still bearable."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TREE = ("analysis", "loaders", "views", "pages", "tests", "docs", "static")
NAMED = re.compile(rf"`((?:{'|'.join(TREE)})/[\w./*-]*)(?:::(\w+))?`")
MOST_LINES, MOST_OF_FUNCTION = 400, 40


def named(document: Path) -> Iterator[tuple[str, str]]:
    """Paths of the tree that a document names, each with the test named behind it, or ""."""
    yield from NAMED.findall(document.read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_a_document_names_is_there(document: Path) -> None:
    assert [path for path, _ in named(document) if not any(ROOT.glob(path.rstrip("/")))] == []


def test_every_test_the_journeys_name_is_there() -> None:
    tests = [(path, test) for path, test in named(ROOT / "docs" / "journeys.md") if test]
    assert len(tests) >= 6
    gone = [test for path, test in tests if f"def {test}(" not in (ROOT / path).read_text("utf-8")]
    assert gone == []


def test_the_journeys_count_the_rules_there_are() -> None:
    words = (ROOT / "loaders" / "finding_words").glob("*.toml")
    rules = [rule for path in words for rule in tomllib.loads(path.read_text("utf-8")).values()]
    number = Counter(rule["severity"] for rule in rules)
    said = f"{len(rules)} rules: {number['error']} errors, {number['warning']} warnings"
    assert said in (ROOT / "docs" / "journeys.md").read_text(encoding="utf-8")


def test_modules_and_functions_are_short_or_say_why() -> None:
    long = []
    for folder in ("analysis", "loaders", "views", "pages", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            lines = path.read_text(encoding="utf-8").splitlines()
            long += [path.name] if len(lines) > MOST_LINES else []
            for node in ast.walk(ast.parse("\n".join(lines))):
                if isinstance(node, ast.FunctionDef) and _length(node) > MOST_OF_FUNCTION:
                    inside = lines[node.lineno : node.end_lineno]
                    says_why = any(line.strip().startswith("# Longer ") for line in inside)
                    long += [] if says_why else [f"{path.name}: {node.name}"]
    assert long == []


def _length(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    docstring = node.body[0] if ast.get_docstring(node) else None
    told = docstring.end_lineno - docstring.lineno + 1 if docstring else 0
    return node.end_lineno - node.lineno + 1 - told
