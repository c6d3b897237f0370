"""Plots as SVG to stand within a page: its style sheet gives them their colours, by classes.

Each has a title for those who do not see it; all text is text. A plot is 720 units wide and well-formed XML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from trainer.core.partial_date import MONTHS
from trainer.core.plot import Bar, Bin, Series, short
from trainer.core.plot.scale import Scale, around, sane, thinned, upwards
from trainer.core.plot.upright import counted, edge_name, place_of, trimmed
from trainer.core.plot.year import WEEKDAYS, WEEKS, heat_level, heat_names, heat_step, weeks
from trainer.core.statistics import Histogram
from trainer.core.wording import short_date
from trainer.formats.page import shown

_WIDTH, _HEIGHT = 720, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 20, 26
_ROOM = _WIDTH - _LEFT - _RIGHT
_RISE = _HEIGHT - _TOP - _BOTTOM
_LETTER = 7
"""About how wide a letter is."""
_ROWS = 10
"""Rows that decide how many numbers stand at an axis; half as many at most."""
_THICKEST = 48
_MARKED = 60
"""Values of a line from which on they are not marked one by one."""


def bars(values: Sequence[Bar], *, title: str, unit: str) -> str:
    """Amounts as upright bars."""
    amounts = [max(0.0, sane(bar.value)) for bar in values]
    scale = upwards(amounts, rows=_ROWS)
    slot = min(_THICKEST, _ROOM / len(values))
    parts = [*_frame(scale, unit)]
    for place, (bar, amount) in enumerate(zip(values, amounts, strict=True)):
        kind = "bar late" if bar.role == "bad" else "bar"
        parts.append(_box(_LEFT + place * slot, scale.share(amount), slot * 0.82, kind))
    parts += _labels([((place + 0.4) * slot, bar.label) for place, bar in enumerate(values)])
    return _whole(title, parts)


def histogram(values: Histogram, *, title: str, what: str) -> str:
    """How many of `what` lie between edges; the median is a dashed line."""
    values = trimmed(values)
    scale = upwards(values.counts, rows=_ROWS)
    slot = _ROOM / len(values.counts)
    parts = [*_frame(scale, counted(what, values.unit))]
    for place, count in enumerate(values.counts):
        parts.append(_box(_LEFT + place * slot + 1, scale.share(count), slot - 2, "bar"))
    parts += _labels(
        [(place * slot, edge_name(edge, values.unit)) for place, edge in enumerate(values.edges)]
    )
    if values.middle is not None:
        x = _LEFT + place_of(values.middle, values.edges) * slot
        told = shown(f"median {short(values.middle)} {values.unit}".rstrip())
        anchor = "end" if x > _WIDTH / 2 else "start"
        parts.append(f'<path class="median" d="M{_number(x)} {_TOP}V{_TOP + _RISE}"/>')
        parts.append(_text(x + (4 if anchor == "start" else -4), _TOP - 7, told, anchor=anchor, kind="told"))
    return _whole(title, parts)


def lines(
    series: Sequence[Series],
    labels: Sequence[str],
    *,
    title: str,
    low: float | None = None,
    target: float | None = None,
) -> str:
    """Percentages along time, of one or two series; the second is dashed, with hollow marks."""
    known = [value for each in series for value in each.values if value is not None]
    aims = [] if target is None else [target]
    scale = around(known + aims, rows=_ROWS, low=low, high=100.0)
    parts = [*_frame(scale, "%")]
    if target is not None:
        y = _y(scale.share(target))
        parts.append(f'<path class="aim" d="M{_LEFT} {_number(y)}h{_ROOM}"/>')
        parts.append(
            _text(_WIDTH - _RIGHT, _TOP - 7, f"desired {short(target)} %", anchor="end", kind="aimed")
        )
    step = _ROOM / max(1, len(labels) - 1)
    for each, kind in zip(series, ("", " second"), strict=False):
        parts += _line(each.values, scale, step, kind)
    parts += _labels([(place * step, label) for place, label in enumerate(labels)])
    return _whole(title, parts)


def calibration(bins: Sequence[Bin], *, title: str) -> str:
    """What was predicted, to the right, against what came true; points are as large as they count."""
    low = 100 * min(0.9, *(int(min(each[:2]) * 10) / 10 for each in bins))
    scale = Scale(low, 100.0, 10.0)
    most = max(count for _, _, count in bins)
    parts = [
        *_frame(scale, "remembered ↑ against predicted →, %"),
        f'<path class="aim" d="M{_LEFT} {_TOP + _RISE}L{_WIDTH - _RIGHT} {_TOP}"/>',
    ]
    for predicted, actual, count in sorted(bins, key=lambda each: -each[2]):
        x, y = _LEFT + scale.share(100 * predicted) * _ROOM, _y(scale.share(100 * actual))
        told = f"predicted {100 * predicted:.0f} %, remembered {100 * actual:.0f} %, of {count:,}"
        radius = _number(3 + 9 * (count / most) ** 0.5)
        circle = f'<circle class="point" cx="{_number(x)}" cy="{_number(y)}" r="{radius}">'
        parts.append(f"{circle}<title>{told}</title></circle>")
    parts += _labels([(scale.share(tick) * _ROOM, f"{short(tick)} %") for tick in scale.ticks()])
    return _whole(title, parts)


def stacked(counts: Sequence[int], *, title: str, names: Sequence[str]) -> str:
    """A bar in parts, each with its name and share above it where there is room."""
    total = sum(counts)
    parts, x = [], 0.0
    for number, (count, name) in enumerate(zip(counts, names, strict=True)):
        width = _WIDTH * count / total
        told = f"{shown(name)} {100 * count / total:.0f} %"
        if (len(told) + 1) * _LETTER < width:
            parts.append(_text(x, 12, told, anchor="start"))
        parts.append(_rect(f"part{number}", x, 18, max(0, width - 2), 16, told=f"{told}, {count:,}"))
        x += width
    return _whole(title, parts, height=36)


def heat_map(days: Mapping[date, int], *, today: date, title: str) -> str:
    """The last year, a column a week; each day with reviews tells their number."""
    mondays = weeks(today, WEEKS)
    step = heat_step({day: count for day, count in days.items() if mondays[0] <= day <= today})
    size, left, top = 12.5, 40, 18
    parts = [_text(left - 6, top + 10 + row * size, WEEKDAYS[row], anchor="end") for row in (0, 2, 4, 6)]
    begins = [(place, monday) for place, monday in enumerate(mondays) if monday.day <= 7]
    parts += [
        _text(left + place * size, 12, MONTHS[monday.month - 1][:3], anchor="start")
        for place, monday in begins
    ]
    for place, monday in enumerate(mondays):
        for row in range(7):
            day = monday + timedelta(days=row)
            if day <= today:
                count = days.get(day, 0)
                kind, x, y = f"heat{heat_level(count, step)}", left + place * size, top + row * size
                parts.append(_rect(kind, x, y, 11, 11, told=f"{short_date(day)}: {count:,}" if count else ""))
    x, y = float(left), top + 8 * size
    for level, name in enumerate(heat_names(step)):
        parts.append(_rect(f"heat{level}", x, y, 11, 11))
        parts.append(_text(x + 16, y + 10, name, anchor="start"))
        x += 34 + len(name) * _LETTER
    return _whole(title, parts, height=round(y + 16))


def _whole(title: str, parts: Iterable[str], *, height: int = _HEIGHT) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
    return "\n".join((head, f"<title>{shown(title)}</title>", *parts, "</svg>"))


def _frame(scale: Scale, unit: str) -> Iterator[str]:
    """The unit, and a line across with a number at every step."""
    yield _text(_LEFT, _TOP - 7, shown(unit), anchor="start")
    for tick in scale.ticks():
        y = _y(scale.share(tick))
        yield f'<path class="grid" d="M{_LEFT} {_number(y)}h{_ROOM}"/>'
        yield _text(_LEFT - 6, y + 4, short(tick), anchor="end")


def _labels(labels: Sequence[tuple[float, str]]) -> Iterator[str]:
    """As many labels below the axis as have room, each at its place in units from the axis' beginning.

    Those that would reach beyond the axis end where it ends.
    """
    exact = {round(x / _LETTER): x for x, _ in labels}
    letters = [(round(x / _LETTER), text) for x, text in labels]
    for label in thinned(letters, _ROOM // _LETTER):
        x, end = _LEFT + exact[label.column], _LEFT + _ROOM
        is_last = x + len(label.text) * _LETTER / 2 > end
        anchor = "end" if is_last else "middle"
        yield _text(end if is_last else x, _HEIGHT - 8, shown(label.text), anchor=anchor)


def _line(values: Sequence[float | None], scale: Scale, step: float, kind: str) -> Iterator[str]:
    points = [(place, value) for place, value in enumerate(values) if value is not None]
    places = [(place, _LEFT + place * step, _y(scale.share(value))) for place, value in points]
    ends = {place for place, *_ in places}
    for _, run in groupby(enumerate(places), key=lambda each: each[1][0] - each[0]):
        path = "L".join(f"{_number(x)} {_number(y)}" for _, (_, x, y) in run)
        if "L" in path:
            yield f'<path class="line{kind}" d="M{path}"/>'
    for place, x, y in places:
        if len(values) <= _MARKED or not {place - 1, place + 1} & ends:
            yield f'<circle class="dot{kind}" cx="{_number(x)}" cy="{_number(y)}" r="3"/>'


def _box(x: float, share: float, width: float, kind: str) -> str:
    height = share * _RISE
    return _rect(kind, x, _TOP + _RISE - height, width, height)


def _rect(kind: str, x: float, y: float, width: float, height: float, *, told: str = "") -> str:
    """A box; what is `told` of it is XML already."""
    size = f'width="{_number(width)}" height="{_number(height)}"'
    end = f"><title>{told}</title></rect>" if told else "/>"
    return f'<rect class="{kind}" x="{_number(x)}" y="{_number(y)}" {size}{end}'


def _text(x: float, y: float, text: str, *, anchor: str, kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{style} x="{_number(x)}" y="{_number(y)}"{place}>{text}</text>'


def _y(share: float) -> float:
    return _TOP + (1 - share) * _RISE


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
