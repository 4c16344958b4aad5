"""The one table inside a ZIP archive, unpacked only as far as stated limits allow."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from loaders.findings import Finding
from loaders.readers.original import Original

MIB = 1024**2
MAX_UNPACKED = 1100 * MIB
MAX_RATIO = 100
SMALL = 32 * MIB
_BESIDES = ("__MACOSX", ".DS_Store")
DESCRIPTIONS = frozenset({".pdf", ".md", ".html", ".htm", ".docx", ".json", ".xml"})
# What offices call the text they pack beside a table, letters only.
_TEXTS_BESIDE = frozenset({"liesmich", "readme", "hinweis", "hinweise", "lizenz", "license"})
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def unpacked(
    original: Original,
    max_unpacked: int = MAX_UNPACKED,
    max_ratio: int = MAX_RATIO,
    small: int = SMALL,
) -> Original | Finding:
    """The table of an archive, or the finding that says why it is not taken.

    Args:
        original: the archive.
        max_unpacked: bytes the table may have; counted while unpacking, whatever the
            archive declares.
        max_ratio: how many times larger than the archive a table above ``small`` may be.
        small: bytes below which the ratio does not matter.

    Returns:
        A file with the name of the archive (findings point to what a person has), or a
        finding: damaged, encrypted, nested, over a limit, or not exactly one table.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(original.content)) as archive:
            tables = [member for member in archive.infolist() if _may_be_table(member)]
            if len(tables) != 1:
                names = ", ".join(member.filename for member in tables[:8]) or "-"
                details = {"count": str(len(tables)), "names": names}
                return Finding("archive_not_one_table", original.name, details=details)
            limit = min(max_unpacked, max(small, max_ratio * len(original.content)))
            with archive.open(tables[0]) as stream:
                content = stream.read(limit + 1)
    except _BROKEN as damage:
        return Finding("file_unreadable", original.name, details={"fault": str(damage)})
    if len(content) > limit:
        details = {"limit": str(limit // MIB), "ratio": str(max_ratio)}
        return Finding("archive_over_limit", original.name, details=details)
    inner = Original(original.name, content)
    if inner.is_archive:
        return Finding("archive_in_archive", original.name)
    return inner


def _may_be_table(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    is_besides = any(part in _BESIDES or part.startswith("._") for part in path.parts)
    name = "".join(filter(str.isalpha, path.stem.lower()))
    is_text = path.suffix.lower() in DESCRIPTIONS or name in _TEXTS_BESIDE
    return not (member.is_dir() or is_besides or is_text)
