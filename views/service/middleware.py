"""ASGI layers around Streamlit: own origin, security headers, page language and base."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from html import escape
from typing import Final
from urllib.parse import parse_qs, urlparse

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from views.maps.tiles import SETTING, BadTiles, origin_of, tile_source
from views.service import preload
from views.texts import LANGUAGES, read_words

LOGGER = logging.getLogger(__name__)

CORE: Final = "/_stcore/"
CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def policy(settings: Mapping[str, str]) -> str:
    """What a browser may load: nothing foreign but the tiles an operator chose."""
    try:
        tiles = origin_of(tile_source(settings))
    except BadTiles:
        LOGGER.exception("%s is not used", SETTING)
        tiles = ""
    pictures = "img-src 'self' data: blob:"
    allowed = f"{pictures} {tiles}".strip()
    return CONTENT_SECURITY_POLICY.replace(pictures, allowed)


class OwnOriginOnly:
    """Refuses websockets of a foreign origin before Streamlit looks up public addresses.

    Streamlit itself compares a foreign origin with the machine's public address, which it
    asks from a host outside. Here only the own host, ``browser.serverAddress`` and
    ``server.corsAllowedOrigins`` count; HTTP requests lose a foreign ``Origin`` header.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, strip or refuse."""
        if scope["type"] in ("http", "websocket") and not _is_own_origin(Headers(scope=scope)):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            kept = [pair for pair in scope["headers"] if pair[0] != b"origin"]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)


def _is_own_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is None:
        return True
    asked = urlparse(origin)
    if asked.netloc == headers.get("host"):
        return True
    known = {"localhost", "127.0.0.1", str(config.get_option("browser.serverAddress"))}
    known |= {
        urlparse(entry).hostname or "" for entry in config.get_option("server.corsAllowedOrigins")
    }
    return asked.hostname in known


class SecurityHeaders:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {**HEADERS, "Content-Security-Policy": policy(os.environ)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with headers set where the answer has none of its own."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class PageLanguage:
    """Writes language, product name and base address into the shell page.

    Without the base a deep link makes the browser look for the service below the page
    first, and its console shows two 404 on every visit.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change HTML answers, leave all others alone."""
        if scope["type"] != "http" or not _may_be_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: Message = {}
        body = bytearray()

        async def send_page(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            headers = MutableHeaders(scope=start)
            content = bytes(body)
            if headers.get("content-type", "").startswith("text/html"):
                content = _name_page(content, scope)
                headers["content-length"] = str(len(content))
                if "etag" in headers:
                    del headers["etag"]
            await send(start)
            await send({"type": "http.response.body", "body": content})

        await self.app({**scope, "headers": plain}, receive, send_page)


def _may_be_page(path: str) -> bool:
    last = path.rsplit("/", 1)[-1]
    return not path.startswith((CORE, "/static/", "/app/", "/media/", "/component/")) and (
        "." not in last or last == "index.html"
    )


def _name_page(content: bytes, scope: Scope) -> bytes:
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    lang = asked if asked in LANGUAGES else LANGUAGES[0]
    content = content.replace(b'<html lang="en">', f'<html lang="{lang}">'.encode(), 1)
    content = content.replace(b"<head>", b"<head>" + _base().encode(), 1)
    # After what Streamlit itself asks for: that comes first.
    later = preload.links(scope["path"], scope["query_string"].decode("latin-1"))
    content = content.replace(b"</head>", later.encode() + b"</head>", 1)
    content = content.replace(b"<title>Streamlit</title>", b"<title>Transferkompass</title>", 1)
    hidden = escape(read_words(lang)("frame.needs_javascript")).encode()
    return content.replace(b"You need to enable JavaScript to run this app.", hidden, 1)


def _base() -> str:
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    address = f"location.origin + {f'/{path}/' if path else '/'!r}"
    return (
        f"<script>window.__streamlit = {{ BACKEND_BASE_URL: {address}, "
        f"MAIN_PAGE_BASE_URL: {address} }}</script>"
    )
