"""The whole site as Markdown, files and a configuration that another engine builds: MkDocs, ProperDocs or their kind.

Every page stands where its address is, so that addresses, links in raw HTML and files stay what they are.
"""

import json
import posixpath
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from rimay.languages import DEFAULT, LANGUAGES
from rimay.library import Library
from rimay.page import Output, Page
from rimay.pictures import FOLDER
from rimay.records.vocabulary import Section
from rimay.text import EXTENSION_CONFIGS, EXTENSIONS

#: Shows that a folder is an export, which the next one may replace.
MARK = ".rimay-export"
_LINK = re.compile(r"(\]\(<?|\]:\s*)([^)\s>#:]+)(?=[)\s>#])")
#: The ZIP of the site is made from what our own engine finished: the public one is offered.
_ARCHIVE = re.compile(r'"(?:\.\./)*(rimay-\w+\.zip)"')
_THEME = """\
<!doctype html>
<html lang="{{ page.meta.lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.meta.title | e }} · {{ config.site_name }}</title>
<meta name="description" content="{{ page.meta.description | e }}">
<link rel="stylesheet" href="{{ 'assets/rimay.css' | url }}">
</head>
<body>
<nav class="menu"><ul>
{% for item in nav if item.url %}<li><a href="{{ item.url | url }}">{{ item.title | e }}</a></li>
{% endfor %}
</ul></nav>
<main id="content">
<div class="page"><article>{{ page.content }}</article></div>
</main>
</body>
</html>
"""


def create_export(
    library: Library, outputs: Mapping[str, Sequence[Output]], root: Path, site_url: str
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of an export. ``outputs`` gives what is published by language."""
    yield MARK, b""
    yield "mkdocs.yml", _create_configuration(library, site_url)
    yield "theme/main.html", _THEME.encode()
    assets = root / "docs" / "assets"
    for file in sorted(f for f in assets.rglob("*") if f.is_file() and not f.is_relative_to(root / FOLDER)):
        yield f"docs/assets/{file.relative_to(assets).as_posix()}", file.read_bytes()
    for language in LANGUAGES:
        places = {output.source_uri: _place(output) for output in outputs[language]}
        for output in outputs[language]:
            if output.page is None:
                content = output.content
                yield f"docs/{output.path}", content if isinstance(content, bytes) else content.encode()
            elif output.page.kind != "lost":  # what every engine makes by itself
                text = _ARCHIVE.sub(f'"{site_url}\\1"', _create_page(output.page, str(output.content), places))
                yield f"docs/{_place(output)}", text.encode()


def write_export(folder: Path, files: Iterator[tuple[str, bytes]]) -> None:
    """Write an export beside its place, then put it there. Raises FileExistsError where something else stands there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not (folder / MARK).is_file():
        raise FileExistsError(folder)
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    for path, content in files:
        target = draft / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if folder.exists():
        shutil.rmtree(folder)
    draft.rename(folder)


def _place(output: Output) -> str:
    """Where a source stands in the export: a page as the index of its address."""
    return output.path.removesuffix("html") + "md" if output.page else output.path


def _create_page(page: Page, text: str, places: Mapping[str, str]) -> str:
    """A page with its facts, and with links from where it stands now to where the others do."""
    here, folder = page.address.rstrip("/") or ".", posixpath.dirname(page.source_uri)

    def lead(found: "re.Match[str]") -> str:
        target = places.get(posixpath.normpath(posixpath.join(folder, found[2])))
        return f"{found[1]}{posixpath.relpath(target, here)}" if target else found[0]

    facts = {"title": page.title, "description": page.description, "lang": page.text_language}
    head = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in facts.items())
    return f"---\n{head}---\n\n{_LINK.sub(lead, text)}"


def _create_configuration(library: Library, site_url: str) -> bytes:
    extensions = [name for name in EXTENSIONS if not name.startswith("rimay.")]
    configuration = {
        "site_name": "Rimay",
        "site_url": site_url,
        "use_directory_urls": True,
        "theme": {"name": None, "custom_dir": "theme"},
        "plugins": [],
        "nav": [entry for language in LANGUAGES for entry in _create_navigation(library, language)],
        "markdown_extensions": [
            {name: EXTENSION_CONFIGS[name]} if name in EXTENSION_CONFIGS else name for name in extensions
        ],
        "validation": {
            "omitted_files": "ignore",
            "absolute_links": "warn",
            "unrecognized_links": "warn",
            "anchors": "warn",
        },
    }
    words: str = yaml.safe_dump(configuration, allow_unicode=True, sort_keys=False)
    return words.encode()


def _create_navigation(library: Library, language: str) -> list[dict[str, Any]]:
    """The home and the parts in the menu, with what is below them; every language but the first under its name."""

    def entry(section: Section) -> dict[str, Any]:
        page, title = f"{library.section_address(section.id, language)}index.md", section.title.get(language)
        below = [entry(child) for child in section.children]
        return {title: [{title: page}, *below]} if below else {title: page}

    tops = [section for section in library.sections.values() if library.section_trail(section.id) == [section]]
    entries = [entry(section) for section in tops]
    return entries if language == DEFAULT else [{library.strings[language]["language.name"]: entries}]
