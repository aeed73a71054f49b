"""Record text where it meets Markdown and HTML: plain text stays what it is, prose loses its dangers."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from pydantic import ValidationError

from rimay.page import Output
from rimay.records.fields import SAFE_SCHEMES, Prose, is_safe_link
from rimay.text import (
    EXTENSION_CONFIGS,
    EXTENSIONS,
    create_html,
    create_plain,
    escape_plain,
    escape_prose,
    first_sentences,
    html_attribute,
    resolve_links,
)


class Reader(HTMLParser):
    """What a browser finds in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


#: MkDocs adds three extensions to those of mkdocs.yml.
PAGE_EXTENSIONS = [*dict.fromkeys(["toc", "tables", "fenced_code", *EXTENSIONS])]


def read(markdown: str) -> Reader:
    """Markdown as it is read on a page."""
    return Reader(Markdown(extensions=PAGE_EXTENSIONS, extension_configs=EXTENSION_CONFIGS).convert(markdown))


# --- plain text -----------------------------------------------------------------------------------

#: Every place of a page template that takes plain text; ``…`` stands for it.
PLACES = {
    "paragraph": "…",
    "list item": "- …",
    "numbered item": "1. …",
    "heading": "## …",
    "quotation": "> …",
    "bold": "**…**",
    "link": "[…](page.md)",
    "table cell": "| - |\n|---|\n| … |",
    "item inside a box": '<div class="facts" markdown>\n\n- **…**\n\n</div>',
    "paragraph with a class": "…\n{: .lead }",
}
_ANY = st.characters(exclude_categories=["Cc", "Cs"])
_TRICKY = st.sampled_from(list("\\`*_{}[]()<>#+-.!|&:;~^=\"'/@%$0123456789 aéñ "))
_WORDS = st.sampled_from(
    ["1. ", "- ", "---", "&amp;", "&#123;", "<b>", "{: .x }", "![x](y)", "[TOC]", "http://a.b", "  "]
)
plain_texts = st.lists(st.one_of(_TRICKY, _ANY, _WORDS), min_size=1, max_size=12).map("".join)


@pytest.mark.parametrize("place", PLACES)
@given(words=plain_texts.filter(lambda words: set(words) - {"-", " "}))
@example(words="1. first")
@example(words="- first")
@example(words="a | b \\| c\\")
@example(words="C:\\new {: .x } #")
@example(words="<script>alert(1)</script> &amp; &#60;")
def test_plain_text_reads_as_it_was_written(place: str, words: str) -> None:
    reader = read(PLACES[place].replace("…", escape_plain(words)))

    assert reader.words.removeprefix("- " if place == "table cell" else "") == " ".join(words.split())


@pytest.mark.parametrize("words", ["---", "----------", "---- -"])
def test_plain_text_of_hyphens_alone_is_no_rule(words: str) -> None:
    assert read(escape_plain(words)).words == words


@given(words=plain_texts.filter(str.strip))
def test_plain_text_brings_no_tags_of_its_own(words: str) -> None:
    assert {tag for tag, _ in read("Antes " + escape_plain(words)).tags} == {"p"}


@given(words=plain_texts)
def test_a_value_inside_an_attribute_stays_there(words: str) -> None:
    reader = Reader(f'<nav aria-label="{html_attribute(words)}">')

    assert reader.tags == [("nav", {"aria-label": words})]


# --- prose ----------------------------------------------------------------------------------------

#: Tags that an editor's Markdown may make, and the attributes that Markdown itself gives them.
ALLOWED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("p", "ul", "li", "em", "strong", "pre", "blockquote", "br", "hr"), frozenset()),
    **dict.fromkeys(("h4", "h5", "h6"), frozenset({"id"})),
    **dict.fromkeys(("table", "thead", "tbody", "tr"), frozenset()),
    **dict.fromkeys(("th", "td"), frozenset({"align"})),
    "code": frozenset({"class"}),  # the language of a fence
    "ol": frozenset({"start"}),
    "a": frozenset({"href", "title"}),
    "span": frozenset({"class"}),  # the box of a list to tick
    "div": frozenset({"class", "tabindex", "role", "aria-label"}),  # the frame of a wide table
}
_PIECES = st.sampled_from(
    [
        *("# ", "## ", "### ", "#### ", "===\n", "---\n", "- ", "1. ", "    ", "\n", "\n\n", "☐ ", "| a | b | c |\n"),
        *("|---|:-:|---|\n", "<b>", "<img src=x onerror=alert(1)>", "<!-- ", "</p>", "&lt;", "&#60;script>", "<?x ?>"),
        *("{: onclick=alert(1) }", "{#x}", "\n{: .x style=y }\n", "![x](y.png)", "![x][1]", "[1]: y.png\n", "`", "\\"),
        *("```\n", "~~~ js\n", "```{.x onclick=alert(1)}\n"),
        *("<div markdown>", "<a@b.example>", "**", "_", "[x](../laws/ley-1.md)", '[x](https://a.example "t")', "ñ "),
    ]
)
proses = st.lists(st.one_of(_PIECES, _TRICKY), min_size=1, max_size=14).map("".join)


