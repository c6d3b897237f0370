"""Plots, tables and texts below each other, on a page that scrolls.

What they look like is drawn by the core as lines of spans; here they get the colours of the theme. Each is
drawn anew for its width.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Region, Size

from trainer.core.plot import (
    Bin,
    Line,
    Row,
    Stack,
    bars,
    calibration,
    heat_map,
    histogram,
    rows,
    stacked,
)
from trainer.core.plot.over_time import amounts
from trainer.core.statistics import Confusion, Histogram
from trainer.core.statistics_wording import confused
from trainer.core.visible import one_line
from trainer.core.wording import capital
from trainer.tui.widgets.lines import Lines, wrap
from trainer.tui.widgets.page import rows as labelled_rows

_STYLES: Mapping[str, str] = {
    "plain": "",
    "muted": "$muted",
    "accent": "$accent",
    "good": "$text-success",
    "bad": "$text-error",
    "strong": "bold",
    "heat0": "$muted",
    "heat1": "$accent 55%",
    "heat2": "$accent 70%",
    "heat3": "$accent 85%",
    "heat4": "bold $accent",
}
_LEAST, _MOST = 5, 11
"""Lines of a plot."""
_AROUND = 7
"""Lines of a screen that a plot leaves to what is around it."""
_MORE_FOR_POINTS = 3
_CELLS_A_BAR = 2


class Figure(Protocol):
    """Draws a plot: see `core/plot/figures`."""

    def __call__(self, *, width: int, height: int) -> Sequence[Line]:
        """The lines of it, none wider than `width` cells."""


class Drawn(Lines):
    """Something with a heading that is as high as what it draws for its width."""

    DEFAULT_CSS = """
    Drawn { height: auto; margin-bottom: 1; }
    """

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.heading = heading
        self._kept: list[Content] = []
        self._kept_for = 0, 0

    @abstractmethod
    def draw(self, width: int, height: int) -> Sequence[Content]:
        """The lines for a width in cells; a plot takes `height` of them."""

    def laid_out(self, width: int) -> list[Content]:
        """The heading and what is below it."""
        height = max(_LEAST, min(self.app.size.height - _AROUND, _MOST))
        if self._kept_for != (width, height):  # The layout asks several times.
            heading = [Content.styled(one_line(self.heading), "bold").truncate(width)] if self.heading else []
            self._kept = [*heading, *self.draw(width, height)]
            self._kept_for = width, height
        return self._kept

    def draw_anew(self) -> None:
        """Show what has changed."""
        self._kept_for = 0, 0
        self.paint(self.laid_out(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it draws."""
        return max(1, len(self.laid_out(width)))

    def on_resize(self, event: Resize) -> None:
        """Draw anew."""
        self.paint(self.laid_out(self.size.width))


class Plot(Drawn):
    """Lines of spans of the core, in the colours of the theme."""

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """The plot."""
        return painted(self.lines(width, height))

    @abstractmethod
    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The plot, without colours."""


def painted(lines: Iterable[Line]) -> list[Content]:
    """Lines of spans in the colours of the theme."""
    return [Content.assemble(*((text, _STYLES[role]) for text, role in spans)) for spans in lines]


class Said(Drawn):
    """A text that wraps."""

    def __init__(self, *texts: str | Content, heading: str = "") -> None:
        super().__init__(heading)
        self._texts = [Content(one_line(text)) if isinstance(text, str) else text for text in texts]

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """The text."""
        return [part for text in self._texts for part in wrap(text, width)]


class Confusions(Drawn):
    """What is said in place of what, and how often, a line each."""

    def __init__(self, heading: str, confusions: Sequence[Confusion]) -> None:
        super().__init__(heading)
        self._confusions = confusions

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """The answers, cut where they are too long; how often is always told."""
        return [Content(capital(confused(each, width))) for each in self._confusions]


class Facts(Drawn):
    """Short labels, and beside each a text that wraps."""

    def __init__(self, labelled: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._labelled = [(label, Content(one_line(text))) for label, text in labelled]

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """The labels and the texts."""
        return labelled_rows(self._labelled)(width)


class AmountPlot(Plot):
    """Bars along time: amounts by day, in the shortest periods that there is room for."""

    def __init__(
        self, heading: str, amounts: Mapping[date, float], *, first: date, last: date, unit: str
    ) -> None:
        super().__init__(heading)
        self._amounts, self._first, self._last, self._unit = amounts, first, last, unit

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Upright bars."""
        shown = amounts(self._amounts, first=self._first, last=self._last, most=width // _CELLS_A_BAR)
        return bars(shown.bars, width=width, height=height, unit=f"{self._unit} a {shown.period}")


class FigurePlot(Plot):
    """A plot that the core draws for a width and a height."""

    def __init__(self, heading: str, figure: Figure) -> None:
        super().__init__(heading)
        self._figure = figure

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """What the core draws."""
        return self._figure(width=width, height=height)


class HistogramPlot(Plot):
    """How many there are between edges."""

    def __init__(self, heading: str, values: Histogram, *, what: str) -> None:
        super().__init__(heading)
        self._values, self._what = values, what

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Upright bars between edges."""
        return histogram(self._values, width=width, height=height, what=self._what)


class HeatMap(Plot):
    """A year of days."""

    def __init__(self, heading: str, days: Mapping[date, int], *, today: date) -> None:
        super().__init__(heading)
        self._days, self._today = days, today

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """The map, its legend and the sums of months."""
        return heat_map(self._days, today=self._today, width=width)


class CalibrationPlot(Plot):
    """What was predicted against what came true."""

    def __init__(self, heading: str, bins: Sequence[Bin]) -> None:
        super().__init__(heading)
        self._bins = bins

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Points beside a diagonal."""
        return calibration(self._bins, width=width, height=height + _MORE_FOR_POINTS)


class RowPlot(Plot):
    """Bars below each other, with numbers beside them; `top` is what the longest bar stands for."""

    def __init__(
        self, named: str, values: Sequence[Row], *, columns: Sequence[str], top: float | None = None
    ) -> None:
        super().__init__()
        self._named, self._values, self._columns, self._top = named, values, columns, top

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Bars that lie."""
        return rows(self._values, width=width, heading=self._named, columns=self._columns, top=self._top)


class StackPlot(Plot):
    """Bars of one length, divided into parts."""

    def __init__(self, heading: str, stacks: Sequence[Stack], *, names: Sequence[str], unit: str) -> None:
        super().__init__(heading)
        self._stacks, self._names, self._unit = stacks, names, unit

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Divided bars."""
        return stacked(self._stacks, width=width, names=self._names, unit=self._unit)


class PlotPage(VerticalScroll, can_focus=False):
    """What stands below each other on a page."""

    DEFAULT_CSS = """
    PlotPage { height: 1fr; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    .-low PlotPage { padding: 0 1; }
    """

    async def show(self, parts: Sequence[Drawn]) -> None:
        """Show other things in place of those before, from the top; nothing if the page is left meanwhile."""
        with self.app.batch_update():
            await self.remove_children()
            if self.is_attached:
                await self.mount(*parts)
                self.scroll_home(animate=False)

    def scroll_by(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=by, animate=False)

    def reveal(self, part: Drawn, line: int, height: int) -> None:
        """Have so many lines of a part on screen, from that one on."""
        self.scroll_to_region(Region(0, part.virtual_region.y + line, 1, height), animate=False)
