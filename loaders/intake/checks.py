"""All checks of one file against the catalogue and the values the store holds, in one pass.

Works on the long table of any reader. A row that breaks a rule is named and not published;
every other row is. Nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.findings import Finding
from loaders.intake.catalogue import Catalogue
from loaders.intake.faults import Faults
from loaders.intake.word_columns import Column
from loaders.keys import level_of
from loaders.readers.place_keys import reform_of
from loaders.readers.place_names import is_future_key, reform_words
from loaders.readers.reading import Reading

Mask = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]
GREATEST = 1e15
_DENSE = 8
OWN_FORMATS = "canonical"
FREE_FORMAT = "free_table"
_PUBLISHED = ("ags", "indicator", "period", "value", "missing", "flag", "unit", "source")


@dataclass(frozen=True)
class Checked:
    """What the checks say of a reading.

    Attributes:
        findings: errors, warnings and notes of the checks.
        publishable: the observations as they would be published (our indicator ids, our
            units, a source), in the order of the reading.
        placed: rows without an error.
        usable: which of these may be published: they have our indicator and a source.
    """

    findings: tuple[Finding, ...]
    publishable: pd.DataFrame
    placed: Mask
    usable: Mask


@dataclass
class _Pass:
    """One pass over one reading."""

    reading: Reading
    catalogue: Catalogue
    indicators: Mapping[str, str]
    source: str
    faults: Faults
    wrong: Mask
    held: Mask
    ags: Column
    indicator: Column
    label: Column
    period: Column
    unit: Column
    source_of: Column
    value: npt.NDArray[np.float64]
    row: npt.NDArray[np.int64]
    sheet: Column
    column: Column
    is_own: bool
    notes: list[Finding] = field(default_factory=list)


def check(
    reading: Reading,
    file: str,
    catalogue: Catalogue,
    indicators: Mapping[str, str],
    source: str = "",
) -> Checked:
    """Checks a reading against the catalogue.

    Args:
        reading: what a reader made of the file.
        file: its name, for findings.
        catalogue: what the store knows.
        indicators: our indicator by label of the file.
        source: source id of rows that name none.
    """
    one = _begin(reading, file, catalogue, indicators, source)
    if len(reading.observations):
        for rule in _RULES:
            rule(one)
    publishable = _publishable(one)
    findings = [*one.notes, *one.faults.findings()]
    return Checked(tuple(findings), publishable, ~one.wrong, ~(one.wrong | one.held))


def _begin(
    reading: Reading, file: str, catalogue: Catalogue, indicators: Mapping[str, str], source: str
) -> _Pass:
    rows = reading.observations
    return _Pass(
        reading=reading,
        catalogue=catalogue,
        indicators=indicators,
        source=source,
        faults=Faults(file),
        wrong=np.zeros(len(rows), dtype=np.bool_),
        held=np.zeros(len(rows), dtype=np.bool_),
        ags=Column.of(rows["ags"]),
        indicator=Column.of(rows["indicator"]),
        label=Column.of(rows["indicator"]),
        period=Column.of(rows["period"]),
        unit=Column.of(rows["unit"]),
        source_of=Column.of(rows["source"]),
        value=rows["value"].to_numpy(dtype=np.float64),
        row=rows["row"].to_numpy(dtype=np.int64) if len(rows) else np.empty(0, dtype=np.int64),
        sheet=Column.of(rows["sheet"]),
        column=Column.of(rows["column"]),
        is_own=reading.format.startswith(OWN_FORMATS),
    )


def _publishable(one: _Pass) -> pd.DataFrame:
    rows = one.reading.observations
    if rows.empty:
        return pd.DataFrame({name: [] for name in _PUBLISHED})
    return pd.DataFrame(
        {
            "ags": one.ags.series(),
            "indicator": one.indicator.series(),
            "period": one.period.series(),
            "value": one.value,
            "missing": rows["missing"],
            "flag": rows["flag"],
            "unit": one.unit.series(),
            "source": one.source_of.series(),
        }
    )


def _unreadable(one: _Pass) -> None:
    """Cells a reader named as no number: nobody said that they are not reported."""
    named = {
        (found.sheet, found.row, found.column)
        for found in one.reading.findings
        if found.code == "not_a_number"
    }
    if not named:
        return
    at = np.flatnonzero(np.isnan(one.value) & np.isin(one.row, [row for _, row, _ in named if row]))
    cells = zip(one.sheet.texts(at), one.row[at].tolist(), one.column.texts(at), strict=True)
    one.wrong[at] |= np.array([cell in named for cell in cells], dtype=np.bool_)


def _open_style(one: _Pass) -> None:
    """Columns of which nobody knows what a point or comma in them means.

    In our own table the reader itself keeps back the cells that can be read in two ways.
    """
    if one.reading.format.startswith(OWN_FORMATS):
        return
    for found in one.reading.findings:
        if found.code == "number_style_open":
            here = one.column.mask([word == found.column for word in one.column.words])
            one.wrong |= here & one.sheet.mask([word == found.sheet for word in one.sheet.words])


def _undated(one: _Pass) -> None:
    """Values of a column that names no period; their reader has said so."""
    one.wrong |= one.period.mask([not word for word in one.period.words])


def _places(one: _Pass) -> None:
    """Keys that no register has: an error in free tables and our own, a note in official files.

    Official files of earlier years name municipalities that have merged since; their rows
    stay under the old key.
    """
    unknown = one.ags.mask([_is_unknown(ags, one.catalogue) for ags in one.ags.words])
    if one.is_own or one.reading.format == FREE_FORMAT:
        _wrong(one, "place_unknown", unknown, "ags", one.ags)
        return
    counts = np.bincount(one.ags.codes[unknown], minlength=len(one.ags.words))
    for code in np.flatnonzero(counts):
        at = int(np.flatnonzero(one.ags.codes == code)[0])
        where = (one.faults.file, str(one.sheet.texts(np.array([at]))[0]), int(one.row[at]))
        details = {"count": str(int(counts[code]))}
        ags = one.ags.words[code]
        one.notes.append(Finding("place_not_in_register", *where, value=ags, details=details))


def _is_unknown(ags: str, catalogue: Catalogue) -> bool:
    if ags in catalogue.places or level_of(ags) == "region":
        return False
    return reform_of(ags) is None and not is_future_key(ags)


def _indicators(one: _Pass) -> None:
    one.indicator = one.label.mapped(one.indicators)
    mask = one.indicator.mask([word not in one.catalogue.units for word in one.indicator.words])
    if one.is_own:
        _wrong(one, "indicator_unknown", mask, "indicator", one.label)
        return
    one.held |= mask
    # Readers put the indicator a person chose in place of the label; proposals are all known.
    chosen = set(one.indicators.values())
    counts = np.bincount(one.label.codes[mask], minlength=len(one.label.words))
    for number in np.flatnonzero(counts):
        details = {"count": str(int(counts[number]))}
        label = one.label.words[number]
        code = "choice_indicator_unknown" if label in chosen else "label_unmapped"
        one.notes.append(Finding(code, one.faults.file, value=label, details=details))


def _units(one: _Pass) -> None:
    known = [one.catalogue.units.get(word, "") for word in one.indicator.words]
    wrong = [
        [bool(one.is_own and given and expected and given != expected) for given in one.unit.words]
        for expected in known
    ]
    mask = np.array(wrong, dtype=np.bool_)[one.indicator.codes, one.unit.codes]
    at = np.flatnonzero(mask)
    expected = np.array(known, dtype=object)[one.indicator.codes[at]]
    _wrong(one, "unit_differs", mask, "unit", one.unit, details={"expected": expected})
    if not one.is_own:
        _mixed_units(one)
    words = list(dict.fromkeys(known))
    codes = np.array([words.index(word) for word in known], dtype=np.int64)
    one.unit = Column(codes[one.indicator.codes], words)


def _mixed_units(one: _Pass) -> None:
    """Rows of a label whose unit is not the one most of its rows have."""
    pairs = one.label.codes * len(one.unit.words) + one.unit.codes
    shape = (len(one.label.words), len(one.unit.words))
    counts = np.bincount(pairs, minlength=shape[0] * shape[1]).reshape(shape)
    counts[:, [not word for word in one.unit.words]] = 0
    usual = counts.argmax(axis=1)
    differs = (counts[one.label.codes, one.unit.codes] > 0) & (
        one.unit.codes != usual[one.label.codes]
    )
    at = np.flatnonzero(differs)
    expected = np.array(one.unit.words, dtype=object)[usual[one.label.codes[at]]]
    details = {"expected": expected, "indicator": one.label.texts(at)}
    _wrong(one, "unit_mixed", differs, "unit", one.unit, details=details)


def _sources(one: _Pass) -> None:
    if not one.is_own:  # readers of official files keep the name of the sheet there
        known = one.catalogue.sources
        one.source_of = one.source_of.mapped({w: "" for w in one.source_of.words if w not in known})
    if one.source:
        one.source_of = one.source_of.mapped({"": one.source})
    unknown = [bool(word) and word not in one.catalogue.sources for word in one.source_of.words]
    _wrong(one, "source_unknown", one.source_of.mask(unknown), "source", one.source_of)
    empty = one.source_of.mask([not word for word in one.source_of.words])
    if empty.any():
        row = int(one.row[empty][0])
        details = {"count": str(int(empty.sum()))}
        one.notes.append(Finding("source_needed", one.faults.file, row=row, details=details))
        one.held |= empty


def _status(one: _Pass) -> None:
    """Rows of one indicator and time whose sources are valid at different days."""
    days = [one.catalogue.sources.get(word, "") for word in one.source_of.words]
    words = list(dict.fromkeys(days))
    if len([word for word in words if word]) < 2:
        return
    status = np.array([words.index(day) for day in days])[one.source_of.codes]
    levels = list(dict.fromkeys(map(level_of, one.ags.words)))
    level = np.array([levels.index(level_of(word)) for word in one.ags.words])[one.ags.codes]
    cell = (one.indicator.codes * len(one.period.words) + one.period.codes) * len(levels) + level
    counted = pd.crosstab(cell, status)
    usual = counted.idxmax(axis=1).reindex(cell).to_numpy()
    differs = (status != usual) & np.array([bool(word) for word in words])[status]
    at = np.flatnonzero(differs)
    shown = np.array(words, dtype=object)
    details = {"status": shown[status[at]], "expected": shown[usual[at]]}
    _wrong(one, "status_mixed", differs, "source", one.source_of, details=details)


def _periods(one: _Pass) -> None:
    today = one.catalogue.today.isoformat()
    mask = one.period.mask([word > today for word in one.period.words])
    _wrong(one, "period_in_future", mask, "period", one.period, is_error=False)


def _sizes(one: _Pass) -> None:
    units = np.array(one.unit.words, dtype=object)
    for code, unit in enumerate(units):
        least, greatest = one.catalogue.limits.get(unit, (None, None))
        here = one.unit.codes == code
        if least is not None:
            _value_wrong(one, "value_too_small", here & (one.value < least), limit=f"{least:g}")
        if greatest is not None:
            _value_wrong(
                one, "value_too_large", here & (one.value > greatest), limit=f"{greatest:g}"
            )
    huge = np.abs(one.value) >= GREATEST
    _value_wrong(one, "value_too_large", huge, limit=f"{GREATEST:g}")


def _twice(one: _Pass) -> None:
    key = one.ags.codes * len(one.indicator.words) + one.indicator.codes
    key = key * len(one.period.words) + one.period.codes
    keys = len(one.ags.words) * len(one.indicator.words) * len(one.period.words)
    if keys < _DENSE * len(key) and np.bincount(key).max() < 2:  # counting is quicker
        return
    repeated = pd.Series(key).duplicated().to_numpy()
    if not repeated.any():
        return
    order = np.argsort(key, kind="stable")
    firsts = order[np.searchsorted(key[order], key[repeated])]
    earlier = one.row[firsts].astype(str).astype(object)
    _wrong(one, "row_twice", repeated, "ags", one.ags, details={"earlier": earlier})


def _territory(one: _Pass) -> None:
    """Keys that a reform had ended, beside the keys that took over, with values for one time.

    Official tables state one status for all their rows, so both may stand there rightly.
    """
    if not one.is_own and one.reading.format != FREE_FORMAT:
        return
    place = {ags: number for number, ags in enumerate(one.ags.words)}
    ended = {ags: reform for ags in place if (reform := reform_of(ags)) is not None}
    has_value = np.isfinite(one.value) if ended else np.zeros(0, dtype=np.bool_)
    for ags, reform in ended.items():
        heirs = [place[heir] for heir in reform.successors if heir in place]
        is_late = [word >= reform.date for word in one.period.words]
        if not heirs or not any(is_late):
            continue
        own = (one.ags.codes == place[ags]) & one.period.mask(is_late) & has_value
        if not own.any():
            continue
        cell = one.indicator.codes * len(one.period.words) + one.period.codes
        taken = np.unique(cell[np.isin(one.ags.codes, heirs) & has_value])
        mask = own & np.isin(cell, taken)
        _wrong(one, "territory_mixed", mask, "ags", one.ags, details=reform_words(reform))


def _wrong(
    one: _Pass,
    code: str,
    mask: Mask,
    heading: str,
    column: Column,
    *,
    is_error: bool = True,
    details: Mapping[str, str | Texts] = MappingProxyType({}),
) -> None:
    at = np.flatnonzero(mask)
    if not len(at):
        return
    shown = heading if one.is_own else ""
    if is_error:
        one.wrong[at] = True
    if not one.is_own:  # many values of one row of the file: named once
        first = ~pd.DataFrame({"s": one.sheet.codes[at], "r": one.row[at]}).duplicated().to_numpy()
        at = at[first]
        details = {
            name: given if isinstance(given, str) else given[first]
            for name, given in details.items()
        }
    sheets = one.sheet.texts(at)
    one.faults.add(code, one.row[at], shown, column.texts(at), sheets=sheets, details=details)


def _value_wrong(one: _Pass, code: str, mask: Mask, limit: str) -> None:
    at = np.flatnonzero(mask & ~one.wrong)
    for heading in {str(word) for word in one.column.texts(at)}:
        here = at[one.column.texts(at) == heading]
        cells = np.array([f"{value:.15g}" for value in one.value[here]], dtype=object)
        sheets = one.sheet.texts(here)
        one.faults.add(code, one.row[here], heading, cells, sheets=sheets, details={"limit": limit})
    one.wrong[at] = True


_RULES = (
    _unreadable,
    _undated,
    _open_style,
    _places,
    _indicators,
    _units,
    _sources,
    _status,
    _periods,
    _sizes,
    _twice,
    _territory,
)
