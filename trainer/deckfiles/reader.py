"""Deck files: every problem of a file at once, or its cards.

Importing this module costs pydantic and PyYAML: import it where decks are really read.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from hashlib import blake2b

from trainer.core import prompt
from trainer.core.collector import without_collector
from trainer.core.deck import Card, Deck, Problem
from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.core.question import Fault, Note, many
from trainer.deckfiles.articles import Copies
from trainer.deckfiles.citations import Citations
from trainer.deckfiles.folder import DeckFile, File
from trainer.deckfiles.making import Maker, SoundNote, by_type, unique
from trainer.deckfiles.model import read_head, read_note, read_root
from trainer.deckfiles.nodes import Items, Table, Text
from trainer.deckfiles.registries import Registry, read_registries
from trainer.deckfiles.report import START, Report, quoted, shortened
from trainer.deckfiles.shapes import as_json, is_table, shape_of

__all__ = ["Reading", "Registry", "derived_id", "read_deck", "read_decks", "read_registries"]

_MAX_MESSAGE = 160
_SHARES = (2, 3, 4)
"""How long it takes to read the values of a file, then its notes, and to make their cards."""
_EVENT = "event"
_COMMON_FIELDS = frozenset(field.name for field in fields(Note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a deck file: `deck` is None if any of the problems is an error in the file itself.

    `answers` are the texts, normalised, that a misspelling must not be: what is right for some card of the
    deck, and every name that serves it. `spellings` are those names, by normalised spelling. `notes` are the
    fields of the notes as they are written, as JSON, by id. `people` are the names that are a person's.
    """

    deck: Deck | None
    problems: tuple[Problem, ...] = ()
    answers: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a reading was made of: the file, its values with their places, its sound notes, what serves it."""

    file: DeckFile
    root: Table | None
    notes: tuple[SoundNote, ...]
    registry: Registry


@without_collector()
def read_decks(
    files: Sequence[DeckFile],
    *,
    copies: Copies | None = None,
    keep: bool = False,
    advance: Advance = unseen,
) -> list[Reading]:
    """Read deck files, each with the registries that serve it.

    With `copies`, what they cite is looked up in local copies of the articles. The problems of a reading are
    those of its registries, then its own: decks of one folder share the former. With `keep`, readings have
    what they were made of, for a look at the craft.
    """
    registries: dict[tuple[tuple[File, ...], tuple[File, ...]], tuple[Registry, dict[str, str]]] = {}
    readings: list[Reading] = []
    for file, told in zip(files, parts(advance, [len(file.file.content) for file in files]), strict=True):
        served_by = (file.sources, file.names)
        if served_by not in registries:
            found = read_registries(*served_by)
            registries[served_by] = found, found.names.by_spelling()
        registry, known = registries[served_by]
        reading = read_deck(file, registry, copies=copies, keep=keep, advance=told)
        readings.append(
            Reading(
                deck=reading.deck,
                problems=(*registry.problems, *reading.problems),
                answers=_answers(reading.deck) | known.keys() if reading.deck else frozenset(),
                spellings=known,
                notes=reading.notes,
                people=registry.names.people,
                kept=reading.kept,
            )
        )
        told(1, 1)
    return readings


def read_deck(
    file: DeckFile,
    registry: Registry,
    *,
    copies: Copies | None = None,
    keep: bool = False,
    advance: Advance = unseen,
) -> Reading:
    """Read one deck file; its problems come by line and column. Never raises, whatever is in the file."""
    report = Report(file.file.path)
    for_values, for_notes, for_cards = parts(advance, _SHARES)
    root = read_root(file.file, report, what="the deck", advance=for_values)
    if root is None:
        if not report.errors:
            report.error(START, "empty", "the file is empty", hint="a deck needs a title and notes")
        kept = Kept(file=file, root=None, notes=(), registry=registry) if keep else None
        return Reading(deck=None, problems=report.problems, kept=kept)
    head = read_head(root, report)
    reader = _DeckReader(file, registry, report, copies=copies)
    read = reader.notes(root, for_notes)
    kept = Kept(file=file, root=root, notes=tuple(read), registry=registry) if keep else None
    if head is None or report.errors:
        return Reading(deck=None, problems=report.problems, kept=kept)
    maker = Maker(file.deck, file.file.path, registry.names, read)
    cards = maker.cards(tags=many(head.tags), advance=for_cards)
    _warn_of_twins(cards, report)
    deck = Deck(
        id=file.deck,
        title=head.title,
        path=file.file.path,
        description=head.description,
        tags=unique(many(head.tags)),
        cards=cards,
        events=maker.events(),
    )
    notes = {each.id: as_json(each.node) for each in read}
    return Reading(deck=deck, problems=report.problems, notes=notes, kept=kept)


def errors_in(file: DeckFile, registry: Registry, *, advance: Advance = unseen) -> tuple[Problem, ...]:
    """What keeps a deck file from being studied, by line and column; no cards are made."""
    report = Report(file.file.path)
    for_values, for_notes = parts(advance, _SHARES[:2])
    root = read_root(file.file, report, what="the deck", advance=for_values)
    if root is not None:
        read_head(root, report)
        _DeckReader(file, registry, report).notes(root, for_notes)
    return tuple(problem for problem in report.problems if problem.severity == "error")


def derived_id(note: Note) -> str:
    """The id of a note that has none: `~` and ten hexadecimal digits of its type and own fields.

    Neither blanks nor the fields that every note may have make a difference.
    """
    own = {
        key: value
        for key, value in asdict(note).items()
        if key not in _COMMON_FIELDS and value not in ("", ())
    }
    content = json.dumps([note.type, _folded(own)], ensure_ascii=False, sort_keys=True, default=str)
    return "~" + blake2b(content.encode(), digest_size=5).hexdigest()


class _DeckReader:
    """Reads the notes of one file, and remembers their ids."""

    def __init__(
        self, file: DeckFile, registry: Registry, report: Report, *, copies: Copies | None = None
    ) -> None:
        self._registry = registry
        self._report = report
        self._citations = Citations(registry.sources, report, broken=registry.sources_broken, copies=copies)
        self._lines: dict[str, int] = {}

    def notes(self, root: Table, advance: Advance) -> list[SoundNote]:
        """The sound notes of a deck, checked each for itself and against each other."""
        notes = root.get("notes")
        if isinstance(notes, Items) and notes:
            tables = [node for node in notes if is_table(node, self._report, what="a note")]
            read = [found for found in map(self._read, one_by_one(tables, advance)) if found is not None]
            self._check_successors(read)
            self._check_across(read)
            return read
        if notes is None or isinstance(notes, Items):
            self._report.warn(notes or root, "no-notes", "the deck has no notes")
        elif isinstance(notes, Text) and notes.missing:
            self._report.error(notes, "no-value", "'notes' has no value")
        else:
            self._report.error(notes, "wrong-shape", f"'notes' must be a list, not {shape_of(notes)}")
        return []

    def _read(self, node: Table) -> SoundNote | None:
        note = read_note(node, self._report)
        name = self._id(node, note)
        cited = self._citations.of(node)
        if note is None or not self._is_sound(node, note):
            return None
        return SoundNote(node, name, note, cited)

    def _id(self, table: Table, note: Note | None) -> str:
        """The note's id, given or derived; empty if it has neither."""
        given = table.get("id")
        if given is None:
            hint = "give it one; without, an edit is recognised by likeness only"
            self._report.warn(table, "no-id", "the note has no id", hint=hint)
            name = derived_id(note) if note else ""
        else:
            name = str(given) if isinstance(given, Text) else ""
        if name in self._lines:
            taken = (
                "the same note is already there"
                if given is None
                else f"the id {quoted(name)} is already taken"
            )
            message = f"{taken} (line {self._lines[name]})"
            self._report.error(table if given is None else given, "duplicate-id", message)
        elif name:
            self._lines[name] = table.line
        return name

    def _check_successors(self, read: Sequence[SoundNote]) -> None:
        """What supersedes a note must be a note of the deck, and in the end not the note itself."""
        after = {each.id: each.note.superseded_by for each in read if each.note.superseded_by}
        for each in read:
            successor = after.get(each.id)
            if successor is None:
                continue
            at = each.node.get("superseded_by", each.node)
            if successor not in self._lines:
                hint = self._report.did_you_mean(successor, self._lines)
                message = f"there is no note {quoted(successor)} in this deck"
                self._report.error(at, "unknown-note", message, hint=hint)
            seen = {each.id}
            while successor in after and successor not in seen:
                seen.add(successor)
                successor = after[successor]
            if successor in seen:
                self._report.error(at, "circle", "notes supersede each other in a circle")

    def _check_across(self, read: Sequence[SoundNote]) -> None:
        """Report what is wrong between notes of one type, but for what a note that is not sound causes."""
        nodes = {each.id: each.node for each in read}
        for kind, group in by_type(read).items():
            for name, fault in kind.faults_across(group):
                if fault.given in self._lines.keys() - nodes.keys():
                    continue
                hint = fault.hint or self._report.did_you_mean(fault.given, self._lines) * bool(fault.given)
                at = nodes[name].get(fault.field, nodes[name])
                message = shortened(fault.message, _MAX_MESSAGE)
                tell = self._report.error if fault.severity == "error" else self._report.warn
                tell(at, fault.code, message, hint=hint)

    def _is_sound(self, table: Table, note: Note) -> bool:
        """Whether the note's type finds no fault with it that keeps it from making cards."""
        names = self._registry.names
        doubtful: set[Fault] = set()
        if self._registry.names_broken:
            doubtful = {*note.faults(names)} - {*note.faults(_MoreNames(names.entries))}
        sound = True
        for fault in note.faults(names):
            at = table.get(fault.field, table)
            message = shortened(fault.message, _MAX_MESSAGE)
            if fault.severity != "error":
                self._report.warn(at, fault.code, message, hint=fault.hint)
            elif fault in doubtful:
                self._report.warn(at, fault.code, message, hint="names.yaml has problems of its own")
                sound = False
            else:
                self._report.error(at, fault.code, message, hint=fault.hint)
                sound = False
        return sound


