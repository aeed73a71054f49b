"""Digests of all that an output is made of: one with the fingerprint it had before comes out as it did before."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256

from rimay.page import Output

#: What a page's text leads to, and the anchor there. Each begins with letters, which is several times as fast.
_LINKS = tuple(
    re.compile(begin + r"""([^)\s"'#<>]+)(#[^)\s"'<>]*)?""")
    for begin in (r"\](?:\(<?|:\s*)", r"""href=["']?""", r"""src=["']?""")
)


def create_fingerprints(outputs: Sequence[Output], frame: str, changes: Mapping[str, date]) -> dict[str, str]:
    """The fingerprint of each output by its path. A page is also made of its frame and of what it links to.

    ``frame`` is the digest of what all pages share; ``changes`` gives the day a source last changed.
    """
    sources = {output.source_uri: output for output in outputs}
    texts = {output.source_uri: _digest(output.content) for output in outputs}

    def create(output: Output) -> str:
        if output.page is None:
            return texts[output.source_uri]
        links = [(found.path, anchor and texts[found.source_uri]) for found, anchor in _find_links(output, sources)]
        return _digest(f"{frame} {texts[output.source_uri]} {output.page!r} {changes.get(output.source)} {links}")

    return {output.path: create(output) for output in outputs}


def find_anchored(outputs: Iterable[Output], every: Sequence[Output]) -> set[str]:
    """Paths of what the outputs lead into the middle of: an anchor is looked up in a page made in the same build."""
    sources = {output.source_uri: output for output in every}
    return {found.path for output in outputs if output.page for found, anchor in _find_links(output, sources) if anchor}


def _find_links(output: Output, sources: Mapping[str, Output]) -> Iterator[tuple[Output, str]]:
    folder = posixpath.dirname(output.source_uri)
    links = {found for link in _LINKS for found in link.findall(str(output.content))}
    for path, anchor in sorted(links):
        found = sources.get(posixpath.normpath(posixpath.join(folder, path)))
        if found is not None:
            yield found, anchor


def _digest(content: str | bytes) -> str:
    return sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()
