"""Tables of Eurostat: the table CSV with city names, TSV, and SDMX-CSV.

Only German places are taken. Codes of the nomenclature NUTS become official keys; letters
behind a value or in a flag column stay with it (``b`` break in series, ``c`` confidential).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.missing import kind_of_flag
from loaders.numbers import ENGLISH, NumberStyle, decide_style
from loaders.readers.building import CellMeaning, ReadingBuilder
from loaders.readers.nuts import key_of_nuts
from loaders.readers.original import Original, Record, UnreadableFile
from loaders.readers.periods import read_period
from loaders.readers.reading import Choices, Reading

NAME_TABLE = "eurostat_table"
NAME_TSV = "eurostat_tsv"
NAME_SDMX = "eurostat_sdmx_csv"
_TITLE = re.compile(r"\[(\w+)\]\s*$")
_TABLE_HEAD = re.compile(r"(GEO|CITIES|METROREG)/TIME", re.IGNORECASE)
_TSV_HEAD = re.compile(r"([\w,]+)\\(?:TIME(?:_PERIOD)?|time)")
_GEO = frozenset({"geo", "cities", "metroreg"})
_NO_LABEL = frozenset({"freq", "unit", "geo", "cities", "metroreg", "time"})
_MONTH = re.compile(r"((?:19|20)\d{2})-?M(\d{2})")
_UPDATED = re.compile(r"(\d{2})[./](\d{2})[./](\d{2}|\d{4})(?!\d)")
_GERMANY = re.compile(r"Germany\b.*|Deutschland\b.*")
_COUNTRIES = re.compile(
    r"(?:Belgium|Bulgaria|Czech Republic|Czechia|Denmark|Germany|Estonia|Ireland|Greece|Spain|"
    r"France|Croatia|Italy|Cyprus|Latvia|Lithuania|Luxembourg|Hungary|Malta|Netherlands|Austria|"
    r"Poland|Portugal|Romania|Slovenia|Slovakia|Finland|Sweden|United Kingdom|Iceland|"
    r"Liechtenstein|Norway|Switzerland|Montenegro|North Macedonia|Albania|Serbia|Turkey|Türkiye|"
    r"Bosnia and Herzegovina|Kosovo|European Union|Euro area)\b(?! / ).*"
)


def _records(original: Original) -> tuple[Record, ...]:
    try:
        return original.records
    except UnreadableFile:
        return ()


def _period(text: str) -> str:
    plain = text.strip()
    if match := _MONTH.fullmatch(plain):
        return f"{match[1]}-{match[2]}"
    return read_period(plain) or ""


# -- table CSV -----------------------------------------------------------------------------


def recognises_table(original: Original) -> bool:
    """Whether a record begins with ``CITIES/TIME`` or ``GEO/TIME``."""
    return _table_head(_records(original)) is not None


def _table_head(records: tuple[Record, ...]) -> int | None:
    found = (at for at, record in enumerate(records[:40]) if _TABLE_HEAD.fullmatch(record.cell(0)))
    return next(found, None)


def read_table(original: Original, choices: Choices) -> Reading:
    """The table with countries as headings; places are matched by name among the towns."""
    records = original.records
    head_at = _table_head(records) or 0
    before, head = records[:head_at], records[head_at]
    builder = ReadingBuilder(original, NAME_TABLE, choices)
    years = {at: _period(name) for at, name in enumerate(head.cells) if at and _period(name)}
    data = list(_german_rows(records[head_at + 1 :], builder))
    style = {
        at: builder.style(year, decide_style((r.cell(at) for r in data), ENGLISH), ENGLISH)
        for at, year in years.items()
    }
    label = " | ".join(
        r.cell(1).strip() for r in before if re.fullmatch(r"[A-Z_]{3,}", r.cell(0)) and r.cell(1)
    )
    for record in data:
        ags = builder.place_named(record.cell(0), record.row, head.cell(0), kind="town")
        if ags is None:
            continue
        for at, year in years.items():
            meaning = builder.meaning(record.cell(at), style[at], record.row, year)
            builder.add(ags, label or "value", year, meaning, record.row, year)
    title = _TITLE.search(records[0].cell(0))
    return builder.finish(title[1] if title else "", _edition(before))


def _edition(before: tuple[Record, ...]) -> str:
    """Day after ``Last update`` as ISO, empty when there is none."""
    for record in before:
        if record.cell(0).lower().startswith("last update"):
            match = _UPDATED.search(record.cell(1))
            if match:
                year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
                return read_period(f"{match[1]}.{match[2]}.{year}") or ""
    return ""


def _german_rows(records: tuple[Record, ...], builder: ReadingBuilder) -> Iterator[Record]:
    """Rows below the heading of Germany; rows of other countries are only counted."""
    is_germany, others = False, []
    for record in records:
        name = record.cell(0).strip()
        if name.lower().startswith(("special value", "available flags")):
            break
        if not name or not any(cell.strip() for cell in record.cells[1:]):
            continue
        if _COUNTRIES.fullmatch(name):
            is_germany = bool(_GERMANY.fullmatch(name))
            others.append(record.row)
        elif is_germany:
            yield record
        else:
            others.append(record.row)
    if others:
        builder.note("other_countries", others[0], count=str(len(others)))


# -- TSV -----------------------------------------------------------------------------------


def recognises_tsv(original: Original) -> bool:
    r"""Whether the first cell lists dimensions and ends in ``\TIME_PERIOD``."""
    records = _records(original)
    return bool(records) and _TSV_HEAD.fullmatch(records[0].cell(0).strip()) is not None


def read_tsv(original: Original, choices: Choices) -> Reading:
    """The compact table; ``indicator`` is the codes of all dimensions but place and unit."""
    head, *data = original.records
    match = _TSV_HEAD.fullmatch(head.cell(0).strip())
    names = match[1].split(",") if match else []
    builder = ReadingBuilder(original, NAME_TSV, choices)
    periods = {at: _period(name) for at, name in enumerate(head.cells) if at and _period(name)}
    for at, name in enumerate(head.cells[1:], start=1):
        if at not in periods and name.strip():
            builder.note("period_unreadable", head.row, name.strip(), name.strip())
    rows = [(record, dict(zip(names, record.cell(0).split(","), strict=False))) for record in data]
    for record, parts, ags in _placed(rows, builder):
        for at, period in periods.items():
            meaning = builder.meaning(record.cell(at), ENGLISH, record.row, period)
            builder.add(
                ags, _label(parts), period, meaning, record.row, period, parts.get("unit", "")
            )
    return builder.finish()


# -- SDMX-CSV ------------------------------------------------------------------------------


def recognises_sdmx(original: Original) -> bool:
    """Whether the first record names ``TIME_PERIOD`` and ``OBS_VALUE``."""
    records = _records(original)
    return bool(records) and {"TIME_PERIOD", "OBS_VALUE"} <= set(records[0].cells)


def read_sdmx(original: Original, choices: Choices) -> Reading:
    """One row per value; flag and confidentiality stand in columns of their own."""
    head, *data = original.records
    names = [cell.strip() for cell in head.cells]
    at = {name: position for position, name in enumerate(names)}
    builder = ReadingBuilder(original, NAME_SDMX, choices)
    values = (record.cell(at["OBS_VALUE"]) for record in data)
    style = builder.style("OBS_VALUE", decide_style(values, ENGLISH), ENGLISH)
    dimensions = [n for n in names[: at["TIME_PERIOD"]] if re.fullmatch(r"[a-z][a-z_0-9]*", n)]
    rows = [(r, {name: r.cell(at[name]) for name in dimensions}) for r in data]
    for record, parts, ags in _placed(rows, builder):
        period = _period(record.cell(at["TIME_PERIOD"]))
        if not period:
            builder.note("period_unreadable", record.row, "TIME_PERIOD",
                         record.cell(at["TIME_PERIOD"]))  # fmt: skip
            continue
        flag = "".join(
            record.cell(at[name]).strip().lower()
            for name in ("OBS_FLAG", "CONF_STATUS")
            if name in at
        )
        meaning = _observed(record, at["OBS_VALUE"], style, flag, builder)
        builder.add(ags, _label(parts), period, meaning, record.row, "OBS_VALUE",
                    parts.get("unit", ""))  # fmt: skip
    flow = re.search(r"[:,]?(\w+)\(", data[0].cell(0)) if data else None
    return builder.finish(flow[1].lower() if flow else "")


def _observed(record: Record, at: int, style: NumberStyle, flag: str,
              builder: ReadingBuilder) -> CellMeaning:  # fmt: skip
    cell = record.cell(at)
    if cell.strip() in ("", ":"):
        return CellMeaning(None, kind_of_flag(flag), flag)
    meaning = builder.meaning(cell, style, record.row, "OBS_VALUE")
    return CellMeaning(meaning.value, meaning.missing, meaning.flag or flag)


# -- places and labels ---------------------------------------------------------------------


def _label(parts: dict[str, str]) -> str:
    words = [value for name, value in parts.items() if name not in _NO_LABEL and value]
    return " | ".join(words) or parts.get("unit", "") or "value"


def _placed(rows: list[tuple[Record, dict[str, str]]],
            builder: ReadingBuilder) -> Iterator[tuple[Record, dict[str, str], str]]:  # fmt: skip
    """Rows of German places with their key; all others leave a finding."""
    codes = {_geo(parts) for _, parts in rows}
    others = []
    for record, parts in rows:
        code = _geo(parts)
        if not code.startswith("DE"):
            others.append(record.row)
        elif len(code) == 4 and code.endswith("0") and code[:3] in codes:
            builder.refuse_kind("nuts_repeats_state", code, record.row, "geo")
        else:
            key = builder.choices.places.get(code) or key_of_nuts(code)
            ags = builder.place(key, record.row, "geo") if key else None
            if not key:
                builder.refuse_kind("geo_unknown", code, record.row, "geo")
            if ags is not None:
                yield record, parts, ags
    if others:
        builder.note("other_countries", others[0], count=str(len(others)))


def _geo(parts: dict[str, str]) -> str:
    return next((value.strip() for name, value in parts.items() if name in _GEO), "")
