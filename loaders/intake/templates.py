"""The template of one indicator: field guide, header, two example rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd

from loaders.intake.long_text import COMMENT
from loaders.languages import language, of_tables

if TYPE_CHECKING:
    from loaders.store import Store

EXAMPLE_ROWS = 2
_BOM = "\ufeff"
_TITLE = {
    "de": "Vorlage für {name} ({indicator}), Einheit {unit}. Zeilen mit # werden nicht gelesen.",
    "en": "Template for {name} ({indicator}), unit {unit}. Lines with # are not read.",
}
_GUIDE = {
    "de": {
        "ags": "amtlicher Schlüssel als Text: 8 Ziffern Gemeinde, 5 Kreis, 2 Land, DG Deutschland",
        "indicator": "Kennung des Indikators, in jeder Zeile {indicator}",
        "period": "Zeitpunkt so genau wie bekannt: 2024, 2024-12 oder 2024-12-31",
        "value": "Zahl mit {decimal}; leer, wenn sie fehlt",
        "missing": "nur ohne Wert: not_reported, suppressed, not_applicable, not_yet_available"
        " oder unreliable",
        "flag": "nil bei einer gezählten Null, sonst leer oder ein Vermerk der Quelle",
        "unit": "Einheit, hier {unit}; leer übernimmt die des Katalogs",
        "source": "Kennung der Quelle im Katalog",
    },
    "en": {
        "ags": "official key as text: 8 digits municipality, 5 district, 2 state, DG Germany",
        "indicator": "id of the indicator, {indicator} in every row",
        "period": "time as exact as known: 2024, 2024-12 or 2024-12-31",
        "value": "number with {decimal}; empty when it is missing",
        "missing": "only without a value: not_reported, suppressed, not_applicable,"
        " not_yet_available or unreliable",
        "flag": "nil for a counted zero, otherwise empty or a remark of the source",
        "unit": "unit, here {unit}; empty takes that of the catalogue",
        "source": "id of the source in the catalogue",
    },
}


class UnknownIndicator(LookupError):
    """The catalogue has no indicator of this id; carries the id."""

    def __init__(self, indicator: str) -> None:
        super().__init__(f"the catalogue has no indicator {indicator!r}")
        self.indicator = indicator


def template(store: Store, indicator: str, lang: str = "de") -> bytes:
    """The template of an indicator; put back as it is, it checks without a finding.

    German templates use ``;`` and decimal commas, English ones ``,`` and points. Example
    rows are rows the store holds; where it holds none, two places are named whose value is
    not reported.

    Raises:
        UnknownIndicator: the catalogue does not have the indicator.
    """
    from loaders.store.queries import table

    lang = of_tables(lang)
    indicators = table(store, "indicators").set_index("indicator_id")
    if indicator not in indicators.index:
        raise UnknownIndicator(indicator)
    unit = str(indicators.at[indicator, "unit"])
    words = table(store, f"names_{lang}")
    named = words[(words["vocabulary"] == "indicator") & (words["word_id"] == indicator)]
    name = str(named["word"].iloc[0]) if len(named) else indicator
    columns = store.schema("observations").columns
    facts = {"indicator": indicator, "unit": unit, "name": name, "decimal": language(lang).decimal}
    text = io.StringIO()
    text.write(f"{COMMENT} {_TITLE[lang].format(**facts)}\r\n")
    for column in columns:
        text.write(f"{COMMENT} {column}: {_GUIDE[lang][column].format(**facts)}\r\n")
    writer = csv.writer(text, delimiter=language(lang).delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for row in _examples(store, indicator, unit)[columns].itertuples(index=False):
        writer.writerow([_cell(cell, lang) for cell in row])
    return (_BOM + text.getvalue()).encode()


def _examples(store: Store, indicator: str, unit: str) -> pd.DataFrame:
    """The newest rows of two places of the level with most places, or of one place twice."""
    from loaders.store import queries

    held = queries.holdings(store)
    held = held[(held["indicator"] == indicator) & (held["values"] > 0)].sort_values("places")
    if held.empty:
        return _empty_examples(store, indicator, unit)
    newest = queries.latest(store, [indicator], held["level"].iloc[-1]).head(EXAMPLE_ROWS)
    rows = queries.series(store, [indicator], newest["ags"])
    rows = rows[rows["missing"] == ""]
    if len(newest) < EXAMPLE_ROWS:  # one town alone: its newest two times
        return rows.tail(EXAMPLE_ROWS)
    return rows.drop_duplicates("ags", keep="last")


def _empty_examples(store: Store, indicator: str, unit: str) -> pd.DataFrame:
    from loaders.store.queries import table

    places = table(store, "districts")["ags"].head(EXAMPLE_ROWS)
    source = table(store, "sources")["source_id"].iloc[0]
    return pd.DataFrame({"ags": places}).assign(
        indicator=indicator,
        period="2024",
        value=float("nan"),
        missing="not_reported",
        flag="",
        unit=unit,
        source=source,
    )


def _cell(cell: object, lang: str) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return "" if pd.isna(cell) else written_number(cell, language(lang).decimal)


def written_number(value: float, decimal: str = ".") -> str:
    """A number without exponent that cannot be taken for thousands.

    Exactly three decimals get a zero more where the sign is no point: ``8,380`` might mean
    eight thousand.
    """
    whole, _, decimals = f"{value:.10f}".rstrip("0").partition(".")
    if not decimals:
        return whole
    return whole + decimal + (decimals + "0" if len(decimals) == 3 else decimals)
