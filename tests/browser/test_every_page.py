"""axe-core on every page of the site: light and dark, on the narrowest phone, on a desktop, and at 200 %."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.test_accessibility import SCHEMES, TAGS
from tests.browser.visit import Origin

pytestmark = pytest.mark.everything
#: So that two processes can share the walk.
SHARDS = 8
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
#: A desktop at 200 % lays a page out as a window of half its width does.
SIZES: dict[str, ViewportSize] = {
    "320 px": {"width": 320, "height": 740},
    "200 %": {"width": 640, "height": 450},
    "1280 px": {"width": 1280, "height": 900},
}
RUN = """async (rules) => (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations
  .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${n.html.slice(0, 120)}`))"""
STICKS_OUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def walker(browser: Browser, origin: Origin) -> Iterator[Page]:
    """A window in which axe is there on every page."""
    context = browser.new_context(base_url=origin.url)
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def find_violations(page: Page, rules: dict[str, Any]) -> list[str]:
    found: list[str] = page.evaluate(RUN, rules)
    return found


@pytest.mark.parametrize("shard", range(SHARDS))
def test_axe_finds_nothing_on_any_page(walker: Page, origin: Origin, shard: int) -> None:
    documents = [d for d in origin.built.documents.values() if not d.is_redirect][shard::SHARDS]
    assert len(documents) > 50
    assert set(TAGS) >= {"wcag2aa", "wcag22aa"}
    found: dict[str, list[str]] = {}
    for document in documents:
        walker.set_viewport_size(SIZES["1280 px"])
        walker.emulate_media(color_scheme="light")
        walker.goto(document.address, wait_until="load")
        for size, viewport in SIZES.items():
            walker.set_viewport_size(viewport)
            for scheme, rules in SCHEMES.items():
                if scheme == "dark" and size != "1280 px":
                    continue  # colours do not depend on the width
                walker.emulate_media(color_scheme=scheme)
                if violations := find_violations(walker, rules):
                    found[f"{document.address} {size} {scheme}"] = violations
            if walker.evaluate(STICKS_OUT):
                found[f"{document.address} {size}"] = ["scrolls sideways"]
            walker.emulate_media(color_scheme="light")
    assert found == {}
