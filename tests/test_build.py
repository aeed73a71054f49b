"""Ring three: the real project, built strictly; a walk over everything that came out."""

import gzip
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as Xml

import feedparser
import pytest

from rimay.feeds import LONGEST
from rimay.languages import DEFAULT, LANGUAGES, address_prefix
from rimay.pictures import FOLDER
from rimay.records.template import Template
from tests.built import (
    SITE_URL,
    Built,
    Document,
    Link,
    Preview,
    build,
    copy_project,
    copy_site,
    read_tree,
    run,
    run_build,
    serve,
    shipped,
)

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CAMPAIGN = "huelga-2019"
UPDATE_ID = "2031-02-03-prueba-de-novedad"
UPDATE = """\
slug: {es: prueba-de-novedad, en: test-update}
aliases: [campanas/vieja-direccion, en/campaigns/old-address]
date: 2031-02-03
campaign: huelga-2019
title: {es: "Marcazul una novedad & <b>título</b>", en: "Markblue an update & <b>title</b>"}
text: {es: "El texto de marcazul, con tilde: negociación.", en: "The text of markblue, plain."}
sources:
  - document: p21
"""


@pytest.fixture(scope="module")
def built() -> Built:
    return shipped()


@pytest.fixture(scope="module")
def widened(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project with one more update, and with one more campaign that is still a draft, and has a picture."""
    folder = tmp_path_factory.mktemp("widened")
    project = copy_project(folder)
    update = project / "data" / "updates" / "2031" / f"{UPDATE_ID}.yml"
    update.parent.mkdir()
    update.write_text(UPDATE, "utf-8")
    campaigns = project / "data" / "campaigns"
    draft = (campaigns / f"{CAMPAIGN}.yml").read_text("utf-8")
    draft = re.sub(r"(?m)^slug: .*$", "slug: {es: secretilla-es, en: secretilla-en}", draft)
    draft = re.sub(r"(?m)^status: .*$", "status: draft", draft)
    draft = re.sub(r"(?m)^  es: \"", '  es: "Secretilla ', draft, count=1)
    (campaigns / "secretilla.yml").write_text(draft, "utf-8")
    draft_update = UPDATE.replace("huelga-2019", "secretilla").replace("arcazul", "secretilla")
    draft_update = re.sub(r"(?m)^aliases: .*$", "aliases: [campanas/secretilla-vieja]", draft_update)
    draft_update += "picture: {file: secretilla.png, alt: {es: Foto, en: Photo}, credit: {es: Foto, en: Photo}}\n"
    (update.parent / "2031-02-03-secretilla.yml").write_text(draft_update, "utf-8")
    pictures = project / FOLDER
    pictures.mkdir()
    shutil.copy(project / "docs" / "assets" / "icon-192.png", pictures / "secretilla.png")
    shutil.copy(pictures / "secretilla.png", pictures / "secretilla-de-nadie.png")
    copy_site(built, folder)
    return build(folder, project)


# --- the build ------------------------------------------------------------------------------------


@pytest.mark.everything
def test_a_build_gives_no_warning(widened: Built) -> None:
    assert not re.findall(r"(?m)^.*(?:WARNING|ERROR|Deprecat|Traceback).*$", widened.output)


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The project built a second time, after a build that failed."""
    folder = tmp_path_factory.mktemp("again")
    project = copy_project(folder)
    page = project / "docs" / "es" / "about.md"
    good = page.read_text("utf-8")
    _break_link(project)
    assert run_build(project, folder / "site").returncode != 0
    page.write_text(good, "utf-8")
    return build(folder, project)


@pytest.mark.everything
def test_two_builds_are_identical_byte_for_byte(built: Built, again: Built) -> None:
    assert _differences(built.tree, again.tree) == []


@pytest.mark.everything
def test_a_failed_build_leaves_nothing_behind_once_the_next_one_is_done(again: Built) -> None:
    assert _names(again.site.parent) == [".site.site.json", "project", "site"]
    assert not re.findall(r"(?m)^.*(?:WARNING|ERROR|Deprecat|Traceback).*$", again.output)


def test_exactly_the_outputs_the_assets_the_search_index_and_what_is_taken_along_are_published(built: Built) -> None:
    outputs = [output.path for language in LANGUAGES for output in built.outputs.create_outputs(language)]
    assets = [f"assets/{path}" for path in read_tree(built.project / "docs" / "assets")]
    index = [path for path in built.tree if path.startswith("pagefind/")]
    assert len(outputs) == len(set(outputs))
    kept = [path for path in built.tree if path.startswith("offline/")]
    archives = [f"rimay-{language}.zip" for language in LANGUAGES]
    assert sorted(built.tree) == sorted([*outputs, *assets, *index, *kept, *archives])


def test_the_search_index_has_every_page_in_its_language_and_no_unused_interface(built: Built) -> None:
    entry = json.loads(built.tree["pagefind/pagefind-entry.json"])
    counts = {language: found["page_count"] for language, found in entry["languages"].items()}
    assert counts == {
        language: sum(page.kind not in ("lost", "listing") for page in built.outputs.pages[language])
        for language in LANGUAGES
    }
    assert not [path for path in built.tree if re.search(r"pagefind/.*(-ui|highlight|component)", path)]


def test_nothing_is_left_beside_the_finished_site(built: Built) -> None:
    assert _names(built.site.parent) == [".site.site.json", "project", "site"]


# --- links ----------------------------------------------------------------------------------------


def test_every_reference_leads_to_a_file_and_every_anchor_to_a_place_in_it(built: Built) -> None:
    assert list(_broken(built)) == []


@pytest.mark.everything
def test_every_reference_works_when_the_site_stands_in_a_folder_of_a_host(built: Built, tmp_path: Path) -> None:
    moved = build(tmp_path, built.project, "https://union.example/a-folder/")
    assert list(_broken(moved)) == []


def test_links_to_pages_end_with_a_slash_so_that_no_host_needs_to_redirect(built: Built) -> None:
    assert [link for link in _links(built) if link.target is not None and link.target.endswith("index.html")] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("served_at", ["no-existe", "a/b/c/", "en/no/such/page"])
def test_the_page_for_lost_readers_works_at_whatever_address_it_is_served(
    built: Built, language: str, served_at: str
) -> None:
    lost = built.documents[f"{address_prefix(language)}404.html"]
    stays = {lost.path, served_at}
    for link in lost.links(served_at):
        if link.value.startswith("#"):
            assert link.target in stays, f"{link} leaves the page"
        elif link.target is not None:
            assert _file(link.target) in built.tree, link
    homes = [link.target for link in lost.links(served_at) if link.target in {"", "en/"}]
    assert address_prefix(language) in homes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_lost_readers_speaks_its_language_and_leads_into_it(built: Built, language: str) -> None:
    lost = built.documents[f"{address_prefix(language)}404.html"]
    assert lost.tree.get("lang") == language
    inside = [link.target for link in lost.links() if link.element == "a" and link.target]
    other = [target for target in inside if _language(target) != language]
    assert len(other) == 0 if language != DEFAULT else len(other) == 1  # the switch leads to the other home


def test_the_language_switch_leads_to_the_same_page_in_the_other_language_and_back(built: Built) -> None:
    for page in built.pages:
        if page.kind == "lost":
            continue
        for other in LANGUAGES:
            if other == page.language:
                continue
            target = _switch(built.documents[f"{page.address}index.html"], other)
            assert target == built.address(page.source_uri, other), page.address
            back = _switch(built.documents[f"{target}index.html"], page.language)
            assert back == page.address, page.address


def test_alternates_name_each_other_and_the_page_itself(built: Built) -> None:
    for page in built.pages:
        document = built.documents[_file(page.address)]
        alternates = document.elements("//link[@rel='alternate'][@hreflang]")
        found = {link.get("hreflang"): link.get("href") for link in alternates}
        assert found == {code: SITE_URL + address for code, address in page.translations.items()}, page.address
        canonical = document.values("//link[@rel='canonical']/@href")
        own = page.translations.get(page.language, next(iter(page.translations.values()), ""))
        assert canonical == ([] if page.kind == "lost" else [SITE_URL + own]), page.address


# --- safety and form ------------------------------------------------------------------------------


def test_nothing_is_fetched_from_elsewhere(built: Built) -> None:
    fetched = [
        link
        for link in _links(built)
        if link.target is None and not (link.element == "a" and re.match(r"(https?|mailto|tel|webcal):", link.value))
    ]
    assert fetched == []


def test_addresses_of_the_frame_are_relative(built: Built) -> None:
    loaded = [link for link in _links(built) if link.element in {"script", "img", "source", "iframe", "dialog"}]
    assert loaded
    lost = {f"{address_prefix(language)}404.html" for language in LANGUAGES}
    assert [link for link in loaded if link.page not in lost and re.match(r"/|[a-z]+:", link.value)] == []


def test_no_page_has_inline_script_or_style(built: Built) -> None:
    for document in built.documents.values():
        assert (
            document.elements("//script[not(@src) and not(@type='application/ld+json')] | //style | //*[@style]") == []
        ), document.path
        assert document.values("//@*[starts-with(name(), 'on')]") == [], document.path
        for data in document.values("//script[@type='application/ld+json']/text()"):
            assert json.loads(data)["@context"] == "https://schema.org", document.path


def test_every_page_carries_the_strict_policy(built: Built) -> None:
    for document in _proper(built):
        policy = document.values("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert len(policy) == 1, document.path
        assert "default-src 'none'" in policy[0]
        assert "unsafe-inline" not in policy[0]
        assert "'unsafe-eval'" not in policy[0]


def test_every_page_says_its_language_title_and_description_and_has_one_main_heading(built: Built) -> None:
    for page in built.pages:
        document = built.documents[_file(page.address)]
        assert document.tree.get("lang") == page.language, page.address
        assert len(document.elements("//h1")) == 1, page.address
        assert document.text("//h1").strip(), page.address
        assert page.title in document.text("/html/head/title") or page.source_uri == "index.md"
        assert document.text("/html/head/title").strip(), page.address
        assert document.text("//meta[@name='description']/@content").strip(), page.address


def test_titles_and_descriptions_are_no_markup_and_tell_pages_apart(built: Built) -> None:
    titles: dict[tuple[str, str], str] = {}
    for page in built.pages:
        document = built.documents[_file(page.address)]
        title = document.text("/html/head/title")
        description = document.text("//meta[@name='description']/@content")
        assert not re.search(r"[<>]|\*\*|\]\(|&amp;|&lt;", title + description), page.address
        assert titles.setdefault((page.language, title), page.address) == page.address, title


def test_text_in_another_language_is_marked_and_announced(built: Built) -> None:
    for page in built.pages:
        document = built.documents[_file(page.address)]
        marked = document.values("//article/@lang")
        is_foreign = page.text_language != page.language
        assert marked == ([page.text_language] if is_foreign else []), page.address
        assert bool(document.elements("//*[contains(@class, 'untranslated')]")) == is_foreign, page.address


def test_ids_are_unique_in_every_page(built: Built) -> None:
    for document in built.documents.values():
        assert len(document.ids) == len(document.values("//@id")), document.path


def test_no_markdown_or_template_is_left_in_the_text_of_a_page(built: Built) -> None:
    for document in built.documents.values():
        text = document.text("//article")
        found = re.search(r"\{[:%{]|\]\(|\*\*|markdown=|^#{1,4} |undefined|\]\[", text, re.MULTILINE)
        assert found is None, f"{document.path}: {text[max(0, found.start() - 60) : found.end() + 60]!r}"


# --- what stands beside the pages -----------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_feeds_are_read_by_an_independent_parser(built: Built, language: str) -> None:
    prefix = address_prefix(language)
    feed = feedparser.parse(io.BytesIO(built.tree[f"{prefix}feed.xml"]))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert len(feed.entries) == min(LONGEST, len(built.outputs.library.updates))
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert _file(entry.link.removeprefix(SITE_URL)) in built.tree
        assert _language(entry.link.removeprefix(SITE_URL)) == language
    items = json.loads(built.tree[f"{prefix}feed.json"])["items"]
    assert [item["url"] for item in items] == [entry.link for entry in feed.entries]


def test_links_inside_feeds_lead_to_pages(built: Built) -> None:
    for language in LANGUAGES:
        feed = json.loads(built.tree[f"{address_prefix(language)}feed.json"])
        for item in feed["items"]:
            for target in re.findall(r'href="([^"]*)"', item["content_html"]):
                assert re.match(r"https?:|mailto:", target), f"{item['url']}: {target} is not absolute"
                if target.startswith(SITE_URL):
                    assert _file(target.removeprefix(SITE_URL).partition("#")[0]) in built.tree, target


def test_the_sitemap_lists_every_page_of_its_own_language_once(built: Built) -> None:
    root = Xml.fromstring(built.tree["sitemap.xml"])
    addresses = [str(found.text).removeprefix(SITE_URL) for found in root.iter(f"{SITEMAP}loc")]
    assert sorted(addresses) == sorted(page.address for page in built.pages if page.language in page.translations)
    assert all(_file(address) in built.tree for address in addresses)
    assert f"Sitemap: {SITE_URL}sitemap.xml" in built.tree["robots.txt"].decode()


def test_downloads_stand_beside_their_page_and_open(built: Built) -> None:
    templates = built.outputs.library.all(Template)
    assert templates
    for language in LANGUAGES:
        for template in templates:
            address = built.outputs.library.address(template, language)
            stem = address + address.rstrip("/").rpartition("/")[2]
            assert zipfile.is_zipfile(io.BytesIO(built.tree[f"{stem}.docx"]))
            assert built.tree[f"{stem}.pdf"].startswith(b"%PDF-")
            assert built.tree[f"{stem}.txt"].decode("utf-8").strip()


# --- failure --------------------------------------------------------------------------------------


def _break_record(project: Path) -> None:
    record = project / "data" / "campaigns" / f"{CAMPAIGN}.yml"
    record.write_text(record.read_text("utf-8").replace("started: 2019-03", "started: 2019-13"), "utf-8")


def _break_link(project: Path) -> None:
    page = project / "docs" / "es" / "about.md"
    page.write_text(page.read_text("utf-8") + "\n[a ninguna parte](no-existe.md)\n", "utf-8")


def _break_anchor(project: Path) -> None:
    page = project / "docs" / "en" / "about.md"
    page.write_text(page.read_text("utf-8") + "\n[nowhere](sources.md#no-such-part)\n", "utf-8")


def _break_template(project: Path) -> None:
    template = project / "overrides" / "pages" / "update.md"
    template.write_text(template.read_text("utf-8") + "\n{{ update.no_such_field }}\n", "utf-8")


@pytest.mark.everything
@pytest.mark.parametrize("spoil", [_break_record, _break_link, _break_anchor, _break_template])
def test_a_build_that_fails_leaves_the_last_site_as_it_was(
    built: Built, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    project, site = copy_project(tmp_path), copy_site(built, tmp_path)
    spoil(project)
    done = run_build(project, site)
    assert done.returncode != 0
    assert _differences(read_tree(site), built.tree) == []


def test_a_broken_record_is_told_without_a_traceback_and_as_the_check_tells_it(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    _break_record(project)
    checked = run(project, "rimay", "check")
    done = run_build(project, tmp_path / "site")
    assert checked.returncode == done.returncode == 1
    assert f"data/campaigns/{CAMPAIGN}.yml:" in checked.stdout
    assert "2019-13" in checked.stdout
    assert checked.stdout.strip() in done.stdout
    assert "Traceback" not in done.stdout + checked.stdout
    assert not (tmp_path / "site").exists()


# --- a change -------------------------------------------------------------------------------------


@pytest.mark.everything
@pytest.mark.parametrize(("language", "marker"), [("es", "Marcazul"), ("en", "Markblue")])
def test_a_new_update_appears_everywhere_by_itself(widened: Built, language: str, marker: str) -> None:
    prefix = address_prefix(language)
    address = widened.address(f"updates/{UPDATE_ID}.md", language)
    campaign = widened.address(f"campaigns/{CAMPAIGN}.md", language)
    assert address.startswith(campaign)
    assert widened.documents[f"{address}index.html"].text("//h1").startswith(marker)
    for source in ("index.md", "news/index.md", f"campaigns/{CAMPAIGN}.md"):
        listing = widened.documents[_file(widened.address(source, language))]
        assert address in [link.target for link in listing.links()], source
    feed = feedparser.parse(io.BytesIO(widened.tree[f"{prefix}feed.xml"]))
    assert feed.entries[0].link == SITE_URL + address
    assert json.loads(widened.tree[f"{prefix}feed.json"])["items"][0]["url"] == SITE_URL + address
    calendar = widened.outputs.library.strings[language]["calendar.file"]
    assert marker in widened.tree[f"{prefix}{calendar}"].decode("utf-8")
    assert f"<loc>{SITE_URL}{address}</loc>" in widened.tree["sitemap.xml"].decode()


@pytest.mark.everything
def test_a_new_update_is_in_the_search_index_of_both_languages(built: Built, widened: Built) -> None:
    counts = [json.loads(found.tree["pagefind/pagefind-entry.json"])["languages"] for found in (built, widened)]
    for language in LANGUAGES:
        assert counts[1][language]["page_count"] == counts[0][language]["page_count"] + 1


@pytest.mark.everything
def test_what_an_editor_writes_as_markup_is_shown_as_text(widened: Built) -> None:
    for language in LANGUAGES:
        document = widened.documents[f"{widened.address(f'updates/{UPDATE_ID}.md', language)}index.html"]
        assert document.elements("//h1//b") == []
        assert "<b>" in document.text("//h1")
        assert "& <b>" in document.text("/html/head/title")


@pytest.mark.everything
@pytest.mark.parametrize(
    ("old", "language"), [("campanas/vieja-direccion/", "es"), ("en/campaigns/old-address/", "en")]
)
def test_a_former_address_leads_to_the_page(widened: Built, old: str, language: str) -> None:
    document = widened.documents[f"{old}index.html"]
    address = widened.address(f"updates/{UPDATE_ID}.md", language)
    assert document.is_redirect
    assert {link.target for link in document.links()} == {address}


@pytest.mark.everything
def test_links_hold_in_the_widened_site(widened: Built) -> None:
    assert list(_broken(widened)) == []


@pytest.mark.everything
def test_a_draft_campaign_leaks_nothing(widened: Built) -> None:
    assert [path for path in widened.tree if "secretilla" in path.lower()] == []
    assert [path for path, content in _plain(widened) if b"secretilla" in content.lower()] == []


# --- the preview ----------------------------------------------------------------------------------


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    with serve(copy_project(tmp_path), tmp_path) as running:
        yield running


@pytest.mark.everything
def test_the_preview_shows_changes_survives_mistakes_and_recovers(preview: Preview) -> None:
    record = preview.project / "data" / "campaigns" / f"{CAMPAIGN}.yml"
    address = "campanas/huelga-minera-2019/"
    good = record.read_text("utf-8")

    record.write_text(good.replace("Respeto al derecho de huelga", "Marcazul uno"), "utf-8")
    preview.wait_for(lambda: "Marcazul uno" in preview.read(address))

    _break_record(preview.project)
    problem = run(preview.project, "rimay", "check").stdout.strip()
    assert "2019-13" in problem
    preview.wait_for(lambda: problem in preview.output)
    assert "Marcazul uno" in preview.read(address)
    assert "Traceback" not in preview.output

    record.write_text(good.replace("Respeto al derecho de huelga", "Marcazul dos"), "utf-8")
    preview.wait_for(lambda: "Marcazul dos" in preview.read(address))


@pytest.mark.everything
def test_the_preview_shows_changes_in_essays_templates_and_code_and_new_records(preview: Preview) -> None:
    essay = preview.project / "docs" / "en" / "about.md"
    essay.write_text(essay.read_text("utf-8") + "\nMarkblue essay.\n", "utf-8")
    preview.wait_for(lambda: "Markblue essay." in preview.read("en/about/"))

    template = preview.project / "overrides" / "pages" / "news.md"
    template.write_text(template.read_text("utf-8") + "\nMarkblue template.\n", "utf-8")
    preview.wait_for(lambda: "Markblue template." in preview.read("en/news/"))

    code = preview.project / "hooks" / "rimay" / "view" / "words.py"
    code.write_text(
        code.read_text("utf-8").replace("return name[:1].upper()", 'return "Markblue code " + name[:1]'), "utf-8"
    )
    preview.wait_for(lambda: "Markblue code" in preview.read("en/news/2017/"))

    update = preview.project / "data" / "updates" / "2031" / f"{UPDATE_ID}.yml"
    update.parent.mkdir()
    update.write_text(UPDATE, "utf-8")
    preview.wait_for(lambda: "Markblue an update" in preview.read("en/news/"))
    assert "Markblue" in preview.read("en/campaigns/miners-strike-2019/2031-02-03-test-update/")


# --- helpers --------------------------------------------------------------------------------------


def _file(address: str) -> str:
    return f"{address}index.html" if not address or address.endswith("/") else address


def _names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def _language(address: str) -> str:
    first = address.partition("/")[0]
    return first if first in LANGUAGES else DEFAULT


def _proper(built: Built) -> Iterator[Document]:
    return (document for document in built.documents.values() if not document.is_redirect)


def _links(built: Built) -> Iterator[Link]:
    for document in built.documents.values():
        yield from document.links()


def _broken(built: Built) -> Iterator[str]:
    """Every reference inside the site that leads to nothing."""
    for link in _links(built):
        if link.target is None:
            continue
        file = _file(link.target)
        if file not in built.tree:
            yield f"{link.page}: {link.element} {link.attribute}={link.value!r}: no {file}"
        elif link.anchor and link.anchor not in built.documents[file].ids:
            yield f"{link.page}: {link.element} {link.attribute}={link.value!r}: no #{link.anchor} in {file}"


def _switch(document: Document, language: str) -> str | None:
    (value,) = document.values(f"//header//a[@hreflang='{language}']/@href")
    return next(link.target for link in document.links() if link.element == "a" and link.value == value)


def _plain(built: Built) -> Iterator[tuple[str, bytes]]:
    """Every published file as readable bytes: what is packed is unpacked."""
    for path, content in built.tree.items():
        if path.startswith("pagefind/") and content[:2] == b"\x1f\x8b":
            yield path, gzip.decompress(content)
        elif path.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(content)) as document:
                yield path, b"".join(document.read(name) for name in document.namelist())
        else:
            yield path, content


def _differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))
