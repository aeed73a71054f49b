"""What the real records and pages may never hold, and what they must."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rimay.deadlines import AGREEMENT_RULES, LAW
from rimay.languages import LANGUAGES
from rimay.outputs import Site
from rimay.records.agreement import Agreement
from rimay.records.curriculum import Curriculum
from rimay.records.law import Law
from rimay.records.mandate import Mandate
from rimay.records.session import Session
from rimay.text import escape_plain
from tests.conftest import ROOT

#: Personal data, as it would be written. Addresses of the web are taken out before.
PERSONAL = {
    "e-mail": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "telephone": re.compile(
        r"\+\d[\d ()-]{7,}\d"  # with the code of a country
        r"|(?<![\d-])9\d{2}[ -]?\d{3}[ -]?\d{3}(?![\d-])"  # mobile, Peru
        r"|(?<!\d)\(?0\d{1,2}\)?[ -]\d{3}[ -]?\d{3,4}(?!\d)"  # landline, Peru
        r"|(?<![\d-])\d{3}[ -](?!(?:19|20)\d\d)\d{4}(?![\d-])"  # landline, Lima; 043-2019 is a decree
    ),
    "identity number": re.compile(r"(?<![\d-])\d{8}(?![\d-])"),
}
#: What looks like personal data and is not, with the reason.
ALLOWED: dict[str, str] = {}
_WEB = re.compile(r"https?://\S+")


def texts() -> Iterator[Path]:
    for folder in ("data", "docs"):
        yield from (file for file in sorted((ROOT / folder).rglob("*")) if file.suffix in {".yml", ".md"})


@pytest.mark.parametrize("name", PERSONAL)
def test_no_record_or_page_has_personal_data(name: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{number}: {match[0]}"
        for file in texts()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        for match in PERSONAL[name].finditer(_WEB.sub("", line))
        if match[0] not in ALLOWED
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("e-mail", "escribe a maria.perez@sindicato.pe hoy"),
        ("telephone", "llama al 987654321"),
        ("telephone", "llama al 987 654 321."),
        ("telephone", "WhatsApp: +51 987-654-321"),
        ("telephone", "oficina (01) 433-1234"),
        ("telephone", "oficina 433-1234"),
        ("identity number", "DNI 12345678"),
    ],
)
def test_personal_data_would_be_seen(name: str, line: str) -> None:
    assert PERSONAL[name].search(line)


@pytest.mark.parametrize(
    "line", ["Ley N.º 27360", "2012-05-30", "D.S. 014-2012-TR", "S/ 1,025", "2019-2020", "art. 30-31"]
)
def test_numbers_of_laws_and_dates_are_not_taken_for_personal_data(line: str) -> None:
    assert not [name for name, pattern in PERSONAL.items() if pattern.search(line)]


def test_nothing_marked_as_unverified_is_published() -> None:
    assert not [str(file) for file in texts() if re.search(r"\[\s*U\s*\]", file.read_text("utf-8"))]


def test_every_law_says_when_it_was_checked_and_that_it_is_no_legal_advice(real_site: Site) -> None:
    pages = {(page.source_uri, page.language): page for found in real_site.pages.values() for page in found}
    for law in real_site.library.all(Law):
        for language in LANGUAGES:
            page, strings = pages[f"laws/{law.id}.md", language], real_site.library.strings[language]
            assert f"**{strings['law.as_of']}**" in page.text, law.id
            assert str(escape_plain(strings["law.orientation"])) in page.text, law.id
            assert str(law.as_of.year) in page.text, law.id


def test_every_handout_is_in_every_language(real_site: Site) -> None:
    missing = [
        f"{session.id}: {handout.id}: {language}"
        for session in real_site.library.all(Session)
        for handout in session.handouts
        for language in LANGUAGES
        for text in (handout.title, handout.text, handout.key)
        if text is not None and not text.has(language)
    ]

    assert not missing


def test_every_session_lasts_what_its_activities_and_its_course_say(real_site: Site) -> None:
    for session in real_site.library.all(Session):
        course, number = real_site.library.course_of(session)
        start, last = session.timetable()[-1]
        assert session.minutes == start + last.minutes == sum(a.minutes for a in session.activities), session.id
        assert course.sessions[number - 1].minutes == session.minutes, session.id


def test_a_session_longer_than_two_hours_has_a_break(real_site: Site) -> None:
    for session in real_site.library.all(Session):
        assert session.minutes <= 120 or any(a.phase == "break" for a in session.activities), session.id


def test_every_course_says_where_it_comes_from(real_site: Site) -> None:
    for course in real_site.library.all(Curriculum):
        assert all(course.notice.has(language) for language in LANGUAGES), course.id


def test_every_invented_case_is_marked_as_such(real_site: Site) -> None:
    strings = real_site.library.strings
    for language, pages in real_site.pages.items():
        for page in pages:
            if page.kind == "session" and real_site.library.find(Session, Path(page.source_uri).stem).form_practice:
                assert f"**{strings[language]['invented_case']}**" in page.text, page.source_uri


def test_an_invented_agreement_or_term_says_so_and_a_real_one_has_a_real_source(real_site: Site) -> None:
    library = real_site.library
    pages = {(page.source_uri, page.language): page for found in real_site.pages.values() for page in found}
    records: list[Agreement | Mandate] = [*library.agreements, *library.mandates]
    for record in records:
        assert record.invented == any(source.document == "caso-inventado" for source in record.sources), record.id
        for language in LANGUAGES:
            kicker = pages[f"{record.folder}/{record.id}.md", language].text.splitlines()[0]
            assert (library.strings[language]["invented_case"] in kicker) == record.invented, record.id


def test_the_law_that_deadlines_come_from_has_their_articles_and_a_caution(real_site: Site) -> None:
    law = real_site.library.find(Law, LAW)
    articles = {article.number: article.text.get("es") for article in law.articles}

    for rule in AGREEMENT_RULES:
        if rule.article:
            assert {str(abs(rule.first)), str(abs(rule.last))} <= set(re.findall(r"\d+", articles[rule.article]))
    assert law.confirm


def test_every_hand_written_page_is_in_every_language() -> None:
    pages = {language: {p.relative_to(ROOT / "docs" / language) for p in (ROOT / "docs" / language).rglob("*.md")}
             for language in LANGUAGES}  # fmt: skip

    assert len({frozenset(found) for found in pages.values()}) == 1


def test_the_real_project_has_no_problems(real_site: Site) -> None:
    assert real_site.library.entries
