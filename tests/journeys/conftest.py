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
    watched_page,
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


@pytest.fixture
def visit(browser, server):
    """Open addresses as new visitors: ``visit("/map", width=390)`` gives page and watch."""
    pages = []

    def open_page(path: str = "/", **options: Any):
        page, watch = watched_page(browser, server.address, **options)
        pages.append(page)
        page.goto(server.address + path)
        settle(page)
        return page, watch

    yield open_page
    for page in pages:
        page.context.close()
