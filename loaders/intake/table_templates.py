"""The template of any kind of table: field guide, header, two rows the store holds.

The guide is made from the schema, so it says what the checks ask for, in both languages.
Observations have a template of their own, per indicator.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd

from loaders.intake.long_text import COMMENT
from loaders.intake.templates import EXAMPLE_ROWS, written_number
from loaders.languages import language, of_tables

if TYPE_CHECKING:
    from loaders.schemas import Field, TableSchema
    from loaders.store import Store

_BOM = "\ufeff"
_TITLE = {
    "de": "Vorlage für {title}. Zeilen mit # werden nicht gelesen.",
    "en": "Template for {title}. Lines with # are not read.",
}
_WORDS = {
    "de": {
        "needed": "Pflicht",
        "free": "darf leer sein",
        "key": "gehört zum Schlüssel der Zeile",
        "one_of": "eines von: {words}",
        "points": "muss in {title} stehen",
        "date": "Datum so genau wie bekannt: 2024, 2024-12 oder 2024-12-31",
        "year": "Jahr mit vier Ziffern",
        "integer": "ganze Zahl",
        "number": "Zahl mit {decimal}",
        "string": "Text",
        "from": "mindestens {limit}",
        "to": "höchstens {limit}",
        "place": "amtlicher Schlüssel: {words}",
        "pattern": "Muster {pattern}",
    },
    "en": {
        "needed": "required",
        "free": "may be empty",
        "key": "part of the key of the row",
        "one_of": "one of: {words}",
        "points": "must stand in {title}",
        "date": "date as exact as known: 2024, 2024-12 or 2024-12-31",
        "year": "year with four digits",
        "integer": "whole number",
        "number": "number with {decimal}",
        "string": "text",
        "from": "at least {limit}",
        "to": "at most {limit}",
        "place": "official key: {words}",
        "pattern": "pattern {pattern}",
    },
}
_ADDRESS = {"de": "Adresse, beginnt mit https://", "en": "address, begins with https://"}
_ID = {
    "de": "Kleinbuchstaben, Ziffern und {sign}, zum Beispiel a{mark}b2",
    "en": "small letters, digits and {sign}, for example a{mark}b2",
}
_HYPHEN = {"de": _ID["de"].format(sign="Bindestriche", mark="-"),
           "en": _ID["en"].format(sign="hyphens", mark="-")}  # fmt: skip
_LOW_LINE = {"de": _ID["de"].format(sign="Unterstriche", mark="_"),
             "en": _ID["en"].format(sign="low lines", mark="_")}  # fmt: skip
# Forms of cells that read better in words than as a regular expression.
_PATTERNS = {
    r"^https?://[^\s]+$": _ADDRESS,
    "^[a-z0-9]+(-[a-z0-9]+)*$": _HYPHEN,
    "^[a-z0-9]+(_[a-z0-9]+)*$": _LOW_LINE,
}
_PLACES = {
    "de": {"municipality": "8 Ziffern Gemeinde", "district": "5 Kreis", "state": "2 Land",
           "nation": "DG Deutschland"},
    "en": {"municipality": "8 digits municipality", "district": "5 district", "state": "2 state",
           "nation": "DG Germany"},
}  # fmt: skip


def table_template(store: Store, kind: str, lang: str = "de") -> bytes:
    """The template of a kind of table; put back as it is, it checks without an error.

    German templates use ``;`` and decimal commas, English ones ``,`` and points. Example
    rows are the first two the store holds; a kind without rows has none.

    Args:
        store: the opened store.
        kind: table kind, any but ``observations``.
        lang: ``de`` or ``en``.

    Raises:
        KeyError: the store has no such kind.
    """
    from loaders.store.queries import table

    lang = of_tables(lang)
    schema = store.schema(kind)
    title = schema.title_de if lang == "de" else schema.title_en
    text = io.StringIO()
    text.write(f"{COMMENT} {_TITLE[lang].format(title=title)}\r\n")
    for field in schema.fields:
        text.write(f"{COMMENT} {field.name}: {what_belongs(store, schema, field, lang)}\r\n")
    writer = csv.writer(text, delimiter=language(lang).delimiter, lineterminator="\r\n")
    writer.writerow(schema.columns)
    rows = table(store, kind).head(EXAMPLE_ROWS)[schema.columns]
    for row in rows.itertuples(index=False):
        writer.writerow([_cell(cell, lang) for cell in row])
    return (_BOM + text.getvalue()).encode()


def what_belongs(
    store: Store, schema: TableSchema, field: Field, lang: str, *, titled: bool = True
) -> str:
    """What a column of a kind holds, as one line of plain words made from its schema.

    German has the title of the column in front unless ``titled`` is false, English its
    description, which the schemas hold in English alone.
    """
    lang = of_tables(lang)
    words = _WORDS[lang]
    parts = [] if lang == "de" else [field.description.rstrip(".")]
    parts += [field.title_de] if lang == "de" and titled else []
    parts.append(words["needed" if schema.is_needed(field.name) else "free"])
    if field.name in schema.primary_key:
        parts.append(words["key"])
    if field.enum:
        parts.append(words["one_of"].format(words=" | ".join(field.enum)))
    elif field.place:
        levels = [_PLACES[lang][one] for one in field.place if one in _PLACES[lang]]
        parts.append(words["place"].format(words=", ".join(levels)))
    else:
        parts.append(words[field.type].format(decimal=language(lang).decimal))
    for name, limit in (("from", field.minimum), ("to", field.maximum)):
        if limit is not None and not field.enum:
            parts.append(words[name].format(limit=f"{limit:g}"))
    if field.pattern and not field.place:
        known = _PATTERNS.get(field.pattern, {}).get(lang)
        parts.append(known or words["pattern"].format(pattern=field.pattern))
    for key in schema.foreign_keys:
        if field.name in key.fields:
            target = store.schema(key.kind)
            named = target.title_de if lang == "de" else target.title_en
            parts.append(words["points"].format(title=named))
    return "; ".join(parts)


def _cell(cell: object, lang: str) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return "" if pd.isna(cell) else written_number(cell, language(lang).decimal)
