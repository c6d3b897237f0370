"""Where what somebody names stands in the deck files, and what is wrong with a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from trainer.collection.checking import check
from trainer.config import Places
from trainer.core.deck import Problem, Span
from trainer.core.progress import Advance, unseen
from trainer.core.wording import some_of
from trainer.deckfiles import folder
from trainer.deckfiles.folder import DeckFile
from trainer.deckfiles.nodes import Items, Table, Text, compose
from trainer.deckfiles.reader import read_decks
from trainer.deckfiles.report import Report
from trainer.errors import DecksError

_PATH = re.compile(r"(?P<path>.+\.ya?ml)(?::(?P<line>\d{1,9}))?(?::\d+)?:?", re.S)


def place_of(places: Places, wanted: str, *, advance: Advance = unseen) -> Span:
    """The place of a card, a note or a deck, by its id, a part of it, or words of a question.

    A path may have a line, as in `deck.yaml:12`. A part must fit one note only, or one deck. Raises
    DecksError.
    """
    found = _PATH.fullmatch(wanted)
    if found and (path := Path(found["path"]).expanduser()).is_file():
        return Span(str(path), int(found["line"] or 1), 1)
    files = folder.find(places.decks)
    named = _Named(files, advance)
    name = wanted.casefold().strip()
    for candidates in named.by_closeness(name):
        if len(candidates) == 1:
            return next(iter(candidates.values()))
        if candidates:
            raise DecksError(f"{wanted}: fits several", hint=some_of(candidates, near=wanted))
    raise DecksError(
        f"{wanted}: there is no such card, note or deck", hint=f"decks: {some_of(named.decks, near=wanted)}"
    )


def problems_of(places: Places, path: str, *, advance: Advance = unseen) -> tuple[Problem, ...]:
    """What is wrong with one file, read among the decks if it is there, else by itself."""
    real = Path(path).resolve()
    among = any(root.resolve() in (real, *real.parents) for root in places.decks)
    checked = check(places.decks if among else [Path(path)], advance=advance)
    return tuple(problem for problem in checked.problems if Path(problem.span.path).resolve() == real)


class _Named:
    """What can be named in deck files: decks, notes and cards by id, and notes by their questions."""

    def __init__(self, files: Sequence[DeckFile], advance: Advance) -> None:
        self._advance = advance
        self.decks = {file.deck: Span(file.file.path, 1, 1) for file in files}
        self._files = files
        self._titles: dict[str, str] = {}
        self._notes: dict[str, Span] = {}
        self._cards: dict[str, Span] = {}
        self._asked: dict[str, str] = {}

    def _read(self) -> None:
        files = self._files
        for file, reading in zip(files, read_decks(files, advance=self._advance), strict=True):
            for name, span in _written(file):
                self._notes.setdefault(f"{file.deck}/{name}", span)
            if reading.deck is not None:
                self._titles[file.deck] = reading.deck.title
                for card in reading.deck.cards:
                    note = f"{card.deck}/{card.note}"
                    self._notes.setdefault(note, card.span)
                    self._cards[card.id] = card.span
                    self._asked[note] = f"{self._asked.get(note, '')}\n{card.prompt.question}"

    def by_closeness(self, name: str) -> Iterator[dict[str, Span]]:
        """What a name may mean: what is called just so, then what has it in an id, a title, a question."""
        yield {each: span for each, span in self.decks.items() if each.casefold() == name}
        self._read()  # Only now: it takes long.
        for things in (self._notes, self._cards):
            yield {each: span for each, span in things.items() if each.casefold() == name}
        # The name of a note alone, or a card of a deck that cannot be read.
        yield {each: span for each, span in self._notes.items() if each.casefold().endswith(f"/{name}")}
        yield {each: span for each, span in self._notes.items() if name.startswith(f"{each.casefold()}/")}
        deck, _, note = name.partition("/")
        yield {
            each: span
            for each, span in self._notes.items()
            if note
            and deck in each.casefold().rpartition("/")[0]
            and note in each.casefold().rpartition("/")[2]
        }
        titled = {each: f"{each}\n{self._titles.get(each, '')}" for each in self.decks}
        yield {each: self.decks[each] for each in _having(titled.items(), name)}
        yield {each: self._notes[each] for each in _having(((each, each) for each in self._notes), name)}
        yield {each: self._notes[each] for each in _having(self._asked.items(), name)}


def _having(texts: Iterable[tuple[str, str]], part: str) -> list[str]:
    return [name for name, text in texts if part and part in text.casefold()]


def _written(file: DeckFile) -> Iterator[tuple[str, Span]]:
    """The ids of the notes as they are written, also where the deck cannot be read."""
    root = compose(file.file.content, Report(file.file.path)).root
    notes = root.get("notes") if isinstance(root, Table) else None
    for node in notes if isinstance(notes, Items) else ():
        if isinstance(node, Table) and isinstance(name := node.get("id"), Text) and name:
            yield str(name), Span(file.file.path, node.line, node.column)
