"""Commands about files: check, read, publish, annotate, template."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.commands.report import read_table, record, say, say_with_places, summary
from loaders.findings import Finding, count_errors

if TYPE_CHECKING:
    from loaders.intake import Examination
    from loaders.store import Store

CLEAN, FAULTY, NOTHING = 0, 1, 2


def check(options: argparse.Namespace) -> int:
    """Checks files, or all tables of the data folder when none is named."""
    if not options.file:
        return _check_data(options)
    examinations = [_examined(options, file) for file in options.file]
    if options.json:
        records = [record(one, options.lang) for one in examinations]
        _print_json(records[0] if len(records) == 1 else records)
    else:
        for one in examinations:
            say_with_places(one.findings, options.lang)
            print(summary(one))
    return max(one.exit_code for one in examinations)


def _check_data(options: argparse.Namespace) -> int:
    from loaders.tables import read_data_folder

    folder = read_data_folder(options.data)
    say(folder.findings, options.lang)
    rows = sum(len(table) for table in folder.tables.values())
    found, errors = len(folder.findings), count_errors(folder.findings)
    print(f"{len(folder.tables)} tables, {rows} rows, {found} findings, {errors} errors")
    return FAULTY if errors else CLEAN


def read(options: argparse.Namespace) -> int:
    """Writes the canonical long table of a file."""
    examination = _examined(options, options.file)
    say_with_places(examination.findings, options.lang)
    print(summary(examination))
    content = read_table(examination).to_csv(index=False, lineterminator="\n")
    return _write(options, content.encode(), examination.exit_code)


def annotate(options: argparse.Namespace) -> int:
    """Writes the file again with its findings beside the rows."""
    from loaders.intake.annotate import annotated

    examination = _examined(options, options.file)
    print(summary(examination))
    if not options.file.is_file():
        say(examination.findings, options.lang)
        return NOTHING
    content = annotated(options.file.read_bytes(), examination, options.lang)
    return _write(options, content, examination.exit_code)


def publish(options: argparse.Namespace) -> int:
    """Publishes what a file holds; a file with errors only in part when that was asked for."""
    from loaders import intake
    from loaders.store import NotStored, Refused

    store = _store(options)
    examination = _examined(options, options.file, store)
    say_with_places(examination.findings, options.lang)
    print(summary(examination))
    if examination.exit_code == FAULTY and not options.partly:
        print("not published: mend the errors, or publish the other rows with --partly")
        return FAULTY
    if examination.exit_code == NOTHING:
        return NOTHING
    try:
        seen = intake.preview(examination, store, mode=options.mode, scope=_scope(options))
        number = intake.publish(
            examination,
            store,
            options.by,
            options.note,
            options.upload_id or _upload_id(examination),
            mode=options.mode,
            scope=_scope(options),
        )
    except (Refused, NotStored) as failure:
        say([failure.finding], options.lang)
        return NOTHING
    print(f"{seen.new} new, {seen.changed} changed, {seen.removed} removed")
    print(f"published as version {number}")
    return examination.exit_code


def template(options: argparse.Namespace) -> int:
    """Writes the template of an indicator or of a kind of table."""
    from loaders.intake.catalogue import table_kinds
    from loaders.intake.table_templates import table_template
    from loaders.intake.templates import UnknownIndicator
    from loaders.intake.templates import template as template_of

    store, asked = _store(options), options.indicator
    is_kind = asked in table_kinds(store)
    try:
        make = table_template if is_kind else template_of
        content = make(store, asked, options.lang)
    except UnknownIndicator:
        kinds = ", ".join(table_kinds(store))
        unknown = Finding("template_unknown", "", value=asked, details={"kinds": kinds})
        say([unknown], options.lang)
        return NOTHING
    if options.out:
        return _write(options, content, CLEAN)
    sys.stdout.buffer.write(content)
    return CLEAN


def _write(options: argparse.Namespace, content: bytes, code: int) -> int:
    """The file a person asked for; gives ``code``, or ``NOTHING`` where it cannot be written."""
    try:
        options.out.write_bytes(content)
    except OSError as fault:
        say([_path_finding("path_not_written", options.out, fault)], options.lang)
        return NOTHING
    return code


def _path_finding(code: str, path: Path, fault: OSError) -> Finding:
    told = {"fault": fault.strerror or "", "folder": str(path.parent)}
    return Finding(code, str(path), details=told)


def _examined(options: argparse.Namespace, file: Path, store: Store | None = None) -> Examination:
    from loaders import intake
    from loaders.intake.examination import not_read
    from loaders.intake.reading_process import refused_reading
    from loaders.readers.choices import Choices, MalformedChoices

    choices = None
    try:
        if getattr(options, "choices", None):
            choices = Choices.from_json(options.choices.read_text(encoding="utf-8"))
        content = file.read_bytes()
    except OSError as fault:
        finding = _path_finding(_path_code(fault), Path(fault.filename), fault)
        return not_read(file.name, refused_reading(finding))
    except MalformedChoices as fault:
        finding = Finding("choices_malformed", options.choices.name, details={"fault": str(fault)})
        return not_read(file.name, refused_reading(finding))
    ticked = intake.Ticked(frozenset(getattr(options, "tick", None) or ()))
    opened = store or _store(options)
    source = getattr(options, "source", "")
    return intake.examine(content, file.name, choices, opened, source=source, ticked=ticked)


def _path_code(fault: OSError) -> str:
    if isinstance(fault, FileNotFoundError):
        return "path_missing"
    return "path_is_folder" if isinstance(fault, IsADirectoryError) else "path_not_read"


def _store(options: argparse.Namespace) -> Store:
    from loaders.store import open_store, store_location

    return open_store(store_location(), options.data)


def _scope(options: argparse.Namespace) -> dict[str, list[str]] | None:
    given: dict[str, list[str]] = {}
    for pair in options.scope or ():
        column, _, value = pair.partition("=")
        given.setdefault(column, []).append(value)
    return given or None


def _upload_id(examination: Examination) -> str:
    """The same for the same file and choices, so that a repeated command changes nothing."""
    return f"file:{examination.sha256}:{examination.fingerprint}"


def _print_json(content: object) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else str(value)
