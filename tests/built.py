"""The real project, copied, built and read back: what the tests of the finished site stand on."""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from filelock import FileLock
from lxml import html

from rimay.languages import LANGUAGES
from rimay.outputs import Site
from rimay.page import Page
from rimay.publish import ledger_file

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "https://rimay.example/"
SOURCES = ("mkdocs.yml", "data", "docs", "hooks", "overrides")
#: Seconds that a test waits for something to happen before it gives up; says nothing about how long it may take.
PATIENCE = 240
ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "1767225600",
    "NO_MKDOCS_2_WARNING": "1",
    "SITE_URL": SITE_URL,
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@cache
def _sources() -> Path:
    """The sources of this checkout as they are when the tests begin: no history, environment or built site."""
    folder = Path(tempfile.mkdtemp(prefix="rimay-sources-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


@cache
def documents() -> Path:
    """Where the copies keep the documents they make: with those of this checkout, each by all it is made from."""
    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    return folder


def copy_project(folder: Path) -> Path:
    """The sources in a folder of their own, to be changed at will; documents once made are shared by all copies."""
    project = shutil.copytree(_sources(), folder / "project")
    (project / ".cache").symlink_to(documents())
    return project


def environment(project: Path, **changes: str) -> dict[str, str]:
    """The variables that a command on a copied project runs with."""
    return {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(project / "hooks"), **changes}


def run(project: Path, module: str, *arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    """Run a Python module on a project; its output and errors come together, in order."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=project,
        env=environment(project, **changes),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )


def run_build(project: Path, site: Path, **changes: str) -> "subprocess.CompletedProcess[str]":
    """Build a project strictly."""
    return run(project, "mkdocs", "build", "--strict", "--site-dir", str(site), **changes)


@dataclass(frozen=True)
class Preview:
    """A ``mkdocs serve`` under way on a copied project."""

    project: Path
    origin: str
    log: Path
    process: "subprocess.Popen[bytes]"

    @property
    def output(self) -> str:
        """All that it has printed so far."""
        return self.log.read_text("utf-8")

    def read(self, address: str) -> str:
        """A page as it is served now; empty where it cannot be had."""
        try:
            with urlopen(self.origin + address, timeout=PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:
            return ""

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so; fails the test after a generous time, with all that was printed."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, f"the preview ended by itself\n{self.output}"
            assert time.monotonic() < end, f"the preview did not get there\n{self.output}"
            time.sleep(0.1)


@contextmanager
def serve(project: Path, folder: Path) -> Iterator[Preview]:
    """Run the live preview of a project until the block ends."""
    temporary = folder / "temporary"
    temporary.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    log = folder / "preview.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", place],
            cwd=project,
            env=environment(project, TMPDIR=str(temporary)),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            preview = Preview(project, f"http://{place}/", log, process)
            preview.wait_for(lambda: "</html>" in preview.read(""))
            yield preview
        finally:
            process.terminate()
            process.wait(PATIENCE)


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@dataclass(frozen=True)
class Link:
    """A reference from a page: where it stands, what it says and what it resolves to in the site."""

    page: str
    element: str
    attribute: str
    value: str
    #: Address inside the site, without the leading slash; None where it leads out.
    target: str | None
    anchor: str


class Document:
    """A built HTML file: its tree and its references."""

    def __init__(self, path: str, content: bytes, site_url: str) -> None:
        self.path = path
        self.address = path.removesuffix("index.html")
        self.site_url = site_url
        self.tree = html.document_fromstring(content.decode("utf-8"))

    def values(self, xpath: str) -> list[str]:
        """The attributes or texts that an XPath finds."""
        found = self.tree.xpath(xpath)
        assert isinstance(found, list)
        return [str(value) for value in found]

    def elements(self, xpath: str) -> list[html.HtmlElement]:
        """The elements that an XPath finds."""
        found = self.tree.xpath(xpath)
        assert isinstance(found, list)
        return [element for element in found if isinstance(element, html.HtmlElement)]

    def text(self, xpath: str) -> str:
        """The text of the first thing that an XPath finds, empty where there is none."""
        return str(self.tree.xpath(f"string({xpath})"))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id in the page."""
        return frozenset(self.values("//@id"))

    @cached_property
    def is_redirect(self) -> bool:
        """Whether the page only leads from a former address to the new one."""
        return bool(self.elements("//meta[@http-equiv='refresh']"))

    def links(self, served_at: str | None = None) -> Iterator[Link]:
        """Every reference, resolved as a browser does at the page's address or at another that serves it."""
        here = urljoin(self.site_url, self.address if served_at is None else served_at)
        base = next((urljoin(here, found) for found in self.values("//base/@href")), here)
        root = urlsplit(self.site_url)
        for element, attribute, value in self._references():
            url = urlsplit(urljoin(base, value))
            inside = (url.scheme, url.netloc) == (root.scheme, root.netloc) and url.path.startswith(root.path)
            target = unquote(url.path.removeprefix(root.path)) if inside else None
            yield Link(self.path, element, attribute, value, target, unquote(url.fragment))

    def _references(self) -> Iterator[tuple[str, str, str]]:
        for element in self.tree.iter():
            if not isinstance(element.tag, str) or element.tag == "base":
                continue
            for attribute in ("href", "src", "srcset", "action", "poster", "data-index"):
                value = element.get(attribute)
                if value is not None:
                    yield element.tag, attribute, str(value)
            if element.get("property") == "og:url":
                yield element.tag, "content", str(element.get("content"))
            if element.get("http-equiv") == "refresh":
                yield element.tag, "content", str(element.get("content")).partition("url=")[2]


def load_site(project: Path, site_url: str = SITE_URL) -> Site:
    """A project in this process, at the moment at which it is built: after all that its updates tell of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", ENVIRONMENT["SOURCE_DATE_EPOCH"])
        return Site(project, site_url)


@dataclass(frozen=True)
class Built:
    """A project and what became of it."""

    project: Path
    site: Path
    output: str
    site_url: str = SITE_URL

    @cached_property
    def tree(self) -> Mapping[str, bytes]:
        """Every published file by its path."""
        return read_tree(self.site)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every published HTML file by its path."""
        return {p: Document(p, content, self.site_url) for p, content in self.tree.items() if p.endswith(".html")}

    @cached_property
    def outputs(self) -> Site:
        """What the project says it publishes."""
        return load_site(self.project, self.site_url)

    @cached_property
    def pages(self) -> list[Page]:
        """Every page that the project says it publishes, in all languages."""
        return [page for language in LANGUAGES for page in self.outputs.pages[language]]

    def address(self, source_uri: str, language: str) -> str:
        """Where the page made from a source stands."""
        return next(p.address for p in self.outputs.pages[language] if p.source_uri == source_uri)

    def first_address(self, kind: str, language: str) -> str:
        """Where the longest page of a kind stands: the one most likely to break something."""
        pages = [page for page in self.outputs.pages[language] if page.kind == kind]
        return max(pages, key=lambda page: (self.length(page), page.source_uri)).address

    def length(self, page: Page) -> int:
        """Bytes of a page as it was built."""
        return (self.site / page.path).stat().st_size


def build(folder: Path, project: Path | None = None, site_url: str = SITE_URL) -> Built:
    """Build a project, this checkout unless told, into a folder; fails the test where the build fails."""
    project = project or copy_project(folder)
    done = run_build(project, folder / "site", SITE_URL=site_url)
    assert done.returncode == 0, done.stdout
    return Built(project, folder / "site", done.stdout, site_url)


@cache
def shipped() -> Built:
    """This checkout, built once for all tests of a run. Not to be changed by any of them.

    What did not change since the last run is taken over from it; ``test_rebuild.py`` holds that this is the same.
    """
    folder = ROOT / ".pytest_cache" / "shipped"
    folder.mkdir(parents=True, exist_ok=True)
    run_id, mark = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())), folder.parent / "shipped.run"
    with FileLock(folder.parent / "shipped.lock"):
        if not mark.is_file() or mark.read_text() != run_id:
            shutil.rmtree(folder / "project", ignore_errors=True)
            build(folder)
            mark.write_text(run_id)
    return Built(folder / "project", folder / "site", "")


def copy_site(built: Built, folder: Path) -> Path:
    """The site that was built, elsewhere, for a build that makes only what changed since."""
    shutil.copytree(built.site, folder / "site")
    shutil.copy(ledger_file(built.site), ledger_file(folder / "site"))
    return folder / "site"
