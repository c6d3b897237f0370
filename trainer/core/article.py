"""An article as text with numbered paragraphs: what a citation points at, and where a quote stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

PARAGRAPH = "paragraph"
UNNUMBERED = ("caption", "heading", "standfirst")
"""Kinds of blocks that carry no number; any other block is a paragraph."""

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_HEAD_LINE = re.compile(r"[A-Za-z][\w -]{0,40}:(?!\S).*")
_LABEL = re.compile(rf"\[([1-9][0-9]{{0,5}}|{'|'.join(UNNUMBERED)})\](?!\S)")
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‘’‚‛‹›`´ʼ", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, caption, heading or standfirst on one line; `number` is 0 where it carries none."""

    kind: str = PARAGRAPH
    number: int = 0
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The blocks of an article, in its order.

    `paragraphs` are the texts of those that are numbered; of several with one number the first.
    """

    blocks: tuple[Block, ...] = ()
    paragraphs: Mapping[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbered: dict[int, str] = {}
        for block in self.blocks:
            if block.number:
                numbered.setdefault(block.number, block.text)
        object.__setattr__(self, "paragraphs", numbered)

    def paragraph(self, number: int) -> str | None:
        """The text of a paragraph, the first of that number; None if there is none."""
        return self.paragraphs.get(number)

    def passage(self, numbers: Iterable[int], *, around: int = 1) -> tuple[Block, ...]:
        """The paragraphs cited, so many before and after each, and what stands between them and these."""
        wanted = {*numbers} - {0}
        places = [place for place, block in enumerate(self.blocks) if block.kind == PARAGRAPH]
        kept: set[int] = set()
        for index, place in enumerate(places):
            if self.blocks[place].number in wanted:
                last = places[min(index + around, len(places) - 1)]
                kept.update(range(places[max(0, index - around)], last + 1))
        return tuple(self.blocks[place] for place in sorted(kept))


def parse(text: str) -> Article:
    """Read an article: a head of `key: value` lines, then blocks with blank lines between them.

    A block begins with its number, as `[12]`, or with its kind, as `[caption]`. Never raises: whatever has
    neither is a paragraph without a number.
    """
    lines = "\n".join(text.removeprefix("\ufeff").splitlines())
    parts = [part for part in _BLANK_LINES.split(lines) if part.strip()]
    if parts and all(_HEAD_LINE.fullmatch(line) for line in parts[0].strip().split("\n")):
        del parts[0]
    return Article(blocks=tuple(map(_block, parts)))


def contains(text: str, quote: str) -> bool:
    """Whether a quote stands in a text word for word.

    Only the kind of quotation marks and white space make no difference. `…` in a quote stands for words
    left out: what is before and after it must be there in this order.
    """
    whole = _plain(text)
    parts = [part for part in map(str.strip, _plain(quote).split("…")) if part]
    end = 0
    for part in parts:
        end = _end_of(part, whole, end)
        if end < 0:
            return False
    return bool(parts)


def _block(part: str) -> Block:
    words = " ".join(part.split())
    label = _LABEL.match(words)
    if label is None:
        return Block(text=words)
    rest = words[label.end() :].strip()
    if label[1] in UNNUMBERED:
        return Block(kind=label[1], text=rest)
    return Block(number=int(label[1]), text=rest)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTATION_MARKS).split())


def _end_of(part: str, whole: str, start: int) -> int:
    """Where a part that stands in whole words at `start` or later ends; -1 if it is not there."""
    while (start := whole.find(part, start)) >= 0:
        end = start + len(part)
        if not (_in_a_word(whole, start) or _in_a_word(whole, end)):
            return end
        start += 1
    return -1


def _in_a_word(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place belong to one word or number."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
