"""What a trainer prints: complete, the same in every format, and on a sheet nothing that is not for participants."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache

import pytest
from docx import Document
from lxml import html
from pypdf import PdfReader

from rimay.blocks import create_blocks, split_page
from rimay.languages import LANGUAGES
from rimay.library import handouts_source, slugify
from rimay.page import Output
from rimay.records.curriculum import Curriculum
from rimay.records.form import Form
from rimay.records.session import Session
from rimay.text import create_plain
from tests.conftest import load_real_site


@cache
def outputs(language: str) -> dict[str, Output]:
    return {output.source_uri: output for output in load_real_site().create_outputs(language)}


def sessions() -> list[Session]:
    return load_real_site().library.all(Session)


@cache
def words_of(source_uri: str, language: str) -> str:
    """What a document says, its white space made one space."""
    output = outputs(language)[source_uri]
    assert isinstance(output.content, bytes)
    if output.path.endswith(".pdf"):
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(output.content)).pages)
    else:
        document = Document(io.BytesIO(output.content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = " ".join([paragraph.text for paragraph in document.paragraphs] + cells)
    return squeeze(text)


def squeeze(text: str) -> str:
    """Letters and digits only: hyphenation, spaces and marks differ from format to format."""
    return re.sub(r"[\W_]+", "", text).lower()


def secrets(session: Session, language: str) -> Iterator[str]:
    """What only the facilitator may see: notes, answers, keys, told sentence by sentence."""
    texts = [handout.key for handout in session.handouts if handout.key]
    texts += [note for activity in session.activities for note in activity.notes]
    texts += [step.answers for activity in session.activities for step in activity.steps if step.answers]
    if session.form_practice and session.form_practice.key:
        texts.append(session.form_practice.key)
    for text in texts:
        for sentence in re.split(r"(?<=[.!?])\s+|\n|\|", create_plain(text.get(language))):
            if len(squeeze(sentence)) > 40:
                yield squeeze(sentence)


@pytest.mark.parametrize("session", sessions(), ids=lambda s: s.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_and_handout_is_there_as_word_and_pdf(session: Session, language: str) -> None:
    found = outputs(language)
    for stem in [f"sessions/{session.id}", *(f"sessions/{session.id}/{h.id}" for h in session.handouts)]:
        assert f"{stem}.docx" in found
        assert f"{stem}.pdf" in found
    assert (f"sessions/{session.id}/all.pdf" in found) is bool(session.handouts)


@pytest.mark.parametrize("session", sessions(), ids=lambda s: s.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_participants_get_has_no_note_answer_or_key(session: Session, language: str) -> None:
    public = squeeze(" ".join(create_plain(h.text.get(language)) for h in session.handouts))
    hidden = [secret for secret in secrets(session, language) if secret not in public]
    course, _ = load_real_site().library.course_of(session)
    stems = [f"sessions/{session.id}/{handout.id}" for handout in session.handouts]
    names = [f"{stem}.{suffix}" for stem in stems for suffix in ("docx", "pdf")]
    for name in [*names, f"sessions/{session.id}/all.pdf", f"curricula/{course.id}/booklet.pdf"]:
        said = words_of(name, language)
        assert [secret for secret in hidden if secret in said] == [], name


@pytest.mark.parametrize("session", sessions(), ids=lambda s: s.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_handout_says_on_paper_what_its_record_says(session: Session, language: str) -> None:
    for handout in session.handouts:
        stem = f"sessions/{session.id}/{handout.id}"
        lines = re.sub(r"(?m)^\s*(?:\d+[.)]|[-*+]|#+|>)\s+", "", create_plain(handout.text.get(language)))
        sentences = re.split(r"\n|\||☐|_+", lines)
        expected = {squeeze(sentence) for sentence in sentences if len(squeeze(sentence)) > 30}
        for suffix in ("docx", "pdf"):
            said = words_of(f"{stem}.{suffix}", language)
            missing = [sentence for sentence in expected if sentence not in said]
            breaks = 1 if suffix == "pdf" else 0  # a sentence that goes on over the page has a running head inside
            assert len(missing) <= breaks, (f"{stem}.{suffix}", missing)


@pytest.mark.parametrize("session", sessions(), ids=lambda s: s.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_its_handouts_has_them_all_and_no_note_answer_or_key(session: Session, language: str) -> None:
    page = next(p for p in load_real_site().pages[language] if p.source_uri == handouts_source(session))

    _, handouts = split_page(create_blocks(page.text))

    assert len(handouts) == len(session.handouts)
    public = squeeze(" ".join(create_plain(h.text.get(language)) for h in session.handouts))
    said = squeeze(create_plain(page.text))
    assert [secret for secret in secrets(session, language) if secret in said and secret not in public] == []


@pytest.mark.everything
@pytest.mark.parametrize("course", load_real_site().library.all(Curriculum), ids=lambda c: c.id)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("book", ["handbook", "booklet"])
def test_the_books_have_every_session_and_are_tagged_in_their_language(
    course: Curriculum, language: str, book: str
) -> None:
    output = outputs(language)[f"curricula/{course.id}/{book}.pdf"]
    assert isinstance(output.content, bytes)
    pdf = PdfReader(io.BytesIO(output.content))

    said = squeeze(" ".join(page.extract_text() for page in pdf.pages))
    for planned in course.sessions:
        assert planned.session is not None
        if book == "handbook":
            assert squeeze(planned.title.get(language)) in said
        for handout in load_real_site().library.find(Session, planned.session).handouts if book == "booklet" else ():
            assert squeeze(handout.title.get(language)) in said
    assert "'/Marked': True" in str(pdf.root_object["/MarkInfo"])
    assert str(pdf.root_object["/Lang"]).startswith(language)
    assert pdf.metadata is not None
    assert pdf.metadata.title


def test_the_seven_rights_sessions_practise_every_box_of_the_simple_form() -> None:
    library = load_real_site().library
    course = library.find(Curriculum, "derechos-fundamentales")
    practised: set[str] = set()
    for planned in course.sessions:
        assert planned.session is not None
        practice = library.find(Session, planned.session).form_practice
        assert practice is not None, planned.session
        practised |= set(practice.boxes)

    assert practised == {box.number for box in library.find(Form, "ficha-simple").boxes}


@pytest.mark.parametrize("session", sessions(), ids=lambda s: s.id)
def test_a_guide_is_complete(session: Session) -> None:
    assert {variant.situation for variant in session.variants} == {
        "no-electricity",
        "large-group",
        "low-literacy",
        "remote",
    }
    assert session.concepts
    assert session.handouts
    assert session.risks
    assert session.laws
    for activity in session.activities:
        assert activity.purpose or activity.phase == "break", activity.title
        assert activity.steps or activity.phase == "break", activity.title


@pytest.mark.parametrize("session", sessions(), ids=lambda s: s.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_that_name_their_minutes_add_up_to_their_activity(session: Session, language: str) -> None:
    for activity in session.activities:
        minutes = [
            int(found[1]) for step in activity.steps if (found := re.match(r"\((\d+) min\)", step.text.get(language)))
        ]
        if len(minutes) == len(activity.steps) and minutes:
            assert sum(minutes) == activity.minutes, activity.title.get(language)


def test_a_letter_that_goes_to_others_carries_no_address() -> None:
    letters = [(s, h) for s in sessions() for h in s.handouts if h.style == "letter"]
    assert letters
    for session, handout in letters:
        for suffix in ("docx", "pdf"):
            output = outputs("es")[f"sessions/{session.id}/{handout.id}.{suffix}"]
            assert "rimayexample" not in words_of(output.source_uri, "es")
            assert slugify(handout.title.get("es")) in output.path


@pytest.mark.parametrize("course", load_real_site().library.all(Curriculum), ids=lambda c: c.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_course_has_sheets_for_the_first_round_as_word_and_pdf(course: Curriculum, language: str) -> None:
    assert {"lista-primera-ronda", "hoja-de-revision"} <= {handout.id for handout in course.handouts}
    for handout in course.handouts:
        for suffix in ("docx", "pdf"):
            assert f"curricula/{course.id}/{handout.id}.{suffix}" in outputs(language)


@pytest.mark.parametrize("course", load_real_site().library.all(Curriculum), ids=lambda c: c.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_archive_has_every_document_of_the_course_and_an_index_that_leads_to_each(
    course: Curriculum, language: str
) -> None:
    archive = outputs(language)[f"curricula/{course.id}/archive.zip"]
    assert isinstance(archive.content, bytes)
    address = load_real_site().library.address(course, language)
    documents = {
        output.path.removeprefix(address): output.content
        for output in outputs(language).values()
        if output.path.startswith(address) and output.path.endswith((".pdf", ".docx"))
    }

    with zipfile.ZipFile(io.BytesIO(archive.content)) as zipped:
        assert zipped.testzip() is None
        assert {name: zipped.read(name) for name in zipped.namelist() if name != "index.html"} == documents
        index = html.fromstring(zipped.read("index.html"))
    assert {link.get("href") for link in index.iter("a")} == set(documents)
    assert index.get("lang") == language
