"""The search index by Pagefind, in a stable order: the same pages give the same bytes.

Pagefind 1.5 writes the values of a filter in random order and names the files by their content.
"""

import gzip
import json
import re
import subprocess
import sys
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cbor2

#: Interfaces that Pagefind adds and we do not use; the site has its own, a tenth of their size.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_MAGIC = b"pagefind_dcd"
_LANGUAGE = re.compile(r"<html[^>]*>")
_HEAD = re.compile(r"<title>.*?</title>|<meta data-pagefind[^>]*>", re.DOTALL)
#: What is in an article and never read: pictures, scripts, and attributes but names and Pagefind's own.
_UNREAD = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<\w+ [^>]*>")
_UNREAD_ATTRIBUTE = re.compile(r' (?!data-pagefind|id=|alt=)[\w-]+="[^"]*"')
_FILTERS = 3  # where a language's index lists its filters


def write_search_index(site: Path) -> int:
    """Index the built pages, one index a language. Returns the number of pages.

    Raises RuntimeError with Pagefind's own words where it fails.
    """
    index = site / "pagefind"
    with TemporaryDirectory(dir=site.parent, prefix=f"{site.name}.") as folder:
        for file in site.rglob("*.html"):
            if text := extract_text(file.read_text("utf-8")):
                target = Path(folder) / file.relative_to(site)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8")
        command = [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(index)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"pagefind: {done.stderr or done.stdout}")
    for pattern in _UNUSED:
        for file in index.glob(pattern):
            file.unlink()
    _sort(index)
    return sum(1 for _ in (index / "fragment").iterdir())


def extract_text(page: str) -> str:
    """What of a page readers search for: its title, its filters and its article, empty where search leaves it out.

    Pagefind takes half the time for it that it takes for the whole page.
    """
    language, (before, _, after) = _LANGUAGE.search(page), page.partition("<article")
    if language is None or "data-pagefind-body" not in after.partition(">")[0]:
        return ""
    article = _UNREAD.sub("", f"<article{after.partition('</article>')[0]}")
    article = _TAG.sub(lambda tag: _UNREAD_ATTRIBUTE.sub("", tag[0]), article)
    head = "".join(_HEAD.findall(before))
    return f"{language[0]}<head>{head}</head><body>{article}</article></body></html>"


def merge_search_index(part: Path, site: Path) -> None:
    """Name the languages of both indexes in that of the part, which is about to be moved into the site's."""
    files = [folder / "pagefind" / "pagefind-entry.json" for folder in (site, part)]
    entries = [json.loads(file.read_text("utf-8")) for file in files]
    entries[1]["languages"] = {**entries[0]["languages"], **entries[1]["languages"]}
    _write_entry(files[1], entries[1])


def _sort(index: Path) -> None:
    marks: dict[str, str] = {}
    for file in sorted((index / "filter").glob("*.pf_filter")):
        name, values = _read(file)
        marks[file.stem] = _write(file, [name, sorted(values)], "{}.pf_filter", 7)
    entry = json.loads((index / "pagefind-entry.json").read_text("utf-8"))
    for language in entry["languages"].values():
        file = index / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(file)
        meta[_FILTERS] = sorted([name, marks[mark]] for name, mark in meta[_FILTERS])
        language["hash"] = _write(file, meta, "pagefind.{}.pf_meta", 10)
    _write_entry(index / "pagefind-entry.json", entry)


def _write_entry(file: Path, entry: Any) -> None:
    file.write_text(json.dumps(entry, sort_keys=True, separators=(",", ":")), "utf-8")


def _read(file: Path) -> Any:
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(_MAGIC))


def _write(file: Path, content: Any, name: str, length: int) -> str:
    """Put the content in place of a file, named by its own mark as Pagefind does. Returns language and mark."""
    data = _MAGIC + cbor2.dumps(content)
    language = file.stem.removeprefix("pagefind.").partition("_")[0]
    mark = f"{language}_{sha1(data, usedforsecurity=False).hexdigest()[:length]}"
    file.unlink()
    file.with_name(name.format(mark)).write_bytes(gzip.compress(data, 9, mtime=0))
    return mark
