"""Fixtures of the browser tests: one server for all, a fresh visitor for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.running import (
    PATIENCE,
    Server,
    browser_path,
    driver_fault,
    running_browser,
    settle,
    start_server,
    watched,
)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The shipped dashboard, shared by the browser tests."""
    running = start_server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; without one the browser tests are skipped, visibly.

    Closed after each module: while it is open an event loop runs in this thread.
    """
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium, then run again")
    if fault := driver_fault():
        pytest.skip(f"the browser cannot be driven: {fault}; apt-get install libatomic1")
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE * 1000)
    with running_browser(path) as chromium:
        yield chromium


@pytest.fixture(scope="module")
def left() -> dict[str, list[Any]]:
    """Browsers of visitors who have left, by what sets them apart; nothing is known but files."""
    return {}


@pytest.fixture
def visit(browser, server, left):
    """Open addresses as new visitors: ``visit("/map", width=390)`` gives page and watch.

    A visitor who left hands on what the browser keeps of the product's files, and nothing
    else: reading them anew was most of the time of a visit.
    """
    came = []

    def open_page(path="/", width=1366, height=768, scheme="light", **options: Any):
        kind = repr((scheme, sorted(options.items())))
        free = left.setdefault(kind, [])
        context = free.pop() if free else browser.new_context(
            color_scheme=scheme, locale="de-DE", **options
        )  # fmt: skip
        came.append((kind, context))
        page, watch = watched(context, server.address)
        page.set_viewport_size({"width": width, "height": height})
        page.goto(server.address + path)
        settle(page)
        return page, watch

    yield open_page
    for kind, context in came:
        forget(context, server.address)
        left[kind].append(context)


def forget(context: Any, own: str) -> None:
    """Closes all pages; cookies and whatever else a page stored are gone."""
    clean = context.new_page()
    everything = {"origin": own, "storageTypes": "all"}
    context.new_cdp_session(clean).send("Storage.clearDataForOrigin", everything)
    context.clear_cookies()
    for page in context.pages:
        page.close()
