"""A deck as Markdown to be read: `Q:` and `A:` for a card, `C:` for what has holes, and the sources.

Questions and answers are such that `import` reads them back; what stands below a line is for people only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TextIO

from trainer.formats.written import DeckFormat, Side, WrittenDeck, WrittenNote

_MEANT = re.compile(
    r"^(\s{0,3}(?:[-*+]\s+)?)([QAC]):|^(\s*)(#|-{3}|\*{3}|_{3}|```|~~~|tags:\s*#)", re.M | re.I
)
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
_HOLE = re.compile(r"\{\{\d+::(.*?)(?:::.*?)?\}\}", re.S)
_BRACKETS = re.compile(r"([\[\]])")
_RULE = "\n\n---\n\n"


def write(deck: WrittenDeck, stream: TextIO) -> Sequence[str]:
    """Write a deck, a card after the other."""
    stream.write(f"# {_line(deck.title)}\n\n")
    if deck.description:
        stream.write(f"{_escaped(deck.description)}{_RULE}")
    if deck.tags:
        stream.write(f"{' '.join(f'#{tag}' for tag in deck.tags)}\n\n")
    where = deck.title
    for note in deck.notes:
        for side in note.cards[:1]:
            if side.where not in ("", where):
                where = side.where
                stream.write(f"## {_line(where)}\n\n")
        for lines in _cards(note):
            stream.write("\n".join(lines) + _RULE)
    return ()


def _cards(note: WrittenNote) -> Iterator[list[str]]:
    text = note.fields.get("text")
    if note.fields.get("type") == "cloze" and isinstance(text, str) and note.cards:
        told = list(chain.from_iterable(map(_told, note.cards[:1])))
        yield [f"C: {_with_brackets(text)}", *told]
        return
    for side in note.cards:
        question = "\n".join((side.question, *(f"- {option}" for option in side.options)))
        yield [f"Q: {_escaped(question)}", "", f"A: {_escaped(side.answer)}", *_told(side)]


def _told(side: Side) -> Iterator[str]:
    """What belongs to a card beside its question and answer."""
    told = [
        side.hint and f"Hint: {side.hint}",
        side.as_of and f"As of {side.as_of}.",
        side.quote,
        side.explanation,
        *(f"Source: {source}" for source in side.sources),
        *(f"<{url}>" for url in side.urls if re.fullmatch(r"https?://[^\s<>]+", url)),
    ]
    lines = [text for text in told if text]
    if lines:
        yield "\n---\n"
        for line in lines:
            yield "> " + (line if line.startswith("<http") else _escaped(line)).replace("\n", "\n> ") + "  "


def _with_brackets(text: str) -> str:
    """A text with its holes in brackets."""
    parts: list[str] = []
    at = 0
    for found in _HOLE.finditer(text):
        parts += [_bracketed(text[at : found.start()]), f"[{_bracketed(found[1])}]"]
        at = found.end()
    return _escaped("".join((*parts, _bracketed(text[at:]))))


def _bracketed(text: str) -> str:
    return _BRACKETS.sub(r"\\\1", text)


def _escaped(text: str) -> str:
    """A text of which no line would begin something else, and nothing is taken for HTML."""
    text = _MEANT.sub(
        lambda found: f"{found[1]}{found[2]}\\:" if found[2] else f"{found[3]}\\{found[4]}", text
    )
    return _MARKUP.sub(r"\\<", text)


def _line(text: str) -> str:
    return _MARKUP.sub(r"\\<", " ".join(text.split()))


DECK = DeckFormat(name="markdown", what="Markdown", suffixes=(".md", ".markdown"), write=write)
