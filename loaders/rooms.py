"""What the windows of one presentation share: the step, and who may move it.

A small SQLite file beside the ledger, opened for each question: any number of processes may
ask, and a restart loses nothing. Secrets lie here as hashes only. Stories that are not shipped
wait here, too, so that every window of a presentation can read them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOM_LIFE = 24 * 3600.0
STORY_LIFE = 7 * 24 * 3600.0
CODE_LIFE = 600.0
MOST_TRIES = 10
MOST_STORIES = 200
_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 8
_TABLES = """
CREATE TABLE IF NOT EXISTS rooms (
    room TEXT PRIMARY KEY, address TEXT NOT NULL, step INTEGER NOT NULL, steps INTEGER NOT NULL,
    started REAL NOT NULL, expires REAL NOT NULL,
    code_hash TEXT NOT NULL DEFAULT '', code_expires REAL NOT NULL DEFAULT 0,
    code_used INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS keys (room TEXT NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS stories (
    story TEXT PRIMARY KEY, text TEXT NOT NULL, expires REAL NOT NULL);
"""

Refusal = Literal["unknown", "wrong", "used", "expired"]


@dataclass(frozen=True)
class Room:
    """One running presentation.

    Attributes:
        room: id in the addresses of its windows.
        address: what all windows show, as the query of the stage without the step.
        step: the step shown, from 1; ``steps``: how many there are.
        started: when the clock began, seconds since 1970.
    """

    room: str
    address: str
    step: int
    steps: int
    started: float


@dataclass(frozen=True)
class Redeemed:
    """The answer to a code: a key that may move the step, or why there is none."""

    key: str = ""
    refusal: Refusal | None = None


class Rooms:
    """The table of presentations.

    Args:
        path: the file; its folder is made when it is missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._writing() as connection:
            connection.executescript(_TABLES)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
            yield connection

    def open_room(self, address: str, step: int, steps: int, now: float) -> tuple[Room, str]:
        """A new presentation and the key of its speaker; what expired is forgotten."""
        room, key = secrets.token_urlsafe(6), secrets.token_urlsafe(18)
        with self._writing() as connection:
            connection.execute("DELETE FROM rooms WHERE expires < ?", (now,))
            connection.execute("DELETE FROM keys WHERE room NOT IN (SELECT room FROM rooms)")
            connection.execute(
                "INSERT INTO rooms (room, address, step, steps, started, expires) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (room, address, step, steps, now, now + ROOM_LIFE),
            )
            connection.execute("INSERT INTO keys VALUES (?, ?)", (room, _hash(room, key)))
        return Room(room, address, step, steps, now), key

    def find(self, room: str, now: float) -> Room | None:
        """The presentation; ``None`` when it never was or is over."""
        with self._writing() as connection:
            row = connection.execute(
                "SELECT room, address, step, steps, started FROM rooms "
                "WHERE room = ? AND expires >= ?",
                (room, now),
            ).fetchone()
        return None if row is None else Room(*row)

    def may_move(self, room: str, key: str) -> bool:
        """Whether a key belongs to this presentation."""
        with self._writing() as connection:
            rows = connection.execute("SELECT hash FROM keys WHERE room = ?", (room,)).fetchall()
        asked = _hash(room, key)
        return bool(key) and any(hmac.compare_digest(asked, held) for (held,) in rows)

    def move(self, room: str, key: str, step: int) -> bool:
        """Show another step in all windows; false without a right to or without such a step."""
        if not self.may_move(room, key):
            return False
        with self._writing() as connection:
            done = connection.execute(
                "UPDATE rooms SET step = ? WHERE room = ? AND ? BETWEEN 1 AND steps",
                (step, room, step),
            )
            return done.rowcount == 1

    def restart_clock(self, room: str, key: str, now: float) -> bool:
        """Count the time from now."""
        if not self.may_move(room, key):
            return False
        with self._writing() as connection:
            connection.execute("UPDATE rooms SET started = ? WHERE room = ?", (now, room))
        return True

    def new_code(self, room: str, key: str, now: float) -> str:
        """A code for one more window, valid once and for ten minutes; "" without a right to."""
        if not self.may_move(room, key):
            return ""
        code = "".join(secrets.choice(_CODE_SIGNS) for _ in range(_CODE_LENGTH))
        with self._writing() as connection:
            connection.execute(
                "UPDATE rooms SET code_hash = ?, code_expires = ?, code_used = 0, tries = 0 "
                "WHERE room = ?",
                (_hash(room, code), now + CODE_LIFE, room),
            )
        return code

    def redeem(self, room: str, code: str, now: float) -> Redeemed:
        """Change a code for a key, once. After ten wrong ones the code is void."""
        with self._writing() as connection:
            # The lock is taken before reading: of two phones only one may win.
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute(
                "SELECT code_hash, code_expires, code_used, tries FROM rooms "
                "WHERE room = ? AND expires >= ?",
                (room, now),
            ).fetchone()
            if row is None:
                return Redeemed(refusal="unknown")
            held, expires, used, tries = row
            fits = bool(held) and hmac.compare_digest(held, _hash(room, code.strip().upper()))
            if not fits or tries >= MOST_TRIES:
                connection.execute("UPDATE rooms SET tries = tries + 1 WHERE room = ?", (room,))
                return Redeemed(refusal="wrong")
            if used:
                return Redeemed(refusal="used")
            if expires < now:
                return Redeemed(refusal="expired")
            key = secrets.token_urlsafe(18)
            connection.execute("UPDATE rooms SET code_used = 1 WHERE room = ?", (room,))
            connection.execute("INSERT INTO keys VALUES (?, ?)", (room, _hash(room, key)))
            return Redeemed(key=key)

    def code_is_open(self, room: str, now: float) -> bool:
        """Whether a code waits to be redeemed."""
        with self._writing() as connection:
            row = connection.execute(
                "SELECT 1 FROM rooms WHERE room = ? AND code_hash != '' AND code_used = 0 "
                "AND code_expires >= ? AND tries < ?",
                (room, now, MOST_TRIES),
            ).fetchone()
        return row is not None

    def keep_story(self, text: str, now: float) -> str:
        """Keep the text of a story that is not shipped for a week; gives its id."""
        story = f"own-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        with self._writing() as connection:
            connection.execute("DELETE FROM stories WHERE expires < ?", (now,))
            connection.execute(
                "INSERT INTO stories VALUES (?, ?, ?) "
                "ON CONFLICT (story) DO UPDATE SET expires = excluded.expires",
                (story, text, now + STORY_LIFE),
            )
            connection.execute(
                "DELETE FROM stories WHERE story NOT IN "
                "(SELECT story FROM stories ORDER BY expires DESC LIMIT ?)",
                (MOST_STORIES,),
            )
        return story

    def kept_story(self, story: str, now: float) -> str | None:
        """The text of a kept story; ``None`` when it never was or its week is over."""
        with self._writing() as connection:
            row = connection.execute(
                "SELECT text FROM stories WHERE story = ? AND expires >= ?", (story, now)
            ).fetchone()
        return None if row is None else str(row[0])


def _hash(room: str, secret: str) -> str:
    return hashlib.sha256(f"{room}:{secret}".encode()).hexdigest()