def _offences(prose: str) -> list[tuple[str, dict[str, str | None]]]:
    return [
        (tag, attributes)
        for tag, attributes in read(escape_prose(prose)).tags
        if tag not in ALLOWED or not attributes.keys() <= ALLOWED[tag]
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "# Título",
        "  ## Título",
        "### Título",
        "Título\n======",
        "Título\n------",
        "<h1>Título</h1>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![foto](foto.png)",
        "![foto][1]\n\n[1]: foto.png",
        "Texto\n{: onclick=alert(1) }",
        "**Texto**{: style=color:red }",
        "<div markdown>\n\n# Título\n\n</div>",
        "<!-- nada -->",
        "> # Título",
        "- # Título",
        "1. # Título",
        "> Título\n> ===",
        "- uno\n\n    # Título",
    ],
)
def test_prose_lets_no_tag_attribute_image_or_large_heading_through(prose: str) -> None:
    assert not _offences(prose)


@given(prose=proses)
@example(prose="- # Título")
def test_no_prose_at_all_lets_them_through(prose: str) -> None:
    assert not _offences(prose)


def test_prose_keeps_paragraphs_lists_emphasis_links_tables_and_small_headings() -> None:
    prose = "Uno **dos** *tres*.\n\n- [ley](a.md)\n\n1. paso\n\n> cita\n\n#### Menor\n\n| a | b |\n|---|---|\n| 1 | 2 |"

    tags = {tag for tag, _ in read(escape_prose(prose)).tags}

    assert tags >= {"p", "strong", "em", "ul", "a", "ol", "blockquote", "h4", "table"}


@pytest.mark.parametrize("prose", ["Agua & luz", "a < b > c", "5 > 3", 'dijo "sí"', "{nombre}", "C&A;", "&amp;"])
def test_signs_in_prose_read_as_they_were_written(prose: str) -> None:
    assert read(escape_prose(prose)).words == prose


@pytest.mark.parametrize("code", ["`a & b`", "`<b>`", "`{lugar}`"])
def test_signs_in_code_read_as_they_were_written(code: str) -> None:
    assert read(escape_prose(code)).words == code.strip("`")


# --- links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "is_safe"),
    [
        ("https://a.example/b?c=d#e", True),
        ("http://a.example", True),
        ("HTTPS://a.example", True),
        ("mailto:prensa@a.example", True),
        ("tel:+511", True),
        ("whatsapp://send?text=x", True),
        ("../laws/ley-1.md", True),
        ("ley-1.md#historia", True),
        ("#historia", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("ftp://a.example", False),
        ("//a.example/x", False),
        ("a:b", False),
        ("http://[", False),
    ],
)
def test_a_link_leads_to_the_web_mail_telephone_whatsapp_or_a_page(target: str, is_safe: bool) -> None:
    assert is_safe_link(target) is is_safe


_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")


def _leads_astray(prose: str) -> list[str]:
    """Targets that a browser would follow to where no record may lead. It drops tabs and line ends in them."""
    targets = [attributes.get("href") or "" for tag, attributes in read(escape_prose(prose)).tags if tag == "a"]
    clean = ["".join(char for char in target if char not in "\t\r\n").strip().lower() for target in targets]
    schemes = {target: found[1] for target in clean if (found := _SCHEME.match(target))}
    return [t for t in clean if t.startswith("//") or schemes.get(t, "https") not in SAFE_SCHEMES]


def _is_accepted(prose: str) -> bool:
    try:
        Prose.of(es=prose)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "prose",
    [
        "[x](javascript:alert(1))",
        "[x]( javascript:alert(1))",
        "[x](\njavascript:alert(1))",
        "[x][1]\n\n[1]: javascript:alert(1)",
        "[x]\n\n[x]:\n  javascript:alert(1)",
        "**[x](javascript:alert(1))**",
        "| a |\n|---|\n| [x](javascript:alert(1)) |",
        "[a [b] c](javascript:alert(1))",
        "> [1]: javascript:alert(1)\n\n[x][1]",
        "- [1]: javascript:alert(1)\n\n[x][1]",
        "[x](java\nscript:alert(1))",
    ],
)
def test_an_unsafe_link_is_refused_however_it_is_written(prose: str) -> None:
    assert _leads_astray(prose), "Markdown makes no such link of it: no case"
    assert not _is_accepted(prose)


