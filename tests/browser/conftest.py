"""The built site behind a small compressing server, and a Chromium to look at it with."""

import contextlib
import functools
import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.browser.visit import Origin
from tests.built import Built, shipped
from tests.install_browser import HOW_TO_INSTALL, find_browser

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PACKED = {".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".ics"}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


class Host(http.server.BaseHTTPRequestHandler):
    """Serves a folder as a static host does: compressed, with the page for lost readers, without redirects."""

    def __init__(self, *arguments: object, site: Path) -> None:
        self.site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.lstrip("/")
        file = self.site / (f"{path}index.html" if not path or path.endswith("/") else path)
        found = file.is_file()
        if not found:
            file = self.site / ("en/404.html" if path.startswith("en/") else "404.html")
        body, is_packed = pack(file)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if is_packed:
            self.send_header("Content-Encoding", "gzip")
        with contextlib.suppress(ConnectionError):  # the reader went on before it had everything
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """``make test`` opens the Spanish pages; the English ones are left to ``make test-all``."""
    for item in items:
        case = getattr(item, "callspec", None)
        if case and "en" in case.params.values() and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.everything)


@functools.cache
def pack(file: Path) -> tuple[bytes, bool]:
    """A file as it goes over the line, and whether it is compressed."""
    content = file.read_bytes()
    return (gzip.compress(content, 9, mtime=0), True) if file.suffix in PACKED else (content, False)


@pytest.fixture(scope="session")
def built() -> Built:
    return shipped()


@pytest.fixture(scope="session")
def origin(built: Built) -> Iterator[Origin]:
    """Where the site is served."""
    handler = functools.partial(Host, site=built.site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Origin(f"http://127.0.0.1:{server.server_port}/", built, lambda file: len(pack(file)[0]))
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_browser()
    if program is None:
        pytest.fail(HOW_TO_INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def errors() -> list[str]:
    """What the page logged as an error; a test that makes one takes it out again."""
    return []


@pytest.fixture
def context(page: Page) -> BrowserContext:
    """What the page's window stores and can reach."""
    return page.context


@pytest.fixture
def page(browser: Browser, origin: Origin, errors: list[str]) -> Iterator[Page]:
    """A fresh window of a desktop, light, with nothing stored; fails the test that logs an error."""
    context = browser.new_context(viewport=DESKTOP, base_url=origin.url, color_scheme="light", locale="es-PE")
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
