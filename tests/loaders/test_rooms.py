"""What the windows of a presentation share: who may move it, for how long, and what survives."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from loaders.rooms import CODE_LIFE, MOST_TRIES, ROOM_LIFE, STORY_LIFE, Redeemed, Rooms

NOW = 1_000_000.0


@pytest.fixture
def rooms(tmp_path: Path) -> Rooms:
    return Rooms(tmp_path / "store" / "rooms.sqlite")


def test_a_restart_finds_the_step(rooms: Rooms, tmp_path: Path):
    room, key = rooms.open_room("story=a", 1, 5, NOW)
    assert rooms.move(room.room, key, 4)
    again = Rooms(tmp_path / "store" / "rooms.sqlite").find(room.room, NOW + 60)
    assert (again.step, again.steps, again.address, again.started) == (4, 5, "story=a", NOW)


def test_only_a_key_of_the_room_moves_it_and_only_to_a_step_there_is(rooms: Rooms):
    room, key = rooms.open_room("story=a", 2, 5, NOW)
    _other, foreign = rooms.open_room("story=b", 1, 5, NOW)
    refused = [rooms.move(room.room, k, 3) for k in ("", "wrong", foreign)]
    refused += [rooms.move(room.room, key, step) for step in (0, 6, -1)]
    assert refused == [False] * 6
    assert rooms.find(room.room, NOW).step == 2


def test_a_code_is_good_once(rooms: Rooms):
    room, key = rooms.open_room("story=a", 1, 5, NOW)
    code = rooms.new_code(room.room, key, NOW)
    assert rooms.redeem(room.room, "AAAAAAAA", NOW) == Redeemed(refusal="wrong")
    clicker = rooms.redeem(room.room, code.lower(), NOW)
    assert rooms.move(room.room, clicker.key, 2)
    assert rooms.redeem(room.room, code, NOW) == Redeemed(refusal="used")
    assert not rooms.code_is_open(room.room, NOW)


def test_a_code_ends_after_ten_minutes_and_after_ten_wrong_ones(rooms: Rooms):
    room, key = rooms.open_room("story=a", 1, 5, NOW)
    code = rooms.new_code(room.room, key, NOW)
    assert rooms.redeem(room.room, code, NOW + CODE_LIFE + 1).refusal == "expired"
    code = rooms.new_code(room.room, key, NOW)
    for _ in range(MOST_TRIES):
        rooms.redeem(room.room, "AAAAAAAA", NOW)
    assert rooms.redeem(room.room, code, NOW).refusal == "wrong"


def test_a_code_needs_the_speakers_key_and_its_room(rooms: Rooms):
    room, key = rooms.open_room("story=a", 1, 5, NOW)
    other, _ = rooms.open_room("story=b", 1, 5, NOW)
    code = rooms.new_code(room.room, key, NOW)
    assert rooms.new_code(room.room, "wrong", NOW) == ""
    assert rooms.redeem(other.room, code, NOW).refusal == "wrong"
    assert rooms.redeem("nowhere", code, NOW).refusal == "unknown"


def test_of_many_phones_one_wins(rooms: Rooms):
    room, key = rooms.open_room("story=a", 1, 5, NOW)
    code = rooms.new_code(room.room, key, NOW)
    answers: list[Redeemed] = []
    phones = [
        threading.Thread(target=lambda: answers.append(rooms.redeem(room.room, code, NOW)))
        for _ in range(8)
    ]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert sorted(str(answer.refusal) for answer in answers) == ["None"] + ["used"] * 7


def test_rooms_end_after_a_day(rooms: Rooms):
    room, key = rooms.open_room("story=a", 1, 5, NOW)
    assert rooms.find(room.room, NOW + ROOM_LIFE + 1) is None
    rooms.open_room("story=b", 1, 5, NOW + ROOM_LIFE + 1)
    assert not rooms.move(room.room, key, 2)


def test_no_secret_lies_in_the_file(rooms: Rooms, tmp_path: Path):
    room, key = rooms.open_room("story=a", 1, 5, NOW)
    code = rooms.new_code(room.room, key, NOW)
    clicker = rooms.redeem(room.room, code, NOW).key
    with sqlite3.connect(tmp_path / "store" / "rooms.sqlite") as connection:
        written = "\n".join(connection.iterdump())
    assert [secret in written for secret in (key, code, clicker)] == [False] * 3


def test_a_story_waits_for_a_week(rooms: Rooms):
    story = rooms.keep_story("story_id: a\n", NOW)
    assert rooms.keep_story("story_id: a\n", NOW + 5) == story
    assert rooms.kept_story(story, NOW + STORY_LIFE) == "story_id: a\n"
    assert rooms.kept_story(story, NOW + STORY_LIFE + 10) is None
