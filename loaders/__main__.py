"""Command line of the data: check the tables, build the maps, carry official figures."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from loaders.findings import Finding, count_errors
from loaders.folders import DATA
from loaders.tables import read_data_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives 0 when all went well, 1 when a finding is an error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["boundaries"]:
        return _boundaries(given[1:])
    options = _parser().parse_args(given)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description=__doc__)
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="check all tables of the data folder")
    check.set_defaults(command=_check)
    carry = commands.add_parser("carry", help="carry official files into data/observations")
    carry.add_argument("originals", type=Path, help="holds the folders indicators and reference")
    carry.set_defaults(command=_carry)
    commands.add_parser("boundaries", help="build a layer of the map (own options: -h)")
    for command in (check, carry):
        command.add_argument("--data", type=Path, default=DATA, help="the data folder")
        command.add_argument("--lang", choices=("de", "en"), default="de", help="language")
    return parser


def _check(options: argparse.Namespace) -> int:
    folder = read_data_folder(options.data)
    _say(folder.findings, options.lang)
    rows = sum(len(table) for table in folder.tables.values())
    found, errors = len(folder.findings), count_errors(folder.findings)
    print(f"{len(folder.tables)} tables, {rows} rows, {found} findings, {errors} errors")
    return 1 if errors else 0


def _carry(options: argparse.Namespace) -> int:
    # Readers of official files import much; checking tables must not pay for them.
    from loaders.carry import carry

    report = carry(options.originals, options.data / "observations")
    _say(report.findings, options.lang)
    for words, counts in (("written", report.written), ("left out", report.left_out)):
        for name, count in counts.items():
            print(f"{words}: {name}: {count}")
    for name, reason in report.unknown.items():
        print(f"not read: {name}: {reason}")
    return 0


def _boundaries(arguments: list[str]) -> int:
    from loaders.boundaries.__main__ import main as build_layer

    return build_layer(arguments)


def _say(findings: Iterable[Finding], lang: str) -> None:
    for finding in findings:
        print(f"{finding.severity}: {finding.sentence(lang)} {finding.advice(lang)}")


if __name__ == "__main__":
    sys.exit(main())
