"""The geometry of an indicator's pictures: bars that begin at nought. No lines: two measurements are no trend."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rimay.records.fields import Text
from rimay.records.indicator import Indicator


@dataclass(frozen=True)
class Bar:
    """A bar: a measurement or a part, and how much of the full width it takes."""

    style: Literal["baseline", "end", "part"]
    value: int
    unit: str
    #: A part's own name; measurements are called by their style.
    label: Text | None
    #: As SVG takes it: ``87.69%``.
    width: str


@dataclass(frozen=True)
class Chart:
    """Bars on one scale: a figure before and after, or the parts of a value."""

    label: Text | None
    bars: tuple[Bar, ...]


def create_charts(indicator: Indicator) -> list[Chart]:
    """What of an indicator can be compared: figures with a baseline, then the parts. Nothing else makes a picture."""
    return [*_figures(indicator), *_parts(indicator)]


def _figures(indicator: Indicator) -> Iterator[Chart]:
    """Percentages on the scale of all, 100; counts on that of the largest."""
    largest = max((max(f.baseline or 0, f.end) for f in indicator.figures if f.unit == "count"), default=0)
    for figure in indicator.figures:
        if figure.baseline is not None:
            full = 100 if figure.unit == "percent" else largest
            before = Bar("baseline", figure.baseline, figure.unit, None, _width(figure.baseline, full))
            yield Chart(figure.label, (before, Bar("end", figure.end, figure.unit, None, _width(figure.end, full))))


def _parts(indicator: Indicator) -> Iterator[Chart]:
    if indicator.parts:
        full = max(part.value for part in indicator.parts)
        bars = (Bar("part", part.value, "count", part.label, _width(part.value, full)) for part in indicator.parts)
        yield Chart(None, tuple(bars))


def _width(value: int, full: int) -> str:
    return f"{round(100 * value / full, 2) if full else 0:g}%"
