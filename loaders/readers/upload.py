"""What the upload page and the command line call for one file of unknown make."""

from __future__ import annotations

from datetime import date

from loaders.readers.canonical import NAME, Known, read_known
from loaders.readers.original import Original, UnreadableFile
from loaders.readers.reading import Choices, Reading, refused
from loaders.readers.registry import read_original, recognise

MAX_BYTES = 200 * 1024 * 1024


def read_upload(
    content: bytes, name: str, known: Known | None = None, choices: Choices | None = None
) -> Reading:
    """Reads one uploaded file and reports everything that is wrong with it in one pass.

    Args:
        content: the bytes as they came.
        name: file name, for the findings only.
        known: catalogue to check against; without ``today`` the present day is used.
        choices: what a person decided about the file.

    Returns:
        A reading, also for files that are empty, too large or unknown (then refused).
    """
    if len(content) > MAX_BYTES:
        limit = str(MAX_BYTES // 1024**2)
        return refused(Original(name, b""), "", "file_too_large", limit=limit)
    original = Original(name, content)
    catalogue = known or Known()
    if catalogue.today is None:
        catalogue = Known(catalogue.places, catalogue.units, catalogue.sources, date.today())
    try:
        entry = recognise(original) if content.strip() else None
        if entry is not None and entry.name == NAME:
            return read_known(original, choices or Choices(), catalogue)
    except UnreadableFile as fault:
        return refused(original, "", "file_unreadable", fault=str(fault))
    return read_original(content, name, choices)
