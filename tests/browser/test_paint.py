"""How soon a page stands on a cheap phone with a slow network: the one place where seconds are a bar."""

import pytest
from playwright.sync_api import Browser

from tests.browser.visit import Origin, one_of_each, wait_until

#: A slow phone network: 1.6 Mbit/s down, 300 ms to the host and back; and a processor a quarter as fast.
NETWORK = {"offline": False, "latency": 300, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
SLOWER = 4
LONGEST_SECONDS = 2.0
MOST_SHIFT = 0.05
TRIES = 3
OBSERVE = """
  window.shift = 0; window.paint = 0;
  new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) shift += e.value; })
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => { for (const e of list.getEntries()) paint = e.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
"""


def measure(browser: Browser, url: str) -> tuple[float, float]:
    """Seconds until the largest thing stands, and how far things moved, in a first visit."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    context.add_init_script(OBSERVE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="load")
    wait_until(page, "window.paint > 0")
    page.wait_for_timeout(300)
    paint, shift = page.evaluate("[window.paint, window.shift]")
    context.close()
    return paint / 1000, shift


@pytest.mark.everything
def test_a_page_stands_within_two_seconds_and_nothing_moves(browser: Browser, origin: Origin) -> None:
    pages = one_of_each(origin.built)
    kinds = [page for page in pages if page.elements("//div[not(contains(@class, 'page-section'))]/article")]
    assert len(kinds) > 10
    late = {}
    for document in kinds:
        for _ in range(TRIES):
            seconds, shift = measure(browser, origin.url + document.address)
            if seconds <= LONGEST_SECONDS and shift <= MOST_SHIFT:
                break
        else:
            late[document.address] = seconds, shift
    assert late == {}
