"""Open data at stable addresses: everything and each table per version, and a DCAT-AP.de record.

Read-only. Files are built beside the event loop, two at a time; the last few are kept.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config

from loaders.schemas import BrokenPackage
from loaders.store import DamagedFile, Store, queries
from views import session
from views.exports import catalogue, package
from views.exports.csv import canonical_csv
from views.exports.publisher import BadPublisher, Publisher, read_publisher
from views.texts import LANGUAGES, read_words
from views.widgets import legal_operator

LOGGER = logging.getLogger(__name__)
AT_ONCE: Final = 2
FOREVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
MEDIA_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


Answer = Callable[[Request], Response]


def routes() -> list[Route]:
    """All addresses below ``/open``, under the base path the service is set to."""
    base = str(config.get_option("server.baseUrlPath")).strip("/")
    start = f"/{base}/open" if base else "/open"
    limiter = CapacityLimiter(AT_ONCE)
    answers: dict[str, Answer] = {
        "/catalog.jsonld": _record,
        "/latest/{path:path}": _latest,
        "/versions/{number}/package.zip": _archive,
        "/versions/{number}/tables/{kind}.{form}": _table,
        "/{path:path}": _nothing,
    }
    return [Route(start + path, _beside(answer, limiter)) for path, answer in answers.items()]


def _beside(answer: Answer, limiter: CapacityLimiter) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await to_thread.run_sync(partial(_guarded, answer, request), limiter=limiter)

    return endpoint


def _guarded(answer: Answer, request: Request) -> Response:
    """The answer; a damaged file of the store is said, any other fault stays a fault."""
    try:
        return answer(request)
    except DamagedFile as damage:
        LOGGER.exception("open data")
        said = "\n".join(damage.finding.sentence(lang) for lang in LANGUAGES)
        return PlainTextResponse(said, 503, {"Cache-Control": "no-store"})
    except BrokenPackage as fault:
        LOGGER.exception("open data")
        return _refusal(503, "data.tables_broken", fault=str(fault))


def _archive(request: Request) -> Response:
    version = _known_version(request)
    if version is None:
        return _no_version()
    content = session.file_of(package.build_package, version)
    return _file(request, content, package.MIME, package.file_name(version))


def _table(request: Request) -> Response:
    version, kind, form = _known_version(request), *map(request.path_params.get, ("kind", "form"))
    if version is None:
        return _no_version()
    kinds = session.store().kinds()
    if kind not in kinds:
        return _refusal(404, "opendata.no_table", kinds=", ".join(kinds))
    if form not in MEDIA_TYPES:
        return _nothing(request)
    content = session.file_of(table_csv if form == "csv" else table_json, version, kind)
    return _file(request, content, MEDIA_TYPES[form], f"transferkompass-v{version}-{kind}.{form}")


def table_csv(store: Store, version: int, kind: str) -> bytes:
    """One table for people, as it lies in the archive; formulas neutralised."""
    return canonical_csv(queries.table(store, kind, version))


def table_json(store: Store, version: int, kind: str) -> bytes:
    """One table for programs: ``columns`` and ``data``, cells untouched, no number is null."""
    rows = queries.table(store, kind, version)
    text: str = rows.to_json(orient="split", index=False, force_ascii=False, double_precision=15)
    return text.encode()


def _latest(request: Request) -> Response:
    """On to the newest version's own address, which may be kept for good."""
    path = request.path_params["path"]
    start = str(request.scope["path"]).removesuffix(f"latest/{path}")
    target = f"{start}versions/{session.store().version()}/{path}"
    return RedirectResponse(target, headers={"Cache-Control": ASK_AGAIN})


def _record(request: Request) -> Response:
    base = str(request.url.replace(query="")).removesuffix("/open/catalog.jsonld")
    store = session.store()
    record = catalogue.catalogue(store, store.version(), base, _publisher())
    content = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    return Response(content, 200, {"Cache-Control": ASK_AGAIN}, catalogue.MIME)


def _publisher() -> Publisher | None:
    try:
        return read_publisher(legal_operator.folder())
    except BadPublisher:
        LOGGER.exception("the record names no publisher")
        return None


def _nothing(request: Request) -> Response:
    return _refusal(404, "opendata.nothing")


def _no_version() -> Response:
    first, newest = session.first_version(), session.store().version()
    return _refusal(404, "opendata.no_version", first=first, newest=newest)


def _known_version(request: Request) -> int | None:
    asked = request.path_params["number"]
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10 and asked == str(int(asked))):
        return None
    known = range(session.first_version(), session.store().version() + 1)
    return int(asked) if int(asked) in known else None


def _file(request: Request, content: bytes, media_type: str, name: str) -> Response:
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": FOREVER}
    held = {one.strip().removeprefix("W/") for one in
            request.headers.get("if-none-match", "").split(",")}  # fmt: skip
    if headers["ETag"] in held:
        return Response(None, 304, headers)
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(content, 200, headers, media_type)


def _refusal(status: int, key: str, **values: object) -> Response:
    """A plain sentence in both languages; nothing of it may be kept by a proxy."""
    said = "\n".join(read_words(lang)(key, **values) for lang in LANGUAGES)
    return PlainTextResponse(f"{said}\n", status, {"Cache-Control": "no-store"})
