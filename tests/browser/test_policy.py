"""The site behind the headers that hosts are told to send, and what a visit leaves behind on the device."""

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from rimay.headers import HEADERS
from tests.browser.conftest import Host
from tests.browser.visit import Origin

KEPT = """async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((found) => found.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map((found) => found.scope),
  cookie: document.cookie,
})"""
NOTHING = {"local": [], "session": [], "databases": [], "caches": [], "workers": [], "cookie": ""}


class StrictHost(Host):
    """Sends what ``_headers`` and ``.htaccess`` ask for."""

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def strict(origin: Origin) -> Iterator[str]:
    """Where the site is served with all its headers."""
    handler = functools.partial(StrictHost, site=origin.built.site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def addresses(origin: Origin) -> list[str]:
    """A page of every kind and every part of the site, in every language."""
    kinds = {(page.kind, page.language) for page in origin.built.pages} - {("lost", "es"), ("lost", "en")}
    longest = [origin.built.first_address(kind, language) for kind, language in sorted(kinds)]
    return [*longest, *(page.address for page in origin.built.pages if page.kind == "section")]


@pytest.mark.everything
def test_a_visit_leaves_nothing_on_the_device(page: Page, origin: Origin, context: BrowserContext) -> None:
    for address in addresses(origin):
        page.goto(address)
    page.wait_for_load_state("networkidle")

    assert page.evaluate(KEPT) == NOTHING
    assert context.cookies() == []


@pytest.mark.everything
def test_every_kind_of_page_works_behind_all_headers(page: Page, origin: Origin, strict: str) -> None:
    for address in addresses(origin):
        page.goto(strict + address)  # the fixture fails the test where a page logs an error
    page.goto(strict)
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("dialog").locator("input").fill("huelga")

    expect(page.locator("[data-results] a").first).to_be_visible()


def test_no_other_site_can_show_a_page_in_a_frame(page: Page, strict: str, errors: list[str]) -> None:
    page.set_content(f"<iframe src='{strict}'></iframe>")
    page.wait_for_load_state("networkidle")

    assert page.frames[1].url.startswith("chrome-error://")
    assert any("frame-ancestors" in error for error in errors)
    errors.clear()
