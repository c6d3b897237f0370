"""The cards of a note as they will be asked, with their answers: as many as fit, and a key for the next."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp, Resize

from trainer.core.deck import Card
from trainer.core.options import occasion
from trainer.core.prompt import AnswerForm, Reveal, TypeIn
from trainer.core.visible import one_line, visible
from trainer.core.wording import cited_sources
from trainer.tui.widgets.card_preview import besides
from trainer.tui.widgets.forms import FORM_VIEWS
from trainer.tui.widgets.lines import Lines, columns, indent, wrap
from trainer.tui.widgets.page import rows

_COLUMN = 48
_MOST_COLUMNS = 3
_GAP = 3
_WHEEL = 2
_MAX_SHOWN = 4_000


class DraftPreview(Lines):
    """Cards beside each other, each with its question, how it is answered, the answer, and where from."""

    DEFAULT_CSS = """
    DraftPreview { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._cards: Sequence[Card] = ()
        self._said: Content = Content.empty()
        self._at = self._scrolled = 0
        self._furthest = 0
        self._seen = 1

    def show(self, cards: Sequence[Card], said: Content, *, keep: bool = False) -> None:
        """Show cards below what is `said` of them; `keep` stays at the same one of them."""
        self._cards, self._said = cards, said
        self._at = min(self._at, max(0, len(cards) - 1)) if keep else 0
        self._scrolled = self._scrolled if keep else 0
        self._draw()

    def turn(self, by: int) -> None:
        """On by what is seen, then to the next card; or back."""
        if by > 0 and self._scrolled < self._furthest:
            self._scrolled += max(1, self.size.height - 1)
        elif by < 0 and self._scrolled:
            self._scrolled -= max(1, self.size.height - 1)
        elif self._cards:
            last = max(0, len(self._cards) - self._seen)
            self._at = max(0, min(self._at + by * self._seen, last))
            self._scrolled = 0
        self._draw()

    @property
    def turns(self) -> bool:
        """Whether there is more than is seen."""
        return len(self._cards) > self._seen or self._furthest > 0

    def on_resize(self, event: Resize) -> None:
        """What fits depends on the size."""
        self._draw()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls."""
        self._scrolled += _WHEEL
        self._draw()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls."""
        self._scrolled -= _WHEEL
        self._draw()

    def _draw(self) -> None:
        width, height = self.size.width - 4, self.size.height
        if width <= 0 or not height:
            return
        lines = wrap(self._said, width) if self._said else []
        lines += self._lines_of_cards(width) if self._cards else []
        self._furthest = max(0, len(lines) - height)
        self._scrolled = max(0, min(self._scrolled, self._furthest))
        seen = lines[self._scrolled : self._scrolled + height]
        more = len(lines) - self._scrolled - len(seen)
        if more and len(seen) > 1:
            seen[-1] = Content.styled(f"▼ {more + 1} more lines", "$muted")
        self.paint(indent(seen, 2))

    def _lines_of_cards(self, width: int) -> list[Content]:
        fitting = max(1, min((width + _GAP) // (_COLUMN + _GAP), _MOST_COLUMNS, len(self._cards)))
        self._at = min(self._at, max(0, len(self._cards) - fitting))
        self._seen = fitting
        each = (width - _GAP * (fitting - 1)) // fitting
        told = [
            card_lines(card, each, place=place, count=len(self._cards))
            for place, card in enumerate(self._cards[self._at : self._at + fitting], self._at + 1)
        ]
        lines = told[-1]
        for column in reversed(told[:-1]):
            lines = columns(column, lines, each + _GAP)
        return lines


def card_lines(card: Card, width: int, *, place: int, count: int) -> list[Content]:
    """A card as it is asked for the first time, and what is told after the answer."""
    head = " · ".join(filter(None, (f"{place} of {count}", card.type, card.aspect)))
    if card.superseded_by:
        head += " · not asked: superseded"
    lines = [Content.styled(one_line(head), "$accent").truncate(max(1, width), ellipsis=True)]
    lines += wrap(Content.styled(_safe(card.prompt.question), "bold"), width)
    lines += _asked(card.prompt.form, card.id, width)
    parts = [("Answer", Content.styled(_answer(card.prompt.form), "bold $text-success"))]
    if card.hint:
        parts.insert(0, ("Hint", Content(_safe(card.hint))))
    parts += besides(card)
    if card.sources:
        parts.append(("Source", Content("\n".join(map(one_line, cited_sources(card.sources))))))
    return [*lines, *rows(parts)(width)]


def _asked(form: AnswerForm, card: str, width: int) -> list[Content]:
    """How it is answered: what there is to choose from, or what is to be typed."""
    view = FORM_VIEWS[type(form)]()
    view.ask(form, seed=occasion(card, None))
    if isinstance(form, TypeIn):
        told = view.advice.partition(" · ")[0] if " · " in view.advice else view.placeholder
        return wrap(Content.styled(f"[ {told} ]", "$primary"), width)
    if isinstance(form, Reveal):
        if form.points:
            return wrap(
                Content.styled(f"[ said in mind; {len(form.points)} points to tick ]", "$primary"), width
            )
        return wrap(Content.styled("[ said in mind, then looked at ]", "$primary"), width)
    return view.lines(width)


def _answer(form: AnswerForm) -> str:
    if isinstance(form, Reveal) and form.points:
        return "\n".join(f"· {_safe(point)}" for point in form.points)
    return _safe(form.answer)


def _safe(text: str) -> str:
    return visible(text[:_MAX_SHOWN])
