"""The layers around Streamlit, spoken to as ASGI: language, headers, own origin."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from views.service import middleware

SHELL = (
    '<!doctype html><html lang="en"><head><title>Streamlit</title></head>'
    "<body><noscript>You need to enable JavaScript to run this app.</noscript></body></html>"
)
HOST = (b"host", b"stadt.example:8501")


def scope_of(path: str, query: str = "", kind: str = "http", **headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": kind,
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [HOST, *named],
    }


def speak(app: ASGIApp, scope: dict[str, Any]) -> list[dict[str, Any]]:
    """All messages an app answers with."""
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request" if scope["type"] == "http" else "websocket.connect"}

    async def send(message: Any) -> None:
        answers.append(dict(message))

    asyncio.run(app(scope, receive, send))
    return answers


def body_of(answers: list[dict[str, Any]]) -> bytes:
    return b"".join(answer.get("body", b"") for answer in answers)


def headers_of(answers: list[dict[str, Any]]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in answers[0]["headers"]}


@pytest.mark.parametrize(
    ("query", "lang", "without_script"),
    [
        ("", "de", "Diese Seite braucht JavaScript."),
        ("lang=de", "de", "Diese Seite braucht JavaScript."),
        ("ags=07312000&lang=en", "en", "This page needs JavaScript."),
        ("lang=xx", "de", "Diese Seite braucht JavaScript."),
        ('lang="><script>', "de", "Diese Seite braucht JavaScript."),
    ],
)
@pytest.mark.parametrize("path", ["/", "/adoption", "/index.html"])
def test_the_shell_page_speaks_the_language_of_the_address(
    path: str, query: str, lang: str, without_script: str
) -> None:
    answers = speak(middleware.PageLanguage(HTMLResponse(SHELL)), scope_of(path, query))
    page = body_of(answers).decode()
    assert f'<html lang="{lang}">' in page
    assert "<title>Transferkompass</title>" in page
    assert f"<noscript>{without_script}</noscript>" in page
    assert headers_of(answers)["content-length"] == str(len(body_of(answers)))
    assert page.count("<script>") == 1


@pytest.mark.parametrize("path", ["/app/static/map.js", "/_stcore/health", "/static/js/index.js"])
def test_other_files_pass_unchanged(path: str) -> None:
    answers = speak(middleware.PageLanguage(HTMLResponse(SHELL)), scope_of(path, "lang=de"))
    assert body_of(answers).decode() == SHELL


def test_a_page_path_that_answers_no_html_passes_unchanged() -> None:
    answers = speak(middleware.PageLanguage(PlainTextResponse("<head>")), scope_of("/health"))
    assert body_of(answers) == b"<head>"


def test_the_shell_page_names_the_base_so_that_deep_links_ask_for_nothing_absent() -> None:
    page = body_of(speak(middleware.PageLanguage(HTMLResponse(SHELL)), scope_of("/adoption")))
    assert page.decode().index("window.__streamlit") < page.decode().index("<title>")
    assert b"MAIN_PAGE_BASE_URL: location.origin + '/'" in page


def test_every_answer_carries_the_security_headers() -> None:
    answers = speak(middleware.SecurityHeaders(PlainTextResponse("x")), scope_of("/anything"))
    headers = headers_of(answers)
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == "'self' 'unsafe-inline' blob:"
    assert policy["connect-src"] == policy["default-src"] == "'self'"
    assert "unsafe-eval" not in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_an_answer_keeps_a_header_of_its_own() -> None:
    own = PlainTextResponse("x", headers={"X-Frame-Options": "DENY"})
    headers = headers_of(speak(middleware.SecurityHeaders(own), scope_of("/")))
    assert headers["x-frame-options"] == "DENY"


class Recorder:
    """Notes what reaches the app behind a layer."""

    def __init__(self) -> None:
        self.scopes: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)


FOREIGN = ["https://evil.example", "https://stadt.example.evil.example:8501", "null", "garbage"]
OWN = ["http://stadt.example:8501", "https://stadt.example:8501", "http://localhost:3000"]


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_websocket_of_a_foreign_origin_is_refused_before_the_app(origin: str) -> None:
    inner = Recorder()
    scope = scope_of("/_stcore/stream", kind="websocket", origin=origin)
    answers = speak(middleware.OwnOriginOnly(inner), scope)
    assert answers == [{"type": "websocket.close", "code": 1008}]
    assert inner.scopes == []


@pytest.mark.parametrize("origin", OWN)
def test_a_websocket_of_the_own_origin_reaches_the_app(origin: str) -> None:
    inner = Recorder()
    scope = scope_of("/_stcore/stream", kind="websocket", origin=origin)
    assert speak(middleware.OwnOriginOnly(inner), scope) == []
    assert (b"origin", origin.encode()) in inner.scopes[0]["headers"]


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_request_loses_a_foreign_origin(origin: str) -> None:
    inner = Recorder()
    speak(middleware.OwnOriginOnly(inner), scope_of("/_stcore/health", origin=origin))
    assert [dict(scope["headers"]) for scope in inner.scopes] == [dict([HOST])]
