"""The dashboard as an ASGI service: page language, headers, health, open data, first session.

``streamlit run server.py`` serves the same app as ``dashboard.py``. Every visitor's page
carries the language of its address, and no answer lets the browser ask another host.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from views import results
from views.service import at_once, first_session, middleware, open_data, outlines


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open the start page once before the port opens: no deep link can come earlier."""
    at_once.send_at_once()
    await first_session.open_start_page(app)
    warming = asyncio.create_task(asyncio.to_thread(results.warm))
    yield {}
    warming.cancel()


async def health(request: Request) -> JSONResponse:
    """Whether the service answers; for a proxy or a container."""
    return JSONResponse({"status": "ok"})


app = st.App(
    "dashboard.py",
    lifespan=lifespan,
    routes=[Route("/health", health), *open_data.routes()],
    middleware=[
        Middleware(middleware.OwnOriginOnly),
        Middleware(middleware.SecurityHeaders),
        Middleware(middleware.PageLanguage),
        Middleware(outlines.PackedOutlines),
    ],
)
