"""A running dashboard and a browser that may ask no other host.

Shared by the browser tests, the benchmarks and the pictures.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    # No other host is ever reached. Doing it here leaves the browser's cache alone.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
PATIENCE = 60.0
# Every map, chart and table that has its place also has its picture.
DRAWN = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const holds = (part, selector) => all(part).every((one) => one.querySelector(selector));
  const frames = all("iframe[src*=streamlit_folium]");
  return !all("[data-testid=stSkeleton]").length
    && frames.every((one) => one.contentDocument?.documentElement.dataset.drawn > 0)
    && holds(".stElementContainer[class*=_map]", ".tk-map[data-drawn]")
    && holds(".stPlotlyChart", ".main-svg")
    && holds(".stExpander details[open] .stDataFrame", "canvas");
}"""
STILL = """() => new Promise((done) => {
  const finish = () => { watcher.disconnect(); document.fonts.ready.then(() => done()); };
  let timer = setTimeout(finish, 250);
  const wait = () => { clearTimeout(timer); timer = setTimeout(finish, 250); };
  const watcher = new MutationObserver(wait);
  watcher.observe(document.body, { subtree: true, childList: true, attributes: true });
  setTimeout(finish, 5000);
})"""
IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"


def browser_path() -> str | None:
    """Path of an installed Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def driver_fault() -> str:
    """Why Playwright's driver does not start here, for example a missing library; else ""."""
    from playwright._impl._driver import compute_driver_executable

    node, _ = compute_driver_executable()
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else found.stderr.strip().splitlines()[-1]


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


def start_server(
    folder: Path, script: str = "server.py", cwd: Path = ROOT, **environment: str
) -> Server:
    """Start a dashboard with a store of its own and wait until it answers.

    Args:
        folder: place for the store and the log.
        script: entry, from ``cwd``.
        cwd: folder whose ``.streamlit/config.toml`` counts.
        environment: further variables, or another ``TRANSFERKOMPASS_STORE``.
    """
    port = free_port()
    log = folder / "server.log"
    settings = {"TRANSFERKOMPASS_STORE": str(folder / "store"), **environment}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)],
            cwd=cwd,
            env={**os.environ, **settings},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, f"http://127.0.0.1:{port}", log)
    deadline = time.monotonic() + 3 * PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=2):
                return server
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(log.read_text()) from None
            time.sleep(0.1)
    server.stop()
    raise RuntimeError(f"no answer: {log.read_text()}")


@contextmanager
def running_browser(path: str) -> Iterator[Any]:
    """Headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What a page asked for and complained about.

    Attributes:
        foreign: addresses of other hosts that were asked for; the browser reaches none.
        faults: errors of the console and uncaught exceptions.
        answers: status of every answer of the own host by address.
    """

    foreign: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """Addresses of the own host that were answered with an error."""
        return [url for url, status in self.answers.items() if status >= 400]


def watched_page(
    browser: Any,
    own: str,
    width: int = 1366,
    height: int = 768,
    scheme: str = "light",
    **options: Any,
) -> tuple[Any, Watch]:
    """A fresh visitor's page that reaches no host but ``own``, and what it does."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="de-DE", **options
    )
    return watched(context, own)


def watched(context: Any, *own: str) -> tuple[Any, Watch]:
    """A new page of a visitor and what it does; the beginnings ``own`` are no foreign hosts."""
    page, watch = context.new_page(), Watch()

    def notice(request: Any) -> None:
        if not request.url.startswith((*own, "data:", "blob:")):
            watch.foreign.append(request.url)

    def complain(message: Any) -> None:
        if message.type == "error":
            watch.faults.append(f"{message.text} {message.location.get('url', '')}")

    page.on("request", notice)
    page.on("popup", lambda opened: opened.on("request", notice))
    page.on("console", complain)
    page.on("pageerror", lambda error: watch.faults.append(str(error)))
    page.on("response", lambda answer: watch.answers.update({answer.url: answer.status}))
    return page, watch


def settle(page: Any, patience: float = PATIENCE) -> None:
    """Wait until the page has run to its foot, has drawn everything and stays still."""
    page.wait_for_selector(IDLE, timeout=patience * 1000)
    page.wait_for_selector(".st-key-foot", timeout=patience * 1000)
    page.wait_for_function(DRAWN, timeout=patience * 1000)
    page.evaluate(STILL)
