"""The foot of the study screen: what was not saved, the ratings, the keys.

Its height depends on the size of the screen alone, so that no answer moves anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.events import Click, Resize
from textual.geometry import Size
from textual.style import Style

from trainer.core.review import Rating
from trainer.core.visible import one_line
from trainer.tui.messages import Rated
from trainer.tui.widgets.bars import hint_lines
from trainer.tui.widgets.lines import Lines, indent, wrap

if TYPE_CHECKING:
    from trainer.tui.app import TrainerApp

_WIDE, _HIGH = 64, 20
_ONE_LINE = 50
_CELL = 14
_LOWEST = 14


class Foot(Lines):
    """A rule or a warning, then the ratings or some advice, then the keys that do something now."""

    DEFAULT_CSS = """
    Foot { dock: bottom; height: auto; }
    """

    _hints: Sequence[Content] = ()
    _waits: Mapping[Rating, str] = {}
    _proposed: Rating | None = None
    _advice = ""
    _warning = ""
    _notice = ""
    _is_behind = False

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self._follow_soon())

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the size."""
        if self._hints:
            self._follow()
        else:
            self._draw()
            self._follow_soon()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rule, the ratings and the keys."""
        return 1 + self._rating_lines(width, viewport.height) + _hint_lines_at(viewport.height)

    def advise(self, advice: str) -> None:
        """While a question is asked: what to do."""
        self._advice, self._proposed = advice, None
        self._draw()

    def rate(self, waits: Mapping[Rating, str], proposed: Rating) -> None:
        """After the answer: what each rating would do; `waits` is empty where nothing is scheduled."""
        self._waits, self._proposed, self._warning, self._notice = waits, proposed, "", ""
        self._draw()

    def warn(self, warning: str) -> None:
        """Say that something was not done; an empty warning takes the last one away."""
        if (warning, "") != (self._warning, self._notice):
            self._warning, self._notice = warning, ""
            self._draw()

    def tell(self, notice: str) -> None:
        """Say what was done or is to be done; the next card or warning takes it away.

        What does not fit on the rule takes the place of the advice, but never that of the ratings.
        """
        self._notice = notice
        self._draw()

    def on_click(self, event: Click) -> None:
        """A click rates."""
        rating = event.style.meta.get("rating")
        if rating is not None:
            self.post_message(Rated(Rating(rating)))

    def _follow_soon(self) -> None:
        """Draw the keys once, behind what is being painted, however often they change until then."""
        if not self._is_behind:
            self._is_behind = True
            cast("TrainerApp", self.app).after_painting(self._follow)

    def _follow(self) -> None:
        """Draw the keys anew; the slowest part, and so never with the rest."""
        self._is_behind = False
        if not self.is_attached:
            return
        most = _hint_lines_at(self.app.size.height)
        self._hints = hint_lines(self.screen, self.size.width - 2, at_most=most)
        self._draw()

    def _draw(self) -> None:
        size, viewport = self.size, self.app.size
        rule = Content.styled("─" * size.width, "$rule")
        advice = wrap(Content.styled(self._advice, "$muted"), size.width - 2)
        if self._warning:
            line = f" {one_line(self._warning)} ".ljust(size.width)
            rule = Content.styled(line, "bold $background on $error")
        elif self._notice:
            notice = wrap(Content.styled(one_line(self._notice), "$accent"), size.width - 2)
            (rule,), advice = indent(notice[:1], 1), notice[1:] or advice
        count = self._rating_lines(size.width, viewport.height)
        middle = (advice if self._proposed is None else self._ratings(count))[:count]
        blanks = [Content.empty()] * (self.size.height - 1 - len(middle) - len(self._hints))
        self.paint([rule, *indent([*middle, *blanks, *self._hints], 1)])

    def _rating_lines(self, width: int, height: int) -> int:
        return 2 if (width >= _WIDE and height >= _HIGH) or width < _ONE_LINE else 1

    def _ratings(self, count: int) -> list[Content]:
        """Intervals below the ratings where there is room, else beside them, in two lines if need be."""
        if count == 2 and self.size.width >= _WIDE:
            words = [f" {self._words(rating)}".ljust(_CELL) for rating in Rating]
            waits = [f"    {self._waits.get(rating, '')}".ljust(_CELL) for rating in Rating]
            return [Content("").join(map(self._cell, Rating, line)) for line in (words, waits)]
        texts = [f"{self._words(rating)} {self._waits.get(rating, '')}".strip() for rating in Rating]
        cells = list(map(self._cell, Rating, texts))
        gap = Content("  ")
        return [gap.join(cells)] if count == 1 else [gap.join(cells[:2]), gap.join(cells[2:])]

    def _words(self, rating: Rating) -> str:
        return f"{'›' if rating is self._proposed else ' '}{int(rating)} {rating.word}"

    def _cell(self, rating: Rating, text: str) -> Content:
        style = "bold $text-accent" if rating is self._proposed else "$foreground"
        return Content.styled(text, style).stylize(Style.from_meta({"rating": int(rating)}))


def _hint_lines_at(height: int) -> int:
    """How many lines the keys may take on a screen of that height."""
    return 2 if height >= _LOWEST else 1
