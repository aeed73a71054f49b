"""Says what long work is doing: a bar in a terminal, a line a step elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def step(name: str, total: int | None = None) -> Iterator["Step"]:
    """A step of the work; prints its name, count and seconds when it ends well."""
    current = Step(name, total)
    try:
        yield current
    except BaseException:
        current.bar.leave = False
        current.bar.close()
        raise
    current.finish()


class Step:
    """A step under way."""

    def __init__(self, name: str, total: int | None = None) -> None:
        self.name, self.total, self.start, self.count = name, total, time.monotonic(), 0
        self.bar = tqdm(total=total, desc=name, unit="", leave=False, disable=None, file=sys.stderr, delay=0.2)

    def advance(self, count: int = 1) -> None:
        """Count what is done."""
        self.count += count
        self.bar.update(count)

    def finish(self) -> None:
        """Close the bar and leave one line."""
        self.bar.close()
        count = f"{self.count:,} " if self.count else ""
        print(f"{self.name:<10} {count:>7}{time.monotonic() - self.start:6.1f} s", file=sys.stderr, flush=True)
