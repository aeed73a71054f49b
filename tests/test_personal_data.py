"""No e-mail address, telephone or identity-card number stands in the sources or in the finished site.

What only looks like one is listed in ``personal_data_allowed.txt`` with the reason.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from tests.built import SITE_URL, Built, Document, read_tree, shipped
from tests.conftest import ROOT, TESTS

PATTERNS = {
    "e-mail": r"[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+",
    "mobile": r"(?<![\w.,/])(?:\+?51[\s.-]?)?9\d{2}[\s.-]?\d{3}[\s.-]?\d{3}(?![\w/])",
    "telephone": r"(?<![\w.,/])(?:\+?51[\s.-]?)?(?:\(0[1-8]\d?\)|0[1-8]\d?)[\s.-]?\d{3}[\s.-]?\d{3,4}(?![\w/])",
    # in groups, as cards and forms have it, only beside its name; no law has eight digits
    "identity card": r"(?<![\w.,/])\d{8}(?![\w/]|[.,]\d)|\bDNI\W{0,4}(?:N\W{1,3})?\d{1,2}[\s.]?\d{3}[\s.]?\d{3}\b",
    "tax number": r"(?<![\w.,/])(?:10|15|17|20)\d{9}(?![\w/])",
}
#: Written by people or from what they wrote; code, pictures and the search index are not.
READ = {".yml", ".md", ".html", ".json", ".xml", ".csv", ".txt", ".ics"}
ALLOWED = dict(
    line.split("\t", 1)
    for line in (TESTS / "personal_data_allowed.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
)


def find(words: str) -> list[str]:
    """All that looks like personal data."""
    found = [match[0].strip() for pattern in PATTERNS.values() for match in re.finditer(pattern, words)]
    return [each for each in found if each not in ALLOWED]


def read(path: str, content: bytes) -> str:
    """The words of a file, the targets of its links among them; empty where people do not write."""
    ending = Path(path).suffix
    if path.startswith("pagefind/") or ending not in READ | {".docx", ".pdf"}:
        return ""
    if ending == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if ending == ".docx":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            trees = [etree.fromstring(parts.read(name)) for name in parts.namelist() if name.startswith("word/")]
        return "\n".join(str(paragraph.xpath("string()")) for tree in trees for paragraph in tree.iter("{*}p"))
    words = content.decode("utf-8")
    if ending == ".html":
        document = Document(path, content, SITE_URL)
        return "\n".join(document.values("//text() | //@href | //@content | //@placeholder | //@value"))
    if ending == ".ics":
        return re.sub(r"\d{8}(?=T\d{6}|\r)", "", words.replace("\r\n ", ""))  # its days
    return words


def read_all(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: words for path, content in files.items() if (words := read(path, content))}


def strangers(files: Mapping[str, str]) -> dict[str, list[str]]:
    return {path: found for path, words in files.items() if (found := find(words))}


@pytest.mark.parametrize(
    "words",
    [
        "escribe a juana.perez@gmail.com",
        "mailto:prensa%40sindicato.pe",
        *("987654321", "llama al 987 654 321", "987-654-321.", "+51 987 654 321", "+51987654321", "51 987654321"),
        *("01 234 5678", "(01) 2345678", "056-234567", "(056) 234 567", "+51 01 2345678"),
        *("DNI 12345678", "identificada con DNI N.º 12345678", "DNI: 12.345.678", "12345678"),
        *("RUC 20123456789", "10456789123"),
    ],
)
def test_personal_data_is_seen_in_every_way_it_is_written(words: str) -> None:
    assert find(words)


@pytest.mark.parametrize(
    "words",
    [
        *("Ley N.º 27360", "Decreto Legislativo 1057", "Decreto Supremo 010-2003-TR", "artículo 28", "Convenio 87 OIT"),
        *("2012-05-30", "30 de mayo de 2012", "S/ 1 130,00", "12 345 678 soles", "de 2010 a 2012", "08:30–10:00"),
        *(
            "1,250,000.00",
            "casilla 7.3",
            "https://www.ilo.org/a/12345678/",
            "Casación Laboral 19856-2016",
            "@sindicato",
        ),
    ],
)
def test_laws_days_and_amounts_are_no_personal_data(words: str) -> None:
    assert find(words) == []


def test_what_is_allowed_has_a_reason_and_is_needed() -> None:
    sources = "\n".join(words for folder in ("data", "docs") for words in read_all(_tree(folder)).values())
    assert all(reason.strip() for reason in ALLOWED.values())
    assert [each for each in ALLOWED if each not in sources] == []


def _tree(folder: str) -> dict[str, bytes]:
    return {path: content for path, content in read_tree(ROOT / folder).items() if not path.startswith("private/")}


@pytest.mark.parametrize("folder", ["data", "docs"])
def test_the_sources_hold_no_personal_data(folder: str) -> None:
    assert strangers(read_all(_tree(folder))) == {}


@pytest.fixture(scope="module")
def built() -> Built:
    return shipped()


@pytest.mark.everything
def test_the_finished_site_holds_no_personal_data(built: Built) -> None:
    words = read_all(built.tree)
    assert {Path(path).suffix for path in words} >= READ - {".yml", ".md"} | {".docx", ".pdf"}
    assert len(words) > len(built.pages)
    assert strangers(words) == {}
