"""All that is told of an event: when, who, where, why, according to whom, what it answers, and from where."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.events import Resize

from trainer.core.deck import Event
from trainer.core.partial_date import in_words
from trainer.core.timeline import Timeline, short_when
from trainer.core.visible import one_line
from trainer.core.wording import cited_sources, plural
from trainer.tui.widgets.event_labels import NO_DATE, Sign, line_of
from trainer.tui.widgets.lines import Lines, hang, indent, wrap

_LABEL = 10
_ROOM_FOR_MORE = 5
_MORE = "…  enter shows all"


def headline(event: Event, standing: Content, width: int) -> list[Content]:
    """The date and what happened, with how it is known at the right or below."""
    date = in_words(event.when) or NO_DATE
    told = Content.assemble((f"{one_line(date)}  ", "bold $text-accent"), (line_of(event), "bold"))
    gap = width - told.cell_length - standing.cell_length
    if gap >= 3:
        return [Content.assemble(told, " " * gap, standing)]
    return [*wrap(told, width), standing.truncate(width) if standing.cell_length > width else standing]


def standing_of(sign: Sign, known: float, cards: int) -> Content:
    """How well it is known."""
    if not cards:
        return Content.styled("no cards", "$muted")
    return Content.assemble(
        (sign.sign, sign.style), f" known {round(100 * known)} %", (f" · {plural(cards, 'card')}", "$muted")
    )


def details(line: Timeline, number: int, width: int) -> list[Content]:
    """The rest, a labelled row for each thing that is known."""
    event = line.events[number]
    who = " and ".join(map(one_line, event.actors))
    rows = [("who", who)] if who and who not in line_of(event) else []
    rows += [("where", one_line(event.where))] if event.where else []
    rows += [("why", one_line(reason)) for reason in event.why]
    if event.according_to:
        rows.append(("account", f"according to {one_line(event.according_to)}"))
    answered = dict(line.replies)
    if number in answered:
        rows.append(("↳ reply", f"in answer to {_dated(line.events[answered[number]])}"))
    replies = [reply for reply, other in line.replies if other == number]
    rows += [("replies", f"answered by {_dated(line.events[reply])}") for reply in replies]
    rows += [("source", one_line(source)) for source in cited_sources(event.sources)]
    lines: list[Content] = []
    last = ""
    for label, text in rows:
        head = "" if label == last else label
        laid = hang(" " * _LABEL, Content(text), max(_LABEL + 10, width))
        laid[0] = Content.styled(head.ljust(_LABEL), "$muted") + laid[0].plain[_LABEL:]
        lines += laid
        last = label
    return lines


def _dated(event: Event) -> str:
    """An event in a few words: `13 Jun 2024, Armenia recalls its ambassador`."""
    date = short_when(event.when)
    return f"{date}: {line_of(event)}" if date else line_of(event)


class EventDetails(Lines):
    """A rule, and below it as much of the marked event as fits."""

    DEFAULT_CSS = """
    EventDetails { height: auto; }
    """

    _build: Callable[[int], Sequence[Content]] | None = None

    def show(self, build: Callable[[int], Sequence[Content]]) -> None:
        """Show lines for a width in cells."""
        self._build = build
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Wrap to the new width."""
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        if self._build is None or height < 1:
            return
        lines = list(self._build(max(1, width - 2)))
        room = height - 1
        if len(lines) > room >= _ROOM_FOR_MORE:
            lines[room - 1] = Content.styled(_MORE, "$muted")
        lines = lines[:room]
        self.paint([Content.styled("─" * width, "$rule"), *indent(lines, 1)])
