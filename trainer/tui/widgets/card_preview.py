"""A card as a whole: what it asks and says, from where, and what was done with it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp, Resize

from trainer.collection.browsing import Past
from trainer.core.catalogue import Known, Row, due_in_words
from trainer.core.deck import Card
from trainer.core.partial_date import in_words
from trainer.core.review import Rating
from trainer.core.visible import one_line, visible
from trainer.core.wording import cited_sources, duration, plural, short_date
from trainer.tui.widgets.lines import Lines, indent
from trainer.tui.widgets.page import Block, rows, stacked, text

_MAX_SHOWN = 20_000
_WHEEL = 2
_LOW = 6
_LATEST = 2
_MOST_HISTORY = 500
_DONE = {
    "suspend": ("brought back", "suspended"),
    "flag": ("flag taken off", "flagged"),
    "bury": ("buried for the day", "buried for the day"),
}
_TOLD = {
    "forget": "forgotten: new again",
    "told": "told that the answer has changed",
    "carried": "brought in from another program",
}


class CardPreview(Lines):
    """As much of a card as fits; the wheel scrolls."""

    DEFAULT_CSS = """
    CardPreview { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._block: Block = lambda width: []
        self._scrolled = 0

    def show(self, block: Block) -> None:
        """Show another card, from its beginning."""
        self._block, self._scrolled = block, 0
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Wrap to the new width."""
        self._draw()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls."""
        self._scroll(_WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls."""
        self._scroll(-_WHEEL)

    def _scroll(self, by: int) -> None:
        self._scrolled += by
        self._draw()

    def _draw(self) -> None:
        width, height = self.size.width - 4, self.size.height
        lines = self._block(max(1, width))
        if height < _LOW:
            lines = [line for line in lines if line]
        self._scrolled = max(0, min(self._scrolled, len(lines) - height))
        seen = lines[self._scrolled : self._scrolled + height]
        more = len(lines) - self._scrolled - len(seen)
        if more and len(seen) > 1:
            seen[-1] = Content.styled(f"▼ {more + 1} more", "$muted")
        self.paint(indent(seen, 2))


def in_full(card: Card, row: Row, history: Sequence[Past], *, known: Known) -> Block:
    """Everything about a card, as it stands on a day."""
    return _told(card, _standing(row, known), history[:_MOST_HISTORY], len(history))


def in_brief(card: Card, row: Row, history: Sequence[Past], *, known: Known) -> Block:
    """A card with the latest of its history."""
    return _told(card, _standing(row, known), history[:_LATEST], len(history))


def _standing(row: Row, known: Known) -> str:
    """`review · comes in 4d · 74 % known · 5 reviews · 1 lapse · flagged`."""
    comes, share = due_in_words(row, known.day), known.of(row)
    said = [
        row.state,
        f"comes in {comes}" if comes and comes != "today" and not comes.endswith("late") else comes,
        "" if share is None else f"{round(100 * share)} % known",
        plural(row.reps, "review") if row.reps else "",
        plural(row.lapses, "lapse") if row.lapses else "",
        "flagged" if row.flagged else "",
    ]
    return " · ".join(filter(None, said))


def besides(card: Card) -> list[tuple[str, Content]]:
    """What a card tells beside its answer, but for its sources: each with its label."""
    parts: list[tuple[str, Content]] = []
    if card.as_of:
        parts.append(("as of", Content(in_words(card.as_of))))
    if card.quote:
        speaker = f" — {one_line(card.speaker)}" if card.speaker else ""
        parts.append(("Quote", Content(f"“{_safe(card.quote)}”{speaker}")))
    if card.explanation:
        parts.append(("Why", Content(_safe(card.explanation))))
    if card.accounts:
        accounts = (f"{one_line(each.by)}: {one_line(each.says)}" for each in card.accounts)
        parts.append(("Accounts", Content("\n".join(accounts))))
    return parts


def _told(card: Card, standing: str, shown: Sequence[Past], count: int) -> Block:
    parts: list[tuple[str, Content]] = [("Answer", Content.styled(_safe(card.prompt.form.answer), "bold"))]
    parts += besides(card)
    if card.sources:
        cited = list(map(one_line, cited_sources(card.sources)))
        parts.append(("Source" if len(cited) == 1 else "Sources", Content("\n".join(cited))))
    parts.append(("Stands", Content(standing)))
    if shown:
        more = f"   and {count - len(shown)} more" if count > len(shown) else ""
        told = Content("\n").join(map(_in_words, shown))
        parts.append(("History", told + Content.styled(more, "$muted")))
    if card.hint:
        parts.append(("Hint", Content(_safe(card.hint))))
    place = f"{one_line(card.id)}  {one_line(f'{card.span.path}:{card.span.line}')}"
    parts.append(("Id", Content.styled(place, "$muted")))
    found_by = {"Tags": card.tags, "Names": card.names}
    parts += [(label, Content(one_line(", ".join(values)))) for label, values in found_by.items() if values]
    question = Content.styled(_safe(card.prompt.question), "bold")
    return stacked(text(question), rows(parts))


def _in_words(past: Past) -> Content:
    """`13 Jun 2024  Good · score 0.5 · “Minsk” · 12 s · quiz`."""
    if past.kind == "review":
        response = one_line(past.response or "")
        said = [
            Rating(past.rating).word if past.rating else "",
            "" if past.score is None else f"score {past.score:.2g}",
            f"“{response[:80]}{'…' if len(response) > 80 else ''}”" if response else "",
            duration(past.milliseconds) if past.milliseconds else "",
            past.mode if past.mode != "study" else "",
        ]
        told = " · ".join(filter(None, said))
    elif past.kind in _DONE:
        told = _DONE[past.kind][bool(past.value)]
    else:
        told = _TOLD[past.kind]
    line = f"{short_date(past.day):<12}{told}"
    return Content(line) if past.stands else Content.styled(f"{line} (taken back)", "$muted")


def _safe(foreign: str) -> str:
    return visible(foreign)[:_MAX_SHOWN]
