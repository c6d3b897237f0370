"""Adding notes from the command line: taken, checked, told; or asked for, field by field."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trainer.cli import asking
from trainer.cli.output import say, say_json, warn
from trainer.cli.preview import card_lines
from trainer.cli.waiting import under_way
from trainer.collection.adding import (
    DEFAULT_TYPE,
    Added,
    Note,
    RefusedError,
    add,
    deck_file,
    note_of,
    note_text,
    notes_in,
)
from trainer.collection.editor import caution
from trainer.config import Places
from trainer.core.form import Field, fields_of
from trainer.core.questions import TYPES
from trainer.core.visible import one_line
from trainer.core.wording import capital, plural
from trainer.errors import DecksError

_OFTEN = ("source", "explanation", "hint", "tags")
"""The fields of any note that are mostly wanted, in this order."""


class Adding(NamedTuple):
    """What was given on the command line: what each field is, each once or several times, and the type."""

    typed: Mapping[str, Sequence[str]]
    kind: str | None
    dry_run: bool
    as_json: bool


def add_notes(places: Places, deck: str, wanted: Adding, *, anyway: bool) -> int:
    """Add what was given, else what standard input holds, else what a person is asked for; the exit code."""
    with under_way("Looking for the deck"):
        file = deck_file(places, deck).file.path
    if not (anyway or wanted.dry_run) and (reason := caution(file)):
        may_write = os.access(file, os.W_OK)
        raise DecksError(reason, hint="--anyway adds it all the same" if may_write else "")
    kind = wanted.kind
    try:
        if wanted.typed:
            notes: list[Note] = [note_of(kind or DEFAULT_TYPE, wanted.typed)]
        elif asking.is_someone_there():
            return _interview(places, file, kind or _ask_for_type(), wanted)
        else:
            notes = [{"type": kind, **note} if kind else note for note in notes_in(_read_all())]
        with under_way("Reading the deck") as advance:
            added = add(places, file, notes, dry_run=wanted.dry_run, advance=advance)
    except RefusedError as error:
        for line in _reasons(error):
            warn(line)
        raise
    _tell(added, wanted)
    return 0


def _read_all() -> str:
    """All of standard input, as it is."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        return sys.stdin.read() if sys.stdin else ""
    return bytes(stream.read()).decode("utf-8-sig", "surrogateescape")


def _reasons(error: RefusedError) -> list[str]:
    return [one_line(f"{field}: {reason}" if field else reason) for field, reason in error.reasons]


def _tell(added: Added, wanted: Adding) -> None:
    for warning in added.warnings:
        warn(one_line(f"warning: {warning.message}"))
    if wanted.as_json:
        told = [
            {
                "deck": added.deck,
                "note": note.id,
                "file": added.path,
                "line": note.line,
                "cards": [card.id for card in note.cards],
            }
            for note in added.notes
        ]
        say_json(told[0] if len(told) == 1 else told)
        return
    for note in added.notes:
        if wanted.dry_run:
            say(note_text(note.fields))
        else:
            say(one_line(f"{added.path}:{note.line}: {added.deck}/{note.id}"))


# Asked for, field by field


def _interview(places: Places, file: str, kind: str, wanted: Adding) -> int:
    """Ask for a note, show its cards, and save it if that is wanted."""
    fields = fields_of(TYPES[kind])
    typed: dict[str, list[str]] = {}
    for field in (field for field in fields if field.needed):
        while field.name not in typed:
            _ask_for(field, typed)
    asked = [field for field in fields if not field.needed and (field.own or field.name in _OFTEN)]
    asked.sort(key=lambda field: _OFTEN.index(field.name) if field.name in _OFTEN else -1)
    seldom = [field for field in fields if not field.needed and field not in asked]
    while True:
        for field in asked:
            _ask_for(field, typed)
        if seldom and asking.agrees(
            f"More ({', '.join(field.name for field in seldom)})?", unless_said=False
        ):
            for field in seldom:
                _ask_for(field, typed)
        seldom = []
        try:
            note = note_of(kind, typed)
            with under_way("Reading the deck") as advance:
                planned = add(places, file, [note], dry_run=True, advance=advance)
        except RefusedError as error:
            asking.tell()
            for line in _reasons(error):
                asking.tell(capital(line))
            asked = _to_mend(error, fields)
            continue
        break
    asking.tell()
    for card in planned.notes[0].cards:
        for line in card_lines(card):
            asking.tell(line)
        asking.tell()
    for warning in planned.warnings:
        asking.tell(one_line(f"warning: {warning.message}"))
    if not wanted.dry_run and not asking.agrees(f"Add it, {plural(len(planned.notes[0].cards), 'card')}?"):
        asking.tell("Nothing was written.")
        return 0
    with under_way("Writing the deck") as advance:
        added = add(places, file, [note], dry_run=wanted.dry_run, advance=advance)
    _tell(added._replace(warnings=()), wanted)
    return 0


def _ask_for_type() -> str:
    asking.tell(f"Types: {', '.join(sorted(TYPES))}")
    while (kind := asking.ask("Type", default=DEFAULT_TYPE)) not in TYPES:
        asking.tell(f"There is no type {kind!r}.")
    return kind


def _ask_for(field: Field, typed: dict[str, list[str]]) -> None:
    """Ask for a field; nothing typed keeps what there is."""
    about = one_line(field.about).rstrip(".")
    question = f"{field.name} - {about}" + ("" if field.needed else " (or nothing)")
    before = typed.get(field.name, [])
    if before:
        asking.tell(f"{field.name} is: {' / '.join(before)}")
    is_one = field.kind in ("text", "truth")
    given = asking.ask(question) if is_one else asking.ask_lines(question)
    if given:
        typed[field.name] = given.splitlines()


def _to_mend(error: RefusedError, fields: Sequence[Field]) -> list[Field]:
    """The fields that a refusal is about; all that are needed where it names none."""
    named = {field for field, _ in error.reasons}
    return [field for field in fields if field.name in named] or [field for field in fields if field.needed]
