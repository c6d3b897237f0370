"""A timeline with a lane for each actor: what happened when, and what answers what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from trainer.core.timeline import Axis, Place, Timeline, lay_out
from trainer.core.visible import one_line
from trainer.tui.widgets.event_labels import NO_DATE, Sign, cells_of, cut, label_of
from trainer.tui.widgets.wires import Drawn, Spot, Wire, clear, drawn

HEADER = 2
"""Lines of dates above the lanes."""

_OTHERS, _YEAR = "others", "2024"
_LABEL, _SHORT_LABEL, _WIDE = 24, 16, 90
_LEAST_LABEL = 4
_MARGIN = 4
_OTHERS_SHARE = 3
"""The lane of all other actors takes that part of the height to stand closer together, if it has to."""

_BEFORE_NAME = 2
_NOWHERE = -1


class _Cell(NamedTuple):
    """A character, its style, and the place it belongs to, by its number in the row."""

    sign: str = " "
    style: str = ""
    place: int = _NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A timeline, with a sign for each event."""

    line: Timeline
    signs: tuple[Sign, ...]


class LanesLook:
    """Paints lanes; dates above and actors at the left keep their place while the rest scrolls."""

    def __init__(self, story: Story, *, width: int, height: int) -> None:
        self._story = story
        line = story.line
        most = _LABEL if width >= _WIDE else _SHORT_LABEL
        self._labels = [label_of(event, most, lanes=line.lanes) for event in line.events]
        room = list(map(self._room, range(len(line.events))))
        self._axis: Axis = lay_out(line, room, shared_rows=max(1, (height - HEADER) // _OTHERS_SHARE))
        nameless = _OTHERS if len(line.lanes) > 1 else ""
        names = [one_line(name) or nameless for name in line.lanes]
        widest = max(Content(name).cell_length for name in (*names, _YEAR))
        self._gutter = _BEFORE_NAME * 2 + min(widest, max(8, width // 6))
        self._names = [cut(name, self._gutter - 2 * _BEFORE_NAME) for name in names]
        self._width, self._height = width, height
        self._left = self._top = 0
        self._marked: Place | None = None
        self._marked_wires: Drawn = {}
        self._linked: frozenset[int] = frozenset()
        self._arrange()

    # Where things are

    def mark(self, event: int, *, lane: int | None = None) -> None:
        """Mark an event, in the lane asked for or else where the mark is, and bring it into sight."""
        places = self._of[event]
        wanted = lane if lane is not None else self._marked.lane if self._marked else None
        self._marked = next((place for place in places if place.lane == wanted), places[0])
        pairs = [pair for pair in self._story.line.replies if event in pair]
        self._linked = frozenset(end for pair in pairs for end in pair)
        self._marked_wires = drawn(map(self._wire, pairs))
        self._follow(self._marked)

    def beside(self, by: int) -> Place | None:
        """The nearest event in the lane above or below the mark."""
        marked = self._marked
        if marked is None or not 0 <= marked.lane + by < len(self._bases) - 1:
            return None
        lane = marked.lane + by
        return min(self._by_lane[lane], key=lambda place: (abs(place.column - marked.column), place.row))

    def page(self, by: int) -> int | None:
        """The event about as far from the mark as is seen at once."""
        if self._marked is None:
            return None
        target = self._marked.column + by * max(1, self._seen - 2 * _MARGIN)
        first = [places[0] for places in self._of.values()]
        beyond = [place for place in first if (place.column - self._marked.column) * by > 0]
        return min(beyond, key=lambda place: abs(place.column - target)).event if beyond else None

    def scroll(self, *, columns: int = 0, rows: int = 0) -> None:
        """Scroll by cells; the mark stays where it is."""
        self._left = max(0, min(self._left + columns, self._axis.width - self._seen))
        self._top = max(0, min(self._top + rows, len(self._grid) - self._body))

    @property
    def overflows(self) -> bool:
        """Whether there are more rows than can be seen at once."""
        return len(self._grid) > self._body

    @property
    def _seen(self) -> int:
        return max(1, self._width - self._gutter)

    @property
    def _body(self) -> int:
        return max(1, self._height - HEADER)

    def _room(self, event: int) -> int:
        """The cells of an event: sign, label and a blank; a span has two edges."""
        return len(cells_of(self._labels[event])) + 2 + self._is_span(event)

    def _is_span(self, event: int) -> bool:
        days = self._story.line.spans[event]
        return days is not None and days.first < days.last

    def _arrange(self) -> None:
        """Which row of the grid each place stands in, and which replies can always be seen."""
        heights = self._axis.heights
        gap = int(sum(heights) + len(heights) <= self._body)
        self._bases = list(accumulate((height + gap for height in heights), initial=gap))
        rows = self._bases[-1] - gap if heights else 0
        self._grid: list[list[Place]] = [[] for _ in range(rows)]
        self._of: dict[int, list[Place]] = {}
        self._by_lane: list[list[Place]] = [[] for _ in heights]
        for place in self._axis.places:
            self._grid[self._row(place)].append(place)
            self._of.setdefault(place.event, []).append(place)
            self._by_lane[place.lane].append(place)
        for row in self._grid:
            row.sort(key=lambda place: place.column)
        self._columns = [[place.column for place in row] for row in self._grid]
        self._wires = drawn(clear(map(self._wire, self._story.line.replies), self._covered))

    def _row(self, place: Place) -> int:
        return self._bases[place.lane] + place.row

    def _wire(self, pair: tuple[int, int]) -> Wire:
        """The way from an event to one that answers it, between the lanes next to each other."""
        reply, answered = pair
        ends = [
            Wire(Spot(self._row(one), one.column), Spot(self._row(other), other.column))
            for one in self._of[answered]
            for other in self._of[reply]
        ]
        return min(ends, key=lambda wire: (not wire.possible, abs(wire.start.row - wire.end.row)))

    def _covered(self, row: int, first: int, last: int) -> bool:
        """Whether an event stands in a row somewhere from one column to another."""
        index = bisect_right(self._columns[row], last) - 1
        return index >= 0 and self._last_cell(self._grid[row][index]) >= first

    def _last_cell(self, place: Place) -> int:
        return max(place.end, place.column + self._room(place.event) - 2)

    def _follow(self, place: Place) -> None:
        """Scroll no further than needed to see an event, its label, and the head of its lane."""
        last = place.column + self._room(place.event) + _MARGIN
        self._left = max(self._left, min(last, self._axis.width) - self._seen)
        self._left = max(0, min(self._left, place.column - _MARGIN))
        row = self._row(place)
        self._top = max(self._top, row + 1 - self._body)
        self._top = max(0, min(self._top, row))

    # What is seen

    def lines(self) -> list[Content]:
        """The dates and the lanes, as far as they are in sight."""
        shown = range(self._top, min(len(self._grid), self._top + self._body))
        return [*self._dates(), *(self._head(row) + self._line(row) for row in shown)]

    def _dates(self) -> list[Content]:
        """Years, and below them months and days; those left out of sight stay, above the actors."""
        years, days = [" "] * self._seen, [" "] * self._seen
        context = ("", "")
        marked = self._marked.column if self._marked else _NOWHERE
        bold = range(0)
        for tick in self._axis.ticks:
            at = tick.column - self._left
            if at < 0:
                context = (str(tick.day.year), tick.month)
            elif at < self._seen:
                _write(years, at, tick.year)
                _write(days, at, tick.label)
            if tick.column <= marked:
                bold = range(at, at + len(tick.label))
        if self._axis.undated is not None:
            _write(days, self._axis.undated - self._left, NO_DATE)
            bold = range(0) if marked >= self._axis.undated else bold
        heads = [Content.styled(f"  {text}".ljust(self._gutter), "$muted") for text in context]
        rows = [Content.styled("".join(row), "$muted") for row in (years, days)]
        if bold.start >= 0:
            rows[1] = rows[1].stylize("bold $foreground", bold.start, bold.stop)
        return [head + row for head, row in zip(heads, rows, strict=True)]

    def _head(self, row: int) -> Content:
        """The actor, in the first row of its lane that is in sight."""
        lane = bisect_right(self._bases, row) - 1
        if lane < 0 or row != max(self._bases[lane], self._top):
            return Content(" " * self._gutter)
        if row >= self._bases[lane] + self._axis.heights[lane]:
            return Content(" " * self._gutter)
        here = self._marked is not None and self._marked.lane == lane
        name = Content.assemble("› " if here else "  ", self._names[lane])
        name = name.pad_right(self._gutter - name.cell_length)
        return name.stylize("bold" if here else "$primary")

    def _line(self, row: int) -> Content:
        """The part of a row that is in sight."""
        cells = [self._wire_cell(row, self._left + at) for at in range(self._seen)]
        places = self._grid[row]
        first = max(0, bisect_right(self._columns[row], self._left) - 1)
        for index in range(first, len(places)):
            place = places[index]
            if place.column >= self._left + self._seen:
                break
            for at, cell in self._cells(place, index):
                if 0 <= at - self._left < self._seen:
                    cells[at - self._left] = cell
        return self._painted(_whole(cells), places)

    def _wire_cell(self, row: int, column: int) -> _Cell:
        marked = self._marked_wires.get(row, {}).get(column)
        if marked:
            return _Cell(marked, "$text-accent")
        if self._axis.undated is not None and column == self._axis.undated - 2:
            return _Cell("┊", "$rule")
        return _Cell(self._wires.get(row, {}).get(column, " "), "$muted")

    def _cells(self, place: Place, index: int) -> Iterator[tuple[int, _Cell]]:
        """The cells of an event, by column; what begins left of the view is told at its edge."""
        event, label = place.event, cells_of(self._labels[place.event])
        begin = place.column
        if self._is_span(event):
            for column in range(max(begin, self._left), min(place.end, self._left + self._seen) + 1):
                sign = "├" if column == begin else "┤" if column == place.end else "─"
                yield column, _Cell(sign, "$muted", index)
            begin, last = begin + 1, place.end - 1
        else:
            last = begin + len(label)
        begin = max(begin, min(self._left, last))
        room = last - begin
        if room < len(label):
            label = cells_of(cut(self._labels[event], room).plain) if room >= _LEAST_LABEL else ()
        style = "$text-accent" if event in self._linked else "$foreground"
        sign, sign_style = self._story.signs[event]
        if self._marked is not None and event == self._marked.event:
            style = sign_style = "bold $background on $accent"
        yield begin, _Cell(sign, sign_style, index)
        for offset, character in enumerate(label, start=1):
            yield begin + offset, _Cell(character, style, index)

    def _painted(self, cells: Sequence[_Cell], places: Sequence[Place]) -> Content:
        parts: list[Content] = []
        for (style, index), run in groupby(cells, key=lambda cell: (cell.style, cell.place)):
            part = Content.styled("".join(cell.sign for cell in run), style)
            if index != _NOWHERE:
                place = places[index]
                part = part.stylize(Style.from_meta({"event": place.event, "lane": place.lane}))
            parts.append(part)
        return Content("").join(parts)


def _write(row: list[str], at: int, text: str) -> None:
    """Write a date into a row; one that would be cut at the right, and look like another, is left out."""
    if at + len(text) > len(row):
        return
    for column, character in enumerate(text, start=at):
        if 0 <= column < len(row):
            row[column] = character


def _whole(cells: list[_Cell]) -> list[_Cell]:
    """Cells without the halves of wide characters at the edges."""
    made = list(cells)
    if made and not made[0].sign:
        made[0] = made[0]._replace(sign=" ")
    if made and Content(made[-1].sign).cell_length > 1:
        made[-1] = made[-1]._replace(sign=" ")
    return made
