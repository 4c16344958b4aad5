"""One session on the start page at start-up, spoken to the app without any network.

Streamlit learns the pages of ``st.navigation`` only when a session has run the entry
script. Before that a deep link shows "Page not found". The same run opens the store and
fills the caches, so that the first visitor waits less.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LOGGER = logging.getLogger(__name__)
PATIENCE: Final = 120.0
SCOPE: Final[dict[str, Any]] = {
    "type": "websocket",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "scheme": "ws",
    "path": "/_stcore/stream",
    "raw_path": b"/_stcore/stream",
    "root_path": "",
    "query_string": b"",
    "headers": [
        (b"host", b"localhost"),
        (b"origin", b"http://localhost"),
        (b"sec-websocket-protocol", b"streamlit"),
    ],
    "subprotocols": ["streamlit"],
    "client": ("127.0.0.1", 0),
    "server": ("127.0.0.1", 0),
    "state": {},
}


async def open_start_page(app: Any) -> None:
    """Run the start page once inside the process and leave.

    Args:
        app: the ASGI app; its start-up must be under way.
    """
    to_app: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    done = asyncio.Event()
    await to_app.put({"type": "websocket.connect"})

    async def send(message: Any) -> None:
        if message["type"] == "websocket.accept":
            await to_app.put({"type": "websocket.receive", "bytes": _run_start_page()})
        elif message["type"] == "websocket.close" or _is_finished(message):
            done.set()

    connection = asyncio.create_task(_talk_when_ready(app, to_app, send))
    try:
        await asyncio.wait_for(done.wait(), PATIENCE)
    except TimeoutError:
        LOGGER.warning("the start page did not finish within %s s", PATIENCE)
    await to_app.put({"type": "websocket.disconnect", "code": 1000})
    await connection


async def _talk_when_ready(app: Any, to_app: asyncio.Queue[dict[str, Any]], send: Any) -> None:
    while not (runtime.exists() and await _is_ready()):
        await asyncio.sleep(0.02)
    await app(dict(SCOPE), to_app.get, send)


async def _is_ready() -> bool:
    ready, _ = await runtime.get_instance().is_ready_for_browser_connection
    return bool(ready)


def _run_start_page() -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = ""
    return bytes(message.SerializeToString())


def _is_finished(message: Any) -> bool:
    if not message.get("bytes"):
        return False
    answer = ForwardMsg()
    answer.ParseFromString(message["bytes"])
    return answer.WhichOneof("type") == "script_finished"
