"""A cursor among the words of a paragraph, and the words selected from it."""

from __future__ import annotations

from trainer.core.passage import Passage, Stretch


class WordChoice:
    """A word cursor, which may be nowhere (-1), and another end of what is selected, likewise.

    `extends` while moving the cursor selects. `pressed` is the word that the mouse was last pressed on, or
    where the cursor rests: from there the keys go on.
    """

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.cursor = self.anchor = self.pressed = -1
        self.extends = False

    @property
    def is_active(self) -> bool:
        """Whether the cursor is on a word."""
        return self.cursor >= 0

    @property
    def stretch(self) -> Stretch | None:
        """What is selected."""
        if self.anchor < 0:
            return None
        return self.passage.chosen(*sorted((self.anchor, self.cursor)))

    def drop(self) -> None:
        """Take the cursor away, and select nothing."""
        self.cursor = self.anchor = -1
        self.extends = False

    def rest(self) -> None:
        """Take the cursor away, for keys to go on from there."""
        self.pressed = self.cursor if self.is_active else self.pressed
        self.drop()

    def go(self, word: int, *, extends: bool = False) -> None:
        """Move the cursor; what is selected goes along if it `extends`, or is selected no more."""
        if not extends and not self.extends:
            self.anchor = -1
        elif self.anchor < 0:
            self.anchor = self.cursor if self.is_active else word
        self.cursor = max(0, min(word, len(self.passage.words) - 1))

    def select(self, first: int, last: int) -> None:
        """Select words, and leave the cursor on the last."""
        self.anchor, self.cursor, self.extends = first, last, False

    def take_word(self) -> None:
        """Select the word under the cursor; if it is all that is selected, nothing."""
        if self.anchor == self.cursor:
            self.anchor, self.extends = -1, False
        else:
            self.select(self.cursor, self.cursor)

    def take_sentence(self) -> None:
        """Select the sentence around the cursor or what is selected; if it is that, the next one too."""
        first, last = sorted((self.anchor if self.anchor >= 0 else self.cursor, self.cursor))
        start, end = self._first_of(first), self._last_of(last)
        if self.anchor >= 0 and (start, end) == (first, last) and end + 1 < len(self.passage.words):
            end = self._last_of(end + 1)
        self.select(start, end)

    def _first_of(self, word: int) -> int:
        return self.passage.words_of(self.passage.sentence_of(word)).start

    def _last_of(self, word: int) -> int:
        return self.passage.words_of(self.passage.sentence_of(word)).stop - 1
