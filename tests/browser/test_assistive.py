"""A page of each kind as people meet it who type only, hear it, need their own colours, or have it on paper."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.visit import Origin, one_of_each
from tests.built import Document

#: Roles that need a name to be of use when they are heard.
NAMED = {
    *("button", "link", "textbox", "searchbox", "checkbox", "radio", "combobox", "listbox", "spinbutton", "slider"),
    *("dialog", "progressbar", "image", "img", "meter", "tab", "region"),
}
#: Names that say nothing when links are heard one after the other.
EMPTY_WORDS = {"aquí", "acá", "más", "leer más", "ver", "descargar", "here", "more", "read more", "download", "link"}
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ checkVisibilityCSS: true })
    && !e.closest("dialog:not([open]), [inert], details:not([open]) > :not(summary)")
    && !(e.type === "radio" && e !== (e.form || document).querySelector(`input[name="${CSS.escape(e.name)}"]:checked`)
      && document.querySelector(`input[name="${CSS.escape(e.name)}"]`) !== e))"""
NUMBER = f"() => {{ ({FOCUSABLE})().forEach((e, i) => e.dataset.walked = i); return ({FOCUSABLE})().length; }}"
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e);
  const box = e.getClientRects()[0] ?? e.getBoundingClientRect();
  const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 2), y = box.y + Math.min(box.height / 2, 12);
  const top = document.elementFromPoint(x, y);
  return { number: Number(e.dataset.walked ?? -1), shown, name: `${e.tagName} ${e.textContent.trim().slice(0, 40)}`,
    seen: !top || e.contains(top) || top.contains(e) || !!e.labels?.length };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((e) => {
  const s = getComputedStyle(e);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
  return (s.animationName !== "none" && lasts(s.animationDuration)) || lasts(s.transitionDuration);
}).map((e) => e.outerHTML.slice(0, 80))"""
SMALL = """() => [...document.querySelectorAll("button, select, textarea, summary, input:not([type=hidden])")]
  .filter((e) => e.tabIndex >= 0 && e.checkVisibility({ checkVisibilityCSS: true })).map((e) => e.closest("label") ?? e)
  .filter((e) => { const b = e.getBoundingClientRect(); return b.width && (b.width < 24 || b.height < 24); })
  .map((e) => e.outerHTML.slice(0, 100))"""
EDGELESS = """() => [...document.querySelectorAll("button, select, textarea, input:not([type=hidden])")]
  .filter((e) => e.checkVisibility({ checkVisibilityCSS: true })).filter((e) => {
    const s = getComputedStyle(e);
    return !["checkbox", "radio", "range", "file"].includes(e.type)
      && !["Top", "Right", "Bottom", "Left"].some((side) => s[`border${side}Style`] !== "none"
        && parseFloat(s[`border${side}Width`]) > 0) && s.textDecorationLine !== "underline";
  }).map((e) => e.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def documents(origin: Origin) -> list[Document]:
    return one_of_each(origin.built)


@pytest.fixture(scope="module")
def window(browser: Browser, origin: Origin) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=origin.url)
    yield context.new_page()
    context.close()


def collect(page: Page, documents: list[Document], script: str) -> dict[str, Any]:
    """What a script finds on each page, where it finds anything."""
    found = {}
    for document in documents:
        page.goto(document.address, wait_until="load")
        if result := page.evaluate(script):
            found[document.address] = result
    return found


@pytest.mark.everything
def test_tab_goes_through_everything_in_order_and_always_shows_where_it_is(
    window: Page, documents: list[Document]
) -> None:
    wrong: dict[str, object] = {}
    for document in documents:
        window.goto(document.address, wait_until="load")
        count = window.evaluate(NUMBER)
        steps = list[dict[str, Any]]()
        inside = 4 * len(document.elements("//input[@type='date']"))  # day, month, year and the picker
        for _ in range(min(count, 120) + inside):
            window.keyboard.press("Tab")
            step = window.evaluate(FOCUSED)
            if steps and steps[-1]["number"] == count - 1 != step["number"]:
                break  # after the last comes the first
            steps.append(step)
        steps = [step for step in steps if step["number"] >= 0]  # after the last comes the window itself
        numbers = [step["number"] for step in steps]
        if numbers != sorted(numbers) or numbers[0] != 0 or len(set(numbers)) < min(count, 120) - 3:
            wrong[document.address] = numbers
        steps = list({step["number"]: step for step in reversed(steps)}.values())  # a date has several places in it
        if unseen := [step["name"] for step in steps if not (step["shown"] and step["seen"])]:
            wrong[f"{document.address} unseen"] = unseen
    assert wrong == {}


@pytest.mark.everything
def test_everything_that_is_heard_has_a_name_that_says_something(window: Page, documents: list[Document]) -> None:
    session = window.context.new_cdp_session(window)
    nameless = {}
    for document in documents:
        window.goto(document.address, wait_until="load")
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        heard = [
            (node["role"]["value"], " ".join(str(node.get("name", {}).get("value", "")).split()))
            for node in nodes
            if not node.get("ignored") and node.get("role", {}).get("value") in NAMED
        ]
        assert heard, document.address
        if found := [one for one in heard if not one[1] or one[1].casefold() in EMPTY_WORDS]:
            nameless[document.address] = found
    assert nameless == {}


@pytest.mark.everything
def test_nothing_moves_for_who_asks_for_less_motion(window: Page, documents: list[Document]) -> None:
    window.emulate_media(reduced_motion="reduce")
    assert collect(window, documents, MOVING) == {}
    window.emulate_media(reduced_motion="no-preference")


@pytest.mark.everything
def test_what_is_touched_is_large_enough_on_a_phone(window: Page, documents: list[Document]) -> None:
    window.set_viewport_size({"width": 360, "height": 740})
    assert collect(window, documents, SMALL) == {}
    window.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.everything
def test_in_colours_of_ones_own_every_control_has_an_edge(window: Page, documents: list[Document]) -> None:
    window.emulate_media(forced_colors="active")
    assert collect(window, documents, EDGELESS) == {}
    window.emulate_media(forced_colors="none")


@pytest.mark.everything
def test_paper_has_the_headings_in_order_and_no_menu(window: Page, documents: list[Document]) -> None:
    wrong = {}
    for document in documents:
        window.goto(document.address, wait_until="load")
        window.emulate_media(media="print")
        headings = window.evaluate(
            """() => [...document.querySelectorAll("article :is(h1, h2, h3)")]
              .filter((e) => e.checkVisibility()).map((e) => e.innerText)"""
        )
        menu = window.evaluate("() => document.querySelector('nav.menu').checkVisibility()")
        reader = PdfReader(io.BytesIO(window.pdf(format="A4", prefer_css_page_size=True)))
        window.emulate_media(media="screen")
        words, place = _squeeze(" ".join(sheet.extract_text() for sheet in reader.pages)), 0
        for heading in headings:
            found = words.find(_squeeze(heading), place)
            if found < 0:
                wrong[document.address] = heading
                break
            place = found
        if menu:
            wrong[document.address] = "the menu"
    assert wrong == {}


def _squeeze(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
