"""Anki's notes as notes of ours: each note type by what its templates show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from trainer.core.form import Value
from trainer.core.visible import one_line
from trainer.formats.anki.origin import FIELD, Origin, unpacked
from trainer.formats.anki.records import AnkiNote, NoteType, Template
from trainer.formats.anki.templates import Side, TemplateError, shown, side
from trainer.formats.model import ANKI_HOLE, with_holes
from trainer.formats.plain import plain

FORWARD, BACKWARD, ONLY = "forward", "backward", "card"
"""The keys of the cards of `reversed`, and of types with one card."""

_OCCLUSION = 6
_OCCLUDED = re.compile(r"\{\{c\d{1,9}::image-occlusion:")
_SEPARATOR = "\x1f"
_TYPE, _HINT, _CLOZE = "type", "hint", "cloze"
_SHOWN = 120
_BRACES = re.compile(r"\{(?=\{)|\}(?=\})")
_OURS = re.compile(r"\{\{\d{1,3}::(?:(?!\{\{|\}\}).)*\}\}", re.S)
_EDITED = {"basic", "typed", "number", "date", "reversed", "cloze"}
"""Types of which an edit in Anki can be taken over: what is seen there are their own fields."""

_SEEN = {"question", "answer", "front", "back", "text", "hint", "explanation", "quote", "speaker"}
_MOST_TAGS = 200
_MOST_NAMES = 1_000
_LONGEST_TYPED = 200


class Taken(NamedTuple):
    """A note of ours, or None for cards only, and the key of the card that each place (`ord`) in Anki is.

    Of what comes from here, `deck` and `note` are the ids; the note has none where it was edited in Anki so
    that it is another one now. `edited` tells of any edit.
    """

    fields: Mapping[str, Value] | None
    keys: Mapping[int, str]
    deck: str = ""
    note: str = ""
    edited: bool = False


class LeftOutError(ValueError):
    """A note that cannot be taken; the message says why."""


class _Shown(NamedTuple):
    """A card as text: what is asked, what is answered, and what is told besides."""

    ord: int
    kind: str
    question: str
    answer: str
    hint: str
    explanation: str


class _Faces(NamedTuple):
    """A template, read once: its sides, and the fields that are hints or to be typed."""

    front: Side
    back: Side
    hints: tuple[str, ...]
    typed: tuple[str, ...]
    repeats: bool

    def behind(self, question: str, answer: str) -> str:
        """What a back says besides the front, which many repeat."""
        if question and self.repeats and (answer == question or answer.startswith(f"{question}\n")):
            return answer[len(question) :].lstrip()
        return answer


@lru_cache(maxsize=1_000)
def _faces(template: Template) -> _Faces:
    """Both sides of a template. Raises TemplateError."""
    front, back = side(template.front), side(template.back)
    typed = (*front.fields(_TYPE), *back.fields(_TYPE))
    return _Faces(front, back, front.fields(_HINT), typed, back.repeats(front))


class Taker:
    """Takes notes, and remembers the media that they name."""

    def __init__(self, kinds: Mapping[int, NoteType]) -> None:
        self.media: dict[str, None] = {}
        self.without_media = 0
        self._kinds = kinds
        self._has_media = False

    def take(self, note: AnkiNote, ords: Sequence[int]) -> list[Taken]:
        """What a note with cards at those places becomes. Raises LeftOutError."""
        kind = self._kinds.get(note.kind)
        if kind is None:
            raise LeftOutError("its note type is not in the package")
        values = note.fields.split(_SEPARATOR)
        fields = dict(zip(kind.fields, values, strict=False))
        self._has_media = False
        try:
            taken = self._own(kind, values, ords) or list(self._foreign(kind, fields, ords))
        except TemplateError as error:
            raise LeftOutError(str(error)) from error
        self.without_media += self._has_media
        tags = note.tags.split()
        if len(tags) > _MOST_TAGS:
            raise LeftOutError(f"more than {_MOST_TAGS} tags")
        return [self._with_tags(each, tags) for each in taken]

    def text_of(self, note: AnkiNote) -> str:
        """A note in one line, to be recognised by."""
        for value in note.fields[: 50 * _SHOWN].split(_SEPARATOR):
            text = " ".join(plain(value[: 10 * _SHOWN]).text.split())
            if text:
                return text[:_SHOWN]
        return f"note {note.id}"

    def _with_tags(self, taken: Taken, tags: Sequence[str]) -> Taken:
        """A note with the tags that it has in Anki, where it has not got them already."""
        if taken.fields is None or not tags:
            return taken
        given = taken.fields.get("tags", ())
        own = [given] if isinstance(given, str) else [tag for tag in given if isinstance(tag, str)]
        known = {"-".join(tag.split()) for tag in own}
        new = [shown for tag in tags if (shown := one_line(tag)) not in known]
        return taken._replace(fields={**taken.fields, "tags": [*own, *new]}) if new else taken

    def _own(self, kind: NoteType, values: Sequence[str], ords: Sequence[int]) -> list[Taken]:
        """A note that was made here, as it was; nothing for one that was not."""
        place = len(kind.fields) - 1
        if not kind.fields or kind.fields[-1] != FIELD or len(values) <= place:
            return []
        found = unpacked(values[place], values[:place])
        if found is None:
            return []
        origin, is_same = found
        keys = {ord: origin.keys[ord] for ord in ords if ord < len(origin.keys) and origin.keys[ord]}
        if origin.fields is None or is_same:
            return [Taken(origin.fields, keys, origin.deck, origin.note)]
        fields = dict(zip(kind.fields[:place], values, strict=False))
        if origin.type in _EDITED:
            edited = self._edited(origin, origin.fields, fields)
            return [Taken(edited, keys, origin.deck, origin.note, edited=True)]
        seen = self._foreign(kind, fields, ords)
        return [each._replace(deck=origin.deck, edited=True) for each in seen]

    def _edited(
        self, origin: Origin, fields: Mapping[str, Value], seen: Mapping[str, str]
    ) -> dict[str, Value]:
        """The fields of a note, with what is seen of them in Anki now in place of what was there."""
        found = dict(fields)
        for name, html in seen.items():
            own = name.lower()
            if own not in _SEEN or not (html or own in found):
                continue
            text = self._cloze_text(html) if own == "text" else self._plain(html)
            others = found.get(own)
            if isinstance(others, list) and text:
                found[own] = [text, *[other for other in others[1:] if other != text]]
            else:
                found[own] = text
        return found

    def _foreign(self, kind: NoteType, fields: dict[str, str], ords: Sequence[int]) -> Iterator[Taken]:
        if kind.stock == _OCCLUSION or any(_OCCLUDED.search(value) for value in fields.values()):
            raise LeftOutError("image occlusion: a picture with parts hidden")
        if kind.is_cloze:
            yield self._cloze(kind, fields, ords)
            return
        cards = [self._card(kind, fields, ord) for ord in ords if ord < len(kind.templates)]
        if not cards:
            raise LeftOutError("its cards have no template")
        if len(cards) == 2 and _are_mirrored(*cards):
            first = cards[0]
            keys = {first.ord: FORWARD, cards[1].ord: BACKWARD}
            sides = {"type": "reversed", "front": first.question, "back": first.answer}
            yield Taken(sides | {"hint": first.hint}, keys)
            return
        for card in cards:
            texts = {"type": card.kind, "question": card.question, "answer": card.answer}
            yield Taken(texts | {"hint": card.hint, "explanation": card.explanation}, {card.ord: ONLY})

    def _card(self, kind: NoteType, fields: Mapping[str, str], ord: int) -> _Shown:
        faces = _faces(kind.templates[ord])
        question = self._plain(shown(faces.front, fields, without=(_TYPE, _HINT)))
        if not question:
            raise LeftOutError(self._without("front"))
        hint = "\n".join(filter(None, [self._plain(fields.get(name, "")) for name in faces.hints]))
        answer = self._plain(fields.get(faces.typed[0], "")) if faces.typed else ""
        if answer and "\n" not in answer and len(answer) <= _LONGEST_TYPED:
            besides = self._plain(shown(faces.back, fields, without=(_TYPE,)))
            besides = "" if besides == answer else faces.behind(question, besides)
            return _Shown(ord, "typed", question, answer, hint, besides)
        answer = faces.behind(question, self._plain(shown(faces.back, fields)))
        if not answer:
            raise LeftOutError(self._without("back"))
        return _Shown(ord, "basic", question, answer, hint, "")

    def _cloze(self, kind: NoteType, fields: Mapping[str, str], ords: Sequence[int]) -> Taken:
        if not kind.templates:
            raise LeftOutError("its cards have no template")
        faces = _faces(kind.templates[0])
        front, back = faces.front, faces.back
        text = self._cloze_text(shown(front, fields, without=(_TYPE, _HINT)))
        if not text:
            raise LeftOutError(self._without("front"))
        hidden = {*front.fields(_CLOZE), *back.fields(_CLOZE)}
        context = {name: "" if name in hidden else value for name, value in fields.items()}
        besides = self._plain(shown(back, context, without=(_TYPE, _CLOZE)))
        told = self._plain(shown(front, context, without=(_TYPE, _HINT, _CLOZE)))
        holes = {int(number) for number in re.findall(r"\{\{(\d{1,3})::", text)}
        keys = {ord: f"c{ord + 1}" for ord in ords if ord + 1 in holes}
        return Taken({"type": "cloze", "text": text, "explanation": faces.behind(told, besides)}, keys)

    def _cloze_text(self, html: str) -> str:
        """A text with holes, ours in place of Anki's. Raises LeftOutError for holes that ours cannot be."""
        text = with_holes(self._plain(html))
        if "{{c" in text and (ANKI_HOLE.search(text) or "{{c" in _OURS.sub("", text)):
            raise LeftOutError("a hole within a hole, or one that contains '::' or braces")
        if not _OURS.search(text):
            if text:
                raise LeftOutError("a cloze without a hole")
            return ""
        # Braces that Anki takes for text would open holes here.
        parts: list[str] = []
        end = 0
        for hole in _OURS.finditer(text):
            parts += [_BRACES.sub(r"\g<0> ", text[end : hole.start()]), hole[0]]
            end = hole.end()
        return "".join((*parts, _BRACES.sub(r"\g<0> ", text[end:])))

    def _plain(self, html: str) -> str:
        text, media = plain(html)
        if media:
            self._has_media = True
            for name in media:
                if len(self.media) < _MOST_NAMES:
                    self.media[name.partition(" ")[2] or name] = None
        return text

    def _without(self, which: str) -> str:
        return f"its {which} is nothing but media" if self._has_media else f"its {which} is empty"


def _are_mirrored(one: _Shown, other: _Shown) -> bool:
    """Whether two cards ask for each other."""
    return (
        one.kind == other.kind == "basic"
        and one.question == other.answer
        and one.answer == other.question
        and not (one.explanation or other.explanation)
    )
