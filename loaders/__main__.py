"""Command line: ``python -m loaders check`` looks through the data folder."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from loaders.findings import Finding, count_errors
from loaders.folders import DATA
from loaders.tables import read_data_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives 0 when all went well, 1 when a finding is an error."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description=__doc__)
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="check all tables of the data folder")
    check.add_argument("--data", type=Path, default=DATA, help="the data folder")
    check.add_argument(
        "--lang", choices=("de", "en"), default="de", help="language of the findings"
    )
    check.set_defaults(command=_check)
    for name, module, function, about in (
        ("boundaries", "loaders.boundaries", "build", "build the layers of the map"),
        ("carry", "loaders.carry", "carry", "carry official files into data/observations"),
    ):
        build = commands.add_parser(name, help=about)
        build.add_argument("originals", type=Path, help="folder of the official originals")
        build.add_argument("--data", type=Path, default=DATA, help="the data folder")
        build.add_argument("--lang", choices=("de", "en"), default="de")
        build.set_defaults(command=_build, module=module, function=function)
    return parser


def _check(options: argparse.Namespace) -> int:
    folder = read_data_folder(options.data)
    rows = sum(len(table) for table in folder.tables.values())
    _say(folder.findings, options.lang)
    errors = count_errors(folder.findings)
    found = len(folder.findings)
    print(f"{len(folder.tables)} tables, {rows} rows, {found} findings, {errors} errors")
    return 1 if errors else 0


def _build(options: argparse.Namespace) -> int:
    # The readers of official files import much; the check must not pay for them.
    function = getattr(importlib.import_module(options.module), options.function)
    findings = function(options.originals, options.data)
    found = [one for one in findings or [] if isinstance(one, Finding)]
    _say(found, options.lang)
    return 1 if count_errors(found) else 0


def _say(findings: Sequence[Finding], lang: str) -> None:
    for finding in findings:
        print(f"{finding.severity}: {finding.sentence(lang)} {finding.advice(lang)}")


if __name__ == "__main__":
    sys.exit(main())
