"""How the file is read, where only a person can say it: proposed, changeable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders.intake import Examination
from loaders.numbers import ENGLISH, GERMAN, NumberStyle
from loaders.readers.choices import Choices
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import upload_check
from views.widgets.upload_file import Decided, decided_about

STYLES: Final[Mapping[str, NumberStyle | None]] = {
    "auto": None,
    "german": GERMAN,
    "english": ENGLISH,
}
MOST: Final = 30
# Findings that only a decision can resolve: the form opens by itself.
ASKING: Final = frozenset({
    "period_missing", "column_undated", "place_missing", "table_without_keys",
    "number_style_open", "number_style_mixed", "number_ambiguous", "sheet_unknown",
    "indicator_unnamed", "label_unmapped", "source_needed", "name_ambiguous", "name_unknown",
    "name_unqualified", "names_need_kind", "columns_missing", "format_unknown",
    "tables_on_sheets",
})  # fmt: skip
# Once something can be published, the other labels of the file may well stay out.
_FREE: Final = frozenset({"label_unmapped"})
_STYLE_CODES: Final = ("number_style_open", "number_style_mixed", "number_ambiguous")
_NAME_CODES: Final = ("name_ambiguous", "name_unknown", "name_unqualified", "names_need_kind")
_OWN: Final = "canonical"


@dataclass(frozen=True)
class Asked:
    """Which decisions a file allows.

    Attributes:
        texts: single values (``period``, ``place``, ``sheet`` ...), in the order shown.
        styles: columns whose number style may be set.
        labels: labels of the file that may be one of our indicators.
        names: names of places that may be given a key.
        source: whether rows need a source.
        is_needed: whether something cannot go on without such a decision.
    """

    texts: tuple[str, ...]
    styles: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...]
    source: bool
    is_needed: bool

    @property
    def is_empty(self) -> bool:
        """Nothing to decide."""
        return not (self.texts or self.styles or self.labels or self.names or self.source)


def asked_by(examination: Examination) -> Asked:
    """Which decisions make sense for an examined file."""
    reading, proposed = examination.reading, examination.reading.proposed
    codes = {finding.code for finding in examination.findings}
    is_own = reading.format.startswith(_OWN)
    is_book = bool(reading.format) and not reading.encoding and not is_own
    wanted = {
        "sheet": is_book or bool({"sheet_unknown", "tables_on_sheets"} & codes),
        "header_rows": bool(proposed.header_rows),
        "key_column": bool(proposed.key_column),
        "place": bool({"place_missing", "table_without_keys"} & codes),
        "period": bool({"period_missing", "column_undated"} & codes),
        "indicator": "indicator_unnamed" in codes,
    }
    texts = [name for name, is_wanted in wanted.items() if is_wanted or getattr(proposed, name)]
    labels = [] if is_own else _labels_of(examination)
    return Asked(
        tuple(texts),
        tuple(_style_columns(examination)),
        tuple(labels[:MOST]),
        tuple(dict.fromkeys(_values(examination, _NAME_CODES)))[:MOST],
        source=bool(reading.format) and not is_own and bool(len(reading.observations)),
        is_needed=bool(codes & ASKING - (_FREE if len(examination.accepted) else set())),
    )


def _labels_of(examination: Examination) -> list[str]:
    """Labels of the file: those a person has chosen an indicator for, then the others."""
    chosen = examination.choices.indicators
    read = [str(one) for one in examination.reading.observations["indicator"].unique()]
    return [*chosen, *(one for one in read if one not in chosen.values() and one not in chosen)]


def _style_columns(examination: Examination) -> list[str]:
    named = [f.column for f in examination.findings if f.code in _STYLE_CODES and f.column]
    return list(dict.fromkeys([*named, *examination.reading.number_styles]))[:MOST]


def _values(examination: Examination, codes: tuple[str, ...]) -> list[str]:
    return [one.value for one in examination.findings if one.code in codes and one.value]


def show(visit: Visit, file: UploadedFile, examination: Examination, asked: Asked) -> None:
    """The form of decisions; nothing changes before it is sent."""
    if asked.is_empty:
        return
    words, decided = visit.words, decided_about(file)
    if asked.is_needed:
        st.header(words("upload.choices_needed"), anchor="choices")
    with (
        st.expander(words("upload.choices"), icon=":material/tune:", expanded=asked.is_needed),
        st.form("choices", border=False),
    ):
        st.markdown(words("upload.choices_about"))
        token = examination.sha256[:8]
        answers = _texts(visit, examination, asked, token)
        labels = _labels(visit, examination, asked, token)
        source = _source(visit, examination, asked, token)
        names = _names(visit, examination, asked, token)
        styles = _styles(visit, examination, asked, token)
        if st.form_submit_button(words("upload.choices_apply"), type="primary"):
            _apply(decided, examination, answers, styles, labels, names)
            decided.source = source
            st.rerun()


def _texts(visit: Visit, examination: Examination, asked: Asked, token: str) -> dict[str, str]:
    answers = {}
    proposed = examination.reading.proposed
    for name in asked.texts:
        stands = getattr(proposed, name)
        text = ", ".join(map(str, stands)) if isinstance(stands, tuple) else stands
        answers[name] = st.text_input(
            visit.words(f"upload.choice.{name}"),
            value=text,
            placeholder=visit.words(f"upload.choice_hint.{name}"),
            key=f"choice_{name}_{token}",
        )
    return answers


def _styles(visit: Visit, examination: Examination, asked: Asked, token: str) -> dict[str, str]:
    answers = {}
    for position, column in enumerate(asked.styles):
        chosen = examination.choices.number_styles.get(column)
        stands = next((name for name, style in STYLES.items() if style == chosen), "auto")
        answers[column] = st.segmented_control(
            visit.words("upload.style_choice", column=plain(column)),
            list(STYLES),
            default=stands,
            format_func=lambda one: visit.words(f"upload.style.{one}"),
            required=True,
            key=f"choice_style_{position}_{token}",
        )
    return answers


def _labels(visit: Visit, examination: Examination, asked: Asked, token: str) -> dict[str, str]:
    known = sorted(session.table("indicators")["indicator_id"],
                   key=lambda one: visit.names("indicator", one).casefold())  # fmt: skip
    offered, answers = ["", *known], {}
    for position, label in enumerate(asked.labels):
        stands = examination.indicators.get(label, "")
        answers[label] = st.selectbox(
            visit.words("upload.label_choice", label=plain(label)),
            offered,
            index=offered.index(stands) if stands in offered else 0,
            format_func=lambda one: (
                _indicator_words(visit, one) if one else visit.words("upload.label_none")
            ),
            key=f"choice_label_{position}_{token}",
        )
    return answers


def _indicator_words(visit: Visit, indicator: str) -> str:
    """Name and meaning, so that the words of the office find it too."""
    name, meaning = (one("indicator", indicator) for one in (visit.names, visit.names.explain))
    return f"{name} – {meaning}" if meaning else name


def _names(visit: Visit, examination: Examination, asked: Asked, token: str) -> dict[str, str]:
    return {
        name: st.text_input(
            visit.words("upload.name_choice", name=plain(name)),
            value=examination.choices.places.get(name, ""),
            placeholder=visit.words("upload.choice_hint.place"),
            key=f"choice_name_{position}_{token}",
        )
        for position, name in enumerate(asked.names)
    }


def _source(visit: Visit, examination: Examination, asked: Asked, token: str) -> str:
    if not asked.source:
        return ""
    labels = upload_check.source_labels()
    offered = ["", *sorted(labels, key=lambda one: labels[one].casefold())]
    chosen: str = st.selectbox(
        visit.words("upload.source_choice"),
        offered,
        index=offered.index(examination.source) if examination.source in offered else 0,
        format_func=lambda one: labels.get(one, visit.words("upload.source_none")),
        key=f"choice_source_{token}",
    )
    st.caption(visit.words("upload.source_new"))
    return chosen


def _apply(
    decided: Decided,
    examination: Examination,
    answers: Mapping[str, str],
    styles: Mapping[str, str],
    labels: Mapping[str, str],
    names: Mapping[str, str],
) -> None:
    """Keeps what differs from the proposal; what stays as proposed may be found anew."""
    proposed = examination.reading.proposed
    texts = {
        name: text.strip()
        for name, text in answers.items()
        if name != "header_rows" and (text.strip() != getattr(proposed, name)
                                      or getattr(decided.choices, name))
    }  # fmt: skip
    chosen = {column: STYLES[name] for column, name in styles.items()}
    fields: dict[str, object] = {
        **texts,
        "number_styles": {column: style for column, style in chosen.items() if style},
        "indicators": {label: one for label, one in labels.items() if one},
        "places": {name: key.strip() for name, key in names.items() if key.strip()},
    }
    if "header_rows" in answers:
        rows = row_numbers(answers["header_rows"])
        if rows != proposed.header_rows or decided.choices.header_rows:
            fields["header_rows"] = rows
    decided.choices = replace(decided.choices or Choices(), **fields)


def row_numbers(text: str) -> tuple[int, ...]:
    """Row numbers of a text such as ``3-5, 7``; what is no number is left out."""
    rows: set[int] = set()
    for first, last in re.findall(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", text):
        low, high = int(first), int(last or first)
        rows.update(range(low, min(high, low + 50) + 1))
    return tuple(sorted(rows - {0}))
