"""Command line of the data: check, read and publish files, look at versions, take them back.

Exit code 0: clean; 1: findings of severity error; 2: nothing could be placed or done;
141: whoever read the output (``| head``) had enough before the end.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from loaders.folders import data_folder
from loaders.languages import LANGUAGES

# 128 and the number of the signal for a closed pipe.
OUTPUT_CLOSED = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["boundaries"]:
        return _boundaries(given[1:])
    options = _parser().parse_args(given)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_files(commands)
    _add_history(commands)
    _add_second_scoring(commands)
    carry = _add(commands, "carry", _carry, "carry official files into data/observations")
    carry.add_argument("originals", type=Path, help="holds the folders indicators and reference")
    commands.add_parser("boundaries", help="build a layer of the map (own options: -h)")
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_Command = Callable[[argparse.Namespace], int]


def _add(commands: _Commands, name: str, command: _Command, about: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about)
    parser.set_defaults(command=command)
    parser.add_argument("--data", type=Path, default=data_folder(), help="the data folder")
    parser.add_argument("--lang", choices=LANGUAGES, default="de", help="language")
    return parser


def _add_files(commands: _Commands) -> None:
    # Reading and storing import much; each command loads what it needs.
    check = _add(commands, "check", _lazy("files", "check"), "check files, or data/ without one")
    check.add_argument("file", type=Path, nargs="*", metavar="FILE")
    check.add_argument("--json", action="store_true", help="everything about the file as JSON")
    read = _add(commands, "read", _lazy("files", "read"), "write a file as canonical long table")
    publish = _add(commands, "publish", _lazy("files", "publish"), "publish a file")
    annotate = _add(
        commands, "annotate", _lazy("files", "annotate"), "write a file with its findings"
    )
    for parser in (read, publish, annotate):
        parser.add_argument("file", type=Path, metavar="FILE")
    for parser in (read, annotate):
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    for parser in (check, read, publish, annotate):
        parser.add_argument("--choices", type=Path, metavar="FILE.json", help="see check --json")
        parser.add_argument("--source", default="", help="source id of rows that name none")
        parser.add_argument("--tick", action="append", metavar="REPAIR", help="apply such repairs")
    publish.add_argument("--by", required=True, metavar="NAME", help="who publishes")
    publish.add_argument("--note", required=True, metavar="TEXT", help="why")
    publish.add_argument("--partly", action="store_true", help="also when some rows have errors")
    publish.add_argument("--mode", choices=("add", "replace"), default="add")
    publish.add_argument("--scope", action="append", metavar="COLUMN=VALUE", help="of replace")
    publish.add_argument("--upload-id", default="", help="same id, same publication")
    template = _add(
        commands,
        "template",
        _lazy("files", "template"),
        "template of an indicator or kind of table",
    )
    template.add_argument("indicator", metavar="INDICATOR|KIND")
    template.add_argument("--out", type=Path, metavar="FILE")


def _add_history(commands: _Commands) -> None:
    versions = _add(commands, "versions", _lazy("history", "versions"), "what was published")
    versions.add_argument("--json", action="store_true")
    for name, about in (("undo", "take a version back"), ("redo", "bring a version back")):
        parser = _add(commands, name, _lazy("history", name), about)
        parser.add_argument("number", type=int, metavar="N")
        parser.add_argument("--by", default="", metavar="NAME")
        parser.add_argument("--note", default="", metavar="TEXT")
    _add(commands, "verify", _lazy("history", "verify"), "compare stored files with their hashes")
    _add(commands, "compact", _lazy("history", "compact"), "one file for many uploads")


def _add_second_scoring(commands: _Commands) -> None:
    sheet = _add(
        commands, "second-sheet", _lazy("second", "sheet"), "write the blinded sheet for scoring"
    )
    sheet.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    sheet.add_argument("--solutions", type=int, default=40, help="how many are drawn")
    sheet.add_argument("--seed", type=int, default=20_261_125, help="start of the draw")
    take = _add(
        commands, "second-take", _lazy("second", "take"), "take a scored sheet into the data"
    )
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--on", required=True, metavar="DATE", help="day of the scoring, ISO")


def _lazy(module: str, name: str) -> _Command:
    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        command: _Command = getattr(import_module(f"loaders.commands.{module}"), name)
        return command(options)

    return run


def _carry(options: argparse.Namespace) -> int:
    from loaders.carry import carry
    from loaders.commands.report import say

    report = carry(options.originals, options.data / "observations")
    say(report.findings, options.lang)
    for words, counts in (("written", report.written), ("left out", report.left_out)):
        for name, count in counts.items():
            print(f"{words}: {name}: {count}")
    for name, reason in report.unknown.items():
        print(f"not read: {name}: {reason}")
    return 0


def _boundaries(arguments: list[str]) -> int:
    from loaders.boundaries.__main__ import main as build_layer

    return build_layer(arguments)


def _until_read(command: Callable[[], int]) -> int:
    """Ends quietly, as other commands of a shell do, once nobody reads the output any more."""
    try:
        code = command()
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        if not _is_output_closed():
            raise
        # The interpreter flushes once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_CLOSED


def _is_output_closed() -> bool:
    """Whether it is the output that nobody reads, and not a pipe of our own."""
    try:
        print(flush=True)
    except BrokenPipeError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(_until_read(main))
