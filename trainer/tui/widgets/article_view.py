"""An article, its paragraphs wrapped, one marked and words in it selected; only what is seen is made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from textual.content import Content
from textual.events import Resize

from trainer.core.article import PARAGRAPH, Article, Block
from trainer.core.passage import Stretch, read
from trainer.core.visible import one_line
from trainer.tui.widgets.article_gutter import Gutter
from trainer.tui.widgets.article_rows import Galley, Spot
from trainer.tui.widgets.lines import Lines
from trainer.tui.widgets.word_choice import WordChoice

_LEAST_WITH_HEADING = 4
_NO_GUTTER = Gutter(counts={}, digits=1, has_kinds=False)


class ArticleView(Lines):
    """Every paragraph beside its number and dots for the cards that cite it."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._blocks: tuple[Block, ...] = ()
        self._gutter = _NO_GUTTER
        self._galley = Galley(())
        self._lengths = [0]
        self._mark = 0
        self._top = Spot(0, 0)
        self._seen: list[Spot] = []
        self._choice: WordChoice | None = None

    def show(self, article: Article, counts: Callable[[int], int], *, name: str = "") -> None:
        """Show an article, and how many cards cite each paragraph; the mark and what is selected stay.

        `name` is that of its file; without one it stays.
        """
        self._title = name or self._title
        self._gutter = replace(
            self._gutter,
            counts={number: counts(number) for number in article.paragraphs},
            digits=len(str(max(article.paragraphs, default=0))),
            has_kinds=any(not block.number and block.kind != PARAGRAPH for block in article.blocks),
        )
        is_other = article.blocks != self._blocks
        if is_other:
            self._take(article.blocks)
        self._lay()
        if is_other:
            self._reveal()
        self._draw()

    def _take(self, blocks: tuple[Block, ...]) -> None:
        """Take other blocks: the first, or those of an article that was changed."""
        before = self._blocks[self._mark] if self._blocks else None
        self._blocks = blocks
        self._galley = Galley([block.text for block in blocks])
        self._lengths = [0, *accumulate(len(block.text) + 1 for block in blocks)]
        self._mark = self._galley.marked = _place_of(before, blocks, self._mark)
        if before is None or not blocks or blocks[self._mark].text != before.text:
            self._choice = None
        self._top = Spot(max(0, min(self._top.block, len(blocks) - 1)), 0)

    # Where things stand

    @property
    def _head(self) -> int:
        """Lines above the article."""
        return int(self.size.height >= _LEAST_WITH_HEADING)

    @property
    def _height(self) -> int:
        return max(1, self.size.height - self._head)

    def _lay(self) -> None:
        width, height = self.size
        gutter = self._gutter = replace(self._gutter, width=width, height=height)
        room = max(1, width - gutter.cells - 2)
        self._galley.lay(room, least=self._least, gap=int(not gutter.is_small), folded=gutter.is_small)

    def _least(self, block: int) -> int:
        return self._gutter.rows(self._blocks[block])

    def on_resize(self, event: Resize) -> None:
        """Wrap to the new width."""
        self._lay()
        self._top = Spot(self._top.block, 0)
        self._reveal()
        self._draw()

    def _reveal(self, *, from_below: bool = False) -> None:
        """Bring the marked paragraph, or the word cursor in it, into view."""
        if not self._blocks or not self.size.width:
            return
        first, last = 0, self._galley.last_of(self._mark).row
        if self._choice is not None and self._choice.is_active:
            first = last = self._row_of(self._choice.cursor)
        start = Spot(self._mark, first)
        lowest = self._galley.moved(Spot(self._mark, last), 1 - self._height)
        if lowest > start:
            self._top = lowest if from_below else start
        else:
            self._top = max(min(self._top, start), lowest)
        self._scroll(0)

    def _scroll(self, by: int) -> None:
        if self._blocks and self.size.width:
            furthest = self._galley.moved(self._galley.end, 1 - self._height)
            self._top = min(self._galley.moved(self._top, by), furthest)

    # Painting

    def on_focus(self) -> None:
        """The mark is stronger while keys go to the article."""
        self._draw()

    def on_blur(self) -> None:
        """The mark is weaker while they do not."""
        self._draw()

    def _draw(self) -> None:
        width = self.size.width
        if not width:
            return
        self._seen = self._galley.seen(self._top, self._height)
        start, end = self._thumb()
        lines = [self._heading(width)] * self._head
        for y, spot in enumerate(self._seen):
            bar = Content.styled("▐" if start <= y < end else " ", "$rule")
            lines.append(self._line(spot, width - 1) + bar)
        if not self._blocks:
            lines.append(Content.styled(" There is no text in this file.", "$muted"))
        self.paint(lines)

    def _heading(self, width: int) -> Content:
        counts = self._gutter.counts.values()
        told = f"{len(counts)} ¶, {sum(map(bool, counts))} cited "
        name = Content(one_line(self._title)).truncate(max(1, width - len(told) - 3), ellipsis=True, pad=True)
        return (Content(" ") + name.stylize("bold") + Content.styled(f"  {told}", "$muted")).truncate(width)

    def _line(self, spot: Spot, width: int) -> Content:
        block, is_marked = self._blocks[spot.block], spot.block == self._mark
        rows = self._galley.rows(spot.block)
        is_cut_above = spot.block == self._top.block and self._top.row < len(rows)
        beside = spot.row - self._top.row * is_cut_above
        line = self._gutter.beside(block, beside, is_marked=is_marked)
        if spot.row < len(rows):
            line += self._text(spot, rows[spot.row])
        line = line.pad_right(max(0, width - line.cell_length))
        if is_marked and spot.row < max(len(rows), self._gutter.rows(block)):
            line = line.stylize_before("on $panel" if self.has_focus else "on $surface")
        return line

    def _text(self, spot: Spot, row: Stretch) -> Content:
        block, shown = self._blocks[spot.block], self._galley.shown(spot.block).text
        text = Content(shown[row.start : row.end])
        is_heading, is_marked = block.kind == "heading", spot.block == self._mark
        if is_heading:
            text = text.stylize("bold")
        elif not is_marked:
            text = text.stylize("$foreground 80%" if block.kind == PARAGRAPH else "$muted")
        if is_marked:
            return self._with_words(text, row)
        is_cut = self._gutter.is_small and row.end < len(shown)
        return text + Content.styled("…", "$muted") if is_cut else text

    def _with_words(self, text: Content, row: Stretch) -> Content:
        """A row of the marked paragraph, with the word cursor and what is selected, which may lie over it."""
        parts: list[tuple[Stretch, str]] = []
        if self._choice is not None and self._choice.is_active:
            parts.append((self._choice.passage.words[self._choice.cursor], "bold underline $text-accent"))
        if (stretch := self._stretch) is not None:
            parts.append((stretch, "bold $background on $accent"))
        for stretch, style in parts:
            part = self._shown(stretch)
            start, end = max(part.start, row.start) - row.start, min(part.end, row.end) - row.start
            if start < end:
                text = text.stylize(style, start, end)
        return text

    def _thumb(self) -> tuple[int, int]:
        """Where the thumb of the scroll bar begins and ends; nowhere if all fits."""
        if not self._seen or (self._seen[0] == (0, 0) and self._seen[-1] >= self._galley.end):
            return (0, 0)
        height, total = self._height, self._lengths[-1]
        start, end = self._share(self._seen[0]), self._share(self._seen[-1])
        length = max(1, min(height - 1, round(height * (end - start) / total)))
        if self._seen[-1] >= self._galley.end:
            return (height - length, height)
        first = min(height - length, round(height * start / total))
        return (first, first + length)

    def _share(self, spot: Spot) -> int:
        """How many characters come before a row, about."""
        rows = self._galley.rows(spot.block)
        return self._lengths[spot.block] + rows[min(spot.row, len(rows) - 1)].start

    # The mark, and the words of the paragraph that has it

    def _put_mark(self, index: int) -> None:
        index = max(0, min(index, len(self._blocks) - 1))
        if index != self._mark:
            self._choice = None
            self._mark = self._galley.marked = index

    @property
    def _words(self) -> WordChoice:
        """The words of the marked paragraph."""
        if self._choice is None:
            self._choice = WordChoice(read(self._blocks[self._mark].text))
        return self._choice

    @property
    def _stretch(self) -> Stretch | None:
        return None if self._choice is None else self._choice.stretch

    def _shown(self, stretch: Stretch) -> Stretch:
        """Where a stretch of the marked paragraph is shown."""
        shown = self._galley.shown(self._mark)
        return Stretch(shown.place(stretch.start), shown.place(stretch.end))

    def _row_of(self, word: int) -> int:
        place = self._shown(self._words.passage.words[word]).start
        rows = self._galley.rows(self._mark)
        return max(0, bisect_right(rows, place, key=lambda row: row.start) - 1)


def _place_of(before: Block | None, blocks: Sequence[Block], at: int) -> int:
    """Where a block that was marked stands now: by number and text, by number, or by place."""
    if before is None:
        return next((index for index, block in enumerate(blocks) if block.number), 0)
    same = [index for index, block in enumerate(blocks) if block.number == before.number]
    alike = [index for index in same if blocks[index].text == before.text]
    found = alike or same * bool(before.number)
    return found[0] if found else max(0, min(at, len(blocks) - 1))
