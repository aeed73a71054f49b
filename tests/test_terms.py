"""Terms of the glossary in the text of a page: what is marked, what never is, and that no word changes."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from rimay.blocks import Paragraph, Run, create_blocks
from rimay.library import Library
from rimay.load import Entry
from rimay.page import Output, Page
from rimay.records.term import Term
from rimay.terms import MOST, Explanations, TermMarks
from rimay.text import EXTENSION_CONFIGS, EXTENSIONS
from tests.built import shipped

SOURCES = [{"document": "caso-inventado"}]
TERMS = {
    "fuero": ("fuero", ["fueros"]),
    "fuero-sindical": ("fuero sindical", ["fueros sindicales"]),
    "cas": ("CAS", ["contrato administrativo"]),
    "decreto": ("decreto supremo", ["D. S.", "D.S."]),
    "el-peruano": ("El Peruano", []),
    "comite": ("comité de SST", []),
    "nandu": ("ñandú", []),
}


@pytest.fixture(scope="module")
def explanations(mini_library: Library) -> Explanations:
    """The terms above, and the organisations of the miniature project."""
    library = replace_glossary(
        mini_library,
        [
            Term.model_validate({"id": name, "term": {"es": term}, "forms": {"es": forms}, "sources": SOURCES,
                                 "definition": {"es": f"Qué es {name}."}})
            for name, (term, forms) in TERMS.items()
        ],
    )  # fmt: skip
    return Explanations(library, "es")


def replace_glossary(library: Library, terms: list[Term]) -> Library:
    """A library like another, with a glossary of its own."""
    other = object.__new__(Library)
    other.__dict__.update(library.__dict__, glossary=[Entry(term, "data/glossary.yml", {}) for term in terms])
    return other


PAGE = Page(
    language="es",
    text_language="es",
    source_uri="laws/ley-1.md",
    address="derechos/leyes/ley-1/",
    kind="law",
    title="Ley N.º 1",
    description="",
    write=str,
    source="",
    section="rights",
    trail=(),
    translations={},
    switch={},
)


def convert(text: str, explanations: Explanations | None, page: Page = PAGE) -> html.HtmlElement:
    """Markdown as a page of the site has it, with or without marks."""
    marks = [TermMarks(explanations, page)] if explanations else []
    written = Markdown(extensions=[*EXTENSIONS, *marks], extension_configs=EXTENSION_CONFIGS).convert(text)
    return html.fragment_fromstring(written, create_parent="body")


def find_marks(text: str, explanations: Explanations, page: Page = PAGE) -> list[str]:
    """The words that are marked, each with the last part of where it leads."""
    marks = convert(text, explanations, page).xpath("//a[@class='term']")
    return [f"{mark.text} → {str(mark.get('href')).rpartition('#')[2].rpartition('/')[2]}" for mark in marks]


def test_the_first_mention_leads_to_the_entry_and_says_what_it_is(explanations: Explanations) -> None:
    body = convert("Hay fuero sindical. El fuero sindical protege.", explanations)

    [mark] = body.xpath("//a")
    assert mark.get("class") == "term"
    assert mark.get("href") == "../glossary/index.md#fuero-sindical"
    assert mark.get("title") == "Qué es fuero-sindical."
    assert body.text_content() == "Hay fuero sindical. El fuero sindical protege."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fueros sindicales y fuero", ["Fueros sindicales → fuero-sindical", "fuero → fuero"]),
        ("**fuero** y *fueros sindicales*", ["fuero → fuero", "fueros sindicales → fuero-sindical"]),
        ("desafuero, fuerode, fuero_1, fuero-x", []),
        ("¡fuero!", ["fuero → fuero"]),
        ("FUERO SINDICAL", ["FUERO SINDICAL → fuero-sindical"]),
        ("fuero\nsindical", ["fuero\nsindical → fuero-sindical"]),
        ("los CAS; un cas, un Cas", ["CAS → cas"]),
        ("un cas", []),
        ("Comité de SST", ["Comité de SST → comite"]),
        ("comité de sst", []),
        ("el peruano lee El Peruano", ["El Peruano → el-peruano"]),
        ("El D. S. 1-2012", ["D. S. → decreto"]),
        ("El D.S. N.º 1", ["D.S. → decreto"]),
        ("Un Ñandú.", ["Ñandú → nandu"]),
        ("Un nandu.", []),
        ("La F&P pide", ["F&P → federacion-de-prueba.md"]),
        ("| a | b |\n|---|---|\n| fuero | x |", ["fuero → fuero"]),
        ("- uno\n- fuero", ["fuero → fuero"]),
        ('<div class="note" markdown>\n\nfuero\n\n</div>', ["fuero → fuero"]),
    ],
)
def test_whole_words_are_found_and_the_longest_form_wins(
    text: str, expected: list[str], explanations: Explanations
) -> None:
    assert find_marks(text, explanations) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# fuero",
        "#### fuero",
        "[fuero](../laws/decreto-2.md)",
        "[**el fuero**](../laws/decreto-2.md)",
        "`fuero`",
        "    fuero",
        "| fuero | fuero |\n|---|---|\n| 1 | 2 |",
        "| uno | dos | CAS |\n|---|---|---|\n| 1 | 2 | 3 |",
        "<form><p>fuero</p></form>",
        "<div>\n<button>fuero</button>\n</div>",
        "<details markdown>\n<summary>fuero</summary>\n\n</details>",
        '<nav markdown>\n\nfuero\n\n</nav>',
        '<div class="sheet" markdown>\n\nfuero\n\n</div>',
        '<div class="sheet blank" markdown>\n<div markdown>\n\n- fuero\n\n</div>\n</div>',
        '<section class="handout handout-cards" markdown>\n\nfuero\n\n</section>',
        '<div class="downloads" markdown>\n\n- fuero\n\n</div>',
        "fuero\n{: .kicker }",
    ],
)  # fmt: skip
def test_what_is_no_running_text_is_never_marked(text: str, explanations: Explanations) -> None:
    assert find_marks(text, explanations) == []
    assert find_marks(f"{text}\n\nY aquí, fuero.", explanations)[-1] == "fuero → fuero"


def test_a_term_is_marked_once_whatever_form_it_has(explanations: Explanations) -> None:
    text = "El decreto supremo, un D. S.\n\n- otro D.S.\n- los Decreto Supremo"

    assert find_marks(text, explanations) == ["decreto supremo → decreto"]


def test_a_page_has_room_for_a_limited_number_of_marks(mini_library: Library) -> None:
    letters = "abcdefghijklmnopqrst"
    terms = [
        Term.model_validate({"id": letter, "term": {"es": f"t{letter}"}, "definition": {"es": "…"}, "sources": SOURCES})
        for letter in letters
    ]
    explanations = Explanations(replace_glossary(mini_library, terms), "es")

    found = find_marks(" ".join(f"t{letter}" for letter in letters), explanations)

    assert found == [f"t{letter} → {letter}" for letter in letters[:MOST]]


def test_what_a_page_is_about_is_not_explained_on_it(explanations: Explanations) -> None:
    text = "La F&P y el fuero sindical"
    organisation = replace(PAGE, source_uri="organisations/federacion-de-prueba.md", kind="organisation")

    assert find_marks(text, explanations, organisation) == ["fuero sindical → fuero-sindical"]
    assert find_marks(text, explanations, replace(PAGE, title="Ley del fuero sindical")) == [
        "F&P → federacion-de-prueba.md"
    ]


@pytest.mark.parametrize("page", [replace(PAGE, source_uri="glossary/index.md"), replace(PAGE, kind="lost")])
def test_the_glossary_and_the_page_for_lost_readers_have_no_marks(page: Page, explanations: Explanations) -> None:
    assert find_marks("fuero", explanations, page) == []


def test_a_term_that_asks_not_to_be_marked_is_left_alone(mini_library: Library) -> None:
    assert find_marks("ñandú & <zeta> y agua potable", Explanations(mini_library, "es")) == [
        "agua potable → agua-limpia"
    ]


PIECES = st.sampled_from(
    [*(form for term, forms in TERMS.values() for form in (term, *forms)), "F&P", "x", "ñ", "é", " ", " ", "\n", "\n\n",
     ".", "-", "*", "**", "`", "# ", "- ", "1. ", "| ", "> ", "[", "](../laws/ley-1.md)", "\\*", "&amp;", "&", "<", "!",
     '<div class="sheet" markdown>\n\n', "\n\n</div>\n\n", "<b>", "</b>", "{: .kicker }", "|---|\n", "\u00a0", "_"]
)  # fmt: skip


@given(text=st.lists(PIECES, max_size=30).map("".join))
def test_marking_changes_no_word_that_a_reader_sees(text: str, explanations: Explanations) -> None:
    plain, marked = convert(text, None), convert(text, explanations)

    assert marked.text_content() == plain.text_content()
    marks = marked.xpath("//a[@class='term']")
    assert len({mark.get("href") for mark in marks}) == len(marks) <= MOST
    assert not marked.xpath("//a//a | //h1//a[@class='term'] | //code//a | //div[@class='sheet']//a[@class='term']")


def test_feeds_and_documents_have_no_marks(mini_outputs: Mapping[str, Output]) -> None:
    feed = mini_outputs["feed.xml"].content
    assert isinstance(feed, bytes)
    assert "acuerdo" in feed.decode("utf-8"), "the feed mentions a term of the glossary"
    assert b"glosario" not in feed

    [paragraph] = create_blocks("Se firma el acuerdo.")
    assert paragraph == Paragraph((Run("Se firma el acuerdo."),))


# --- the real site --------------------------------------------------------------------------------


def test_every_mark_of_the_built_site_stands_in_running_text_and_leads_to_its_explanation() -> None:
    built = shipped()
    left_out = {"a", "button", "code", "form", "h1", "h2", "h3", "h4", "label", "nav", "pre", "summary", "th", "thead"}
    classes = {"downloads", "entries", "facts", "fill", "handout", "register", "sheet", "sources"}
    count = 0
    for document in built.documents.values():
        marks = document.elements("//a[@class='term']")
        targets = [link for link in document.links() if link.value in {mark.get("href") for mark in marks}]
        assert len(marks) <= MOST, document.path
        assert len({mark.get("href") for mark in marks}) == len(marks), document.path
        for mark in marks:
            around = [*mark.iterancestors()]
            assert not {element.tag for element in around} & left_out, (document.path, mark.text)
            found = {name for element in around for name in element.get("class", "").split()}
            assert not found & classes, (document.path, mark.text)
            assert mark.get("title"), (document.path, mark.text)
        for link in targets:
            page = built.documents[f"{link.target}index.html"]
            assert not link.anchor or link.anchor in page.ids, (document.path, link.value)
        count += len(marks)
    assert count > 500
