"""After a test: the points, how they compare, every question that was missed, and where points were lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from trainer.collection.editing import renewed_result
from trainer.core.deck import Card
from trainer.core.prompt import AnswerForm, only_revealed
from trainer.core.quiz import SELF_JUDGED, Marked, Result, Share
from trainer.core.visible import one_line, visible
from trainer.core.wording import cited_sources, duration
from trainer.errors import TrainerError
from trainer.tui.messages import RowPressed
from trainer.tui.screens.base import GUARD, TrainerScreen
from trainer.tui.widgets.bars import Banner, KeyHints, TopBar, progress_bar
from trainer.tui.widgets.lines import wrap
from trainer.tui.widgets.page import rows
from trainer.tui.widgets.sheet import Sheet, SheetLine

if TYPE_CHECKING:
    from trainer.collection.quizzes import Record

_RAMP = "▁▂▃▄▅▆▇█"
_SHOWN = 6
_WIDEST = 96
_BAR = 12
_WITH_BARS = 70
_NUMBERS = 21
_LONGEST = 54
_MAX_SHOWN = 2_000


class QuizResultScreen(TrainerScreen):
    """What a test came to; the learner has the last word on what was missed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take_note", "go on to the result"),
        Binding("m", "missed", "again, only the missed", id="missed"),
        Binding("r", "same", "the same test again", id="same"),
        Binding("n", "new", "a new test", id="new_test"),
        Binding(
            "o", "overrule", "count as right", tooltip="the marked question, or not again", id="overrule"
        ),
        Binding("s", "sources", "sources", id="sources"),
        Binding("e", "edit", "edit", tooltip="the marked question, in your editor", id="edit"),
        Binding("up,k", "move(-1)", "previous missed question", show=False),
        Binding("down,j", "move(1)", "next missed question", show=False),
        Binding("pageup", "scroll(-10)", "scroll a page up", show=False),
        Binding("pagedown", "scroll(10)", "scroll a page down", show=False),
        Binding("enter,h,escape", "home", "home", id="home"),
        Binding("q", "quit", "quit", id="quit_here"),
    ]

    def __init__(self, result: Result, before: Record, *, time_up: bool = False) -> None:
        super().__init__()
        self.result = result
        self._before, self._time_up = before, time_up
        self._noted = not time_up
        self._missed = [each.question.id for each in result.missed]
        self.at = 0
        self._shown_at = 0.0

    def compose(self) -> ComposeResult:
        """All of it scrolls."""
        yield TopBar()
        yield Sheet()
        yield Banner()
        yield KeyHints()

    def on_mount(self) -> None:
        """Show it from the top."""
        self._shown_at = self.trainer.monotonic()
        self._draw(follow=False)

    @property
    def missed(self) -> list[Marked]:
        """What was missed when the test was handed in, as it counts now."""
        marked = {each.question.id: each for each in self.result.marked}
        return [marked[question] for question in self._missed]

    # What is on screen

    def _draw(self, *, follow: bool = True) -> None:
        request = self.result.request
        seed = f"seed {one_line(request.seed)}"
        asked_for = one_line(request.selection.in_words)
        self.query_one(TopBar).show("Test result", duration(self.result.used), seed, asked_for)
        self.query_one(Sheet).show(self._lines, marked=self.at if follow and self._missed else -1)
        self.refresh_bindings()

    def _lines(self, width: int) -> list[SheetLine]:
        width = min(width, _WIDEST)
        blank = SheetLine(Content(""))
        lines = [SheetLine(line) for part in self._head() for line in wrap(part, width)]
        if self._missed:
            lines += [blank, SheetLine(Content.styled("Not wholly right", "$text-accent"))]
        for index, each in enumerate(self.missed):
            lines += [blank] * (index > 0)
            lines += [SheetLine(line, index) for line in self._missed_lines(each, index, width)]
        tables = tuple(self._tables())
        longest = max(_cells(share.label) for _, shares in tables for share in shares)
        for heading, shares in tables:
            lines += [blank, *map(SheetLine, _table(heading, shares, width, longest=longest))]
        return lines

    def _head(self) -> list[Content]:
        total = self.result.total
        score = f"score {_points(total.points)} of {total.count} · {total.percent} %"
        comparison = self._comparison(total)
        lines = [Content.assemble((score, "bold"), f" · {comparison}" if comparison else "")]
        if self._time_up:
            lines.insert(
                0, Content.styled("Time is up: the test was handed in as it was.", "bold $text-warning")
            )
        if shares := self._before.shares:
            told = [_ramp(share) for share in (*shares[-_SHOWN:], total.points / total.count)]
            lines.append(Content.assemble(("Earlier and now  ", "$muted"), Content("   ").join(told)))
        if not self._missed:
            lines.append(Content("Everything was right."))
        if self.result.request.credit:
            lines.append(Content.styled("The answers count as reviews.", "$muted"))
        return lines

    def _comparison(self, total: Share) -> str:
        best = self._before.best
        if best is None or not total.count:
            return "the first test of this kind"
        share = total.points / total.count
        if share > best + 1e-9:
            return f"a new personal best, {round(100 * best)} % before"
        return f"best {round(100 * best)} %"

    def _tables(self) -> Iterable[tuple[str, tuple[Share, ...]]]:
        def sources(card: Card) -> Iterable[str]:
            return (cited.source.title for cited in card.sources)

        by: tuple[tuple[str, Callable[[Card], Iterable[str]]], ...] = (
            ("By deck", lambda card: [self.trainer.deck_title(card.deck)]),
            ("By question type", lambda card: [card.type]),
            ("By source", sources),
        )
        for heading, labels in by:
            shares = sorted(self.result.by(labels), key=lambda share: share.points / share.count)
            if shares:
                yield heading, tuple(shares)

    def _missed_lines(self, each: Marked, index: int, width: int) -> list[Content]:
        """The question, your answer, the right one, the reason, and where it is written."""
        card, form = each.question.card, each.question.form
        overruled = each.score >= 1
        told = [("You", _said(each))]
        style = "$text-success" if overruled else "$text-warning" if each.verdict.score else "$text-error"
        reason = "counts as right, by your word" if overruled else each.verdict.reason
        worth = f"{_points(each.score)} of 1 · " if each.score and not overruled else ""
        told.append(("", Content.styled(f"{worth}{one_line(reason)}", style)))
        told.append(("Answer", Content.styled(_shown(form), "bold")))
        if card.explanation:
            told.append(("Why", Content(visible(card.explanation)[:_MAX_SHOWN])))
        if card.accounts:
            said = (f"{one_line(account.by)}: {one_line(account.says)}" for account in card.accounts)
            told.append(("Accounts", Content("\n".join(said)[:_MAX_SHOWN])))
        if card.sources:
            cited = "\n".join(map(one_line, cited_sources(card.sources)))
            told.append(("Source" if len(card.sources) == 1 else "Sources", Content.styled(cited, "$muted")))
        sign = "✓ " if overruled else "✗ "
        question = Content.assemble((sign, style), (one_line(card.prompt.question)[:_MAX_SHOWN], "bold"))
        head = wrap(question, width - 2)
        body = _labelled(told)(width - 4)
        marks = Content("› " if index == self.at else "  ")
        first, *rest = [*head, *(Content("  ") + line for line in body)]
        return [marks + first, *(Content("  ") + line for line in rest)]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The missed can be asked again, and overruled, where there are some.

        When the time is up in the middle of a word, its last letters must do nothing: enter comes first.
        """
        if action == "take_note" or not self._noted:
            return not self._noted and action in ("take_note", "scroll", "help")
        if action == "missed":
            return bool(self.result.missed)
        if action in ("overrule", "edit"):
            return bool(self._missed)
        if action == "sources":
            return bool(self._missed) and bool(self.missed[self.at].question.card.sources)
        return True

    def on_row_pressed(self, event: RowPressed) -> None:
        """A press marks a missed question."""
        self.at = event.row
        self._draw()

    def action_move(self, by: int) -> None:
        """Mark another missed question; scroll if there is none."""
        if not self._missed:
            self.action_scroll(by)
            return
        self.at = max(0, min(self.at + by, len(self._missed) - 1))
        self._draw()

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(Sheet).scroll_by(by)

    def action_overrule(self) -> None:
        """Count the marked question as right, or as wrong after all."""
        each = self.missed[self.at]
        quizzes = self.trainer.collection.quizzes
        try:
            self.result = quizzes.overrule(self.result, each.question.id, right=each.is_missed)
        except TrainerError as error:
            self.query_one(Banner).show(f"{error}. Nothing was changed.")
            return
        self.query_one(Banner).show("")
        self._draw()

    def action_sources(self) -> None:
        """Show the sources of the marked question in full."""
        self.trainer.show_sources(self.missed[self.at].question.card)

    def action_edit(self) -> None:
        """Open the marked question in the editor; what the answers were worth stays."""
        span = self.missed[self.at].question.card.span
        self.trainer.edit(span, lambda: self._edited(span.path))

    def _edited(self, path: str) -> None:
        self.result = renewed_result(self.trainer.collection, self.result, path=path)
        self._draw()

    def action_missed(self) -> None:
        """A new test of what was missed."""
        cards = tuple(each.question.id for each in self.result.missed)
        types = {each.question.card.type for each in self.result.missed}
        request = self.result.request
        again = replace(
            request,
            decks=(),
            cards=cards,
            tags=(),
            sources=(),
            names=(),
            types=tuple(sorted(types)) if request.types else (),
            count=len(cards),
            seed="",
        )
        self.trainer.begin_quiz(again)

    def action_same(self) -> None:
        """The same questions in the same order."""
        self.trainer.begin_quiz(self.result.request)

    def action_new(self) -> None:
        """Choose another test."""
        self.trainer.set_up_quiz()

    def action_take_note(self) -> None:
        """From now on keys do what they say."""
        self._noted = True
        self.refresh_bindings()

    async def action_quit(self) -> None:
        """Leave the program."""
        await self.app.action_quit()

    def action_home(self) -> None:
        """To the decks."""
        if self.trainer.monotonic() - self._shown_at >= GUARD:
            self.trainer.go_home()


def _points(points: float) -> str:
    return f"{round(points, 1):g}"


def _ramp(share: float) -> Content:
    """`▆ 80 %`: readable without the sign, and without colour."""
    sign = _RAMP[min(len(_RAMP) - 1, int(share * len(_RAMP)))]
    return Content.assemble((sign, "$accent"), f" {round(100 * share)} %")


def _table(heading: str, shares: tuple[Share, ...], width: int, *, longest: int) -> list[Content]:
    """A heading and a line a part. Names are cut, numbers never; where room is short the bar goes first."""
    bar = _BAR + 2 if width >= _WITH_BARS else 0
    room = max(8, min(longest, width - bar - _NUMBERS, _LONGEST))
    lines = [Content.styled(heading, "$text-accent")]
    for share in shares:
        label = Content(one_line(share.label))
        label = label.truncate(room, ellipsis=True) if label.cell_length > room else label
        lines.append(
            Content.assemble(
                label.pad_right(room - label.cell_length),
                Content("  ") + progress_bar(share.points / share.count, _BAR) if bar else "",
                f"  {_points(share.points):>5} of {share.count:<3} {share.percent:>4} %",
            )
        )
    return lines


def _cells(label: str) -> int:
    return Content(one_line(label)).cell_length


def _labelled(told: list[tuple[str, Content]]) -> Callable[[int], list[Content]]:
    """Rows of labels and texts; a text without a label stands below the one before it."""
    joined: list[tuple[str, Content]] = []
    for label, content in told:
        if label:
            joined.append((label, content))
        else:
            before, text = joined[-1]
            joined[-1] = (before, Content("\n").join([text, content]))
    return rows(joined)


def _said(each: Marked) -> Content:
    response = each.answer.response
    if only_revealed(each.question.form):
        return Content(one_line(response) if response in SELF_JUDGED else "—")
    return Content(one_line(response)[:_MAX_SHOWN] or "—")


def _shown(form: AnswerForm) -> str:
    return visible(form.answer)[:_MAX_SHOWN]
