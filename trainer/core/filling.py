"""What is typed into the form of a note, and what words taken from an article become in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from trainer.core.form import Field, FieldError, Value, fields_of, ordered, text_of, value_of
from trainer.core.grading.date_reading import read_dates
from trainer.core.grading.quantity import read_number
from trainer.core.questions import TYPES
from trainer.core.visible import visible

BASIC = "basic"
CLOZE = "cloze"
ACCOUNTS = "accounts"
_STATEMENT = "statement"
MOST = 20_000
"""Characters that a field takes; a longer text is left to an editor."""

_ASKED = ("question", "statement", "front", "text", "what")
_ANSWERS = ("answer", "back", "answers", "items")
_ROLES = "event"
"""The type whose `answers` is no answer, but the id of another note."""

_HOLE = re.compile(r"\{\{(?:(\d{1,3})::)?(.*?)(?:::.*?)?\}\}", re.S)
_IN_HOLES = ("{{", "}}", "::")
_GAP = "…"
_LONGEST_FIGURE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A note in the making: its type, and what is typed into its fields.

    `kept` are values that no typing means: they stay as they are. `typed` also holds what was typed while
    the note was of another type. `says_type` tells that the file names the type though it need not.
    """

    type: str = BASIC
    typed: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Value] = field(default_factory=dict)
    says_type: bool = False

    @classmethod
    def of(cls, note: Mapping[str, Value]) -> Self:
        """The form of a note as it is written. Raises KeyError if there is no such question type."""
        kind = note.get("type", BASIC)
        if not isinstance(kind, str):
            raise KeyError(kind)
        known = {each.name: each for each in fields_of(TYPES[kind])}
        typed: dict[str, str] = {}
        kept: dict[str, Value] = {}
        for name, value in note.items():
            if name == "type":
                continue
            text = text_of(known[name], value) if name in known else None
            if text is None or len(text) > MOST or visible(text) != text:
                kept[name] = value
            else:
                typed[_slot(kind, known[name])] = text
        return cls(type=kind, typed=typed, kept=kept, says_type="type" in note)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of its type."""
        return fields_of(TYPES[self.type])

    def text(self, name: str) -> str:
        """What is typed into a field."""
        return self.typed.get(_slot(self.type, self._field(name)), "")

    def with_text(self, name: str, text: str) -> Self:
        """The same with something else typed into a field."""
        return replace(self, typed={**self.typed, _slot(self.type, self._field(name)): text})

    def as_type(self, kind: str) -> Self:
        """The same as another type: what is asked and answered goes over, the rest is remembered."""
        if kind == self.type:
            return self
        made = replace(self, type=kind)
        for mine, other in ((self.asked, made.asked), (self.answered, made.answered)):
            text = self._as_said(mine)
            if other and text.strip():
                made = made.with_text(other, text)
        return made

    @property
    def asked(self) -> str:
        """The field that says what is asked."""
        own = [each.name for each in self.fields if each.own]
        return next((name for name in _ASKED if name in own), "")

    @property
    def answered(self) -> str:
        """The field that takes a text as the answer; empty where none does."""
        if self.type == _ROLES:
            return ""
        own = [each.name for each in self.fields if each.own and each.kind != "truth"]
        return next((name for name in _ANSWERS if name in own), "")

    def values(self) -> tuple[dict[str, Value], dict[str, str]]:
        """The fields of the note, `type` among them where it must be, and what is wrong by field."""
        found: dict[str, Value] = {}
        wrong: dict[str, str] = {}
        for each in self.fields:
            try:
                value = value_of(each, self.text(each.name))
            except FieldError as error:
                wrong[each.name] = str(error)
                continue
            if value is not None:
                found[each.name] = value
        if self.says_type or self.type != BASIC:
            found["type"] = self.type
        return ordered({**found, **self.kept}), wrong

    def missing(self) -> tuple[str, ...]:
        """The fields that its type needs and that are empty."""
        return tuple(
            each.name
            for each in self.fields
            if each.needed and each.name not in self.kept and not self.text(each.name).strip()
        )

    @property
    def meaning(self) -> tuple[dict[str, Value], dict[str, str]]:
        """What `values` gives, but for the type."""
        fields, wrong = self.values()
        return {name: value for name, value in fields.items() if name != "type"}, wrong

    @property
    def is_empty(self) -> bool:
        """Whether nothing of its own is typed."""
        own = [each.name for each in self.fields if each.own]
        return not any(name in self.kept or self.text(name).strip() for name in own)

    def citing(self, cited: str) -> Self:
        """The same citing one thing more; by accounts each source says something of its own."""
        names = [each.name for each in self.fields]
        name, line = ("accounts", f"{cited} = ") if "accounts" in names else ("source", cited)
        lines = [each for each in self.text(name).splitlines() if each.strip()]
        if name in self.kept or any(each.split(" = ")[0].strip() == cited for each in lines):
            return self
        return self.with_text(name, "\n".join([*lines, line]))

    def _field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)

    def _as_said(self, name: str) -> str:
        """A text without the holes of a cloze; as an answer, what the first of them hides."""
        if self.type == CLOZE:
            text = self.text("text")
            first = _HOLE.search(text)
            if not name:
                return first[2] if first else ""
            return _HOLE.sub(lambda hole: _GAP if first and hole.span() == first.span() else hole[2], text)
        return self.text(name) if name else ""


def begun(
    kind: str, *, cited: str = "", words: str = "", sentence: str = "", place: int | None = None
) -> Filling:
    """A new note of a type that cites a paragraph, with words of it as the answer, or as a hole.

    What is true or false is the sentence around them.
    """
    filling, words = Filling(type=kind), words[:MOST]
    if cited:
        filling = filling.citing(cited)
    if not words:
        return filling
    if kind == CLOZE:
        return with_hole(filling, words, sentence=sentence, place=place)
    if filling.answered:
        return filling.with_text(filling.answered, words)
    stated = any(each.name == _STATEMENT for each in filling.fields)
    return filling.with_text(_STATEMENT, sentence or words) if stated else filling


def merged(base: Filling, mine: Filling, theirs: Filling) -> tuple[Filling, list[str]]:
    """Their note with what was changed here, and the fields, `type` among them, that both have changed."""
    both: list[str] = []
    kind = theirs.type if mine.type == base.type else mine.type
    if kind != theirs.type and theirs.type != base.type:
        both.append("type")
    typed = dict(theirs.typed)
    for slot, text in mine.typed.items():
        before, now, name = base.typed.get(slot, ""), theirs.typed.get(slot, ""), slot.rpartition(".")[2]
        if text == before or name in theirs.kept:
            continue
        if now not in (before, text):
            both.append(name)
        typed[slot] = text
    return replace(theirs, type=kind, typed=typed), both


def type_for(words: str) -> str:
    """The question type that words are best typed as an answer of: a date, a number, or words."""
    if not any(map(str.isdigit, words)) and len(words) > _LONGEST_FIGURE:
        return "typed"
    if len(read_dates(words, misspelt=False).possible) == 1:
        return "date"
    return "typed" if read_number(words) is None else "number"


def with_hole(filling: Filling, words: str, *, sentence: str, place: int | None = None) -> Filling:
    """A cloze with one hole more: where the words stand in its text, else in the sentence, put after it.

    `place` is where they begin in the sentence, which may have them twice; without one it is the first that
    is free. The same where they are in a hole already, or hold what marks one.
    """
    text = filling.text("text")
    if any(sign in words for sign in _IN_HOLES):
        return filling
    number = 1 + max((int(hole[1] or 0) for hole in _HOLE.finditer(text)), default=0)
    unnumbered = sum(not hole[1] for hole in _HOLE.finditer(text))
    hole = f"{{{{{number + unnumbered}::{words}}}}}"
    plain, places = _opened(text)
    begins = plain.find(sentence) if sentence else -1
    if len(text) + len(sentence) > MOST // 2:
        sentence, place = "", None
    if begins >= 0 and place is not None:
        stretch = places[begins + place : begins + place + len(words)]
        made = "" if None in stretch else f"{text[: stretch[0]]}{hole}{text[(stretch[-1] or 0) + 1 :]}"
        return filling.with_text("text", made) if made else filling
    found = _holed(text, words, hole)
    if found is None:
        if place is None:
            more = _holed(sentence, words, hole) or hole
        else:
            more = f"{sentence[:place]}{hole}{sentence[place + len(words) :]}"
        found = " ".join(filter(None, (text.rstrip(), more)))
    return filling.with_text("text", found)


def _opened(text: str) -> tuple[str, list[int | None]]:
    """A text without the marks of its holes, and where each of its characters stands; None is in a hole."""
    plain, places, end = "", list[int | None](), 0
    for found in _HOLE.finditer(text):
        plain += text[end : found.start()] + found[2]
        places += [*range(end, found.start()), *[None] * len(found[2])]
        end = found.end()
    return plain + text[end:], [*places, *range(end, len(text))]


def _holed(text: str, words: str, hole: str) -> str | None:
    """A text with words that stand in it outside of its holes, as whole words, made a hole."""
    end = 0
    spans = [*(each.span() for each in _HOLE.finditer(text)), (len(text), len(text))]
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for start, after in spans:
        found = pattern.search(text, end, start)
        if found:
            return text[: found.start()] + hole + text[found.end() :]
        end = after
    return None


def _slot(kind: str, each: Field) -> str:
    """Where what is typed is kept: apart from fields of the same name that hold something of another sort."""
    if each.kind == "truth" or (kind == _ROLES and each.name in _ANSWERS):
        return f"{kind}.{each.name}"
    return each.name
