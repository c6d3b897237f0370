"""Notes added to a deck file: given an id, checked with the whole deck, written without touching the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.collection.drafts import field_at, label
from trainer.collection.finding import only_one
from trainer.config import Places
from trainer.core.deck import Card, Problem
from trainer.core.form import FieldError, fields_of, ordered, slug, value_of
from trainer.core.progress import Advance, parts, unseen
from trainer.core.questions import TYPES
from trainer.deckfiles import folder
from trainer.deckfiles.craft import note_findings
from trainer.deckfiles.emit import item_lines
from trainer.deckfiles.folder import DeckFile, File
from trainer.deckfiles.model import DEFAULT_TYPE
from trainer.deckfiles.nodes import Table, Text, Value, compose
from trainer.deckfiles.reader import Reading, read_deck, read_registries
from trainer.deckfiles.report import TOO_MANY, Report
from trainer.deckfiles.saving import ChangedOutsideError, replace
from trainer.deckfiles.shapes import plain
from trainer.deckfiles.writing import Document
from trainer.errors import DecksError, UsageError

__all__ = [
    "DEFAULT_TYPE",
    "Added",
    "NewNote",
    "RefusedError",
    "add",
    "deck_file",
    "note_of",
    "note_text",
    "notes_in",
]

Note = Mapping[str, Value]
"""The fields of a note, as in a deck file."""

_TRIES = 3
_FEW = 20
"""Notes added at once that the rules of the craft look at too."""

_SEVERAL = {"answer": "answers"}
"""What a field is called where it holds several answers, each with its own credit."""


class NewNote(NamedTuple):
    """A note that was added, or would be: its id, its fields, the line where it begins, its cards."""

    id: str
    fields: Note
    line: int
    cards: tuple[Card, ...]


class Added(NamedTuple):
    """What came of it: the deck's id and file, the notes, and the warnings that are new."""

    deck: str
    path: str
    notes: tuple[NewNote, ...]
    warnings: tuple[Problem, ...]


