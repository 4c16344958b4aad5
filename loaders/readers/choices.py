"""What only a person can say about a file, as one object that can be kept as JSON.

The page builds it, the command line reads it from a file, and every reading proposes one
that says how the file was understood.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from loaders.numbers import NumberStyle


class MalformedChoices(ValueError):
    """The JSON is not what ``Choices.as_json`` writes; says what is wrong with it."""


@dataclass(frozen=True)
class Choices:
    """Decisions about one file; everything empty means "as proposed".

    Attributes:
        period: ISO period of a file that names none.
        place: key of the place of a file that holds one town without a key.
        number_styles: style per column name where the column cannot decide.
        sheet: name of the sheet of a workbook.
        header_rows: rows of the original that make up the header, counted from 1; the
            data begin below the last of them.
        key_column: header of the column of keys (as proposed), or its letter (``A``);
            several joined by `` + `` where a key is split over columns.
        indicator: what a file measures that names no indicator.
        places: key per name, for names that do not tell one place.
        indicators: our indicator per label of the file.
        description: text that came beside the file and tells meaning and units (``.md``).
    """

    period: str = ""
    place: str = ""
    number_styles: Mapping[str, NumberStyle] = field(default_factory=dict)
    sheet: str = ""
    header_rows: tuple[int, ...] = ()
    key_column: str = ""
    indicator: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    description: str = ""

    def as_record(self) -> dict[str, Any]:
        """A plain dictionary for JSON; ``from_record`` reads it back."""
        record = {**asdict(self), "header_rows": list(self.header_rows)}
        styles = {name: str(style) for name, style in self.number_styles.items()}
        return {**record, "number_styles": styles}

    def as_json(self) -> str:
        """JSON that ``from_json`` reads back, number styles written as ``1.234,5``."""
        return json.dumps(self.as_record(), ensure_ascii=False, indent=1)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Choices:
        """The choices of a dictionary; names that are absent keep their default.

        Raises:
            MalformedChoices: a name is unknown or a value is of the wrong kind.
        """
        unknown = set(record) - set(cls.__dataclass_fields__)
        if unknown:
            raise MalformedChoices(f"unknown: {', '.join(sorted(unknown))}")
        values = {name: _checked(name, value) for name, value in record.items()}
        return cls(**values)

    @classmethod
    def from_json(cls, text: str) -> Choices:
        """The choices written by ``as_json``.

        Raises:
            MalformedChoices: no JSON object, or one with other contents.
        """
        try:
            record = json.loads(text)
        except json.JSONDecodeError as fault:
            raise MalformedChoices(f"no JSON: {fault}") from fault
        if not isinstance(record, dict):
            raise MalformedChoices("no JSON object")
        return cls.from_record(record)


_TEXTS = frozenset({"period", "place", "sheet", "key_column", "indicator", "description"})


def _checked(name: str, value: Any) -> Any:
    if name in _TEXTS:
        if isinstance(value, str):
            return value
    elif name == "header_rows":
        if isinstance(value, (list, tuple)) and all(type(row) is int and row > 0 for row in value):
            return tuple(value)
    elif isinstance(value, Mapping) and _holds_texts(value):
        return _styles(value) if name == "number_styles" else dict(value)
    raise MalformedChoices(f"{name}: {value!r}")


def _holds_texts(value: Mapping[Any, Any]) -> bool:
    return all(isinstance(part, str) for part in (*value, *value.values()))


def _styles(value: Mapping[str, str]) -> dict[str, NumberStyle]:
    try:
        return {column: NumberStyle.from_text(text) for column, text in value.items()}
    except ValueError as fault:
        raise MalformedChoices(f"number_styles: {fault}") from fault
