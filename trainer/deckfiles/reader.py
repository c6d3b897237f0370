"""Deck files: every problem of a file at once, or its cards.

Importing this module costs pydantic and PyYAML: import it where decks are really read.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b

from trainer.core import prompt
from trainer.core.deck import Card, Citation, Deck, Problem, Source, Span
from trainer.core.names import Names
from trainer.core.normalise import normalise
from trainer.core.question import Fault, Note, many
from trainer.deckfiles.folder import DeckFile, File
from trainer.deckfiles.model import read_head, read_note, read_root
from trainer.deckfiles.nodes import Items, Node, Table, Text
from trainer.deckfiles.registries import Registry, read_registries
from trainer.deckfiles.report import START, Report, quoted, shortened
from trainer.deckfiles.shapes import is_table, shape_of

__all__ = ["Reading", "Registry", "derived_id", "read_deck", "read_decks", "read_registries"]

_PARAGRAPH = re.compile(r"[1-9][0-9]{0,5}")
_MAX_MESSAGE = 160
_COMMON_FIELDS = frozenset(field.name for field in fields(Note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a deck file: `deck` is None if any of the problems is an error in the file itself.

    `answers` are the texts, normalised, that a misspelling must not be: what is right for some card of the
    deck, and every name that serves it.
    """

    deck: Deck | None
    problems: tuple[Problem, ...] = ()
    answers: frozenset[str] = frozenset()


def read_decks(files: Sequence[DeckFile]) -> list[Reading]:
    """Read deck files, each with the registries that serve it.

    The problems of a reading are those of its registries, then its own: decks of one folder share the former.
    """
    registries: dict[tuple[tuple[File, ...], tuple[File, ...]], tuple[Registry, frozenset[str]]] = {}
    readings: list[Reading] = []
    for file in files:
        served_by = (file.sources, file.names)
        if served_by not in registries:
            found = read_registries(*served_by)
            spellings = (spelling for entry in found.names.entries for spelling in entry.spellings)
            registries[served_by] = found, frozenset(map(normalise, spellings))
        registry, known = registries[served_by]
        reading = read_deck(file, registry)
        readings.append(
            Reading(
                deck=reading.deck,
                problems=(*registry.problems, *reading.problems),
                answers=known | _answers(reading.deck) if reading.deck else frozenset(),
            )
        )
    return readings


def read_deck(file: DeckFile, registry: Registry) -> Reading:
    """Read one deck file; its problems come by line and column. Never raises, whatever is in the file."""
    report = Report(file.file.path)
    root = read_root(file.file, report, what="the deck")
    if root is None:
        if not report.errors:
            report.error(START, "empty", "the file is empty", hint="a deck needs a title and notes")
        return Reading(deck=None, problems=report.problems)
    head = read_head(root, report)
    cards = _DeckReader(file, registry, report).cards(root, tags=many(head.tags) if head else ())
    if head is None or report.errors:
        return Reading(deck=None, problems=report.problems)
    deck = Deck(
        id=file.deck,
        title=head.title,
        path=file.file.path,
        description=head.description,
        tags=_unique(many(head.tags)),
        cards=cards,
    )
    return Reading(deck=deck, problems=report.problems)


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

    def __init__(self, file: DeckFile, registry: Registry, report: Report) -> None:
        self._deck = file.deck
        self._registry = registry
        self._report = report
        self._lines: dict[str, int] = {}

    def cards(self, root: Table, *, tags: tuple[str, ...]) -> tuple[Card, ...]:
        """The cards of all notes that are in order."""
        notes = root.get("notes")
        if isinstance(notes, Items) and notes:
            return tuple(card for node in notes for card in self._cards_of(node, tags))
        if notes is None or isinstance(notes, Items):
            self._report.warn(notes or root, "no-notes", "the deck has no notes")
        elif isinstance(notes, Text) and notes.missing:
            self._report.error(notes, "no-value", "'notes' has no value")
        else:
            self._report.error(notes, "wrong-shape", f"'notes' must be a list, not {shape_of(notes)}")
        return ()

    def _cards_of(self, node: Node, tags: tuple[str, ...]) -> Iterator[Card]:
        report = self._report
        if not is_table(node, report, what="a note"):
            return
        note = read_note(node, report)
        name = self._id(node, note)
        sources = self._citations(node)
        self._check_quote(node)
        if note is None or not self._is_sound(node, note):
            return
        for draft in note.drafts(self._registry.names):
            yield Card(
                deck=self._deck,
                note=name,
                key=draft.key,
                type=note.type,
                aspect=draft.aspect,
                prompt=draft.prompt,
                also=draft.also,
                span=Span(report.path, node.line, node.column),
                hint=note.hint,
                explanation="\n\n".join(filter(None, (draft.explanation, note.explanation))),
                as_of=note.as_of,
                quote=note.quote,
                speaker=note.speaker,
                sources=sources,
                tags=_unique((*tags, *many(note.tags))),
            )

    def _id(self, table: Table, note: Note | None) -> str:
        """The note's id, given or derived; empty if it has neither."""
        given = table.get("id")
        if given is None:
            hint = "give it one, or an edit makes it a new note"
            self._report.warn(table, "no-id", "the note has no id", hint=hint)
            name, message = derived_id(note) if note else "", "the same note is already there"
        else:
            name = str(given) if isinstance(given, Text) else ""
            message = f"the id {quoted(name)} is already taken"
        if name in self._lines:
            message = f"{message} (line {self._lines[name]})"
            self._report.error(table if given is None else given, "duplicate-id", message)
        elif name:
            self._lines[name] = table.line
        return name

    def _citations(self, table: Table) -> tuple[Citation, ...]:
        given = table.get("source")
        if given is None or (isinstance(given, Items) and not given):
            hint = "name one as article#paragraph"
            self._report.warn(given or table, "no-source", "the note cites no source", hint=hint)
            return ()
        texts = given if isinstance(given, Items) else (given,)
        found = (self._citation(text) for text in texts if isinstance(text, Text) and not text.missing)
        return tuple(citation for citation in found if citation is not None)

    def _citation(self, text: Text) -> Citation | None:
        """The paragraph that `article#paragraph` names, or the article that `article` does."""
        name, separator, paragraph = text.partition("#")
        source = self._registry.sources.get(name)
        if source is None and self._registry.sources_broken:
            source = Source(id=name, title=name)
        if source is None:
            hint = self._report.did_you_mean(name, self._registry.sources) or "add it to sources.yaml"
            self._report.error(text, "unknown-source", f"there is no source {quoted(name)}", hint=hint)
        if separator and not _PARAGRAPH.fullmatch(paragraph):
            hint = "paragraphs count from 1, as in article#4"
            message = f"{quoted(paragraph)} is not the number of a paragraph"
            self._report.error(text, "bad-paragraph", message, hint=hint)
            return None
        return Citation(source=source, paragraph=int(paragraph or 0)) if source else None

    def _check_quote(self, table: Table) -> None:
        quote, speaker = table.get("quote"), table.get("speaker")
        if quote is not None and speaker is None:
            self._report.warn(quote, "no-speaker", "a quote without its speaker")
        if speaker is not None and quote is None:
            self._report.warn(speaker, "no-quote", "a speaker without a quote")

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
                self._report.warn(at, "fault", message, hint=fault.hint)
            elif fault in doubtful:
                self._report.warn(at, "fault", message, hint="names.yaml has problems of its own")
                sound = False
            else:
                self._report.error(at, "fault", message, hint=fault.hint)
                sound = False
        return sound


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


def _unique(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
