"""What a reader asks to be kept opens without a network; nothing is kept before, and nothing is left once deleted."""

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from rimay.offline import write_collections
from rimay.page import Page as SitePage
from tests.browser.conftest import Host, pack
from tests.built import Built, build
from tests.conftest import create_project

WHAT_IS_STORED = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookies: document.cookie,
})"""
TAKEN_OVER = """() => new Promise((done) => {
  navigator.serviceWorker.addEventListener("controllerchange", () => done());
  if (navigator.serviceWorker.controller) done();
})"""
READ_ADDRESSES = """async () => {
  const name = (await caches.keys()).find((name) => name.endsWith(" read"));
  return (await (await caches.open(name)).keys()).map(({ url }) => url).filter((url) => !url.includes("/assets/"));
}"""
KEPT_ADDRESSES = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => url);
}"""
NOTHING = {"caches": [], "workers": 0, "local": [], "session": [], "cookies": ""}
COURSE = "curso-de-prueba"
FOLDER = "sindicato/"  # as on a host whose sites share a name


class Network:
    """A host that can be switched off, and a site on it that can be changed."""

    def __init__(self, built: Built, folder: Path) -> None:
        self.built, self.site = built, shutil.copytree(built.site, folder / FOLDER)
        shutil.copy(self.site / "404.html", folder)
        self._root, self._port = folder, 0
        self._on()

    def _on(self) -> None:
        self._server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", self._port), functools.partial(Host, site=self._root)
        )
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/{FOLDER}"

    def cut(self, page: Page) -> None:
        page.context.set_offline(True)
        self._server.shutdown()
        self._server.server_close()

    def mend(self, page: Page) -> None:
        self._on()
        page.context.set_offline(False)

    def change(self, path: str, old: str, new: str) -> None:
        file = self.site / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        pack.cache_clear()

    def course(self) -> list[SitePage]:
        return [page for page in self.built.outputs.pages["es"] if f"/{COURSE}/" in f"/{page.address}"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("small")
    (folder / "project").mkdir()
    return build(folder, create_project(folder / "project"))


@pytest.fixture
def network(small: Built, tmp_path: Path) -> Iterator[Network]:
    yield Network(small, tmp_path)


@pytest.fixture
def phone(browser: Browser, network: Network) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, base_url=network.url, locale="es-PE", accept_downloads=True
    )
    yield context.new_page()
    context.close()


def turn_on(page: Page) -> None:
    page.goto("acerca/sin-conexion/")
    page.get_by_label("Guardar las páginas que leo").check()
    page.evaluate(TAKEN_OVER)
    expect(page.locator("[data-kept-pages]")).to_contain_text("Todavía no hay ninguna")


def keep_course(page: Page, choice: str) -> None:
    page.goto(f"formacion/{COURSE}/")
    page.get_by_text("Guardar en este teléfono").click()
    page.get_by_role("button", name=choice).click()
    expect(page.locator(".keep")).to_contain_text("Está al día.")


def test_nothing_is_kept_before_the_reader_asks(phone: Page) -> None:
    for address in ("", f"formacion/{COURSE}/", "acerca/sin-conexion/"):
        phone.goto(address)
        phone.wait_for_load_state("networkidle")
        assert phone.evaluate(WHAT_IS_STORED) == NOTHING


def test_the_size_is_shown_before_anything_is_kept(phone: Page) -> None:
    phone.goto(f"formacion/{COURSE}/")
    phone.get_by_text("Guardar en este teléfono").click()
    expect(phone.get_by_role("button", name="Solo las páginas")).to_contain_text(" kB)")
    expect(phone.get_by_role("button", name="Páginas y documentos")).to_contain_text("B)")
    assert phone.evaluate(WHAT_IS_STORED) == NOTHING


def test_pages_read_stay_readable_when_the_network_is_cut(phone: Page, network: Network) -> None:
    turn_on(phone)
    phone.goto("glosario/")
    phone.goto("")
    network.cut(phone)

    phone.goto("glosario/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Glosario")
    assert phone.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    expect(phone.locator("[data-filter] form")).to_be_visible()  # its scripts are kept too


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_page_that_is_not_kept_leads_to_what_is(phone: Page, network: Network, prefix: str) -> None:
    turn_on(phone)
    phone.goto("glosario/")
    network.cut(phone)

    phone.goto(f"{prefix}prensa/")
    expect(phone.locator("[data-missing]")).to_contain_text("Estás sin conexión")
    again = phone.get_by_role("link", name="Volver a intentar")
    expect(again).to_have_attribute("href", f"{network.url}{prefix}prensa/")
    expect(phone.locator("[data-kept-pages] a")).to_have_text(["Glosario · Rimay"])


@pytest.mark.everything
def test_only_the_last_pages_read_are_kept(phone: Page, network: Network) -> None:
    turn_on(phone)
    addresses = [page.address for page in network.built.pages if page.kind != "lost"][:62]
    for address in [*addresses, addresses[1]]:
        phone.goto(address, wait_until="commit")
    phone.goto("glosario/", wait_until="networkidle")
    kept = phone.evaluate(READ_ADDRESSES)
    assert len(kept) == 60
    assert network.url + addresses[0] not in kept
    assert network.url + addresses[1] in kept, "seen again"


def test_keeping_a_course_does_not_keep_what_else_is_read(phone: Page, network: Network) -> None:
    keep_course(phone, "Solo las páginas")
    phone.goto("glosario/")
    network.cut(phone)

    phone.goto("glosario/")
    expect(phone.locator("[data-missing]")).to_be_visible()


