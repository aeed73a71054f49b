"""Figures of indicators, in words and as pictures."""

from rimay.charts import Bar, Chart, create_charts
from rimay.records.indicator import Figure, Indicator
from rimay.view.words import Words


class Figures(Words):
    """What a page template may ask of an indicator."""

    def charts(self, indicator: Indicator) -> list[Chart]:
        """Pictures of what can be compared."""
        return create_charts(indicator)

    def value(self, number: int, unit: str) -> str:
        """A number in its unit: ``4,329``, ``12 %``."""
        words = self.number(number)
        return self.raw("indicator.percentage").format(value=words) if unit == "percent" else words

    def baseline(self, figure: Figure) -> str:
        """The baseline, or that there is none."""
        if figure.baseline is None:
            return self.raw("indicator.not_stated")
        return self.value(figure.baseline, figure.unit)

    def change(self, figure: Figure) -> str:
        """The end value less the baseline, with its sign; a dash where there is no baseline."""
        if figure.change is None:
            return "–"
        sign = "+" if figure.change > 0 else "−" if figure.change < 0 else ""
        words = f"{sign}{self.number(abs(figure.change))}"
        if figure.unit == "count":
            return words
        return self.raw("indicator.point" if abs(figure.change) == 1 else "indicator.points").format(value=words)

    def bar_label(self, bar: Bar) -> str:
        """What a bar shows: a part's own name, or which measurement."""
        return bar.label.get(self.language) if bar.label else self.raw(f"indicator.{bar.style}")

    def finding(self, chart: Chart) -> str:
        """What a picture shows, in words."""
        values = [self.value(bar.value, bar.unit) for bar in chart.bars]
        if chart.label:
            words = {"label": chart.label.get(self.language), "before": values[0], "after": values[-1]}
            return self.raw("indicator.from_to").format(**words)
        return "; ".join(f"{self.bar_label(bar)}: {value}" for bar, value in zip(chart.bars, values, strict=True)) + "."
