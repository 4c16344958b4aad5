"""The server asks no host outside, neither at start nor for any visitor."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.journeys.running import Server, start_server
from views import sitemap
from views.texts import read_words

RECORDER = Path(__file__).parent / "record"


@dataclass
class Recorded:
    """A running server and the list of its attempts to reach other hosts."""

    server: Server
    record: Path

    @property
    def attempts(self) -> list[str]:
        """One line per attempt."""
        return self.record.read_text(encoding="utf-8").splitlines()


def environment(record: Path) -> dict[str, str]:
    record.touch()
    path = os.pathsep.join(filter(None, (str(RECORDER), os.environ.get("PYTHONPATH", ""))))
    return {"PYTHONPATH": path, "OUTGOING_RECORD": str(record)}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    folder = tmp_path_factory.mktemp("silence")
    record = folder / "outgoing.txt"
    server = start_server(folder, **environment(record))
    yield Recorded(server, record)
    server.stop()


def stream(server: Server) -> str:
    return server.address.replace("http", "ws") + "/_stcore/stream"


def visit(server: Server, page: str, query: str) -> str:
    """All words a page sends to a visitor who speaks to the websocket directly."""
    words: list[str] = []
    with connect(
        stream(server), origin=server.address, subprotocols=["streamlit"], max_size=None
    ) as socket:
        ask = BackMsg()
        ask.rerun_script.query_string = query
        ask.rerun_script.page_name = sitemap.BY_NAME[page].url_path
        socket.send(ask.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(socket.recv(timeout=60))
            kind = answer.WhichOneof("type")
            if kind == "delta":
                element = answer.delta.new_element
                words += [element.heading.body, element.markdown.body, element.alert.body]
            if kind == "script_finished":
                return "\n".join(filter(None, words))


def test_the_recorder_notes_every_way_out(tmp_path: Path) -> None:
    record = tmp_path / "outgoing.txt"
    script = (
        "import socket\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))\n"
        "try: socket.getaddrinfo('elsewhere.invalid', 80)\n"
        "except OSError: pass\n"
    )
    command = [sys.executable, "-c", script]
    subprocess.run(command, env={**os.environ, **environment(record)}, timeout=60, check=True)
    noted = [line.split(" from ")[0] for line in record.read_text().splitlines()]
    assert noted == [
        "socket.connect ('192.0.2.1', 9)",
        "socket.getaddrinfo 'elsewhere.invalid'",
    ]


# The windows of a stage have no foot; without a story they say so.
WITHOUT_STORY = {
    "stage": "stage.nothing",
    "speaker": "stage.nothing",
    "clicker": "stage.clicker_ask",
}


@pytest.mark.parametrize("page", sitemap.BY_NAME)
def test_a_visit_makes_no_connection(page: str, recorded: Recorded) -> None:
    words = visit(recorded.server, page, "lang=de&ags=07312000")
    key = "frame.foot_privacy" if page in sitemap.FRAMED else WITHOUT_STORY[page]
    assert read_words("de")(key) in words
    assert read_words("de")("frame.went_wrong") not in words
    assert recorded.attempts == []


def test_open_data_are_answered_in_silence_with_the_headers(recorded: Recorded) -> None:
    address = f"{recorded.server.address}/open/latest/tables/states.csv"
    with urllib.request.urlopen(address, timeout=60) as answer:
        assert "/open/versions/" in answer.url
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"Brandenburg" in answer.read()
    assert recorded.attempts == []


def test_a_websocket_of_a_foreign_origin_is_refused_in_silence(recorded: Recorded) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(stream(recorded.server), origin="https://evil.example", subprotocols=["streamlit"]),
    ):
        pass
    assert refused.value.response.status_code == 403
    assert recorded.attempts == []


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/health"])
def test_a_request_of_a_foreign_origin_is_answered_in_silence(path: str, recorded) -> None:
    request = urllib.request.Request(
        recorded.server.address + path, headers={"Origin": "https://evil.example"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200
        assert "evil.example" not in str(answer.headers)
    assert recorded.attempts == []