def _warn_of_twins(cards: Sequence[Card], report: Report) -> None:
    """Warn of events about which one question asks for different things: it does not say which is meant."""
    asked: dict[str, Card] = {}
    for card in cards:
        form = card.prompt.form
        if card.type != _EVENT or card.shared or card.superseded_by:
            continue
        other = asked.setdefault(normalise(card.prompt.question), card)
        if normalise(other.prompt.form.answer) != normalise(form.answer):
            message = f"the question for {card.key} is also that of {quoted(other.note)}, with another answer"
            hint = f"word it in ask, or leave it out: `skip: {card.key}`"
            report.warn(card.span, "same-question", message, hint=hint)


class _MoreNames(Names):
    """Names of which some may be missing: there could be another of any kind."""

    def of_the_same_kind(self, answer: str, *, unless_in: str) -> tuple[str, ...]:
        """What is known, or a name nobody knows."""
        return super().of_the_same_kind(answer, unless_in=unless_in) or ("…",)


def _folded(value: object) -> object:
    """Fields without differences in blanks and in how accents are stored."""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    if isinstance(value, dict):
        return {key: _folded(inner) for key, inner in value.items()}
    return [_folded(inner) for inner in value] if isinstance(value, list | tuple) else value


def _answers(deck: Deck) -> frozenset[str]:
    """What is right for some card of the deck, normalised, where it is a text of its own."""
    answers: set[str] = set()
    for card in deck.cards:
        form = card.prompt.form
        if isinstance(form, prompt.TypeIn):
            texts = form.expected.items if isinstance(form.expected, prompt.Items) else (form.expected,)
            for text in texts:
                if isinstance(text, prompt.Text):
                    answers.update(map(normalise, (*text.answers, *text.aliases)))
        elif isinstance(form, prompt.Choose):
            answers.update(map(normalise, form.answers))
    return frozenset(answers)
