"""Our question types as note types of Anki: their fields, the two sides of their cards, and how they look.

A note type is named after ours, and so are its fields. The common ones come behind its own: a hint, which is
shown on request, an explanation, a quote and its speaker, as of when it was so, the sources, and the hidden
field of `origin`. Where a note has several cards, each has a field for its question, and one for its answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from trainer.core.answers import MOST
from trainer.formats.anki.origin import FIELD

MADE = 1_796_000_000
"""When these were last changed, in seconds since 1970: Anki keeps what a learner has changed since."""

COMMON = ("Hint", "Explanation", "Quote", "Speaker", "As of", "Sources", FIELD)
ROLES = ("what", "who", "whom", "when", "where", "why")
"""The roles of an event, in the order of its cards in Anki."""

ACCOUNTS = (*map(str, range(1, MOST + 1)), "who", "differ")
"""The cards of a note of accounts, in their order in Anki."""

FIRST_ID = 1_600_000_000_000
IDS = 100_000_000_000
"""Ids are chosen among so many, as if things had been made in 2020 or later: milliseconds since 1970."""


class Template(NamedTuple):
    """A card of a note type: its name, and its two sides."""

    name: str
    front: str
    back: str


class NoteType(NamedTuple):
    """A note type; the last of its fields is the hidden one."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    is_cloze: bool = False

    @property
    def id(self) -> int:
        """The same for the same name, so that a second package has the same note types."""
        return stable_id(f"note type {self.name}")


def stable_id(text: str) -> int:
    """An id for something in Anki, always the same for the same text."""
    digest = blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest()
    return FIRST_ID + int.from_bytes(digest, "big") % IDS


def given(field: str, content: str) -> str:
    """What a template shows where a field is not empty."""
    return f"{{{{#{field}}}}}{content}{{{{/{field}}}}}"


def shown(field: str, *, kind: str = "div", how: str = "") -> str:
    """A field with a class of its own, where it is not empty; `how` is a filter of Anki, as `hint:`."""
    name = field.lower().replace(" ", "-")
    return given(field, f'<{kind} class="{name}">{{{{{how}{field}}}}}</{kind}>\n')


_AS_OF = given("As of", '<div class="as-of">(as of {{As of}})</div>\n')
_HINT = shown("Hint", how="hint:")
_QUOTE = given("Quote", "<blockquote>“{{Quote}}”{{#Speaker}} — {{Speaker}}{{/Speaker}}</blockquote>\n")
_LINE = '<hr id="answer">\n'


def _asked(question: str, *, more: str = "", as_of: str = _AS_OF) -> str:
    return f'<div class="question">{{{{{question}}}}}</div>\n{as_of}{more}'


def _answered(answer: str, *, more: str = "") -> str:
    told = _QUOTE + shown("Explanation") + more + shown("Sources")
    return f'{_LINE}<div class="right">{{{{{answer}}}}}</div>\n{told}'


def _single(name: str) -> NoteType:
    """A note type with one card that asks for an answer."""
    asked = _asked("Question")
    card = Template("Card", asked + _HINT, asked + _answered("Answer"))
    return NoteType(f"trainer: {name}", ("Question", "Answer", *COMMON), (card,))


def _typed(name: str) -> NoteType:
    """A note type with one card whose answer is typed, and compared by Anki."""
    asked = _asked("Question")
    back = asked + _answered("type:Answer", more=shown("Also right"))
    card = Template("Card", f"{asked}{{{{type:Answer}}}}\n{_HINT}", back)
    return NoteType(f"trainer: {name}", ("Question", "Answer", "Also right", *COMMON), (card,))


def _offered(name: str) -> NoteType:
    """A note type with one card that shows what there is to choose from, or to put in order."""
    asked = _asked("Question", more=shown("Options"))
    card = Template("Card", asked + _HINT, asked + _answered("Answer"))
    return NoteType(f"trainer: {name}", ("Question", "Options", "Answer", *COMMON), (card,))


def _reversed() -> NoteType:
    def side(name: str, front: str, back: str) -> Template:
        return Template(name, given(front, _asked(front) + _HINT), _asked(front) + _answered(back))

    sides = (side("Forward", "Front", "Back"), side("Backward", "Back", "Front"))
    return NoteType("trainer: reversed", ("Front", "Back", *COMMON), sides)


def _cloze() -> NoteType:
    asked = _asked("cloze:Text")
    card = Template("Cloze", f"{asked}{{{{type:cloze:Text}}}}\n{_HINT}", asked + _answered("type:cloze:Text"))
    return NoteType("trainer: cloze", ("Text", *COMMON), (card,), is_cloze=True)


def _several(name: str, first: Sequence[str], parts: Sequence[str], *, more: str = "") -> NoteType:
    """A note type with a card for each part of which there is a question."""

    def card(part: str) -> Template:
        question, answer = part_fields(part)
        # What asks for a date must not tell when it was so.
        asked = _asked(question, as_of="" if part == "when" else _AS_OF)
        back = asked + _answered(answer, more=more)
        return Template(part.capitalize(), given(question, asked + _HINT), back)

    fields = [field for part in parts for field in part_fields(part)]
    return NoteType(f"trainer: {name}", (*first, *fields, *COMMON), tuple(map(card, parts)))


def part_fields(part: str) -> tuple[str, str]:
    """The fields with question and answer of a card of several: `Ask who` and `Who`, `Ask 1` and `Says 1`."""
    return f"Ask {part}", f"Says {part}" if part.isdigit() else part.capitalize()


def _all() -> dict[str, NoteType]:
    types = [
        *map(_single, ("basic", "list", "true-false")),
        *map(_typed, ("typed", "number", "date")),
        *map(_offered, ("choice", "order", "match")),
        _reversed(),
        _cloze(),
        _several("event", ("Event",), ROLES),
        _several("accounts", ("Question", "Accounts"), ACCOUNTS, more=shown("Accounts")),
    ]
    return {each.name.removeprefix("trainer: "): each for each in types}


NOTE_TYPES = _all()
"""Every note type by the name of ours."""

CSS = """\
.card { max-width: 40em; margin: 0 auto; padding: 0 .5em; font: 20px/1.5 system-ui, sans-serif; }
.card { color: #1d2430; background: #fdfdfb; }
.question { font-weight: 600; }
.right { font-weight: 600; color: #14623a; }
.as-of, .also-right, .sources, .hint, th { color: #5b6472; font-size: 16px; }
.explanation, blockquote, .sources, table { margin: .8em 0 0; }
blockquote { padding-left: .8em; border-left: 3px solid #c9ced6; font-style: italic; }
.also-right::before { content: "or: "; }
.sources { padding-top: .5em; border-top: 1px solid #dfe2e7; }
table { color: inherit; font-size: 18px; }
hr { border: 0; border-top: 2px solid #c9ced6; }
ol, ul { margin: .4em 0; padding-left: 1.6em; }
th { padding-right: 1em; text-align: left; vertical-align: top; font-weight: 400; }
.cloze { font-weight: 600; color: #1c5fb0; }
a { color: #1c5fb0; }
.nightMode.card, .nightMode .card { color: #e4e7ec; background: #1b1f26; }
.nightMode .right { color: #7fd3a4; }
.nightMode .as-of, .nightMode .also-right, .nightMode .sources { color: #a3acba; }
.nightMode .hint, .nightMode th { color: #a3acba; }
.nightMode .cloze, .nightMode a { color: #8ab8f5; }
.nightMode hr, .nightMode blockquote, .nightMode .sources { border-color: #454d59; }
"""
