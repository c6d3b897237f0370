"""Cards to look after, in groups; one of them is marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Click
from textual.style import Style

from trainer.core.cells import fit, padded
from trainer.core.statistics import Fact
from trainer.core.statistics_wording import known, percent
from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.tui.messages import RowPressed
from trainer.tui.widgets.plot import Drawn

_NUMBERS = "     known  lapses  score"
_LEAST = 16


class FactList(Drawn):
    """Groups of cards under their headings; a press on one posts `RowPressed`."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[Fact]]]) -> None:
        super().__init__()
        self._groups = [(heading, facts) for heading, facts in groups if facts]
        self._facts = [fact for _, facts in self._groups for fact in facts]
        self._at = 0
        self.line = 0

    @property
    def marked(self) -> Fact | None:
        """The card that is marked."""
        return self._facts[self._at] if self._facts else None

    @property
    def cards(self) -> tuple[str, ...]:
        """The ids of all cards of the list, each once."""
        return tuple(dict.fromkeys(fact.card for fact in self._facts))

    def move(self, by: int) -> bool:
        """Mark another; False where there is none in that direction."""
        return self.mark(max(0, min(self._at + by, len(self._facts) - 1)))

    def mark(self, at: int) -> bool:
        """Mark the card at that place; False if it is marked already."""
        if at == self._at:
            return False
        self._at = at
        self.draw_anew()
        return True

    def on_click(self, event: Click) -> None:
        """Say which card was pressed."""
        row = event.style.meta.get("row")
        if row is not None:
            self.post_message(RowPressed(row))

    def draw(self, width: int, height: int) -> Sequence[Content]:
        """A heading for each group, two lines for each card: what it asks with numbers, and its answer."""
        lines: list[Content] = []
        numbers = _NUMBERS if width >= len(_NUMBERS) + _LEAST else ""
        place = 0
        for heading, facts in self._groups:
            lines += [Content.empty()] * bool(lines)
            head = padded(heading, max(0, width - len(numbers)))
            lines.append(Content.assemble((head, "bold"), (numbers, "$muted")))
            for fact in facts:
                if place == self._at:
                    self.line = len(lines)
                lines += self._told(fact, place, width, numbers)
                place += 1
        return lines

    def _told(self, fact: Fact, place: int, width: int, numbers: str) -> list[Content]:
        is_marked = place == self._at
        counted = f"  {known(fact):>8}  {fact.lapses:>6}  {percent(fact.mean):>5}"
        asked = padded(one_line(fact.question), max(0, width - 2 - len(numbers)))
        first = Content.assemble(
            "› " if is_marked else "  ", (asked, "bold" if is_marked else ""), counted if numbers else ""
        )
        more = "" if numbers else f"{known(fact)}, {plural(fact.lapses, 'lapse')} · "
        second = Content.styled(fit(f"  {more}{one_line(fact.answer)}", width), "$muted")
        return [line.stylize(Style.from_meta({"row": place})) for line in (first, second)]
