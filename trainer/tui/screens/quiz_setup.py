"""Before a test: what it asks, how much, and how; or the unfinished one is taken up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style

from trainer.core.quiz import Request
from trainer.core.visible import one_line
from trainer.core.wording import capital, plural
from trainer.errors import TrainerError
from trainer.tui.messages import RowPressed
from trainer.tui.screens.base import GAP, TrainerScreen
from trainer.tui.widgets.bars import Banner, KeyHints, TopBar
from trainer.tui.widgets.sheet import Sheet, SheetLine

if TYPE_CHECKING:
    from trainer.collection.to_ask import ToAsk
    from trainer.core.quiz import Quiz

RowKind = Literal["resume", "deck", "type", "count", "minutes", "feedback", "credit", "seed"]

_COUNTS = (5, 10, 20, 30, 50, 100)
_MINUTES = (0, 5, 10, 15, 20, 30, 45, 60, 90)
_LABEL, _VALUE = 20, 22
_WITH_NOTES = 76
_LONGEST_SEED = 12


class Row(NamedTuple):
    """A row to go to; `key` is the deck or the type, empty for all of them."""

    kind: RowKind
    key: str = ""


class QuizSetupScreen(TrainerScreen):
    """The choices of a test, with defaults that are good as they are: enter begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", id="begin"),
        Binding("enter", "resume", "go on with it", id="resume"),
        Binding(
            "space", "choose", "choose", tooltip="a deck or a question type, or the next value", id="choose"
        ),
        Binding("right,plus", "change(1)", "change", key_display="← →"),
        Binding("left,minus", "change(-1)", "change", show=False),
        Binding("up,k", "move(-1)", "previous row", show=False),
        Binding("down,j", "move(1)", "next row", show=False),
        Binding("pageup", "move(-8)", "some rows up", show=False),
        Binding("pagedown", "move(8)", "some rows down", show=False),
        Binding("0", "digit(0)", "write a number", key_display="0 to 9", show=False),
        *(Binding(str(digit), f"digit({digit})", "write a number", show=False) for digit in range(1, 10)),
        Binding("backspace", "erase", "erase the number", show=False),
        Binding("escape,h,q", "home", "home", id="home"),
    ]

    def __init__(self, to_ask: ToAsk, *, deck: str = "", unfinished: Quiz | None = None) -> None:
        super().__init__()
        self._to_ask, self._unfinished = to_ask, unfinished
        self.request = Request()
        self._written = False
        self.rows = [
            *([Row("resume")] if unfinished else []),
            *(Row("deck", key) for key in ("", *to_ask.decks)),
            *(Row("count"), Row("minutes"), Row("feedback"), Row("credit"), Row("seed")),
            *(Row("type", key) for key in ("", *to_ask.types)),
        ]
        first = Row("resume") if unfinished else Row("deck", deck)
        self.at = self.rows.index(first) if first in self.rows else 0
        to_ask.step()
        self._count_questions()

    def compose(self) -> ComposeResult:
        """The rows."""
        yield TopBar()
        yield Sheet()
        yield Banner()
        yield KeyHints()

    def on_mount(self) -> None:
        """Show the defaults; of many cards, which can be graded is counted once that is painted."""
        self._draw()
        if not self._to_ask.is_counted:
            self.trainer.after_painting(self._go_on)

    @property
    def row(self) -> Row:
        """The marked row."""
        return self.rows[self.at]

    # What there is to ask

    def _go_on(self) -> None:
        """Count some more, and go on with it."""
        if self.is_there and self._counts(self._to_ask.step):
            if not self._to_ask.is_counted:
                self.set_timer(GAP, self._go_on)
            else:
                self._count_questions()
                self._draw()

    def _counts(self, does: Callable[[], object]) -> bool:
        """Count; if the cards cannot be read, say so."""
        try:
            does()
        except TrainerError as error:
            self.query_one(Banner).show(f"{capital(str(error))}.")
            return False
        return True

    def _count_all(self) -> None:
        while self._to_ask.step():
            pass

    def _count_questions(self) -> None:
        to_ask, request = self._to_ask, self.request
        self._by_deck, self._by_type = to_ask.by_deck(request.types), to_ask.by_type(request.decks)
        self._gradable = to_ask.gradable
        graded = to_ask.by_deck(())
        self._all_graded = sum(graded[deck] for deck in request.decks or to_ask.decks)
        self.available = sum(self._by_deck[deck] for deck in request.decks or to_ask.decks)
        self._is_known = to_ask.is_counted or bool(request.types)

    @property
    def asked(self) -> int:
        """How many questions the test will have."""
        return min(self.request.count or self.available, self.available)

    # What is on screen

    def _draw(self) -> None:
        there = (
            f"{self.asked} of {plural(self.available, 'question')}" if self.available else "nothing to ask"
        )
        self.query_one(TopBar).show("New test", there if self._is_known else "counting …")
        self.query_one(Sheet).show(self._lines, marked=self.at)
        self.refresh_bindings()

    def _lines(self, width: int) -> list[SheetLine]:
        headings = {"deck": "Decks", "count": "The test", "type": "Question types"}
        lines: list[SheetLine] = []
        before = ""
        for index, row in enumerate(self.rows):
            if row.kind in headings and row.kind != before:
                lines += [SheetLine(Content(""))] * bool(lines)
                lines.append(SheetLine(Content.styled(f"  {headings[row.kind]}", "$text-accent")))
            before = row.kind
            text = Content("› " if index == self.at else "  ") + self._text(row, width - 2)
            lines.append(SheetLine(text.stylize("bold") if index == self.at else text, index))
            if row.kind == "resume":
                lines.append(SheetLine(Content.styled("  A new test takes its place.", "$muted")))
        return lines

    def _text(self, row: Row, width: int) -> Content:
        if row.kind == "resume":
            return self._resume_text(width)
        if row.kind in ("deck", "type"):
            return self._choice(row, width)
        label = {
            "count": "Questions",
            "minutes": "Time",
            "feedback": "Right answers",
            "credit": "Counts as reviews",
            "seed": "Seed",
        }[row.kind]
        arrow = {step: Style.from_meta({"step": step}) for step in (-1, 1)}
        value = Content(self._value(row))
        if row.kind == "seed":
            value = Content("  ") + value
        else:
            value = Content("‹ ").stylize(arrow[-1]) + value + Content(" ›").stylize(arrow[1])
        value = value.pad_right(max(0, _VALUE - value.cell_length))
        note = self._note(row) if width >= _WITH_NOTES else ""
        label = label.ljust(_LABEL if width >= 40 else len(label) + 1)
        return Content.assemble(label, value, "  ", (note, "$muted"))

    def _resume_text(self, width: int) -> Content:
        assert self._unfinished is not None
        text = f"Go on with {self.trainer.told(self._unfinished)}"
        return Content(one_line(text)).truncate(max(8, width), ellipsis=True)

    def _choice(self, row: Row, width: int) -> Content:
        chosen = self.request.decks if row.kind == "deck" else self.request.types
        sign = "●" if (row.key in chosen if row.key else not chosen) else "○"
        note = ""
        if row.kind == "deck":
            name = self.trainer.deck_title(row.key) if row.key else "all decks"
            found = self._by_deck[row.key] if row.key else sum(self._by_deck.values())
            count = str(found) if self._is_known else "…"
        else:
            name = row.key or "all that can be graded"
            found = self._by_type[row.key] if row.key else self._all_graded
            count = str(found) if row.key or self._to_ask.is_counted else "…"
            note = "   you judge for yourself" if row.key and row.key not in self._gradable else ""
        room = max(8, min(width - 9, 44))
        title = Content(one_line(name))
        title = title.truncate(room, ellipsis=True) if title.cell_length > room else title
        title = title.pad_right(room - title.cell_length)
        note = note if width >= _WITH_NOTES else ""
        return Content.assemble(f"{sign} ", title, f"{count:>6}", (note, "$muted"))

    def _value(self, row: Row) -> str:
        request = self.request
        return {
            "count": str(request.count or f"all {self.available if self._is_known else '…'}"),
            "minutes": plural(request.minutes, "minute") if request.minutes else "no limit",
            "feedback": "at the end" if request.feedback == "end" else "after each answer",
            "credit": "yes" if request.credit else "no",
            "seed": request.seed or "drawn",
        }[row.kind]

    def _note(self, row: Row) -> str:
        request = self.request
        many = request.count > self.available
        return {
            "count": f"there are only {self.available}" if many else "or type a number",
            "minutes": "then it is handed in as it is" if request.minutes else "",
            "feedback": "an answer can be changed until then" if request.feedback == "end" else "",
            "credit": "the schedule follows the answers" if request.credit else "the schedule stays as it is",
            "seed": "the same number gives the same test again",
        }[row.kind]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Rows of choices are toggled, rows of values changed."""
        kind = self.row.kind
        return {
            "begin": kind != "resume" and self.available > 0,
            "resume": kind == "resume",
            "choose": kind != "resume" and kind != "seed",
            "change": kind not in ("resume", "deck", "type", "seed"),
            "digit": kind in ("count", "minutes", "seed"),
            "erase": kind in ("count", "minutes", "seed"),
        }.get(action, True)

    def on_row_pressed(self, event: RowPressed) -> None:
        """A press marks a row, and does what it is for."""
        self._go_to(event.row)
        if self.row.kind == "resume":
            self.action_resume()
        elif event.step and self.row.kind != "seed":
            self.action_change(event.step)
        else:
            self.action_choose()

    def action_move(self, by: int) -> None:
        """Mark another row."""
        at = self.at + by
        self._go_to(at % len(self.rows) if abs(by) == 1 else max(0, min(at, len(self.rows) - 1)))

    def _go_to(self, row: int) -> None:
        self.at, self._written = row, False
        self._draw()

    def action_choose(self) -> None:
        """Choose a deck or type, or choose it no more; elsewhere the next value."""
        row = self.row
        if row.kind == "deck":
            self._take(replace(self.request, decks=_toggled(self.request.decks, row.key)))
        elif row.kind == "type":
            self._take(replace(self.request, types=_toggled(self.request.types, row.key)))
        elif row.kind != "seed":
            self.action_change(1)

    def action_change(self, by: int) -> None:
        """The next value, or the one before."""
        request = self.request
        match self.row.kind:
            case "count":
                self._take(replace(request, count=_stepped((*_COUNTS, 0), request.count, by)))
            case "minutes":
                self._take(replace(request, minutes=_stepped(_MINUTES, request.minutes, by)))
            case "feedback":
                self._take(replace(request, feedback="once" if request.feedback == "end" else "end"))
            case "credit":
                self._take(replace(request, credit=not request.credit))

    def action_digit(self, digit: int) -> None:
        """Write a number; the first digit takes the place of what was there."""
        kind = self.row.kind
        value = {"count": self.request.count, "minutes": self.request.minutes, "seed": self.request.seed}
        written = f"{value[kind] if self._written else ''}{digit}"
        self._written = True
        self._write(written[:_LONGEST_SEED] if kind == "seed" else written[-3:])

    def action_erase(self) -> None:
        """Forget the number."""
        self._written = False
        self._write("")

    def _write(self, digits: str) -> None:
        number = int(digits or 0)
        match self.row.kind:
            case "count":
                self._take(replace(self.request, count=number))
            case "minutes":
                self._take(replace(self.request, minutes=number))
            case "seed":
                self._take(replace(self.request, seed=digits))

    def _take(self, request: Request) -> None:
        self.request = request
        self._count_questions()
        self._draw()

    def action_begin(self) -> None:
        """Begin the test; an unfinished one that was shown here is given up for it."""
        if not self._is_known:
            if not self._counts(self._count_all):
                return
            self._count_questions()
            self._draw()
            if not self.available:
                return
        self.trainer.begin_quiz(replace(self.request, count=self.asked), instead=self._unfinished)

    def action_resume(self) -> None:
        """Take the unfinished test up."""
        if self._unfinished is not None:
            self.trainer.resume_quiz(self._unfinished)

    def action_home(self) -> None:
        """To the decks."""
        self.trainer.go_home()


def _toggled(chosen: tuple[str, ...], key: str) -> tuple[str, ...]:
    """The choice with another key in it, or without it; an empty key chooses all, which is ()."""
    if not key:
        return ()
    return tuple(each for each in chosen if each != key) if key in chosen else (*chosen, key)


def _stepped(values: tuple[int, ...], value: int, by: int) -> int:
    """The value after or before one that need not be among them; 0 at the end of them is more than any."""
    if value in values:
        return values[max(0, min(values.index(value) + by, len(values) - 1))]
    nearer = sorted((*filter(None, values), value))
    at = nearer.index(value) + by
    return nearer[max(0, min(at, len(nearer) - 1))] if 0 <= at < len(nearer) else values[0 if by < 0 else -1]
