"""A story with every kind of picture, and with what makes files break."""

from __future__ import annotations

import pandas as pd

from tests.views.exports.conftest import HOSTILE
from views.exports.slide import (
    ChartPicture,
    Deck,
    FiguresPicture,
    MapPicture,
    Picture,
    Series,
    Slide,
    TablePicture,
)
from views.maps.description import MapDescription

WORDS = {
    "de": ("Spielgeräte je 1.000 Kinder", "Müllheim im Markgräflerland", "Stand 2023"),
    "en": ("Playgrounds per 1,000 children", "Müllheim im Markgräflerland", "as of 2023"),
}


def bars() -> ChartPicture:
    """Five bars, one of them without a value."""
    names = ("Kaiserslautern", "Müllheim im Markgräflerland", "Jena", "Zwönitz", "Landkreis Hof")
    return ChartPicture("bars", names, (Series("Anteil", (12.5, 7.25, None, 3.0, 0.0)),), "%", 1)


def two_bars() -> ChartPicture:
    """Two bars per place."""
    series = (Series("geplant", (4, 2, 6)), Series("in Betrieb", (1, None, 5)))
    return ChartPicture("bars", ("Mobilität", "Energie", "Verwaltung"), series, "", 0)


def lines() -> ChartPicture:
    """Three lines with a gap, and one without any value."""
    series = (
        Series("Kaiserslautern", (10.0, 11.5, None, 14.0, 15.5)),
        Series("Mittel 30 ähnlicher Orte ohne die Lösung", (9.0, 10.0, 11.0, 12.0, 13.0)),
        Series("Jena", (15.0, 15.1, 15.2, 15.3, 15.4)),
        Series("Zwönitz", (None,) * 5),
    )
    return ChartPicture("lines", ("2019", "2020", "2021", "2022", "2023"), series, "je 1.000", 1)


def ranges() -> ChartPicture:
    """Ranges of points, one unknown."""
    names = (
        "Masterportal",
        "LoRaWAN-Netz für Umweltsensoren in der ganzen Stadt",
        "Digitaler Zwilling",
    )
    ends = (Series("von", (44.0, 12.0, None)), Series("bis", (73.0, 88.0, None)))
    return ChartPicture("ranges", names, ends, "von 100", 0)


def figures() -> FiguresPicture:
    """Three numbers."""
    return FiguresPicture(
        (("73", "Modellprojekte"), ("174", "Lösungen"), ("126", "belegte Übernahmen"))
    )


def table(rows: int = 14) -> TablePicture:
    """More rows than a slide holds."""
    return TablePicture(
        ("Ort", "Was geschah", "Jahr"),
        tuple((f"Ort {n}", f"Erfahrung {n}: Sensoren fielen aus", "2022") for n in range(rows)),
    )


def slide(number: int, picture: Picture, lang: str = "de", **changes: object) -> Slide:
    """One step with ordinary words."""
    what, where, when = WORDS[lang]
    given: dict[str, object] = {
        "number": number,
        "address": f"map?indicator=playgrounds&lang={lang}&v=3",
        "headline": f"{what}: {where} liegt vorn",
        "sentence": f"{where} hat 12,5, {when}.",
        "picture": picture,
        "twin": pd.DataFrame({"Ort": ["Kaiserslautern", "Jena"], "Wert": [12.5, float("nan")]}),
        "sources": ("Statistische Ämter des Bundes und der Länder", "Stadt Jena"),
        "data_date": when,
        "data_version": 3,
        "method_version": "1.0",
        "notes": f"Notiz zu Schritt {number}: kurz sprechen.",
    }
    return Slide(**{**given, **changes})  # type: ignore[arg-type]


def deck(shown: MapDescription, lang: str = "de") -> Deck:
    """Ten steps: every kind, hostile words, a long headline, nothing to show."""
    long = (
        "Eine sehr lange Aussage, die niemand so auf Folien schreiben sollte, doch manche tun es "
        * 2
    )
    nasty = pd.DataFrame({HOSTILE: [HOSTILE, "=1+1"], "Wert": [1.0, 2.0]})
    steps = (
        (figures(), {}),
        (MapPicture(shown), {}),
        (bars(), {}),
        (two_bars(), {"twin": pd.DataFrame()}),
        (lines(), {}),
        (ranges(), {}),
        (table(), {"headline": long, "sentence": long * 2}),
        (FiguresPicture(()), {"sources": (), "data_date": "", "notes": ""}),
        (
            ChartPicture("bars", (HOSTILE,), (Series(HOSTILE, (1.0,)),), HOSTILE, 0),
            {"headline": HOSTILE, "sentence": HOSTILE, "notes": HOSTILE, "twin": nasty},
        ),
        (ChartPicture("bars", (), (), "", 0), {"headline": ""}),
    )
    slides = tuple(slide(n, one, lang, **more) for n, (one, more) in enumerate(steps, start=1))
    title = "Das Programm in zehn Schritten" if lang == "de" else "The programme in ten steps"
    return Deck("programme", title, lang, slides)
