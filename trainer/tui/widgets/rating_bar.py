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
_HIGH = 20
_CELL = 14


class RatingBar(Widget):
    """Ratings in one line, or in two where there is room; the proposed one is marked by `›` and weight."""

    DEFAULT_CSS = """
    RatingBar { height: auto; padding: 0 1; border-top: solid $rule; display: none; }
    """

    _waits: Mapping[Rating, str] = {}
    _proposed = Rating.GOOD

    def show(self, waits: Mapping[Rating, str], proposed: Rating) -> None:
        """Show what each rating would do; `waits` may be empty where nothing is scheduled."""
        self._waits = waits
        self._proposed = proposed
        self.display = True
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the ratings take."""
        return len(self._lines(width, viewport.height))

    def render(self) -> Content:
        """The ratings."""
        return Content("\n").join(self._lines(self.content_size.width, self.app.size.height))

    def on_click(self, event: Click) -> None:
        """A click rates."""
        rating = event.style.meta.get("rating")
        if rating is not None:
            self.post_message(Rated(Rating(rating)))

    def _lines(self, width: int, height: int) -> list[Content]:
        """Intervals below the ratings where there is room, else beside them, in two lines if need be."""
        if self._waits and width >= _WIDE and height >= _HIGH:
            words = [self._cell(rating, f" {self._words(rating)}".ljust(_CELL)) for rating in Rating]
            waits = [self._cell(rating, f"    {self._waits[rating]}".ljust(_CELL)) for rating in Rating]
            return [Content("").join(words), Content("").join(waits)]
        texts = [f"{self._words(rating)} {self._waits.get(rating, '')}".strip() for rating in Rating]
        cells = [self._cell(rating, text) for rating, text in zip(Rating, texts, strict=True)]
        line = Content("  ").join(cells)
        if line.cell_length <= width:
            return [line]
        return [Content("  ").join(cells[:2]), Content("  ").join(cells[2:])]

    def _words(self, rating: Rating) -> str:
        return f"{'›' if rating is self._proposed else ' '}{int(rating)} {rating.word}"

    def _cell(self, rating: Rating, text: str) -> Content:
        style = "bold $text-accent" if rating is self._proposed else "$foreground"
        return Content.styled(text, style).stylize(Style.from_meta({"rating": int(rating)}))
