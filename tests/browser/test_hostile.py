"""Pages whose every word attacks, without the Content-Security-Policy: escaping alone must hold."""

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Host
from tests.browser.visit import wait_until
from tests.built import Built
from tests.hostile import MARK, hostile

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
#: Where the button leads by which a reader leaves the documentation form in a hurry.
HURRY = "https://es.wikipedia.org/"
#: Everything that a reader may press or touch; what opens another page is left alone.
TOUCH = """() => {
  document.addEventListener("submit", (event) => event.preventDefault(), true);
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const element of document.querySelectorAll("body, body *")) {
    for (const type of ["mouseover", "focus", "toggle"]) element.dispatchEvent(new Event(type));
  }
  for (const field of document.querySelectorAll("input:not([type=checkbox], [type=radio]), textarea")) {
    try { field.value = field.value || '"><img src=x onerror=alert(1)>'; } catch { /* a file */ }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  for (const field of document.querySelectorAll("select, input")) {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const button of document.querySelectorAll("button")) button.click();
}"""


@pytest.fixture(scope="module")
def attacked() -> Built:
    return hostile()


@pytest.fixture(scope="module")
def defenceless(attacked: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the hostile site is served with its policy taken out."""
    site: Path = shutil.copytree(attacked.site, tmp_path_factory.mktemp("defenceless") / "site")
    for file in site.rglob("*.html"):
        file.write_text(POLICY.sub("", file.read_text("utf-8")), "utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, site=site)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class Visitor:
    """A window that remembers every script that ran and every request that left the site."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url, self.page = url, context.new_page()
        self.ran: list[str] = []
        self.left: list[str] = []
        context.add_init_script("window.alert = () => console.warn('pwned'); window.print = window.confirm = () => {};")
        context.route(re.compile(f"^(?!{re.escape(url)})"), lambda route: route.abort())
        self.page.on("request", lambda request: self._leave(request.url))
        self.page.on("console", lambda message: self.ran.append(self.page.url) if message.text == "pwned" else None)

    def _leave(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:", HURRY)):
            self.left.append(f"{self.page.url} asked for {url}")


@pytest.fixture
def visitor(browser: Browser, defenceless: str) -> Iterator[Visitor]:
    context = browser.new_context(locale="es-PE")
    yield Visitor(context, defenceless)
    context.close()


@pytest.mark.everything
def test_the_trap_itself_sees_what_runs(visitor: Visitor) -> None:
    visitor.page.goto(visitor.url)
    visitor.page.evaluate("document.body.innerHTML = '<img src=https://evil.example/ onerror=alert(1)>'")
    visitor.page.wait_for_load_state("networkidle")

    expect(visitor.page.locator("img")).to_have_count(1)
    wait_until(visitor.page, "document.images[0].complete")
    assert visitor.left != []
    assert visitor.ran != []


@pytest.mark.everything
def test_no_page_runs_or_fetches_what_the_words_ask_for(visitor: Visitor, attacked: Built) -> None:
    for document in attacked.documents.values():
        visitor.page.goto(urljoin(visitor.url, document.address), wait_until="load")
        if document.is_redirect:
            visitor.page.wait_for_url(re.compile(f"(?<!/{re.escape(document.address)})$"))
        else:
            visitor.page.evaluate(TOUCH)
    visitor.page.wait_for_load_state("networkidle")

    assert visitor.ran == []
    assert visitor.left == []


@pytest.mark.everything
def test_search_shows_an_attack_as_words(visitor: Visitor) -> None:
    visitor.page.goto(visitor.url)
    visitor.page.get_by_role("button", name="Buscar").click()
    visitor.page.get_by_role("dialog").locator("input").fill("script alert")
    results = visitor.page.locator("[data-results]")

    expect(results).to_contain_text(MARK)
    assert results.locator("script, img").count() == 0
    assert visitor.ran == []


@pytest.mark.everything
def test_the_page_of_an_attack_looks_whole(visitor: Visitor, attacked: Built) -> None:
    visitor.page.goto(visitor.url + attacked.first_address("campaign", "es"))

    expect(visitor.page.locator("h1")).to_contain_text(MARK)
    expect(visitor.page.locator("footer")).to_be_visible()


def test_with_the_policy_even_what_is_injected_does_not_run(page: Page, errors: list[str]) -> None:
    page.goto("")
    page.evaluate("document.body.innerHTML = '<img src=x onerror=\"document.title = 1\"><iframe src=/></iframe>'")
    wait_until(page, "document.images[0].complete")

    assert page.title() != "1"
    assert any("Content Security Policy" in error for error in errors)
    errors.clear()
