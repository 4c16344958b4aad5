"""Reads a file in a process of its own, which may take so much time and memory and no more.

Whatever a file does to a parser, it does it there: the process that serves the pages sees
a table, or one finding that says why there is none.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.findings import Finding
from loaders.folders import ROOT
from loaders.intake.catalogue import Spellings
from loaders.intake.limits import DEFAULT, MIB, Limits
from loaders.intake.repairs import NONE_TICKED, Ticked
from loaders.readers.choices import Choices
from loaders.readers.reading import COLUMNS, Reading

if TYPE_CHECKING:
    import pandas as pd

CONTENT, REQUEST = "content", "request.json"
PROGRESS = "progress"
OUT_OF_MEMORY = 3
_NO_MEMORY = ("MemoryError", "std::bad_alloc", "failed to map segment")
_POLL_SECONDS = 0.02
# numpy would start threads for linear algebra that reading never does
_NO_ALGEBRA = {"OPENBLAS_NUM_THREADS": "1"}
_LOG = logging.getLogger(__name__)


class Cancelled(RuntimeError):
    """The person who waited for a file said that it is no longer wanted."""


@dataclass(frozen=True)
class ReadFile:
    """What the reading process gave back.

    Attributes:
        reading: the file as read, or refused with the finding that says why.
        repairs: proposals, columns ``kind, row, column, value, proposal``.
        refused: rows of our own long table that were kept out, as they were read.
        text: another table of ours that a workbook or archive held, as delimited text.
        seconds: how long it took.
        peak: largest resident memory of the process in bytes, 0 where unknown.
    """

    reading: Reading
    repairs: tuple[pd.DataFrame, ...] = ()
    refused: pd.DataFrame | None = None
    text: bytes = b""
    seconds: float = 0.0
    peak: int = 0


def read_limited(
    content: bytes,
    name: str,
    choices: Choices,
    spellings: Callable[[], Spellings],
    limits: Limits = DEFAULT,
    progress: Callable[[str, float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    ticked: Ticked = NONE_TICKED,
) -> ReadFile:
    """Reads one file of any known format within limits.

    Args:
        content: the bytes as they came.
        name: file name, for findings only; never part of a path.
        choices: what a person decided.
        spellings: gives the names of indicators that may stand instead of ids; called once,
            while the process starts.
        limits: sizes, time and memory.
        progress: told the stage ``reading`` and the part done, 0 to 1.
        cancelled: asked several times a second.
        ticked: repairs of numbers to apply.

    Raises:
        Cancelled: ``cancelled`` gave ``True``; the process is gone by then.
    """
    if len(content) > limits.size:
        return _refusal(name, "file_too_large", limit=str(limits.size // MIB))
    with tempfile.TemporaryDirectory(prefix="transferkompass-") as place:
        request = {
            "name": name,
            "choices": choices.as_record(),
            "limits": asdict(limits),
            "ticked": [sorted(ticked.kinds), sorted(ticked.cells)],
        }
        return _run(Path(place), content, request, spellings, limits, progress, cancelled)


def _run(
    folder: Path,
    content: bytes,
    request: Mapping[str, Any],
    spellings: Callable[[], Spellings],
    limits: Limits,
    progress: Callable[[str, float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> ReadFile:
    begun, name = time.monotonic(), str(request["name"])
    with (folder / "errors").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "loaders.intake.child", str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **_NO_ALGEBRA},
            stdin=subprocess.PIPE,
            stdout=errors,
            stderr=errors,
        )
        try:
            # the process starts meanwhile, and begins when its input ends
            (folder / CONTENT).write_bytes(content)
            asked = {**request, "spellings": asdict(spellings())}
            (folder / REQUEST).write_text(json.dumps(asked), encoding="utf-8")
            if process.stdin is not None:
                process.stdin.close()
            while process.poll() is None:
                _look(folder, time.monotonic() - begun, limits, progress, cancelled)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_POLL_SECONDS)
        except _TooLong:
            return _refusal(name, "reading_too_long", limit=f"{limits.seconds:.0f}")
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
    return _result(folder, name, limits, process.returncode, time.monotonic() - begun)


class _TooLong(Exception):
    """The time is over."""


def _look(
    folder: Path,
    seconds: float,
    limits: Limits,
    progress: Callable[[str, float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled
    if seconds > limits.seconds:
        raise _TooLong
    if progress is not None:
        try:
            progress("reading", float((folder / PROGRESS).read_text()))
        except (FileNotFoundError, ValueError):
            return


def _result(folder: Path, name: str, limits: Limits, code: int, seconds: float) -> ReadFile:
    if code == 0:
        return replace(_read_back(folder), seconds=seconds)
    said = (folder / "errors").read_text(encoding="utf-8", errors="replace").strip()
    if code == OUT_OF_MEMORY or any(sign in said for sign in _NO_MEMORY):
        return _refusal(name, "reading_too_much_memory", limit=str(limits.memory // MIB))
    _LOG.error("reading %s ended with %s:\n%s", name, code, said[-4000:])
    return _refusal(name, "reading_broke", fault=said.splitlines()[-1] if said else str(code))


def _read_back(folder: Path) -> ReadFile:
    from loaders.intake.handover import taken

    found, further = taken(folder)
    return ReadFile(
        found.reading, found.proposals, found.refused_rows, found.text, peak=further["peak"]
    )


def _refusal(name: str, code: str, **details: str) -> ReadFile:
    return ReadFile(refused_reading(Finding(code, name, details=details)))


def refused_reading(finding: Finding) -> Reading:
    """A reading that places nothing, with the one finding that says why."""
    return Reading("", empty_observations(), (finding,), refusal=finding.code)


def empty_observations() -> pd.DataFrame:
    """The long table without a row."""
    import pandas as pd

    return pd.DataFrame(columns=list(COLUMNS)).astype({"value": "float64"})
