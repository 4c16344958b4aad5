"""One look at the bytes of a text file, block by block: nothing is decoded twice or kept."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np

BLOCK = 4 * 1024**2
_QUOTE, _RETURN, _LINE = 0x22, 0x0D, 0x0A
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

    def blocks(self) -> Iterator[bytes]:
        """The bytes in blocks of ``BLOCK``."""
        with self.open() as stream:
            while block := stream.read(BLOCK):
                yield block


@dataclass(frozen=True)
class Scan:
    """What the bytes of a text file are like.

    Attributes:
        encoding: ``utf-8``, ``utf-8-sig``, ``cp1252`` or ``iso-8859-1``.
        is_ascii: whether every byte is below 128.
        lines: number of lines.
        longest: bytes of the longest line.
        longest_row: its number, from 1.
        nul_row: line of the first NUL byte, 0 without one.
        splits_records: a quoted field may run over a line end (a line has an odd number of
            quotation marks).
    """

    encoding: str
    is_ascii: bool
    lines: int
    longest: int
    longest_row: int
    nul_row: int
    splits_records: bool


def scan(source: Source) -> Scan:
    """One pass over all bytes; stops at a NUL byte."""
    looking = _Looking(_LINE if b"\n" in source.head(BLOCK) else _RETURN)
    for block in source.blocks():
        looking.at(block)
        if looking.nul_row:
            break
    return looking.result(source.head(3) == _BOM)


class _Looking:
    """What was seen so far."""

    def __init__(self, line_end: int) -> None:
        self._line_end = line_end
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_ascii = self._is_utf8 = self._is_cp1252 = True
        self._position, self._begun, self._lines = 0, -1, 0
        self._longest, self._longest_row = 0, 1
        self._open_quotes = 0
        self._splits = False
        self.nul_row = 0

    def at(self, block: bytes) -> None:
        """Takes the next block."""
        self._look_at_encoding(block)
        whole = np.frombuffer(block, dtype=np.uint8)
        ends = np.flatnonzero(whole == self._line_end)
        nul = block.find(b"\x00")
        if nul >= 0:
            self.nul_row = self._lines + int(np.searchsorted(ends, nul)) + 1
            return
        if b'"' in block or self._open_quotes:
            quotes = np.cumsum(whole == _QUOTE, dtype=np.int32) + self._open_quotes
            self._splits = self._splits or bool((quotes[ends] % 2).any())
            self._open_quotes = int(quotes[-1]) % 2
        if len(ends):
            absolute = ends + self._position
            self._take_lengths(np.diff(absolute, prepend=self._begun))
            self._begun = int(absolute[-1])
        self._position += len(block)

    def _take_lengths(self, lengths: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
        at = int(lengths.argmax())
        if lengths[at] > self._longest:
            self._longest, self._longest_row = int(lengths[at]), self._lines + at + 1
        self._lines += len(lengths)

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

    def result(self, has_mark: bool) -> Scan:
        """The whole picture; a rest without line end is a line as well."""
        rest = self._position - 1 - self._begun
        if rest > self._longest:
            self._longest, self._longest_row = rest, self._lines + 1
        return Scan(
            encoding=self._encoding(has_mark),
            is_ascii=self._is_ascii,
            lines=self._lines + (1 if rest else 0),
            longest=self._longest,
            longest_row=self._longest_row,
            nul_row=self.nul_row,
            splits_records=self._splits or bool(self._open_quotes),
        )

    def _encoding(self, has_mark: bool) -> str:
        if has_mark:
            return "utf-8-sig"
        if self._is_utf8 and self._is_whole:
            return "utf-8"
        return "cp1252" if self._is_cp1252 else "iso-8859-1"

    @cached_property
    def _is_whole(self) -> bool:
        """Whether no character was cut off at the end."""
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True
