"""What a first visit costs over the line, and the most that each kind of page may cost. Bytes, compressed."""

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """The most that a page of a kind may cost: the page itself, its own styles and scripts, and all with pictures."""

    page: int
    assets: int
    total: int


#: Bars by kind of page, and of every other kind.
BARS: Mapping[str, Bar] = {
    "template": Bar(page=13_500, assets=17_500, total=30_500),
    "update": Bar(page=15_000, assets=14_500, total=76_500),  # one picture of 50 kB
    "": Bar(page=15_000, assets=14_500, total=26_500),
}


def weigh(content: bytes) -> int:
    """The size of a text as a host sends it."""
    return len(gzip.compress(content, 9, mtime=0))


def find_heavy(path: str, kind: str, page: int, assets: int, pictures: int) -> Iterator[str]:
    """What of a page weighs more than it may."""
    bar = BARS.get(kind, BARS[""])
    for name, found, most in (
        ("html", page, bar.page),
        ("css + js", assets, bar.assets),
        ("total", page + assets + pictures, bar.total),
    ):
        if found > most:
            yield f"{path}: {name} {found:,} > {most:,}"
