"""The four ratings, each with the interval that will happen."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from trainer.core.review import Rating
from trainer.tui.messages import Rated

_WIDE = 64
_CELL = 14


class RatingBar(Widget):
    """Ratings in one line, or in two where there is room; the proposed one is marked by `›` and weight."""

    DEFAULT_CSS = """
    RatingBar { height: auto; padding: 0 1; border-top: solid $rule; display: none; }
    """

    _waits: Mapping[Rating, str] = {}  # noqa: RUF012 - replaced, never changed
    _proposed = Rating.GOOD

    def show(self, waits: Mapping[Rating, str], proposed: Rating) -> None:
        """Show what each rating would do; `waits` may be empty where nothing is scheduled."""
        self._waits = waits
        self._proposed = proposed
        self.display = True
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Two lines where there is room."""
        return 2 if self._in_two_lines(width, viewport.height) else 1

    def render(self) -> Content:
        """The ratings."""
        two = self._in_two_lines(self.content_size.width, self.app.size.height)
        top = [self._cell(rating, with_wait=not two, padded=two) for rating in Rating]
        if not two:
            return Content("  ").join(top)
        bottom = [self._styled(rating, f"    {self._waits[rating]}".ljust(_CELL)) for rating in Rating]
        return Content("\n").join([Content("").join(top), Content("").join(bottom)])

    def on_click(self, event: Click) -> None:
        """A click rates."""
        rating = event.style.meta.get("rating")
        if rating is not None:
            self.post_message(Rated(Rating(rating)))

    def _cell(self, rating: Rating, *, with_wait: bool, padded: bool) -> Content:
        sign = "›" if rating is self._proposed else " "
        wait = f" {self._waits[rating]}" if with_wait and rating in self._waits else ""
        text = f"{sign}{int(rating)} {rating.word}{wait}"
        return self._styled(rating, f" {text}".ljust(_CELL) if padded else text.strip())

    def _styled(self, rating: Rating, text: str) -> Content:
        style = "bold $text-accent" if rating is self._proposed else "$foreground"
        return Content.styled(text, style).stylize(Style.from_meta({"rating": int(rating)}))

    def _in_two_lines(self, width: int, height: int) -> bool:
        return bool(self._waits) and width >= _WIDE and height >= 20
