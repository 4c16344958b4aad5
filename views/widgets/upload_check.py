"""Checks one uploaded file: what was recognised, what can be used, what is wrong."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from loaders.findings import count_errors
from loaders.keys import NATION
from loaders.numbers import ENGLISH, GERMAN, NumberStyle
from loaders.readers.canonical import NAME as CANONICAL
from loaders.readers.canonical import Known
from loaders.readers.original import Original
from loaders.readers.reading import Choices, Reading
from loaders.readers.upload import read_upload
from views import session
from views.exports.annotated import annotated_file
from views.session import Visit
from views.texts import plain
from views.widgets import findings

LIMIT_MB: Final = 10
SHOWN_VALUES: Final = 200
PLACE_KINDS: Final = ("municipalities", "districts", "states")
DRAFT: Final = "upload"
STYLES: Final = {"auto": None, "german": GERMAN, "english": ENGLISH}
DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def choose_file(visit: Visit) -> UploadedFile | None:
    """The file to check, or ``None``."""
    words = visit.words
    st.subheader(words("upload.check_title"), anchor="check")
    st.markdown(words("upload.check_about", limit=LIMIT_MB))
    file = st.file_uploader(
        words("upload.check_label"), key="upload_file", max_upload_size=LIMIT_MB
    )
    if file is None:
        session.drop_draft(DRAFT)
    return file


def show(visit: Visit, file: UploadedFile | None) -> None:
    """Everything that can be said about the file, or what to do when there is none."""
    if file is None:
        st.markdown(f":material/upload_file: {visit.words('upload.check_nothing')}")
        return
    style = st.session_state.get("upload_style", "auto")
    with st.spinner(visit.words("upload.check_wait")):
        stamp = (file.file_id, style, visit.version)
        reading = session.draft(DRAFT, stamp, lambda: check(file, STYLES[style]))
    _outcome(visit, reading, file.name)
    _recognised(visit, reading)
    st.header(visit.words("upload.findings"), anchor="findings")
    findings.show(visit, reading.findings, "upload_findings")
    _annotated(visit, reading, file)
    _preview(visit, reading)


def check(file: UploadedFile, style: NumberStyle | None) -> Reading:
    """Reads a file against the catalogue; nothing of it is stored."""
    choices = Choices(number_styles={"value": style} if style else {})
    return read_upload(file.getvalue(), file.name, session.result(known), choices)


def known() -> Known:
    """What a file is checked against: places, indicators with units, sources."""
    places = {NATION} | {
        key
        for kind in ("municipalities", "districts", "states")
        for key in session.table(kind)["ags"]
    }
    indicators = session.table("indicators")
    units = dict(zip(indicators["indicator_id"], indicators["unit"], strict=True))
    return Known(frozenset(places), units, frozenset(session.table("sources")["source_id"]))


def _outcome(visit: Visit, reading: Reading, file_name: str) -> None:
    words, number = visit.words, visit.formats.number
    seen, placed = number(reading.rows_seen), number(reading.rows_placed)
    is_empty = not reading.refusal and not reading.rows_seen
    outcome = "no_rows" if is_empty else reading.outcome
    sentence = words(f"upload.{outcome}", file=plain(file_name), seen=seen, placed=placed)
    st.header(sentence, anchor="outcome")
    with st.container(key="fine_stays_here"):
        st.markdown(f":material/lock: {words('upload.stays_here')}")
    if reading.refusal:
        return
    counts = {
        "metric_seen": reading.rows_seen,
        "metric_placed": reading.rows_placed,
        "metric_refused": reading.rows_seen - reading.rows_placed,
        "metric_errors": count_errors(reading.findings),
    }
    with st.grid(4, min_column_width=140):
        for name, value in counts.items():
            st.metric(words(f"upload.{name}"), number(value), border=True)
    if reading.rows_refused:
        st.markdown(f"**{words('upload.refused_by')}:** {_reasons(visit, reading)}")


def _reasons(visit: Visit, reading: Reading) -> str:
    parts = []
    for reason, count in sorted(reading.rows_refused.items(), key=lambda pair: -pair[1]):
        key = f"upload.reason.{reason.removeprefix('key_')}"
        name = visit.words(key) if visit.words.has(key) else plain(reason)
        parts.append(f"{name} {visit.formats.number(count)}")
    return " · ".join(parts)


def _recognised(visit: Visit, reading: Reading) -> None:
    words = visit.words
    if not reading.format:
        return
    with st.container(border=True, key="card_recognised"):
        st.markdown(f"**{words('upload.recognised')}**")
        facts = [(words("upload.recognised_format"), _format_words(visit, reading))]
        if reading.encoding:
            encoding = words(f"upload.encoding.{reading.encoding}")
            facts.append((words("upload.recognised_encoding"), encoding))
        if reading.delimiter:
            delimiter = words(f"upload.delimiter.{DELIMITERS[reading.delimiter]}")
            facts.append((words("upload.recognised_delimiter"), delimiter))
        for column, style in reading.number_styles.items():
            heading = words("upload.recognised_numbers", column=plain(column))
            facts.append((heading, plain(style)))
        st.markdown("\n".join(f"- {name}: **{value}**" for name, value in facts))
        if reading.format == CANONICAL:
            _style_choice(visit)


def _format_words(visit: Visit, reading: Reading) -> str:
    if reading.format == CANONICAL:
        return visit.words("upload.format.canonical_long")
    name = " ".join(part for part in (reading.format, reading.table) if part)
    return visit.words("upload.format.other", name=plain(name))


def _style_choice(visit: Visit) -> None:
    def name(style: str) -> str:
        key = "upload.style_auto" if style == "auto" else f"upload.style.{style}"
        return visit.words(key)

    st.segmented_control(
        visit.words("upload.style_choice"),
        list(STYLES),
        default="auto",
        format_func=name,
        required=True,
        key="upload_style",
    )


def _annotated(visit: Visit, reading: Reading, file: UploadedFile) -> None:
    words = visit.words
    if not reading.findings or not reading.format:
        return
    original = Original(file.name, file.getvalue())
    if original.is_workbook or original.is_archive:
        st.markdown(words("upload.annotated_not"))
        return

    def build() -> bytes:
        return annotated_file(
            original.text, reading.findings, visit.lang, delimiter=reading.delimiter
        )

    st.download_button(
        words("upload.annotated"),
        data=build,
        file_name=f"{file.name.rsplit('.', 1)[0]}-{words('findings.file_mark')}.csv",
        mime="text/csv",
        key="annotated_load",
        icon=":material/download:",
        on_click="ignore",
    )
    with st.container(key="fine_annotated"):
        st.markdown(words("upload.annotated_about"))


def _preview(visit: Visit, reading: Reading) -> None:
    words = visit.words
    if reading.observations.empty:
        return
    st.header(words("upload.preview"), anchor="preview")
    with st.container(key="fine_preview"):
        shown = min(SHOWN_VALUES, len(reading.observations))
        number = visit.formats.number
        st.markdown(
            words("upload.preview_some", shown=number(shown), all=number(len(reading.observations)))
        )
    table = preview_table(visit, reading.observations.head(SHOWN_VALUES))
    value = words("upload.column.value")
    st.dataframe(
        table.style.format(lambda one: written(visit, one), subset=[value]),
        hide_index=True,
        key="preview_table",
        alt=words("upload.preview"),
    )


def preview_table(visit: Visit, placed: pd.DataFrame) -> pd.DataFrame:
    """Placed values with the names of place, indicator and unit, and the row they came from."""
    names, place_names = visit.names, session.result(_place_names)
    table = pd.DataFrame(
        {
            "row": list(placed["row"]),
            "place": [place_names.get(key, "") for key in placed["ags"]],
            "ags": list(placed["ags"]),
            "indicator": [names("indicator", one) for one in placed["indicator"]],
            "period": list(placed["period"]),
            "value": list(placed["value"]),
            "unit": [names("unit", one) for one in placed["unit"]],
            "missing": [names("missing", one) if one else "" for one in placed["missing"]],
        }
    )
    return table.rename(columns={name: visit.words(f"upload.column.{name}") for name in table})


def written(visit: Visit, value: float) -> str:
    """A value with the decimals it has, at most six; a dash for a missing one."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return visit.formats.number(value, decimals)


def _place_names() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for kind in PLACE_KINDS:
        table = session.table(kind)
        pairs |= dict(zip(table["ags"], table["name"], strict=True))
    return pairs
