"""The rules of the craft over what was read: findings become problems with their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trainer.core.craft import Entry, Finding, Place, Rule, Seen, Shelf, Where
from trainer.core.deck import Name, Problem, Source, Span
from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.core.rules import RULES
from trainer.deckfiles.nodes import Items, Node, Table
from trainer.deckfiles.reader import Reading
from trainer.deckfiles.report import Located, shortened
from trainer.deckfiles.silence import silenced

_MAX_MESSAGE = 240
_MOST_BESIDE = 1_500
"""Notes up to which one of them is compared with the others while it is typed."""


def examine(readings: Sequence[Reading], *, whole: bool, advance: Advance = unseen) -> tuple[Problem, ...]:
    """What the rules find in decks that were read with `keep`.

    `whole` says that these are all decks of their folders, so that what none of them uses is unused.
    """
    desk = _Desk(readings)
    shelf = desk.shelf(entries=whole and all(reading.deck for reading in readings))
    problems: list[Problem] = []
    for rule, told in zip(RULES.values(), parts(advance, [1] * len(RULES)), strict=True):
        problems += [desk.problem(rule, place, finding) for place, finding in _findings(rule, shelf, told)]
    return tuple(problems)


def note_findings(reading: Reading, note: str) -> tuple[Problem, ...]:
    """What the rules find in one note of a deck that was read with `keep`, beside the others of the deck.

    What a comment silences is left out. In a deck so large that it would be felt in the typing the note is
    looked at by itself.
    """
    desk = _Desk([reading])
    shelf = desk.shelf(entries=False)
    is_compared = len(shelf.notes) <= _MOST_BESIDE
    problems: list[Problem] = []
    for rule in RULES.values():
        of_note = (
            (seen.place, each) for seen in shelf.notes if seen.place.id == note for each in rule.of_note(seen)
        )
        beside = (each for each in (rule.across(shelf) if is_compared else ()) if each[0].id == note)
        problems += [desk.problem(rule, *each) for each in (*of_note, *beside)]
    kept = reading.kept
    return silenced(problems, [(kept.file.file, kept.root)]).kept if kept else ()


def _findings(rule: Rule, shelf: Shelf, advance: Advance) -> Iterator[tuple[Place, Finding]]:
    for seen in one_by_one(shelf.notes, advance):
        for finding in rule.of_note(seen):
            yield seen.place, finding
    yield from rule.across(shelf)


class _Desk:
    """What was read, as the rules see it, with the way back to its places."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._nodes: dict[Place, Node] = {}
        self._notes: list[Seen] = []
        self._tags: dict[Place, tuple[str, ...]] = {}
        self._entries: dict[Place, Entry] = {}
        for reading in readings:
            self._take(reading)

    def shelf(self, *, entries: bool) -> Shelf:
        """All notes, and if wanted the entries that serve them."""
        return Shelf(
            notes=self._notes, tags=self._tags, entries=tuple(self._entries.values()) if entries else ()
        )

    def problem(self, rule: Rule, place: Place, finding: Finding) -> Problem:
        """A finding at its line and column."""
        at = _at(self._nodes[place], finding.where)
        return Problem(
            span=Span(place.path, at.line, at.column),
            severity=rule.severity,
            code=rule.code,
            message=shortened(finding.message, _MAX_MESSAGE),
            hint=finding.hint,
        )

    def _take(self, reading: Reading) -> None:
        deck, kept = reading.deck, reading.kept
        if deck is None or kept is None or kept.root is None:
            return
        head = Place(deck.path)
        self._nodes[head] = kept.root
        self._tags[head] = deck.tags
        cards: dict[str, list[int]] = {}
        for index, card in enumerate(deck.cards):
            if not card.shared:
                cards.setdefault(card.note, []).append(index)
        for sound in kept.notes:
            place = Place(deck.path, sound.id)
            self._nodes[place] = sound.node
            seen = Seen(
                place=place,
                deck=deck.id,
                note=sound.note,
                cards=tuple(deck.cards[index] for index in cards.get(sound.id, ())),
                names=kept.registry.names,
            )
            self._notes.append(seen)
        registry = kept.registry
        names = {name.id: name for name in registry.names.entries}
        for read in registry.files:
            known: Mapping[str, Name | Source] = registry.sources if read.is_sources else names
            for key in read.root or ():
                entry = known.get(key)
                if entry is not None and read.root is not None:
                    place = Place(read.file.path, key)
                    self._nodes[place] = read.root.key(key)
                    self._entries[place] = Entry(place=place, entry=entry)


def _at(node: Node, where: Where) -> Located:
    """The value at the end of the way, or the last one on it that is there."""
    for step in where:
        inner: Node | None = None
        if isinstance(node, Table):
            inner = node.get(str(step))
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node):
            inner = node[step]
        if inner is None:
            break
        node = inner
    return node
