"""A running server and a browser that may ask no other host."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path() -> str | None:
    """Path of an installed Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One running dashboard."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(timeout=20)


def start_server(folder: Path, script: str = "server.py", **environment: str) -> Server:
    """Start the dashboard with a store of its own and wait until it answers."""
    port = free_port()
    log = folder / "server.log"
    settings = {"TRANSFERKOMPASS_STORE": str(folder / "store"), **environment}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, f"http://127.0.0.1:{port}", log)
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=2):
                return server
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.1)
    raise RuntimeError(f"no answer: {log.read_text()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The shipped dashboard, shared by the browser tests."""
    running = start_server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium; without one the browser tests are skipped, visibly."""
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium, then run again")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What a page asked for and complained about."""

    foreign: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser, server):
    """Open addresses in fresh pages: ``visit("/map", width=390)`` gives page and watch."""
    contexts = []

    def open_page(path: str = "/", width: int = 1366, height: int = 768, scheme: str = "light"):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="de-DE"
        )
        contexts.append(context)
        page = context.new_page()
        watch = Watch()
        own = server.address

        def guard(route) -> None:
            url = route.request.url
            if url.startswith((own, "data:", "blob:")):
                route.continue_()
            else:
                watch.foreign.append(url)
                route.abort()

        context.route("**/*", guard)
        page.on("console", lambda m: watch.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: watch.faults.append(str(error)))
        page.goto(own + path)
        settle(page)
        return page, watch

    yield open_page
    for context in contexts:
        context.close()


def settle(page, patience: float = 60.0) -> None:
    """Wait until the page has run and stays still."""
    page.wait_for_selector(
        "[data-testid='stApp'][data-test-script-state='notRunning']", timeout=patience * 1000
    )
    page.wait_for_selector(".st-key-foot", timeout=patience * 1000)
