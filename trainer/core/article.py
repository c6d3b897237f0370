"""An article as text with numbered paragraphs: what a citation points at, and where a quote stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

PARAGRAPH = "paragraph"
UNNUMBERED = ("caption", "heading", "standfirst")
"""Kinds of blocks that carry no number; any other block is a paragraph."""

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_HEAD_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):(?!\S)(.*)")
_LABEL = re.compile(rf"\[([1-9][0-9]{{0,5}}|{'|'.join(UNNUMBERED)})\](?!\S)")
_TITLE = ("title", "headline")
_PUBLISHER = ("publisher", "publication", "site", "site_name")
_AUTHOR = ("author", "authors", "by", "byline")
_DATE = ("date", "published", "publication date", "publication_date")
_URL = ("url", "link", "canonical")
_HEAD_KEYS = {*_TITLE, *_PUBLISHER, *_AUTHOR, *_DATE, *_URL, "source", "id", "language", "lang"}
_NOT_STATED = re.compile(r"(?:not stated|unknown)\b.*|n/a|\(.*\)", re.I | re.S)
_BY = re.compile(r"^by\s+", re.I)
_ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d.*", re.ASCII)
_CLOCK = re.compile(r"[,\s]+(?:at\s+)?\d{1,2}:\d\d.*")
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‘’‚‛‹›`´ʼ", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, caption, heading or standfirst on one line; `number` is 0 where it carries none."""

    kind: str = PARAGRAPH
    number: int = 0
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The blocks of an article, in its order, and what it says of itself in its head, by keys in lower case.

    `paragraphs` are the texts of those that are numbered; of several with one number the first.
    """

    blocks: tuple[Block, ...] = ()
    head: Mapping[str, str] = field(default_factory=dict, hash=False)
    paragraphs: Mapping[int, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        numbered: dict[int, str] = {}
        for block in self.blocks:
            if block.number:
                numbered.setdefault(block.number, block.text)
        object.__setattr__(self, "paragraphs", numbered)

    @property
    def title(self) -> str:
        """The headline; empty where none is stated."""
        return self._stated(_TITLE)

    @property
    def publisher(self) -> str:
        """Who published it; empty where that is not stated."""
        return self._stated(_PUBLISHER)

    @property
    def author(self) -> str:
        """Who wrote it, without `by`; empty where that is not stated."""
        return _BY.sub("", self._stated(_AUTHOR), count=1)

    @property
    def date(self) -> str:
        """When it was published, `2024`, `2024-06` or `2024-06-13`; empty unless it reads one way only."""
        return _sure_date(self._stated(_DATE))

    @property
    def url(self) -> str:
        """Its address on the web; empty where none is stated."""
        found = self._stated(_URL)
        return found if found.startswith(("https://", "http://")) else ""

    def _stated(self, keys: Iterable[str]) -> str:
        """The first value of some keys, on one line, that says something."""
        values = (" ".join(self.head.get(key, "").split()) for key in keys)
        return next((value for value in values if value and not _NOT_STATED.fullmatch(value)), "")

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

    A block begins with its number, as `[12]`, or with its kind, as `[caption]`; whatever has neither is a
    paragraph. Where none has a number, they are counted (`numbered`). Never raises.
    """
    head, parts = split_head(text)
    return Article(blocks=numbered(labelled(" ".join(part.split())) for part in parts), head=head)


def split_head(text: str) -> tuple[dict[str, str], list[str]]:
    """The head of a text, and its parts between blank lines.

    The first part is a head if all its lines are `key: value` and one of the keys is of those that say
    what an article is. Values of a key that comes twice are joined by commas.
    """
    lines = "\n".join(text.removeprefix("\ufeff").splitlines())
    parts = [part for part in _BLANK_LINES.split(lines) if part.strip()]
    head = head_lines(parts[0]) if parts else {}
    if _HEAD_KEYS.isdisjoint(head):
        return {}, parts
    return head, parts[1:]


def head_lines(part: str) -> dict[str, str]:
    """What lines of `key: value` say, keys in lower case; nothing if one of the lines is none."""
    head: dict[str, list[str]] = {}
    for line in part.strip().split("\n"):
        found = _HEAD_LINE.fullmatch(line)
        if found is None:
            return {}
        head.setdefault(found[1].strip().lower(), []).append(found[2].strip())
    return {key: ", ".join(filter(None, values)) for key, values in head.items()}


def labelled(words: str) -> Block:
    """The block that a text on one line is, by the number or kind in brackets that it begins with."""
    label = _LABEL.match(words)
    if label is None:
        return Block(text=words)
    rest = words[label.end() :].strip()
    if label[1] in UNNUMBERED:
        return Block(kind=label[1], text=rest)
    return Block(number=int(label[1]), text=rest)


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks as they are if one of them has a number, else with their paragraphs counted from 1."""
    given = tuple(blocks)
    if any(block.number for block in given):
        return given
    count = 0
    counted: list[Block] = []
    for block in given:
        if block.kind == PARAGRAPH:
            count += 1
            block = replace(block, number=count)
        counted.append(block)
    return tuple(counted)


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


def _sure_date(text: str) -> str:
    """The date that a text is, with or without a time of day, if it has a year and one reading only."""
    from trainer.core.asked_date import iso_of
    from trainer.core.grading.date_reading import read_dates

    whole = _ISO_DAY.fullmatch(text)
    day = whole[1] if whole else _CLOCK.sub("", text, count=1)
    possible = read_dates(day, misspelt=False).possible
    if len(possible) != 1 or possible[0].year is None:
        return ""
    return iso_of(possible[0])


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
