"""Sound notes -> cards and events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from trainer.core.deck import Card, Citation, Event, Span
from trainer.core.names import Names
from trainer.core.partial_date import in_words
from trainer.core.progress import Advance, one_by_one, unseen
from trainer.core.prompt import Date, TypeIn, accepted
from trainer.core.question import Draft, Happening, Note, OneOrMany, many
from trainer.deckfiles.nodes import Table

Said = tuple[str, str]
"""An answer that was right, and words for until when."""


class SoundNote(NamedTuple):
    """A note that can make cards; `cited` are its citations, its accounts' included, as they are written."""

    node: Table
    id: str
    note: Note
    cited: Mapping[str, Citation]


class Maker:
    """Makes what the sound notes of a deck hold; `path` is the deck's file."""

    def __init__(self, deck: str, path: str, names: Names, notes: Sequence[SoundNote]) -> None:
        self._deck = deck
        self._path = path
        self._names = names
        self._notes = notes
        self._by_id = {each.id: each.note for each in notes}
        self._before: dict[str, list[Note]] = {}
        for each in notes:
            self._before.setdefault(each.note.superseded_by, []).append(each.note)
        self._current = [
            each._replace(note=each.note.answering(self._successor))
            for each in notes
            if not each.note.superseded_by
        ]
        self._cited = {text: found for each in notes for text, found in each.cited.items()}
        self._sources: dict[tuple[str, ...], tuple[Citation, ...]] = {}
        self._tags: dict[OneOrMany, tuple[str, ...]] = {}

    def cards(self, *, tags: tuple[str, ...], advance: Advance = unseen) -> tuple[Card, ...]:
        """The cards of each note, then those that it shares with others; all with the tags of the deck."""
        shared: dict[str, list[Draft]] = {}
        for kind, group in by_type(self._current).items():
            for name, draft in kind.drafts_across(group, self._names):
                shared.setdefault(name, []).append(draft)
        cards: list[Card] = []
        for each in one_by_one(self._notes, advance):
            was = self._said_before(each.id)
            for draft in (*each.note.drafts(self._names), *shared.get(each.id, ())):
                cards.append(self._card(each, draft, tags=tags, was=was.get(draft.key, ())))
        return tuple(cards)

    def events(self) -> tuple[Event, ...]:
        """What the notes put on the timeline, without what was superseded."""
        told = ((each, each.note.happening(self._names)) for each in self._current)
        return tuple(self._event(each, happening) for each, happening in told if happening is not None)

    def _successor(self, name: str) -> str:
        """The note that has taken the place of another in the end, or that one itself."""
        while (note := self._by_id.get(name)) is not None and note.superseded_by:
            name = note.superseded_by
        return name

    def _said_before(self, name: str) -> dict[str, list[Said]]:
        """What the notes that this one has superseded said, and until when, by the keys of their cards."""
        said: dict[str, list[Said]] = {}
        for before in self._before.get(name, ()):
            until = f", as of {in_words(before.as_of)}" if before.as_of else ""
            for draft in before.drafts(self._names):
                said.setdefault(draft.key, []).append((draft.prompt.form.answer, until))
        return said

    def _event(self, of: SoundNote, told: Happening) -> Event:
        return Event(
            deck=self._deck,
            note=of.id,
            what=told.what,
            actors=told.who,
            when=told.when,
            where=told.where,
            why=told.why,
            answers=told.answers,
            according_to=told.according_to,
            span=Span(self._path, of.node.line, of.node.column),
            sources=self._resolved(of.note.cited()),
        )

    def _card(
        self, of: SoundNote, draft: Draft, *, tags: tuple[str, ...], was: Sequence[tuple[str, str]]
    ) -> Card:
        note, own = of.note, not draft.shared
        explanation = draft.explanation
        if own and (note.explanation or was):
            now = draft.prompt.form.answer
            changed = [f"Earlier{until}: {answer}" for answer, until in was if answer != now]
            explanation = "\n\n".join(filter(None, (explanation, note.explanation, *changed)))
        quote, speaker = (note.quote, note.speaker) if own else ("", "")
        told = _told(draft, explanation, quote, speaker)
        return Card(
            deck=self._deck,
            note=of.id,
            key=draft.key,
            type=note.type,
            aspect=draft.aspect,
            prompt=draft.prompt,
            also=draft.also,
            span=Span(self._path, of.node.line, of.node.column),
            hint=note.hint if own else "",
            explanation=explanation,
            as_of=note.as_of if note.as_of and own and not _tells_date(draft, note.as_of) else "",
            quote=quote,
            speaker=speaker,
            sources=self._resolved(many(draft.source) or note.cited()),
            tags=self._tags_with(tags, note.tags),
            accounts=draft.accounts,
            names=self._names.mentioned(told),
            superseded_by=note.superseded_by,
            shared=draft.shared,
        )

    def _resolved(self, cited: tuple[str, ...]) -> tuple[Citation, ...]:
        """What is cited; the same for all notes that cite the same."""
        found = self._sources.get(cited)
        if found is None:
            known = [self._cited[text] for text in cited if text in self._cited]
            found = self._sources[cited] = tuple(dict.fromkeys(known) if len(known) > 1 else known)
        return found

    def _tags_with(self, tags: tuple[str, ...], own: OneOrMany) -> tuple[str, ...]:
        """Tags of the deck and a note's own; the same for all notes that have the same."""
        found = self._tags.get(own)
        if found is None:
            found = self._tags[own] = unique((*tags, *many(own)))
        return found


def by_type(notes: Iterable[SoundNote]) -> dict[type[Note], dict[str, Note]]:
    """Notes of each type, by id."""
    groups: dict[type[Note], dict[str, Note]] = {}
    for each in notes:
        groups.setdefault(type(each.note), {})[each.id] = each.note
    return groups


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """Words in their order, each once."""
    return tuple(dict.fromkeys(words))


def _tells_date(draft: Draft, as_of: str) -> bool:
    """Whether as of when a fact held would tell the date that is asked for, or a part of it."""
    form = draft.prompt.form
    if not isinstance(form, TypeIn) or not isinstance(form.expected, Date):
        return False
    return as_of.startswith(form.expected.value) or form.expected.value.startswith(as_of)


def _told(draft: Draft, explanation: str, quote: str, speaker: str) -> str:
    """All that a card tells, wrong options left out."""
    says = [account.says for account in draft.accounts]
    prompt = draft.prompt
    told = (prompt.question, *accepted(prompt.form), explanation, quote, speaker, *says)
    return "\n".join(filter(None, told))