_LINKS = st.sampled_from(
    [
        *(
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "[x](",
            "[x]: ",
            "][1]",
            "[1]: ",
            "javascript:",
            "data:x",
            "java",
            "script:",
            "x.md",
        ),
        *(
            "> ",
            "- ",
            "\n",
            "\n\n",
            "\t",
            " ",
            "!",
            "\\",
            "&#58;",
            "&Tab;",
            "%3a",
            '"',
            "'",
            "**",
            "`",
            "| a |\n|---|\n",
        ),
    ]
)


@given(prose=st.lists(_LINKS, min_size=2, max_size=10).map("".join))
@example(prose="[a [b] c](javascript:alert(1))")
def test_no_prose_that_is_accepted_leads_astray(prose: str) -> None:
    assert not (_is_accepted(prose) and _leads_astray(prose))


def test_a_web_address_in_a_field_is_linked_to_the_letter(mini_outputs: Mapping[str, Output]) -> None:
    page = mini_outputs["organizaciones/federacion-de-prueba/index.html"]

    links = [attributes.get("href") for tag, attributes in read(str(page.content)).tags if tag == "a"]

    assert "https://federacion.example/a_b*c/?a=1&b=2" in links


# --- text that leaves the site --------------------------------------------------------------------


def test_html_for_feeds_has_full_addresses_and_nothing_dangerous() -> None:
    html = create_html(
        resolve_links("Lee [la ley](../laws/ley-1.md#x) <b>ya</b>.", lambda target: f"https://a.example/{target}")
    )

    assert html == '<p>Lee <a href="https://a.example/../laws/ley-1.md#x">la ley</a> &lt;b&gt;ya&lt;/b&gt;.</p>'


def test_the_lead_of_html_for_feeds_is_escaped_once() -> None:
    assert create_html("Uno.", 'Ica & "x" <b>') == "<p><em>Ica &amp; &quot;x&quot; &lt;b&gt;</em> Uno.</p>"


def test_plain_text_of_prose_keeps_words_and_paragraphs() -> None:
    assert (
        create_plain("Uno **dos** _tres_ [ley](a.md).\n\nCuatro & *cinco*.") == "Uno dos tres ley.\n\nCuatro & cinco."
    )


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Lee [el informe](https://a.example/x).", "Lee el informe (https://a.example/x)."),
        ("Mira [https://a.example](<https://a.example>).", "Mira https://a.example."),
        ("Escribe a [la mesa](mailto:mesa@a.example).", "Escribe a la mesa (mesa@a.example)."),
        ("Lee [la ley](../laws/ley-1.md#x) o [más abajo](#y).", "Lee la ley o más abajo."),
        (
            "| Año | Qué |\n|---|:---:|\n| 2011 | Uno \\| *dos* |\n| 2012 | |\n\nFin.",
            "Año · Qué\n2011 · Uno | dos\n2012\n\nFin.",
        ),
        ("#### Título\n\n- Uno\n- Dos", "Título\n\n- Uno\n- Dos"),
    ],
)
def test_plain_text_to_send_on_has_addresses_and_no_signs_of_tables(prose: str, expected: str) -> None:
    assert create_plain(prose, addresses=True) == expected


@pytest.mark.parametrize(
    ("prose", "longest", "expected"),
    [
        ("Corto.", 200, "Corto."),
        ("Uno.\n\nDos.", 200, "Uno."),
        ("Una frase entera. Otra que no cabe.", 25, "Una frase entera."),
        ("¿Una pregunta larga? Otra que no cabe.", 25, "¿Una pregunta larga?"),
        ("palabras y más palabras sin punto", 20, "palabras y más…"),
        ("Con **énfasis** y [enlace](https://a.example/).", 200, "Con énfasis y enlace."),
        ("- Lista primero\n- Otra\n  cosa.\n- **Fin**", 200, "Lista primero. Otra cosa. Fin"),
        ("\n1. Uno:\n2. Dos\n\nTres.", 200, "Uno: Dos"),
        ("Salió en\n2011. Fue así.", 200, "Salió en 2011. Fue así."),
    ],
)
def test_the_beginning_of_a_text_ends_at_a_sentence_or_a_word(prose: str, longest: int, expected: str) -> None:
    assert first_sentences(prose, longest) == expected


@given(prose=st.text(alphabet="abc ñ.?!", min_size=1, max_size=300))
def test_the_beginning_of_a_text_is_never_too_long(prose: str) -> None:
    assert len(first_sentences(prose, 60)) <= 61