class RefusedError(DecksError):
    """Notes that the deck cannot have. `reasons` are pairs of a field, mostly, and what is wrong."""

    def __init__(self, message: str, *, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__(message, hint="nothing was written")
        self.reasons = tuple(reasons)


def deck_file(places: Places, wanted: str) -> DeckFile:
    """The deck meant by its path, its id, or a part of id or title that fits one only. Raises DecksError."""
    files = folder.find(places.decks)
    path = Path(wanted).expanduser()
    if path.suffix in folder.SUFFIXES and path.is_file() and path.name not in (folder.SOURCES, folder.NAMES):
        same = [file for file in files if Path(file.file.path).resolve() == path.resolve()]
        return same[0] if same else folder.find([path])[0]
    name = wanted.strip()
    if not name:
        raise UsageError("no deck is named", hint="name it by its id, a part of its title, or its path")
    if not files:
        raise DecksError(f"{wanted}: no such deck", hint="`trainer new` makes one")
    return only_one(
        name,
        files,
        kind="deck",
        called=lambda file: file.deck,
        told=lambda file: f"{file.deck}\n{_title(file)}",
    )


def note_of(kind: str, typed: Mapping[str, Sequence[str]]) -> dict[str, Value]:
    """A note of what was typed into its fields, each once or several times. Raises RefusedError.

    A field that the type does not have stays as it is typed: the deck says what is wrong with it.
    """
    known = {field.name: field for field in fields_of(TYPES[kind])} if kind in TYPES else {}
    note: dict[str, Value] = {} if kind == DEFAULT_TYPE else {"type": kind}
    for name, texts in typed.items():
        several = known.get(_SEVERAL.get(name, ""))
        field = known.get(name) or (several if several and several.kind == "parts" else None)
        if field is None:
            note[name] = "\n".join(texts)
            continue
        if field.kind in ("text", "truth") and len(texts) > 1:
            raise RefusedError("the note is not complete", reasons=[(name, "is given more than once")])
        try:
            value = value_of(field, "\n".join(texts))
        except FieldError as error:
            raise RefusedError("the note is not complete", reasons=[(name, str(error))]) from error
        if value is not None:
            note[field.name] = value
    return ordered(note)


def notes_in(text: str, *, name: str = "standard input") -> list[dict[str, Value]]:
    """The notes in a text: one as a mapping, several as a list, or those of a deck; YAML or JSON.

    Raises UsageError, with the line, for what is neither.
    """
    root = _from_json(text)
    if root is None:
        report = Report(name)
        node = compose(text.encode("utf-8", "surrogateescape"), report).root
        if report.errors:
            raise UsageError(str(report.problems[0]))
        root = plain(node) if node is not None else []
    if isinstance(root, Mapping) and not isinstance(root.get("notes", ""), str):
        root = root["notes"]
    given = [root] if isinstance(root, str | Mapping) else root
    notes = [dict(note) for note in given if isinstance(note, Mapping)]
    if not notes or len(notes) < len(given):
        raise UsageError(f"{name} holds no note", hint="a note is a mapping of fields, `question: …`")
    return notes


def note_text(note: Note) -> str:
    """A note as it is written in a deck file."""
    return "\n".join(item_lines(note, indent=2))


def _from_json(text: str) -> Value | None:
    """What JSON holds, None if it is none; numbers and truths are text, as in a deck file."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return _as_text(json.loads(text, parse_int=str, parse_float=str, parse_constant=str))
    except (ValueError, RecursionError):
        return None


def _as_text(value: object) -> Value:
    """A value of JSON; what is null is left out."""
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_as_text(item) for item in value if item is not None]
    return str(value).lower() if isinstance(value, bool) else str(value)


def add(
    places: Places,
    wanted: str,
    notes: Sequence[Note],
    *,
    dry_run: bool = False,
    advance: Advance = unseen,
) -> Added:
    """Add notes to a deck as its last. Those without an id get one, made of their words.

    Raises RefusedError if the deck cannot have them, and NotSavedError; then nothing was written.
    """
    for attempt in range(_TRIES):
        file = deck_file(places, wanted)
        added, content = _added(file, notes, advance)
        if dry_run:
            break
        try:
            replace(Path(file.file.path), content, instead_of=file.file.content)
            break
        except ChangedOutsideError:
            if attempt + 1 == _TRIES:
                raise
    return added


def _added(file: DeckFile, notes: Sequence[Note], advance: Advance) -> tuple[Added, bytes]:
    """A deck with notes added, and the content of its file."""
    if file.file.failure:
        raise DecksError(f"{file.file.path} {file.file.failure}")
    registry = read_registries(file.sources, file.names)
    for_now, for_then = parts(advance, (1, 1))
    before = read_deck(file, registry, advance=for_now)
    if before.deck is None:
        first = next(problem for problem in before.problems if problem.severity == "error")
        raise DecksError(f"{first}", hint=f"mend that first: `trainer edit {file.file.path}`")
    document = Document(file.file.content, path=file.file.path)
    at = len(document.notes)
    document = document.with_notes(_with_ids(notes, document))
    then = file._replace(file=File(file.file.path, document.content))
    after = read_deck(then, registry, keep=True, advance=for_then)
    new = [problem for problem in after.problems if problem not in before.problems]
    _refuse([problem for problem in new if problem.severity == "error"], document, at)
    made = tuple(_made(document, index, after) for index in range(at, len(document.notes)))
    warnings = [each for each in new if each.severity != "error" and each.code != TOO_MANY]
    if len(made) <= _FEW:
        warnings += (each for note in made for each in note_findings(after, note.id))
    return Added(file.deck, file.file.path, made, tuple(warnings)), document.content


def _made(document: Document, index: int, reading: Reading) -> NewNote:
    fields = document.note(index)
    cards = reading.deck.cards if reading.deck else ()
    name = str(fields["id"])
    own = tuple(card for card in cards if card.note == name)
    return NewNote(name, fields, document.notes[index].line, own)


def _refuse(errors: Sequence[Problem], document: Document, at: int) -> None:
    """Raise what is wrong with the notes from `at` on, each with the field that it is about."""
    if not errors:
        return
    notes = document.notes[at:]
    reasons = []
    for problem in errors:
        above = [note for note in notes if note.line <= problem.span.line]
        hint = f" ({problem.hint})" if problem.hint else ""
        reasons.append((field_at(above[-1], problem) if above else "", f"{problem.message}{hint}"))
    raise RefusedError("the deck cannot have this", reasons=reasons)


def _with_ids(notes: Sequence[Note], document: Document) -> list[dict[str, Value]]:
    taken = {str(node["id"]) for node in document.notes if isinstance(node, Table) and "id" in node}
    found: list[dict[str, Value]] = []
    for note in notes:
        given = note.get("id") or slug(label(note), taken=taken)
        taken.add(str(given))
        found.append(ordered({**note, "id": given}))
    return found


def _title(file: DeckFile) -> str:
    """The title of a deck; empty if it cannot be read."""
    root = compose(file.file.content, Report(file.file.path)).root
    title = root.get("title") if isinstance(root, Table) else None
    return title if isinstance(title, Text) else ""
