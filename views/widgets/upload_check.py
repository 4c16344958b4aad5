"""What can be said about one examined file: outcome, counts, what was recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from loaders.intake import Examination
from loaders.intake.examination import FROM_STATE
from loaders.readers.reading import Reading
from views import session
from views.session import Visit
from views.texts import plain
from views.widgets import upload_tables

OBSERVATIONS: Final = "observations"
SHOWN_VALUES: Final = 200
PLACE_KINDS: Final = ("municipalities", "districts", "states")
DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SHOWN_STYLES: Final = 12
_NO_ROWS: Final = ("", "file_no_rows")
_FAULTY: Final = "row_faulty"


def outcome(visit: Visit, examination: Examination) -> None:
    """The answer in one heading, with the counts behind it."""
    words, number, reading = visit.words, visit.formats.number, examination.reading
    seen, placed = number(reading.rows_seen), number(reading.rows_placed)
    name = outcome_word(examination)
    sentence = words(f"upload.{name}", file=plain(examination.name), seen=seen, placed=placed)
    st.header(sentence, anchor="outcome")
    with st.container(key="fine_stays_here"):
        st.markdown(f":material/lock: {words('upload.stays_here')}")
    if reading.refusal:
        return
    counts = {
        "metric_seen": reading.rows_seen,
        "metric_refused": rows_refused(examination),
        "metric_errors": examination.errors,
        **_usable(examination),
    }
    with st.grid(len(counts), min_column_width=140):
        for metric, value in counts.items():
            st.metric(words(f"upload.{metric}"), number(value), border=True)
    reasons = reasons_of(examination)
    if reasons:
        st.markdown(f"**{words('upload.refused_by')}:** {_reasons(visit, reasons)}")
    if (examination.accepted.get("flag", pd.Series(dtype=object)) == FROM_STATE).any():
        with st.container(key="fine_city_states"):
            st.markdown(words("upload.city_states"))


def _usable(examination: Examination) -> dict[str, int]:
    """Values, or rows of our other tables, that wait and that may go out."""
    usable, waiting = len(examination.accepted), examination.waiting
    if examination.kind == OBSERVATIONS:
        return {"metric_waiting": waiting, "metric_accepted": usable}
    waits = {"metric_waiting_rows": waiting} if waiting else {}
    return waits | {"metric_accepted_rows": usable}


def outcome_word(examination: Examination) -> str:
    """Which sentence says how the file came out, the last part of a key of the words."""
    reading = examination.reading
    if reading.refusal in _NO_ROWS and not reading.rows_seen:
        return "no_rows"
    if reading.refusal:
        return "refused"
    if not examination.accepted.empty:
        return "accepted" if examination.outcome == "accepted" else "partly_usable"
    return "undecided" if len(examination.placed) or examination.waiting else "unusable"


def jumps(visit: Visit, examination: Examination, *, asks: bool) -> None:
    """That the file is read, and links to the sections below, beside the chosen file.

    Args:
        visit: this run.
        examination: of the chosen file.
        asks: whether the file needs something only a person can say.
    """
    sections = {
        "outcome": True,
        "choices": asks,
        "findings": bool(examination.findings),
        "repairs": not examination.repairs.empty,
        "consequence": not examination.accepted.empty,
    }
    links = [
        f"[{visit.words(f'upload.jump_{name}')}](#{name})"
        for name, is_there in sections.items()
        if is_there
    ]
    icon = ":material/task_alt:" if outcome_word(examination) == "accepted" else ":material/info:"
    number = visit.formats.number
    counts = visit.words(
        "upload.read_counts",
        seen=number(examination.reading.rows_seen),
        accepted=number(len(examination.accepted)),
        errors=number(examination.errors),
    )
    st.markdown(f"{icon} **{visit.words('upload.read')}** {counts}  \n{' · '.join(links)}")


def rows_refused(examination: Examination) -> int:
    """Rows of which no value can be published, refused by the reader or by the checks."""
    place = ["sheet", "row"]
    read = len(examination.reading.observations[place].drop_duplicates())
    placed = len(examination.placed[place].drop_duplicates())
    return sum(examination.reading.rows_refused.values()) + read - placed


def reasons_of(examination: Examination) -> dict[str, int]:
    """Rows refused by reason: those of the reader, and the errors of the checks."""
    reasons = dict(examination.reading.rows_refused)
    reasons.pop(_FAULTY, None)  # rows of our own tables: the findings say why
    known = {reason.removeprefix("key_") for reason in reasons}
    rows: dict[str, set[tuple[str, int | None]]] = {}
    for one in examination.findings:
        if one.severity == "error" and one.row and one.code.removeprefix("key_") not in known:
            rows.setdefault(one.code, set()).add((one.sheet, one.row))
    return reasons | {code: len(places) for code, places in rows.items()}


def _reasons(visit: Visit, reasons: Mapping[str, int]) -> str:
    named: Counter[str] = Counter()
    for reason, count in reasons.items():
        key = f"upload.reason.{reason.removeprefix('key_')}"
        named[visit.words(key if visit.words.has(key) else "upload.reason.other")] += count
    return " · ".join(
        f"{name} {visit.formats.number(count)}" for name, count in named.most_common()
    )


def recognised(visit: Visit, examination: Examination) -> None:
    """Format, encoding, delimiter, number style per column, sheet, header, key column."""
    words, reading = visit.words, examination.reading
    if not reading.format:
        return
    facts = [("format", _format_words(visit, examination))]
    if reading.encoding:
        facts.append(("encoding", _word(visit, "encoding", reading.encoding)))
    if reading.delimiter:
        facts.append(("delimiter", words(f"upload.delimiter.{DELIMITERS[reading.delimiter]}")))
    proposed = reading.proposed
    facts += [(name, plain(text)) for name, text in (
        ("sheet", proposed.sheet),
        ("header_rows", ", ".join(map(str, proposed.header_rows))),
        ("key_column", proposed.key_column),
        ("place", place_label(proposed.place)),
        ("period", proposed.period),
        ("edition", visit.formats.date(reading.edition)),
        ("numbers", _styles(visit, reading)),
    ) if text]  # fmt: skip
    if examination.source:
        facts.append(("source", plain(source_label(examination.source))))
    with st.container(border=True, key="card_recognised"):
        st.markdown(f"**{words('upload.recognised')}**")
        lines = [f"- {words(f'upload.recognised_{name}')}: **{text}**" for name, text in facts]
        st.markdown("\n".join(lines))


def _format_words(visit: Visit, examination: Examination) -> str:
    reading = examination.reading
    if examination.kind != OBSERVATIONS:
        title = upload_tables.kind_title(visit, examination.kind)
        return visit.words("upload.format.own_table", title=plain(title))
    known = f"upload.format.{reading.format}"
    if visit.words.has(known):
        return visit.words(known, table=plain(reading.table)).strip()
    name = " ".join(part for part in (reading.format, reading.table) if part)
    return visit.words("upload.format.other", name=plain(name))


def _word(visit: Visit, group: str, name: str) -> str:
    key = f"upload.{group}.{name}"
    return visit.words(key) if visit.words.has(key) else plain(name)


def _styles(visit: Visit, reading: Reading) -> str:
    """One style for all columns in one word, otherwise each column with its own."""
    styles = dict(reading.number_styles)
    if len(set(styles.values())) == 1 and len(styles) > 1:
        style = next(iter(styles.values()))
        return visit.words("upload.all_columns", style=style, n=len(styles))
    shown = [f"{column} {style}" for column, style in list(styles.items())[:SHOWN_STYLES]]
    return " · ".join(shown) + (" …" if len(styles) > SHOWN_STYLES else "")


def values(visit: Visit, examination: Examination) -> None:
    """The first values as they would be published, as a table."""
    words, placed = visit.words, examination.accepted
    if placed.empty:
        return
    with st.expander(words("upload.preview"), icon=":material/table:"):
        with st.container(key="fine_preview"):
            number = visit.formats.number
            shown = min(SHOWN_VALUES, len(placed))
            st.markdown(words("upload.preview_some", shown=number(shown), all=number(len(placed))))
        first = placed.head(SHOWN_VALUES)
        st.dataframe(
            _styled_values(visit, first)
            if examination.kind == OBSERVATIONS
            else upload_tables.row_table(visit, examination.kind, first),
            hide_index=True,
            key="preview_table",
            alt=words("upload.preview"),
        )


def _styled_values(visit: Visit, placed: pd.DataFrame) -> Styler:
    value = visit.words("upload.column.value")
    shown = value_table(visit, placed).style
    return shown.format(lambda one: written(visit, one), subset=[value])


def value_table(visit: Visit, placed: pd.DataFrame) -> pd.DataFrame:
    """Observations with the names of place, indicator and unit."""
    names, place_names = visit.names, session.result(names_of_places)
    table = pd.DataFrame(
        {
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


def names_of_places() -> dict[str, str]:
    """Name of every municipality, district and state by key."""
    pairs: dict[str, str] = {}
    for kind in PLACE_KINDS:
        table = session.table(kind)
        pairs |= dict(zip(table["ags"], table["name"], strict=True))
    return pairs


def place_label(ags: str) -> str:
    """Name and key of a place; the key alone when no register has it."""
    name = session.result(names_of_places).get(ags, "")
    return f"{name} ({ags})" if name else ags


def source_label(source_id: str) -> str:
    """Publisher and title of a source."""
    return source_labels().get(source_id, source_id)


def source_labels() -> dict[str, str]:
    """Publisher and title by source id."""
    sources = session.table("sources")
    return dict(
        zip(sources["source_id"], sources["publisher"] + ": " + sources["title"], strict=True)
    )
