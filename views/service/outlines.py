"""The published outlines, packed once instead of with every visit.

Streamlit packs a file anew for each request on the thread that answers everybody: for all
municipalities that took longer than drawing them.
"""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from loaders import folders

# The name holds a hash of the content: a changed file has another address.
PUBLISHED: Final = re.compile(r"/app/static/boundaries/([a-z_]+\.[0-9a-f]{12}\.topo\.json)")
HEADERS: Final = {
    "Content-Encoding": "gzip",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}


class PackedOutlines:
    """Answers for published outlines; everything else passes on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the packed file to whoever can read one."""
        path = _asked(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        content = await to_thread.run_sync(_packed, path)
        answer = Response(content, headers=HEADERS, media_type="application/json")
        await answer(scope, receive, send)


def _asked(scope: Scope) -> Path | None:
    """The published file a request asks for; None for other requests and unpacked readers."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    found = PUBLISHED.search(scope["path"])
    if found is None or not scope["path"].endswith(found[0]):
        return None
    if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
        return None
    path = folders.STATIC / "boundaries" / found[1]
    return path if path.is_file() else None


@lru_cache(maxsize=8)
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
