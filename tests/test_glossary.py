"""The glossary as a page in each language, and as a table for translators."""

import csv
import io
from collections.abc import Mapping

import pytest
from lxml import html
from markdown import Markdown

from rimay.languages import LANGUAGES
from rimay.library import Library, sort_key
from rimay.outputs import Site
from rimay.page import Output
from rimay.text import EXTENSION_CONFIGS, EXTENSIONS

PAGES = {"es": "glosario/", "en": "en/glossary/"}
#: The entries of the glossary that the project was planned with, in its order.
PLANNED = """
    sindicato sindicato-de-empresa sindicato-de-rama federacion central-sindical base afiliacion libertad-sindical
    fuero-sindical licencia-sindical permiso-sindical cuota-sindical estatuto junta-directiva secretaria-general
    asamblea delegada-o-delegado registro-sindical despido-nulo despido-arbitrario reposicion practica-antisindical
    negociacion-colectiva pliego-de-reclamos convenio-colectivo convencion-colectiva trato-directo conciliacion
    arbitraje laudo-arbitral clausula caducidad-del-convenio vigencia negociacion-por-rama buena-fe-negocial huelga
    huelga-improcedente-o-ilegal plazo-de-huelga servicios-esenciales-y-servicios-minimos dialogo-social tripartito
    inspeccion-del-trabajo sunafil orden-de-inspeccion medida-de-requerimiento acta-de-infraccion multa denuncia
    demanda proceso-laboral oralidad medida-cautelar carga-de-la-prueba accion-popular amparo
    contrato-a-plazo-indeterminado contrato-a-plazo-fijo desnaturalizacion regimen-laboral regimen-agrario
    regimen-de-exportacion-no-tradicional tercerizacion intermediacion contrata-o-services personal-subcontratado
    planilla boleta-de-pago remuneracion-minima-vital cts gratificacion utilidades horas-extras jornada prima-textil
    cas seguridad-y-salud-en-el-trabajo comite-de-sst equipo-de-proteccion-personal enfermedad-profesional
    trabajo-forzoso trabajo-infantil hostigamiento-sexual hora-de-lactancia wawa-wasi trabajo-decente informalidad
    promotora-o-promotor-sindical incidencia
"""


def read_page(outputs: Mapping[str, Output], language: str) -> html.HtmlElement:
    """The page as HTML, before the engine resolves links between pages."""
    text = str(outputs[f"{PAGES[language]}index.html"].content)
    written = Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS).convert(text)
    return html.fragment_fromstring(written, create_parent="body")


def read_csv(outputs: Mapping[str, Output], language: str) -> list[dict[str, str]]:
    name = PAGES[language].rstrip("/").rpartition("/")[2]
    content = outputs[f"{PAGES[language]}{name}.csv"].content
    assert isinstance(content, bytes)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def real_pages(real_site: Site) -> Mapping[str, html.HtmlElement]:
    """The real glossary in each language."""
    pages = {
        page.language: page for found in real_site.pages.values() for page in found if page.address in PAGES.values()
    }
    convert = Markdown(extensions=EXTENSIONS, extension_configs=EXTENSION_CONFIGS).convert
    return {code: html.fragment_fromstring(convert(page.text), create_parent="body") for code, page in pages.items()}


def test_every_planned_term_is_there(real_site: Site) -> None:
    planned = set(PLANNED.split())

    assert len(planned) == 88
    assert not planned - {term.id for term in real_site.library.terms("es")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_stands_on_the_page_once_and_in_order(
    language: str, real_site: Site, real_pages: Mapping[str, html.HtmlElement]
) -> None:
    terms = real_pages[language].xpath("//dl/div/dt")

    assert [term.get("id") for term in terms] == [term.id for term in real_site.library.terms(language)]
    names = [str(term.text).strip() for term in terms]
    assert names == sorted(names, key=sort_key)
    assert len(real_pages[language].xpath("//dl/div/dd[1]")) == len(terms) == len(real_site.library.glossary)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_leads_to_its_part(language: str, real_pages: Mapping[str, html.HtmlElement]) -> None:
    page = real_pages[language]
    letters = page.xpath("//nav[@class='letters']//a")

    assert [letter.get("href") for letter in letters] == [f"#{h.get('id')}" for h in page.xpath("//section/h2")]
    for letter in letters:
        names = page.xpath(f"//section[h2[@id='{letter.get('href')[1:]}']]//dt/text()[1]")
        assert names
        assert {sort_key(name)[0].upper() for name in names} == {letter.text}


@pytest.mark.parametrize(("language", "other"), [("es", "en"), ("en", "es")])
def test_an_entry_says_the_term_in_the_other_language_and_leads_to_its_law(
    language: str, other: str, mini_library: Library, mini_outputs: Mapping[str, Output]
) -> None:
    term = next(term for term in mini_library.terms(language) if term.id == "acuerdo")

    [entry] = read_page(mini_outputs, language).xpath("//div[dt[@id='acuerdo']]")

    assert entry.xpath("string(dt)") == f"{term.term.get(language)} {term.term.get(other)}"
    assert entry.xpath(f"string(dt/span[@lang='{other}'])") == term.term.get(other)
    assert entry.xpath("string(dd[1])") == term.definition.get(language)
    assert term.note
    assert entry.xpath("string(dd[2])") == term.note.get(language)
    assert entry.xpath("dd[3]/a/@href") == ["../laws/ley-1.md"]


def test_a_term_shows_exactly_as_it_is_written(mini_outputs: Mapping[str, Output]) -> None:
    page = read_page(mini_outputs, "en")

    assert page.xpath("string(//dt[@id='zeta']/text()[1])").strip() == "zeta | “two”"
    assert page.xpath("string(//dt[@id='zeta']/following-sibling::dd)") == "=A test word, <b>not</b> bold."
    assert page.xpath("string(//dt[@id='decreto']/following-sibling::dd/span[@lang='es'])") == "Una norma inventada."


def test_words_in_n_with_tilde_come_after_all_others_in_n() -> None:
    words = ["oro", "ñandú", "nube", "Ángel", "nácar", "nzz"]

    assert sorted(words, key=sort_key) == ["Ángel", "nácar", "nube", "nzz", "ñandú", "oro"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_for_translators_has_every_language_side_by_side(
    language: str, mini_library: Library, mini_outputs: Mapping[str, Output]
) -> None:
    rows = read_csv(mini_outputs, language)

    assert list(rows[0]) == [
        "id", "es", "en", "forms es", "forms en", "definition es", "definition en", "note es", "note en"
    ]  # fmt: skip
    assert [row["id"] for row in rows] == [term.id for term in mini_library.terms(language)]
    found = next(row for row in rows if row["id"] == "acuerdo")
    assert (found["es"], found["en"]) == ("acuerdo de agua", "water deal")
    assert found["forms es"] == "acuerdos de agua; acuerdo"
    assert found["note en"] == "Not a bill."
    assert next(row for row in rows if row["id"] == "decreto")["definition en"] == "", "what is missing is seen"
    assert next(row for row in rows if row["id"] == "zeta")["definition es"].startswith("'="), "no cell is a formula"
