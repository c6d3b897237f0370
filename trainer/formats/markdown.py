"""Flashcards in Markdown: `Q:` and `A:`, `C:` with [holes], and `question :: answer` on a line.

The text of a card stays as it is written. A card goes on until the next one, a heading or a line `---`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trainer.formats.model import (
    Format,
    Imported,
    LeftOut,
    NoteFields,
    Options,
    Value,
    as_tag,
    comments,
    hole,
    refuse_too_many,
    tidy,
)

_MARKER = re.compile(r"\s{0,3}(?:[-*+]\s+)?(?:\*\*)?([QAC]):(?:\*\*)?(?:\s+|$)(.*)", re.S)
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_FENCE = re.compile(r"\s*(```+|~~~+)")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
_TAGS = re.compile(r"\s*(?:tags:\s*)?(#[^\s#]+(?:\s+#[^\s#]+)*)\s*$", re.I)
_SCHEDULE = "<!--SR:"
_SETTING = re.compile(r"(\w+)\s*[:=]\s*(.*)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)|!\[\[[^\[\]]*\]\]")
_HOLE = re.compile(r"(?<![\\!\[\]])\[([^\[\]^][^\[\]]*)\](?![(\[:])")
_BOX = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]")
_CODE = re.compile(r"`[^`\n]*`")
_BRACKETS = re.compile(r"\\([\[\]])")


class _Line(NamedTuple):
    number: int
    text: str


class _Card(NamedTuple):
    """A card in the making: `sides` are the lines of question and answer, or of the text with holes."""

    kind: str
    line: int
    sides: list[list[str]]


def read(text: str, options: Options) -> Imported:
    """The cards of a page. Its first heading is the title; any other is a tag of the cards beneath it."""
    reader = _Reader(options)
    lines = reader.without_comments(text)
    for line in reader.without_front_matter(lines):
        reader.take(line)
    reader.finish()
    return Imported(
        title=reader.title,
        description=reader.description,
        tags=tuple(dict.fromkeys(reader.tags)),
        notes=tuple(reader.notes),
        left_out=tuple(sorted(reader.left_out, key=lambda left: left.line)),
    )


class _Reader:
    """Takes a page line by line."""

    def __init__(self, options: Options) -> None:
        self.title = ""
        self.description = ""
        self.tags: list[str] = []
        self.notes: list[NoteFields] = []
        self.left_out: list[LeftOut] = []
        self._kind = options.type
        self._tag = ""
        self._card: _Card | None = None
        self._fence = ""

    def without_comments(self, text: str) -> list[_Line]:
        """The lines of a page without comments; a schedule of another program that is one is told."""

        text = text.replace("\r\n", "\n")
        parts: list[str] = []
        at, line = 0, 1
        for start, end in comments(text):
            parts.append(text[at:start])
            line += parts[-1].count("\n")
            comment = text[start:end]
            if comment.replace(" ", "").startswith(_SCHEDULE):
                self._leave_out(line, comment, "the schedule of another program is not carried")
            breaks = comment.count("\n")
            parts.append("\n" * breaks)
            line += breaks
            at = end
        text = "".join((*parts, text[at:]))
        return [_Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]

    def without_front_matter(self, lines: Sequence[_Line]) -> Sequence[_Line]:
        """What is beneath the settings that a page may begin with, of which title and tags are taken."""
        first = lines[0].text.strip() if lines else ""
        if first not in ("---", "+++"):
            return lines
        end = next((index for index, line in enumerate(lines[1:], 1) if line.text.strip() == first), 0)
        for line in lines[1:end]:
            found = _SETTING.fullmatch(line.text.strip())
            name, value = (found[1].casefold(), found[2].strip("\"'")) if found else ("", "")
            if name in ("title", "name", "deck") and value and not self.title:
                self.title = value
            elif name == "description" and value and not self.description:
                self.description = value
            elif name in ("tags", "tag") and value:
                self.tags += [
                    tag.strip(" \"'#") for tag in value.strip("[]").split(",") if tag.strip(" \"'#")
                ]
            elif line.text.strip():
                self._leave_out(line.number, line.text, "a setting that says nothing here")
        return lines[end + 1 :] if end else lines

    def take(self, line: _Line) -> None:
        """Let a line begin a card, go on with one, or be left out."""
        if self._card and self._in_fence(line.text):
            self._card.sides[-1].append(line.text)
            return
        if marker := _MARKER.fullmatch(line.text):
            self._mark(marker[1], marker[2], line)
        elif heading := _HEADING.fullmatch(line.text):
            self.finish()
            self._head(heading[2].rstrip().rstrip("#").rstrip(), rank=len(heading[1]))
        elif _RULE.fullmatch(line.text):
            self.finish()
        elif self._is_on_one_line(line):
            return
        elif tags := _TAGS.fullmatch(line.text):
            self.finish()
            self.tags += [tag.lstrip("#") for tag in tags[1].split()]
        elif self._card:
            self._card.sides[-1].append(line.text)
        elif line.text.strip():
            self._leave_out(line.number, line.text, "no card")

    def finish(self) -> None:
        """End the card that goes on."""
        card, self._card, self._fence = self._card, None, ""
        if card is None:
            return
        sides = [tidy("\n".join(side)) for side in card.sides]
        shown = "\n".join(sides)
        if not all(sides) or (card.kind == "qa" and len(sides) < 2):
            missing = "answer" if sides[0] and card.kind == "qa" else "text"
            self._leave_out(card.line, shown or "a card", f"there is no {missing}")
        elif card.kind == "cloze":
            self._cloze(card.line, sides[0])
        else:
            self._two_sides(card.line, sides, kind=self._kind)

    def _in_fence(self, text: str) -> bool:
        """Whether a line belongs to a block of code, of which nothing begins a card."""
        found = _FENCE.match(text)
        if self._fence:
            if found and found[1].startswith(self._fence):
                self._fence = ""
            return True
        self._fence = found[1] if found else ""
        return bool(found)

    def _mark(self, marker: str, text: str, line: _Line) -> None:
        card = self._card
        if marker == "A":
            if card and card.kind == "qa" and len(card.sides) == 1:
                card.sides.append([text])
                self._in_fence(text)
            else:
                self.finish()
                self._leave_out(line.number, line.text, "an answer without a question")
            return
        self.finish()
        self._card = _Card("qa" if marker == "Q" else "cloze", line.number, [[text]])
        self._in_fence(text)

    def _head(self, text: str, *, rank: int) -> None:
        if not self.title and not self.notes and rank == 1:
            self.title = text
        else:
            self._tag = as_tag(text)

    def _is_on_one_line(self, line: _Line) -> bool:
        """Make a card of `question :: answer`, unless another goes on right above."""
        if self._card and any(part.strip() for part in self._card.sides[-1][-1:]):
            return False
        sides = _sides(line.text)
        if sides is None:
            return False
        self.finish()
        kind = "reversed" if sides.both_ways else self._kind
        self._two_sides(line.number, [sides.left, sides.right], kind=kind)
        return True

    def _two_sides(self, line: int, sides: Sequence[str], *, kind: str) -> None:
        shown = " / ".join(sides)
        first, second = (self._without_images(line, side) for side in sides)
        names = ("front", "back") if kind == "reversed" else ("question", "answer")
        self._add(line, {"type": kind, names[0]: first, names[1]: second}, shown)

    def _cloze(self, line: int, text: str) -> None:
        made = "\n".join(_with_holes(self._without_images(line, text)))
        if made:
            self._add(line, {"type": "cloze", "text": made}, text)
        else:
            self._leave_out(line, text, "a hole that contains '::' or braces")

    def _add(self, line: int, fields: dict[str, Value], shown: str) -> None:
        fields = {name: value for name, value in fields.items() if value}
        tags: dict[str, Value] = {"tags": [self._tag]} if self._tag else {}
        refuse_too_many(len(self.notes) + 1, line)
        self.notes.append(NoteFields(line=line, fields=fields | tags, text=shown))

    def _without_images(self, line: int, text: str) -> str:
        for found in _IMAGE.finditer(text):
            self._leave_out(line, found[0], "images are not carried")
        return tidy(_IMAGE.sub(lambda found: found[1] or "", text))

    def _leave_out(self, line: int, text: str, reason: str) -> None:
        refuse_too_many(len(self.left_out) + 1, line)
        self.left_out.append(LeftOut(line=line, text=text.strip(), reason=reason))


class _Sides(NamedTuple):
    left: str
    right: str
    both_ways: bool


def _sides(line: str) -> _Sides | None:
    """The two sides of `question :: answer` or `:::`; there is a blank beside the colons, and no others."""
    left, sign, right = line.partition("::")
    both_ways = right.startswith(":")
    right = right.removeprefix(":")
    is_apart = left[-1:].isspace() or right[:1].isspace()
    if item := _ITEM.match(left):
        left = left[item.end() :]
    left, right = left.strip(), right.strip()
    return (
        _Sides(left, right, both_ways) if sign and is_apart and left and right and "::" not in right else None
    )


def _with_holes(text: str) -> Iterator[str]:
    """The lines of a text with its brackets as numbered holes; none if one cannot be a hole."""
    number = 0
    made: list[str] = []
    for line in text.split("\n"):
        box = _BOX.match(line)
        start = box.end() if box else 0
        parts = [line[:start]]
        looked_at = _CODE.sub(lambda found: " " * len(found[0]), line)
        for found in _HOLE.finditer(looked_at, start):
            number += 1
            ours = hole(number, _BRACKETS.sub(r"\1", line[found.start(1) : found.end(1)]).strip())
            if not ours:
                return
            parts += [_BRACKETS.sub(r"\1", line[start : found.start()]), ours]
            start = found.end()
        made.append("".join((*parts, _BRACKETS.sub(r"\1", line[start:]))))
    yield from made


def _recognises(text: str) -> int:
    lines = text.split("\n")
    marked = [found[1] for line in lines if (found := _MARKER.fullmatch(line.rstrip("\r")))]
    if "C" in marked or ("Q" in marked and "A" in marked):
        return 7
    return 2 if any(map(_sides, lines)) else 0


FORMAT = Format(
    name="markdown",
    what="flashcards in Markdown",
    suffixes=(".md", ".markdown"),
    recognises=_recognises,
    read=read,
)
