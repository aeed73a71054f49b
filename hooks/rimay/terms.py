"""A Markdown extension: the first mention of a term of the glossary, or of an acronym, leads to its explanation."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from rimay.library import Library, is_translated, section_source, source_uri
from rimay.page import Page
from rimay.records.organisation import Organisation

MOST = 12
#: Parts of a page that are no running text: what leads on, heads, is filled in, printed or handed out.
_TAGS = {"a", "button", "code", "dt", "fieldset", "form", "label", "nav", "pre", "summary", "th", "thead"}
_TAGS |= {f"h{level}" for level in range(1, 7)}
_CLASSES = {"boxes", "cards", "downloads", "entries", "facts", "handout", "hero", "jobs", "kicker", "register"}
_CLASSES |= {"session-tools", "sessions", "sheet", "sources", "strip", "timetable", "when"}


@dataclass(frozen=True)
class Explanation:
    """Where a term is explained, as a source of pages, and in a few words what it means."""

    target: str
    text: str


class Explanations:
    """All that can be explained in a language, and the one expression that finds it."""

    def __init__(self, library: Library, language: str) -> None:
        self.glossary = section_source(library.sections["glossary"])
        forms = dict(self._create_all(library, language))
        self._known = {_key(form): explanation for form, explanation in forms.items()}
        self._pattern = _create_pattern(forms)

    def find(self, text: str) -> Iterator[tuple[int, int, Explanation]]:
        """Every mention in a text: where it begins and ends, and what explains it."""
        for match in self._pattern.finditer(text):
            yield match.start(), match.end(), self._known[_key(match[0])]

    @property
    def targets(self) -> set[str]:
        """Sources of the pages that an explanation leads to."""
        return {explanation.target.partition("#")[0] for explanation in self._known.values()}

    def __repr__(self) -> str:
        return repr(self._known)

    def _create_all(self, library: Library, language: str) -> Iterator[tuple[str, Explanation]]:
        """Every written form with its explanation; where both have it, the glossary says more than a name."""
        for organisation in library.all(Organisation):
            for acronym in organisation.acronyms:
                yield acronym, Explanation(source_uri(organisation), organisation.name.get(language))
        for term in (entry.record for entry in library.glossary):
            if term.mark and is_translated(term, language):
                explanation = Explanation(f"{self.glossary}#{term.id}", term.definition.get(language))
                yield from ((form, explanation) for form in term.written(language))


def _key(form: str) -> str:
    return " ".join(form.casefold().split())


def _create_pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Whole words only; where several forms fit, the longest."""
    return re.compile(rf"(?<![\w-]){_create_branch([[_letter(sign) for sign in form] for form in forms])}(?![\w-])")


def _create_branch(forms: list[list[str]]) -> str:
    """What may follow, said once for all forms that begin alike: few letters are looked at, however many forms."""
    followers: dict[str, list[list[str]]] = defaultdict(list)
    for form in forms:
        if form:
            followers[form[0]].append(form[1:])
    if not followers:
        return ""
    choices = [first + _create_branch(rest) for first, rest in followers.items()]
    if len(choices) == 1 and all(forms):
        return choices[0]
    return f"(?:{'|'.join(choices)}){'' if all(forms) else '?'}"


def _letter(sign: str) -> str:
    """A small letter is found in either case, a capital only as such: ``CAS`` is not a word of every sentence."""
    if sign == " ":
        return r"\s+"
    return f"[{sign}{sign.upper()}]" if sign.islower() and len(sign.upper()) == 1 else re.escape(sign)


class _Marks(Treeprocessor):
    """Marks one page, from its first word on, as far as there is room."""

    def __init__(self, md: Markdown, explanations: Explanations, page: Page) -> None:
        super().__init__(md)
        self._explanations, self._folder = explanations, posixpath.dirname(page.source_uri)
        self._left = 0 if page.kind == "lost" or page.source_uri == explanations.glossary else MOST
        #: Nothing is explained on its own page, nor what the title says the page is about, nor twice.
        self._done = {page.source_uri, *(found.target for _, _, found in explanations.find(page.title))}

    def run(self, root: Element) -> None:
        self._walk(root)

    def _walk(self, element: Element) -> None:
        element.text, inside = self._split(element.text)
        for child in list(element):
            if child.tag not in _TAGS and not _CLASSES.intersection(child.get("class", "").split()):
                self._walk(child)
            child.tail, after = self._split(child.tail)
            inside += [child, *after]
        element[:] = inside

    def _split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """The words before the first mark, and the marks with the words after each."""
        if not text or text.isspace() or not self._left:
            return text, []
        head, marks, end = text, list[Element](), 0
        for start, stop, explanation in self._explanations.find(text):
            if self._left and explanation.target not in self._done:
                if marks:
                    marks[-1].tail = text[end:start]
                else:
                    head = text[:start]
                marks.append(self._create_mark(text[start:stop], explanation))
                end = stop
        if marks:
            marks[-1].tail = text[end:]
        return head, marks

    def _create_mark(self, words: str, explanation: Explanation) -> Element:
        self._done.add(explanation.target)
        self._left -= 1
        href = posixpath.relpath(f"/{explanation.target}", f"/{self._folder}")
        mark = Element("a", {"class": "term", "href": href, "title": explanation.text})
        mark.text = words
        return mark


class TermMarks(Extension):
    """Marks what is explained on a page of the site; feeds and documents are made without it."""

    def __init__(self, explanations: Explanations, page: Page) -> None:
        super().__init__()
        self._explanations, self._page = explanations, page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name Markdown calls
        """Run when classes are set, and before links between pages are resolved."""
        md.treeprocessors.register(_Marks(md, self._explanations, self._page), "rimay_terms", 7)
