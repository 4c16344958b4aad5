"""The description beside a table of a city: title, source, and per column meaning and unit.

The descriptions stand between two lines ``---`` at the head of a Markdown file, as
``name: value`` lines with one list ``columns``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LINE = re.compile(r"^(\s*)(-\s+)?(\w+):\s*(.*?)\s*$")


@dataclass(frozen=True)
class Companion:
    """What a description says.

    Attributes:
        title: title of the table.
        source: who counted.
        columns: per column name its ``description``, ``unit``, ``short`` and so on.
    """

    title: str = ""
    source: str = ""
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def meaning(self, column: str) -> str:
        """What a column means, empty when the description does not say."""
        return self.columns.get(column, {}).get("description", "")

    def unit(self, column: str) -> str:
        """Unit of a column, empty when the description does not say."""
        return self.columns.get(column, {}).get("unit", "")


def read_companion(text: str) -> Companion:
    """The description of a Markdown text; an empty one when it has no such head."""
    parts = re.split(r"^---\s*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) < 3 or parts[0].strip():
        return Companion()
    head: dict[str, str] = {}
    columns: list[dict[str, str]] = []
    for line in parts[1].splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        indent, dash, name, value = match.groups()
        if dash:
            columns.append({})
        target = columns[-1] if columns and (dash or indent) else head
        target[name] = _plain(value)
    named = {entry["name"]: entry for entry in columns if "name" in entry}
    return Companion(head.get("title", ""), head.get("source", ""), named)


def _plain(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return (value[1:-1] if is_quoted else value).strip()
