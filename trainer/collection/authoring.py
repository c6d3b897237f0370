"""Writing a deck beside an article: notes made, changed and taken out, each checked as it is typed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trainer.collection.drafts import (
    Drafted,
    FieldProblem,
    NoteRow,
    cited_sources,
    field_at,
    is_in,
    label,
    only_comments,
)
from trainer.collection.ledger import Act, Ledger, Write
from trainer.core.article import Article
from trainer.core.deck import Card, Source
from trainer.core.form import ordered, slug
from trainer.deckfiles import articles, folder, saving
from trainer.deckfiles.craft import note_findings
from trainer.deckfiles.emit import UnwritableError, deck_text, table_lines
from trainer.deckfiles.nodes import Table, Value
from trainer.deckfiles.reader import Reading, read_deck, read_registries
from trainer.deckfiles.saving import ChangedOutsideError
from trainer.deckfiles.schema import file_name, modeline, schema_text
from trainer.deckfiles.writing import Document, UneditableError
from trainer.errors import DecksError

if TYPE_CHECKING:
    from trainer.collection import Collection

__all__ = ["Bench", "ChangedOutsideError", "Drafted", "FieldProblem", "NoteRow"]

_MOST_LINES = 2_000
"""Lines of difference that are told."""


class _Tried(NamedTuple):
    """A note with its id, the deck with it in it, how that is read, and what the note comes to."""

    fields: Mapping[str, Value]
    document: Document | None = None
    reading: Reading | None = None
    drafted: Drafted = Drafted()

    def with_error(self, code: str, message: str, hint: str = "") -> _Tried:
        return self._replace(drafted=Drafted(problems=(FieldProblem("", "error", code, message, hint),)))


class Bench:
    """A deck file that is being written, beside an article or none.

    The file need not exist: it is made, of the title given, when the first note is saved. Raises DecksError
    if the article or the deck cannot be read.
    """

    def __init__(
        self, collection: Collection, path: Path, *, article: Path | None = None, title: str = ""
    ) -> None:
        self.collection = collection
        self.path = path
        self.article_path = article
        self.article = _read_article(article) if article else Article()
        self._title = title or self.article.title or path.stem
        self._ledger = Ledger()
        self.read()

    # What there is

    def read(self) -> None:
        """Take the files as they are now; what was done before can be taken back no more.

        If they cannot be read, this raises, and all stays as it was.
        """
        file = folder.serving(self.path, self.collection.places.decks)
        if file.file.failure and os.path.lexists(self.path):
            raise DecksError(f"{self.path} {file.file.failure}")
        on_disk = saving.read(self.path)
        document = Document(self._empty() if on_disk is None else on_disk, path=str(self.path))
        self._file, self._on_disk = file, on_disk
        cards = self.collection.cards()
        here = {path for path in {card.span.path for card in cards} if _is_same(Path(path), self.path)}
        self._elsewhere = [card for card in cards if card.span.path not in here]
        self._take(document)
        self._ledger.clear()

    def _take(self, document: Document, reading: Reading | None = None) -> None:
        self._document = document
        self._registry = read_registries(self._file.sources, self._file.names)
        self.source, self.source_is_new = self._source()
        reading = reading or self._reading(document.content)
        self.problems = (*self._registry.problems, *reading.problems)
        self.title = reading.deck.title if reading.deck else self.path.stem
        self.notes = tuple(self._rows(document, reading))
        here = reading.deck.cards if reading.deck else ()
        cited = (_paragraphs(card, self.source) for card in (*self._elsewhere, *here))
        self._cited = Counter(number for numbers in cited for number in numbers)

    @property
    def is_new(self) -> bool:
        """Whether the file is not on disk yet."""
        return self._on_disk is None

    @property
    def deck(self) -> str:
        """The id of the deck."""
        return self._file.deck

    @property
    def sources(self) -> Mapping[str, Source]:
        """The sources that serve the deck, by id, with the one of the article."""
        found = dict(self._registry.sources)
        return found | {self.source.id: self.source} if self.source else found

    @property
    def name_spellings(self) -> tuple[str, ...]:
        """Every spelling of a name that serves the deck."""
        return tuple(spelling for name in self._registry.names.entries for spelling in name.spellings)

    def cards_citing(self, paragraph: int) -> int:
        """How many cards of all decks cite a paragraph of the article."""
        return self._cited[paragraph]

    def fields(self, index: int) -> dict[str, Value]:
        """The fields of a note as they are written, `type` among them."""
        return self._document.note(index)

    def find(self, note: str) -> int | None:
        """Where a note of that id is."""
        return next((row.place for row in self.notes if row.id == note), None)

    def as_yaml(self, fields: Mapping[str, Value]) -> str:
        """A note as it would be written."""
        return "\n".join(table_lines(ordered(fields)))

    def has_changed_outside(self) -> bool:
        """Whether the file is not what it was when it was last read or written here."""
        return saving.read(self.path) != self._on_disk

    def changes_outside(self) -> tuple[str, ...]:
        """How the file on disk differs from what was read here, in lines that begin with `+` or `-`."""
        ours, theirs = self._on_disk or b"", saving.read(self.path) or b""
        before, now = (text.decode(errors="replace").splitlines() for text in (ours, theirs))
        lines = unified_diff(before, now, n=1)
        told = [line for line in lines if not line.startswith(("---", "+++"))]
        return tuple(told[:_MOST_LINES])

    # Writing

    def draft(self, fields: Mapping[str, Value], *, index: int | None = None) -> Drafted:
        """What a note comes to if it were saved, in place of the one at `index` or as a new one."""
        return self._try(fields, index).drafted

    def save(self, fields: Mapping[str, Value], *, index: int | None = None) -> int:
        """Write a note, in place of the one at `index` or as a new one; where it stands then.

        Everything else in the file stays as it is, byte for byte. Raises ChangedOutsideError if the file was
        changed in the meantime, NotSavedError if it cannot be written, DecksError if the note has an error;
        then nothing has changed.
        """
        tried = self._try(fields, index, with_craft=False)
        if tried.document is None or tried.drafted.errors:
            raise DecksError(f"this note has an error: {tried.drafted.errors[0].message}")
        place = len(tried.document.notes) - 1 if index is None else index
        name = tried.fields.get("id") or self.notes[place].id
        what = f"{'the new note' if index is None else 'the change of'} {name}"
        self._write(tried, what, with_source=self._cites_article(tried.fields))
        return place

    def delete(self, index: int) -> None:
        """Take a note out of the file. Raises as `save` does."""
        row = self.notes[index]
        self._write(_Tried({}, self._document.without_note(index)), f"the deletion of {row.id}")

    @property
    def can_undo(self) -> bool:
        """Whether something was written here that can be taken back."""
        return self._ledger.can_undo

    def undo(self) -> str:
        """Take back what was last written here; what that was, empty if there is nothing.

        Raises as `save` does.
        """
        return self._turned(self._ledger.undo())

    def redo(self) -> str:
        """Write again what was last taken back; as `undo`."""
        return self._turned(self._ledger.redo())

    # Inside

    def _source(self) -> tuple[Source | None, bool]:
        """The source that the article is, and whether it has still to be put into `sources.yaml`."""
        if self.article_path is None:
            return None, False
        known = self._registry.sources
        here = os.path.realpath(self.article_path)
        by_file = (each for each in known.values() if each.file and os.path.realpath(each.file) == here)
        found = next(by_file, known.get(self.article_path.stem))
        if found is not None:
            return found, False
        name = slug(self.article_path.stem, taken=tuple(known))
        article = self.article
        source = Source(
            id=name,
            title=article.title or self.article_path.stem,
            publisher=article.publisher,
            author=article.author,
            published=article.date,
            url=article.url,
            file=str(self.article_path.absolute()),
        )
        return source, True

    def _reading(self, content: bytes, *, keep: bool = False) -> Reading:
        file = self._file._replace(file=folder.File(self._file.file.path, content))
        registry = self._registry
        if self.source is not None and self.source_is_new:
            from dataclasses import replace

            registry = replace(registry, sources={**registry.sources, self.source.id: self.source})
        return read_deck(file, registry, keep=keep)

    def _rows(self, document: Document, reading: Reading) -> list[NoteRow]:
        by_line: dict[int, list[Card]] = {}
        for card in reading.deck.cards if reading.deck else ():
            by_line.setdefault(card.span.line, []).append(card)
        rows: list[NoteRow] = []
        for index, node in enumerate(document.notes):
            fields = node if isinstance(node, Table) else {}
            cards = tuple(by_line.get(node.line, ()))
            rows.append(
                NoteRow(
                    place=index,
                    id=str(fields.get("id") or (cards[0].note if cards else "")),
                    type=str(fields.get("type") or "basic"),
                    label=label(fields),
                    line=node.line,
                    cited=tuple(dict.fromkeys(str(each) for card in cards for each in card.sources)),
                    cards=cards,
                    problems=tuple(each for each in reading.problems if is_in(each, document, index)),
                )
            )
        return rows

    def _with_id(self, fields: Mapping[str, Value], index: int | None) -> dict[str, Value]:
        """The fields in order; a new note without an id gets one, made of what it asks."""
        if fields.get("id") or index is not None:
            return ordered(fields)
        taken = [row.id for row in self.notes]
        return ordered({"id": slug(label(fields), taken=taken), **fields})

    def _try(self, fields: Mapping[str, Value], index: int | None, *, with_craft: bool = True) -> _Tried:
        """The deck with a note in it, and what the note comes to."""
        fields = self._with_id(fields, index)
        try:
            if index is None:
                document = self._document.with_note(fields)
            else:
                document = self._document.with_fields(index, fields)
        except UneditableError as error:
            return _Tried(fields).with_error("uneditable", str(error), error.hint)
        except UnwritableError as error:
            return _Tried(fields).with_error("control-character", str(error))
        place = len(document.notes) - 1 if index is None else index
        reading = self._reading(document.content, keep=True)
        drafted = _drafted(document, place, reading, with_craft=with_craft)
        if not drafted.cards and not drafted.errors:
            only = Document(deck_text({"title": self._title}, [fields]).encode(), path=str(self.path))
            alone = _drafted(only, 0, self._reading(only.content, keep=True), with_craft=with_craft)
            drafted = alone._replace(alone=True)
        return _Tried(fields, document, reading, drafted)

    def _cites_article(self, fields: Mapping[str, Value]) -> bool:
        return self.source is not None and self.source.id in cited_sources(fields)

    def _write(self, tried: _Tried, what: str, *, with_source: bool = False) -> None:
        after = tried.document
        assert after is not None
        writes = [Write(self.path, self._on_disk, after.content)]
        is_same = self._serves_as_before() and not (with_source and self.source_is_new)
        if with_source and self.source_is_new:
            writes.insert(0, self._new_source())
        made = {
            "deck" if write.path == self.path else "sources": write.path
            for write in writes
            if write.before is None
        }
        schemas = {kind: path.with_name(file_name(kind)) for kind, path in made.items()}
        writes += (
            Write(path, None, schema_text(kind).encode())
            for kind, path in schemas.items()
            if not path.exists()
        )
        self._ledger.write(what, writes)
        self._on_disk = after.content
        self._settled(after, tried.reading if is_same else None)

    def _serves_as_before(self) -> bool:
        """Whether sources and names are still those that the deck was read with."""
        now = folder.serving(self.path, self.collection.places.decks)
        return (now.sources, now.names) == (self._file.sources, self._file.names)

    def _new_source(self) -> Write:
        """The file of sources, with what it holds now and with the article."""
        assert self.source is not None
        served = [Path(file.path) for file in self._file.sources]
        path = served[-1] if served else self.path.parent / folder.SOURCES
        given = {
            "title": self.source.title,
            "publisher": self.source.publisher,
            "author": self.source.author,
            "published": self.source.published,
            "url": self.source.url,
            "file": _seen_from(path.parent, Path(self.source.file)),
        }
        fields = {name: value for name, value in given.items() if value}
        before = saving.read(path)
        if before is None or only_comments(before):
            above = f"{modeline('sources')}\n".encode() if before is None else before
            lines = [f"{self.source.id}:", *table_lines(fields, indent=2)]
            return Write(path, before, above + ("\n".join(lines) + "\n").encode())
        after = Document(before, path=str(path)).with_entry(self.source.id, fields)
        return Write(path, before, after.content)

    def _turned(self, act: Act | None) -> str:
        if act is None:
            return ""
        self._on_disk = next(write.after for write in act.writes if write.path == self.path)
        text = self._empty() if self._on_disk is None else self._on_disk
        self._settled(Document(text, path=str(self.path)))
        return act.what

    def _settled(self, document: Document, reading: Reading | None = None) -> None:
        """Go on from what has just been written; `reading` is what it was read as, if it has been."""
        self._file = folder.serving(self.path, self.collection.places.decks)
        self._take(document, reading)

    def _empty(self) -> bytes:
        """The deck before its first note."""
        return deck_text({"title": self._title}, [], modeline=modeline("deck")).encode()


def _drafted(document: Document, index: int, reading: Reading, *, with_craft: bool) -> Drafted:
    """What a note of a deck that was read comes to."""
    node = document.notes[index]
    cards = [card for card in reading.deck.cards if card.span.line == node.line] if reading.deck else []
    poor = note_findings(reading, cards[0].note) if cards and with_craft else ()
    return Drafted(
        cards=tuple(cards),
        problems=tuple(
            FieldProblem(field_at(node, each), each.severity, each.code, each.message, each.hint)
            for each in (*reading.problems, *poor)
            if is_in(each, document, index)
        ),
    )


def _is_same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _read_article(path: Path) -> Article:
    copy = articles.read(path)
    if copy.article is None:
        raise DecksError(f"{copy.path} {copy.failure}")
    return copy.article


def _paragraphs(card: Card, source: Source | None) -> set[int]:
    return {each.paragraph for each in card.sources if source and each.source.id == source.id}


def _seen_from(base: Path, file: Path) -> str:
    """A path from a folder, where it lies beneath it or near by; else as it is."""
    relative = os.path.relpath(file, base)
    return relative if relative.count("..") <= 2 else str(file)
