"""One look at the bytes of a text file, block by block: nothing is decoded twice or kept."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

BLOCK = 4 * 1024**2
_SMALL_BLOCK = 256 * 1024  # stays in the cache of a processor while it is looked at
_QUOTE = 0x22
# bytes that Windows-1252 leaves free
_NOT_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_BOM = b"\xef\xbb\xbf"


class Source:
    """The bytes of one file, in memory or on disk.

    Attributes:
        name: file name, for findings only.
    """

    def __init__(self, name: str, content: bytes | Path) -> None:
        self.name = name
        self._given = content

    @property
    def size(self) -> int:
        """Number of bytes."""
        given = self._given
        return len(given) if isinstance(given, bytes) else given.stat().st_size

    @property
    def content(self) -> bytes:
        """All bytes at once."""
        given = self._given
        return given if isinstance(given, bytes) else given.read_bytes()

    def open(self) -> BinaryIO:
        """A stream from the beginning."""
        given = self._given
        return io.BytesIO(given) if isinstance(given, bytes) else given.open("rb")

    def head(self, size: int) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(size)

    def blocks(self, size: int) -> Iterator[bytes]:
        """The bytes in blocks of a size."""
        with self.open() as stream:
            while block := stream.read(size):
                yield block

    def arrow_stream(self) -> pa.NativeFile:
        """A stream from the beginning that needs no Python to be read."""
        given = self._given
        return pa.BufferReader(given) if isinstance(given, bytes) else pa.OSFile(str(given))


@dataclass(frozen=True)
class Scan:
    """What the bytes of a text file are like.

    Attributes:
        encoding: ``utf-8``, ``utf-8-sig``, ``cp1252`` or ``iso-8859-1``.
        lines: number of lines.
        longest: bytes of the longest line, 0 where none is longer than was asked for.
        longest_row: its number, from 1.
        nul_row: line of the first NUL byte, 0 without one.
        splits_records: a quoted field may run over a line end (a line has an odd number of
            quotation marks).
    """

    encoding: str
    lines: int
    longest: int
    longest_row: int
    nul_row: int
    splits_records: bool


def scan(source: Source, line_limit: int) -> Scan:
    """One pass over all bytes; stops at a NUL byte.

    Args:
        source: the bytes.
        line_limit: lines longer than so many bytes are looked for.
    """
    start = source.head(BLOCK)
    looking = _Looking(b"\n" if b"\n" in start else b"\r")
    # a line longer than the limit fills at least one whole block of half of it
    size = max(1, min(_SMALL_BLOCK, line_limit // 2))
    for block in source.blocks(size):
        looking.at(block, len(block) == size)
        if looking.nul_row:
            break
    longest, row = 0, 1
    if looking.may_be_long and not looking.nul_row:
        longest, row = _longest_line(source, looking.line_end)
    return Scan(
        encoding=looking.encoding(start.startswith(_BOM)),
        lines=looking.lines + (not looking.ends_line),
        longest=longest if longest > line_limit else 0,
        longest_row=row,
        nul_row=looking.nul_row,
        splits_records=looking.splits_records,
    )


def _longest_line(source: Source, line_end: bytes) -> tuple[int, int]:
    """Bytes of the longest line, its end included, and its number."""
    longest, longest_row, lines, position, begun = 0, 1, 0, 0, -1
    for block in source.blocks(BLOCK):
        ends = _places(block, line_end) + position
        position += len(block)
        if len(ends):
            lengths = np.diff(ends, prepend=begun)
            at = int(lengths.argmax())
            if lengths[at] > longest:
                longest, longest_row = int(lengths[at]), lines + at + 1
            lines, begun = lines + len(ends), int(ends[-1])
    rest = position - 1 - begun
    return (rest, lines + 1) if rest > longest else (longest, longest_row)


def _places(block: bytes, sign: bytes) -> npt.NDArray[np.int64]:
    return np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == sign[0])


class _Looking:
    """What was seen so far.

    Attributes:
        line_end: byte that ends a line.
        lines: line ends.
        ends_line: the last byte ends a line, or there was none.
        may_be_long: a whole block had no line end.
        nul_row: line of the first NUL byte, 0 without one.
    """

    def __init__(self, line_end: bytes) -> None:
        self.line_end = line_end
        self.lines = self.nul_row = 0
        self.ends_line, self.may_be_long = True, False
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_ascii = self._is_utf8 = self._is_cp1252 = True
        self._open_quotes = 0
        self._splits = False

    def at(self, block: bytes, is_whole: bool) -> None:
        """Takes the next block."""
        self._look_at_encoding(block)
        nul = block.find(b"\x00")
        if nul >= 0:
            self.nul_row = self.lines + block.count(self.line_end, 0, nul) + 1
            return
        if self._open_quotes or b'"' in block:
            self._look_at_quotes(block)
        ends = int(np.count_nonzero(np.frombuffer(block, dtype=np.uint8) == self.line_end[0]))
        self.may_be_long |= is_whole and not ends
        self.lines += ends
        self.ends_line = block.endswith(self.line_end)

    @property
    def splits_records(self) -> bool:
        """Whether a quoted field may run over a line end."""
        return self._splits or bool(self._open_quotes)

    def _look_at_quotes(self, block: bytes) -> None:
        whole = np.frombuffer(block, dtype=np.uint8)
        quotes = np.cumsum(whole == _QUOTE, dtype=np.int32) + self._open_quotes
        ends = _places(block, self.line_end)
        self._splits = self._splits or bool((quotes[ends] % 2).any())
        self._open_quotes = int(quotes[-1]) % 2

    def _look_at_encoding(self, block: bytes) -> None:
        if self._is_ascii and block.isascii():
            return
        self._is_ascii = False
        if self._is_utf8:
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self._is_utf8 = False
        self._is_cp1252 = self._is_cp1252 and not any(sign in block for sign in _NOT_CP1252)

    def encoding(self, has_mark: bool) -> str:
        """The encoding, told from all bytes."""
        if has_mark:
            return "utf-8-sig"
        if self._is_utf8 and self._is_whole:
            return "utf-8"
        return "cp1252" if self._is_cp1252 else "iso-8859-1"

    @property
    def _is_whole(self) -> bool:
        """Whether no character was cut off at the end."""
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True
