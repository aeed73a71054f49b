"""A campaign's page as it is read: days that are left, a letter signed on the device, words to share."""

import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown import Markdown
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from rimay.outputs import Site
from rimay.text import EXTENSION_CONFIGS, EXTENSIONS
from tests.browser.visit import Origin
from tests.conftest import SITE_URL, create_living_project

ADDRESS = "campanas/prima-textil/"
CAMPAIGN = "campanas/agua-para-todos/"


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a campaign under way, as on 1 June 2024: what stands inside the frame."""
    site = Site(create_living_project(tmp_path_factory.mktemp("living")), SITE_URL)
    text = next(page.text for page in site.pages["es"] if page.address == CAMPAIGN)
    return Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS).convert(text)


def _open(page: Page, origin: Origin, article: str, now: str) -> None:
    """The campaign under way in the frame and with the scripts of a campaign of the shipped site, read at a moment."""
    frame = (origin.built.site / ADDRESS / "index.html").read_text("utf-8")
    body = re.sub(r"(<article[^>]*>).*</article>", lambda m: f"{m[1]}{article}</article>", frame, flags=re.DOTALL)
    page.route(f"**/{ADDRESS}", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.clock.set_fixed_time(now)
    page.goto(ADDRESS)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2024-06-01T17:00:00Z", "Faltan 9 días."),
        ("2024-06-10T04:59:00Z", "Es mañana."),  # a minute to midnight in Lima
        ("2024-06-10T05:00:00Z", "Es hoy."),
        ("2024-06-11T04:59:00Z", "Es hoy."),
        ("2024-06-11T05:00:00Z", "Cerrada el 10 de junio de 2024."),
    ],
)
def test_the_days_that_are_left_are_counted_when_the_page_is_read(
    page: Page, origin: Origin, article: str, now: str, said: str
) -> None:
    _open(page, origin, article, now)
    letter = page.locator(".action-letter")

    expect(letter.locator("[data-state]")).to_have_text(said)
    expect(letter.locator(".letter-tools")).to_be_visible(visible=not said.startswith("Cerrada"))
    expect(letter.get_by_text("Hasta el lunes, 10 de junio de 2024")).to_be_visible(
        visible=not said.startswith("Cerrada")
    )


def test_what_was_closed_when_the_page_was_made_stays_closed(page: Page, origin: Origin, article: str) -> None:
    _open(page, origin, article, "2024-05-01T12:00:00Z")

    expect(page.locator(".action.closed .deadline")).to_have_text("Fue el 20 de mayo de 2024.")


def test_an_event_that_is_over_when_the_page_is_read_no_longer_calls(page: Page, origin: Origin, article: str) -> None:
    _open(page, origin, article, "2024-06-06T05:00:00Z")
    event = page.locator(".action", has=page.locator("#marcha"))

    expect(event.locator("[data-state]")).to_have_text("Fue el 5 de junio de 2024.")
    expect(event.get_by_text("Ica, plaza")).to_be_visible()
    expect(event.get_by_role("link")).to_have_count(0)


def test_the_day_of_an_event_is_said_as_on_the_page_in_english(page: Page, origin: Origin, tmp_path: Path) -> None:
    site = Site(create_living_project(tmp_path), SITE_URL)
    text = next(found.text for found in site.pages["en"] if found.address == "en/campaigns/water-for-all/")
    article = Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS).convert(text)
    _open(page, origin, article, "2024-06-06T05:00:00Z")

    expect(page.locator("#marcha ~ .deadline [data-state]")).to_have_text("Took place on 5 June 2024.")


def test_a_letter_is_signed_on_the_device_and_leaves_it_by_mail_only(
    page: Page, origin: Origin, article: str, tmp_path: Path
) -> None:
    _open(page, origin, article, "2024-06-01T17:00:00Z")
    page.wait_for_load_state("networkidle")  # the icon comes last
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    tools = page.locator(".letter-tools")

    tools.get_by_label("Tu nombre").fill("Ñusta & «amigos»")

    link = unquote(str(tools.get_by_role("link").get_attribute("href")))
    assert link.startswith("mailto:gerencia@empresa.example?subject=Agua & jabón&body=Señoras y señores:")
    assert link.endswith("Pido agua & jabón «ya».\r\n\r\nÑusta & «amigos»")
    with page.expect_download() as started:
        tools.get_by_role("button", name="Descargar").click()
    letter = Path(started.value.path()).read_text("utf-8")
    assert letter.startswith("Gerencia general\n\ngerencia@empresa.example\n\nAgua & jabón\n\nSeñoras y señores:")
    assert letter.endswith("Ñusta & «amigos»\n")
    assert not [url for url in sent if not url.startswith("blob:")]
    assert page.evaluate("localStorage.length") == 0


def test_address_and_subject_of_a_letter_are_copied_one_by_one(page: Page, origin: Origin, article: str) -> None:
    _open(page, origin, article, "2024-06-01T17:00:00Z")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tools = page.locator(".letter-tools")

    for name, copied in (("Copiar el correo", "gerencia@empresa.example"), ("Copiar el asunto", "Agua & jabón")):
        tools.get_by_role("button", name=name).click()
        expect(tools.get_by_role("status")).to_have_text("Texto copiado.")
        assert page.evaluate("navigator.clipboard.readText()") == copied


def test_a_letter_is_printed_whole(page: Page, origin: Origin, article: str) -> None:
    _open(page, origin, article, "2024-06-01T17:00:00Z")
    expect(page.get_by_text("Pido agua & jabón")).to_be_hidden()

    words = " ".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(page.pdf())).pages)

    assert "Gerencia general" in words
    assert "Pido agua & jabón «ya»." in words
    assert "Agregar a tu calendario" not in words


def test_words_to_share_can_be_read_and_are_copied(page: Page) -> None:
    page.goto(ADDRESS)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copiar texto").click()

    expect(page.locator(".share [role=status]")).to_have_text("Texto copiado.")
    assert page.evaluate("navigator.clipboard.readText()") == f"Prima textil para todas y todos {SITE_URL}{ADDRESS}"
    page.get_by_role("button", name="Copiar enlace").click()
    expect(page.locator(".share [role=status]")).to_have_text("Enlace copiado.")
    page.locator(".share summary").click()
    expect(page.locator(".share details")).to_contain_text(f"Prima textil para todas y todos {SITE_URL}{ADDRESS}")
