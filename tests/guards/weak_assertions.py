"""Refuses assertions that hardly test anything: ``is not None``, ``len(x) > 0``, ``True``.

Run with ``python -m tests.guards.weak_assertions``; exit code 1 names each place.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def weak_assertions(source: str) -> Iterator[tuple[int, str]]:
    """Line and reason of every assertion that is weak, and of tests without any check."""
    tree = ast.parse(source)
    helpers = _checking_helpers(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and (reason := _weakness(node.test)):
            yield node.lineno, reason
        is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        if is_test and not _checks_something(node, helpers):
            yield node.lineno, f"{node.name} asserts nothing"


def _weakness(test: ast.expr) -> str:
    if isinstance(test, ast.Constant):
        return "asserts a constant"
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return ""
    operator, right = test.ops[0], test.comparators[0]
    if isinstance(operator, ast.IsNot) and _is(right, None):
        return "only 'is not None'"
    is_length = (
        isinstance(test.left, ast.Call)
        and isinstance(test.left.func, ast.Name)
        and test.left.func.id == "len"
    )
    if is_length and isinstance(operator, (ast.Gt, ast.NotEq)) and _is(right, 0):
        return "only 'len(...) > 0'"
    if is_length and isinstance(operator, ast.GtE) and _is(right, 1):
        return "only 'len(...) >= 1'"
    return ""


def _is(node: ast.expr, value: object) -> bool:
    return (isinstance(node, ast.Constant) and node.value is value) or (
        isinstance(node, ast.Constant) and value is not None and node.value == value
    )


def _checks_something(test: ast.FunctionDef, helpers: frozenset[str]) -> bool:
    """An assert, a call named ``assert...``, ``expect...`` or ``raises``, or such a helper."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name in helpers or name.startswith(("assert", "expect", "raises", "_assert")):
                return True
    return False


def _checking_helpers(tree: ast.Module) -> frozenset[str]:
    """Functions of the module that check something themselves."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return frozenset(f.name for f in functions if _checks_something(f, frozenset()))


def main() -> int:
    """Print every weak place; 1 when there is any."""
    found = [
        f"{path.relative_to(TESTS.parent)}:{line}: {reason}"
        for path in sorted(TESTS.rglob("test_*.py"))
        for line, reason in weak_assertions(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) if found else "assertions: all say something")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
