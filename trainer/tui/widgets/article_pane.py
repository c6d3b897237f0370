"""An article beside the cards that cite it: a paragraph is marked, and words in it are selected."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.events import Click, MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.message import Message

from trainer.core.article import Article
from trainer.core.passage import Stretch
from trainer.tui.keys import InTurn
from trainer.tui.widgets.article_rows import Spot, offset_at
from trainer.tui.widgets.article_view import ArticleView

_WHEEL = 3


class Words(NamedTuple):
    """Words selected in a paragraph: `sentence` is the sentence, or sentences, around them.

    `number` is 0 in a caption or heading; `place` is where the words begin in the sentence, which may have
    them twice. All are as in the article, not as shown.
    """

    number: int
    text: str
    sentence: str
    paragraph: str
    place: int = 0


class ArticlePane(ArticleView, InTurn, can_focus=True):
    """Every paragraph with its number and a dot for each card that cites it; one paragraph is marked."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ArticlePane { height: 1fr; min-height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "note on it", tooltip="with a form open, the words go into it", show=False),
        Binding("space", "take_word", "select word"),
        Binding("s", "take_sentence", "select sentence", tooltip="once more, and the next one too"),
        Binding("v", "extend", "select by moving", tooltip="arrows then select, as with shift"),
        Binding("escape", "clear", "select nothing"),
        Binding("down,j", "step(1)", "next paragraph", tooltip="or line, among words", show=False),
        Binding("up,k", "step(-1)", "paragraph before", tooltip="or line, among words", show=False),
        Binding("right,l", "word(1)", "next word", show=False),
        Binding("left,h", "word(-1)", "word before", show=False),
        Binding("shift+right", "extend_word(1)", "select further", key_display="shift+arrows", show=False),
        Binding("shift+left", "extend_word(-1)", "select further", show=False),
        Binding("shift+down", "extend_line(1)", "select further", show=False),
        Binding("shift+up", "extend_line(-1)", "select further", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("home,g", "end(-1)", "first paragraph", show=False),
        Binding("end,G", "end(1)", "last paragraph", show=False),
    ]

    class Marked(Message):
        """The mark has moved to another paragraph; 0 is a caption or heading."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Selected(Message):
        """Other words are selected, or none."""

        def __init__(self, words: Words | None) -> None:
            super().__init__()
            self.words = words

    class Opened(Message):
        """Enter was pressed on a paragraph, or the mouse twice on what stands before it."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[int, Words | None] = (0, None)
        self._grabbed: tuple[int, int] | None = None
        self._was_dragged = False

    def show(self, article: Article, counts: Callable[[int], int], *, name: str = "") -> None:
        """Show an article, and how many cards cite each paragraph; the mark and what is selected stay.

        `name` is that of its file; without one it stays.
        """
        super().show(article, counts, name=name)
        self._tell()

    @property
    def number(self) -> int:
        """The number of the marked paragraph, 0 for a caption or heading."""
        return self._blocks[self._mark].number if self._blocks else 0

    @property
    def selection(self) -> Words | None:
        """What is selected now."""
        stretch = self._stretch
        if stretch is None:
            return None
        passage = self._words.passage
        around, text = passage.around(stretch), passage.text
        return Words(
            number=self.number,
            text=text[stretch.start : stretch.end],
            sentence=text[around.start : around.end],
            paragraph=text,
            place=stretch.start - around.start,
        )

    def clear_selection(self) -> None:
        """Select nothing, and take the word cursor away."""
        if self._choice is not None:
            self._choice.drop()
        self._changed()

    def rest(self) -> None:
        """Select nothing; keys go on from where the word cursor was."""
        if self._choice is not None:
            self._choice.rest()
        self._changed()

    def mark(self, number: int) -> None:
        """Go to a paragraph, and bring it into view."""
        index = next((at for at, block in enumerate(self._blocks) if number and block.number == number), None)
        if index is not None:
            self._go(index)

    def _changed(self) -> None:
        self._draw()
        self._tell()

    def _tell(self) -> None:
        """Say what is marked or selected, if that is something else."""
        number, words = self.number, self.selection
        told, self._told = self._told, (number, words)
        if number != told[0]:
            self.post_message(self.Marked(number))
        if words != told[1]:
            self.post_message(self.Selected(words))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a word cursor escape is left to the screen; without paragraphs there is nothing to do."""
        if action == "clear":
            return self._choice is not None and self._choice.is_active
        return bool(self._blocks)

    def _go(self, index: int, *, from_below: bool = False) -> None:
        self._put_mark(index)
        self._reveal(from_below=from_below)
        self._changed()

    def action_step(self, by: int) -> None:
        """Another paragraph; one that is longer than the pane is read to its end first."""
        if self._choice is not None and self._choice.is_active:
            self._move_line(by)
            return
        rows = [spot.row for spot in self._seen if spot.block == self._mark]
        count = len(self._galley.rows(self._mark))
        hidden = (count - 1 - rows[-1] if by > 0 else rows[0]) if rows else 0
        if hidden > 0 and count > self._height:
            self._scroll(by * min(hidden, max(1, self._height - 2)))
            self._draw()
        else:
            self._go(self._mark + by, from_below=by < 0)

    def action_page(self, by: int) -> None:
        """A page on or back; the mark goes along."""
        before = self._top
        self._scroll(by * max(1, self._height - 1))
        if self._top == before:
            self._go(len(self._blocks) - 1 if by > 0 else 0, from_below=by > 0)
            return
        seen = self._galley.seen(self._top, self._height)
        first = next((spot.block for spot in seen if not spot.row), self._top.block)
        self._put_mark(max(self._mark, first) if by > 0 else min(self._mark, first))
        self._scroll(0)
        self._changed()

    def action_end(self, side: int) -> None:
        """The first paragraph or the last."""
        self._go(len(self._blocks) - 1 if side > 0 else 0)

    def action_open(self) -> None:
        """Say that the paragraph is to be opened."""
        self.post_message(self.Opened(self.number))

    def _begin(self, *, last: bool = False) -> bool:
        """Put the word cursor where the mouse pressed, or on the first or last word seen, if it is nowhere.

        False if there is no word.
        """
        if not self._blocks:
            return False
        words = self._words
        if words.is_active or not words.passage.words:
            return words.is_active
        if words.pressed >= 0:
            words.go(words.pressed)
            return True
        rows = self._galley.rows(self._mark)
        seen = [spot.row for spot in self._seen if spot.block == self._mark and spot.row < len(rows)] or [0]
        row = rows[seen[-1 if last else 0]]
        words.go(self._word_in(row, self.size.width if last else 0))
        return True

    def action_word(self, by: int) -> None:
        """The word cursor goes to the next word, or the one before."""
        self._move_word(by, extends=False)

    def action_extend_word(self, by: int) -> None:
        """Select a word more, or less."""
        self._move_word(by, extends=True)

    def _move_word(self, by: int, *, extends: bool) -> None:
        step = by * self._words.is_active
        if self._begin(last=by < 0):
            self._words.go(self._words.cursor + step, extends=extends)
            self._reveal()
            self._changed()

    def action_extend_line(self, by: int) -> None:
        """Select a line more, or less."""
        if self._begin(last=by < 0):
            self._move_line(by, extends=True)

    def action_extend(self) -> None:
        """From here on moving selects; or no more."""
        if self._begin():
            words = self._words
            words.extends = not words.extends
            words.go(words.cursor, extends=True)
            self._changed()

    def action_take_word(self) -> None:
        """Select the word under the cursor."""
        if self._begin():
            self._words.take_word()
            self._reveal()
            self._changed()

    def action_take_sentence(self) -> None:
        """Select the sentence; if it is selected already, the next one too."""
        if self._begin():
            self._words.take_sentence()
            self._reveal()
            self._changed()

    def _move_line(self, by: int, *, extends: bool = False) -> None:
        """Move the word cursor to the line below or above; past the last, into another paragraph."""
        words, rows = self._words, self._galley.rows(self._mark)
        extends = extends or words.extends
        row, column = self._row_of(words.cursor), self._column_of(words.cursor)
        if 0 <= row + by < len(rows):
            words.go(self._word_in(rows[row + by], column), extends=extends)
        elif extends:
            words.go(len(words.passage.words) - 1 if by > 0 else 0, extends=True)
        elif 0 <= self._mark + by < len(self._blocks):
            self._put_mark(self._mark + by)
            if self._words.passage.words:
                self._words.go(self._word_in(self._galley.rows(self._mark)[min(0, by)], column))
        self._reveal(from_below=by < 0)
        self._changed()

    def action_clear(self) -> None:
        """Select nothing, and forget where the mouse was."""
        self._words.pressed = -1
        self.clear_selection()

    # The mouse

    def _column_of(self, word: int) -> int:
        row = self._galley.rows(self._mark)[self._row_of(word)]
        place = self._shown(self._words.passage.words[word]).start
        return cell_len(self._galley.shown(self._mark).text[row.start : place])

    def _word_in(self, row: Stretch, column: int) -> int:
        """The word of the marked paragraph at a column of a row, or the nearest in that row."""
        shown, words = self._galley.shown(self._mark), self._words.passage.words
        place = row.start + offset_at(shown.text[row.start : row.end], max(0, column))
        word = self._words.passage.word_at(shown.original(min(place, max(row.start, row.end - 1))))
        if word + 1 < len(words) and (word < 0 or self._shown(words[word]).end <= row.start):
            word += 1
        return word

    def _spot_at(self, y: int) -> Spot:
        return self._seen[max(0, min(y - self._head, len(self._seen) - 1))]

    def _word_on(self, spot: Spot, x: int) -> int:
        """The word of the marked paragraph at a place, or the nearest to it; -1 if it has none."""
        words = self._words.passage.words
        if spot.block != self._mark or not words:
            return 0 if spot.block < self._mark and words else len(words) - 1
        rows = self._galley.rows(self._mark)
        return self._word_in(rows[min(spot.row, len(rows) - 1)], x - self._gutter.cells)

    def on_mouse_down(self, event: MouseDown) -> None:
        """Mark the paragraph, and take hold of the word unless it moves, as of what was folded."""
        self._was_dragged = False
        if event.button != 1 or not self._seen or event.y < self._head or event.x >= self.size.width - 1:
            return
        spot = self._spot_at(event.y)
        moves = spot.block != self._mark and self._gutter.is_small
        self._put_mark(spot.block)
        self._words.pressed = self._word_on(spot, event.x)
        if moves:
            self._reveal()
        else:
            self._grabbed = (event.x, event.y)
            self.capture_mouse()
        self._changed()

    def on_mouse_move(self, event: MouseMove) -> None:
        """Select from the word that was taken hold of to the one here; beyond the edge, scroll."""
        words = self._words if self._grabbed else None
        if words is None or words.pressed < 0 or (event.x, event.y) == self._grabbed:
            return
        if not self._head <= event.y < self.size.height:
            self._scroll(-1 if event.y < self._head else 1)
            self._draw()
        self._was_dragged = True
        words.select(words.pressed, self._word_on(self._spot_at(event.y), event.x))
        self._changed()

    def on_mouse_up(self, event: MouseUp) -> None:
        """Let go."""
        if self._grabbed:
            self._grabbed = None
            self.release_mouse()

    def on_click(self, event: Click) -> None:
        """A click marks a paragraph, two take the word, three the sentence; two before the text open it."""
        if event.x >= self.size.width - 1:
            self._jump(event.y - self._head)
        if self._was_dragged or not self._seen or event.y < self._head or event.x >= self.size.width - 1:
            return
        words = self._words
        if event.x < self._gutter.cells and event.chain == 2:
            self.action_open()
        elif event.chain == 1 or words.pressed < 0:
            self.clear_selection()
        elif event.x >= self._gutter.cells:
            words.go(words.pressed)
            if event.chain == 2:
                words.take_word()
            else:
                words.take_sentence()
            self._changed()

    def _jump(self, y: int) -> None:
        """Scroll to where the scroll bar was pressed."""
        if self._blocks:
            place = self._lengths[-1] * max(0, y) // max(1, self._height - 1)
            self._top = Spot(min(bisect_right(self._lengths, place) - 1, len(self._blocks) - 1), 0)
            self._scroll(0)
            self._draw()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls; the mark stays where it is."""
        self._scroll(_WHEEL)
        self._draw()

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls; the mark stays where it is."""
        self._scroll(-_WHEEL)
        self._draw()
