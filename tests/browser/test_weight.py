"""Every page on a phone with prepaid data: light, quiet, alone, and never wider than the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from rimay.weight import find_heavy
from tests.browser.visit import Origin, Visit, heaviest
from tests.built import Document

BAR = 80_000
#: What the heads of answers cost beside the files.
HEADS = 2_000
WIDTHS = (360, 320)
#: So that two processes can share the walk.
SHARDS = 4
STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > wide + 1);
  return ["page", ...out.map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`)];
}"""


@pytest.fixture(
    scope="module",
    params=["heaviest", *(pytest.param(shard, marks=pytest.mark.everything, id=f"{shard}") for shard in range(SHARDS))],
)
def documents(request: pytest.FixtureRequest, origin: Origin) -> list[Document]:
    """The pages to visit: the heaviest, or a share of all."""
    if request.param == "heaviest":
        return heaviest(origin.built)
    return [d for d in origin.built.documents.values() if not d.is_redirect][request.param :: SHARDS]


@pytest.fixture(scope="module")
def visits(browser: Browser, origin: Origin, documents: list[Document]) -> Iterator[list[Visit]]:
    """A first visit to each page, nothing kept from the others."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 740}, device_scale_factor=2)
    page = context.new_page()
    visit = Visit("")
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: visit.errors.append(str(error)))
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    network.on("Network.loadingFinished", lambda event: _receive(visit, event))
    visits, widths = [], WIDTHS
    for document in documents:
        visit = Visit(document.address)
        page.goto(origin.url + document.address, wait_until="load")
        for width in widths:
            page.set_viewport_size({"width": width, "height": 740})
            visit.sideways[width] = page.evaluate(STICKS_OUT)
        widths = widths[::-1]  # the next page begins where this one ends: changing the size costs time
        own = [url for url in visit.requests if url.startswith(origin.url)]
        visit.page = origin.weigh(own[0])
        visit.assets = sum(origin.weigh(url) for url in set(own[1:]) if ".svg" not in url)
        visits.append(visit)
    yield visits
    context.close()


def _receive(visit: Visit, event: dict[str, float]) -> None:
    visit.received += int(event["encodedDataLength"])


def test_a_first_visit_costs_at_most_80_kb(visits: list[Visit]) -> None:
    assert {visit.address: visit.received for visit in visits if not 1_000 < visit.received <= BAR} == {}


def test_a_first_visit_keeps_to_the_bars_of_its_kind(visits: list[Visit], documents: list[Document]) -> None:
    heavy: list[str] = []
    for visit, document in zip(visits, documents, strict=True):
        kind = document.text("//div[contains(@class, 'page-')]/@class").removeprefix("page page-")
        heavy += find_heavy(visit.address, kind, visit.page, visit.assets, 0)
        assert visit.received <= visit.page + visit.assets + HEADS, visit.address
    assert heavy == []


def test_no_page_asks_a_third_party(visits: list[Visit], origin: Origin) -> None:
    strangers = {visit.address: [url for url in visit.requests if not url.startswith(origin.url)] for visit in visits}
    assert {address: urls for address, urls in strangers.items() if urls} == {}


def test_a_page_fetches_only_itself_and_the_styles_scripts_and_icon_it_names(
    visits: list[Visit], documents: list[Document], origin: Origin
) -> None:
    for visit, document in zip(visits, documents, strict=True):
        named = {link.target for link in document.links() if link.element in {"link", "script"}}
        paths = {url.removeprefix(origin.url).partition("?")[0] for url in visit.requests} - {visit.address}
        assert paths <= named, visit.address
        assert all(path.startswith("assets/") for path in paths), visit.address


def test_no_page_logs_an_error(visits: list[Visit]) -> None:
    assert {visit.address: visit.errors for visit in visits if visit.errors} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_on_a_phone(visits: list[Visit], width: int) -> None:
    assert {visit.address: visit.sideways[width][:5] for visit in visits if visit.sideways[width]} == {}


def test_no_page_fetches_anything_before_the_reader_asks(page: Page, origin: Origin) -> None:
    late: list[str] = []
    page.goto("", wait_until="networkidle")
    page.on("request", lambda request: late.append(request.url))
    page.mouse.wheel(0, 2000)
    page.locator("header a").first.hover()
    page.wait_for_load_state("networkidle")
    assert late == []