def test_a_kept_course_opens_whole_without_a_network(phone: Page, network: Network) -> None:
    keep_course(phone, "Páginas y documentos")
    course = network.course()
    handouts = [path for path in network.built.tree if path.startswith(course[0].address) and path.endswith(".pdf")]
    assert len(course) > 1
    assert handouts
    network.cut(phone)

    for page in course:
        phone.goto(page.address)
        expect(phone.get_by_role("heading", level=1)).to_have_text(page.title)
    for path in handouts:
        start = phone.evaluate("async (url) => (await (await fetch(url)).text()).slice(0, 5)", network.url + path)
        assert start == "%PDF-", path


def test_without_documents_a_course_keeps_its_pages_only_and_can_have_them_added(phone: Page, network: Network) -> None:
    keep_course(phone, "Solo las páginas")
    assert not [url for url in phone.evaluate(KEPT_ADDRESSES) if url.endswith(".pdf")]

    phone.get_by_role("button", name="Agregar los documentos").click()
    expect(phone.get_by_role("button", name="Agregar los documentos")).to_have_count(0)
    expect(phone.locator(".keep")).to_contain_text("Está al día.")
    assert [url for url in phone.evaluate(KEPT_ADDRESSES) if url.endswith(".pdf")]


def test_fresh_content_wins_as_soon_as_there_is_a_network(phone: Page, network: Network) -> None:
    turn_on(phone)
    keep_course(phone, "Solo las páginas")
    session = network.course()[-1]
    phone.goto(session.address)
    network.change(f"{session.address}index.html", session.title, "Texto nuevo")
    network.cut(phone)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text(session.title)

    network.mend(phone)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Texto nuevo")

    network.cut(phone)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Texto nuevo")


def test_a_network_that_hangs_gives_way_to_the_kept_page(phone: Page, network: Network) -> None:
    turn_on(phone)
    phone.goto("glosario/")
    network._server.shutdown()  # accepts connections, never answers
    phone.goto("glosario/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Glosario")
    network._server.server_close()


def test_a_new_version_of_a_course_is_told_and_taken_over(phone: Page, network: Network) -> None:
    keep_course(phone, "Solo las páginas")
    session = network.course()[-1]
    network.change(f"{session.address}index.html", session.title, "Texto nuevo")
    rewrite_collections(network)

    phone.goto("acerca/sin-conexion/")
    box = phone.locator(".keep details").filter(has_text="Hay una versión más nueva")
    expect(box).to_have_count(1)
    box.get_by_role("button", name="Actualizar").click()
    expect(box.or_(phone.locator(".keep details").filter(has_text="Está al día."))).to_contain_text("Está al día.")

    network.cut(phone)
    phone.goto(session.address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Texto nuevo")


def test_a_download_that_breaks_off_leaves_the_last_version_and_goes_on_later(phone: Page, network: Network) -> None:
    keep_course(phone, "Solo las páginas")
    session = network.course()[-1]
    file = network.site / session.address / "index.html"
    network.change(f"{session.address}index.html", session.title, "Texto nuevo")
    network.change(f"formacion/{COURSE}/index.html", "</main>", "<p>Otro cambio</p></main>")
    rewrite_collections(network)
    file.rename(file.with_suffix(".away"))

    phone.goto(f"formacion/{COURSE}/")
    phone.get_by_role("button", name="Actualizar").click()
    expect(phone.locator(".keep")).to_contain_text("No se pudo guardar todo")
    network.cut(phone)
    phone.goto(session.address)
    expect(phone.get_by_role("heading", level=1)).to_have_text(session.title)

    network.mend(phone)
    file.with_suffix(".away").rename(file)
    phone.goto(f"formacion/{COURSE}/")
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(urlsplit(request.url).path))
    phone.get_by_role("button", name="Actualizar").click()
    expect(phone.locator(".keep")).to_contain_text("Está al día.")
    assert f"/{FOLDER}{session.address}" in asked
    assert f"/{FOLDER}formacion/{COURSE}/" not in asked, "what was saved before it broke off is not fetched again"


def test_deleting_everything_leaves_nothing(phone: Page) -> None:
    turn_on(phone)
    keep_course(phone, "Solo las páginas")
    phone.goto("acerca/sin-conexion/")
    phone.get_by_role("button", name="Borrar todo").click()
    expect(phone.get_by_text("ya no queda nada guardado")).to_be_visible()
    assert phone.evaluate(WHAT_IS_STORED) == NOTHING

    phone.goto("glosario/")
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate(WHAT_IS_STORED) == NOTHING


def test_taking_the_last_thing_back_leaves_nothing(phone: Page) -> None:
    keep_course(phone, "Solo las páginas")
    phone.get_by_role("button", name="Quitar").click()
    expect(phone.get_by_role("button", name="Solo las páginas")).to_be_visible()
    assert phone.evaluate(WHAT_IS_STORED) == NOTHING

    turn_on(phone)
    phone.get_by_label("Guardar las páginas que leo").uncheck()
    expect(phone.get_by_role("button", name="Borrar todo")).to_be_disabled()
    assert phone.evaluate(WHAT_IS_STORED) == NOTHING


@pytest.mark.parametrize(("address", "language"), [("acerca/sin-conexion/", "es"), ("en/about/offline/", "en")])
def test_the_site_can_be_installed_as_an_app_in_each_language(
    phone: Page, network: Network, address: str, language: str
) -> None:
    phone.goto(address)
    session = phone.context.new_cdp_session(phone)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{network.url}{'en/' if language == 'en' else ''}app.webmanifest"
    problems = {problem["errorId"] for problem in session.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert problems <= {"in-incognito"}  # which a test's window always is


def rewrite_collections(network: Network) -> None:
    site = network.built.outputs
    write_collections(network.site, site.library, [page for page in network.built.pages if page.kind != "lost"])
