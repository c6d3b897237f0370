"""Every card as a row: what it asks, where it stands in the decks, and how well it is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trainer.core.deck import Card
from trainer.core.progress import Advance, parts, unseen
from trainer.core.prompt import accepted
from trainer.formats.written import Column, Row
from trainer.storage.catalogue import Catalogue
from trainer.storage.outgoing import Outgoing

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.catalogue import Known
    from trainer.core.catalogue import Row as Standing
    from trainer.core.scheduling import MemoryState
    from trainer.core.session import Selection

COLUMNS = (
    Column("id", "text"),
    Column("deck", "text"),
    Column("deck_title", "text"),
    Column("note", "text"),
    Column("key", "text"),
    Column("type", "word"),
    Column("form", "word"),
    Column("question", "text"),
    Column("answer", "text"),
    Column("answers", "list"),
    Column("hint", "text"),
    Column("explanation", "text"),
    Column("as_of", "text"),
    Column("quote", "text"),
    Column("speaker", "text"),
    Column("tags", "list"),
    Column("names", "list"),
    Column("sources", "list"),
    Column("source_titles", "list"),
    Column("source_urls", "list"),
    Column("superseded_by", "text"),
    Column("file", "text"),
    Column("line", "number"),
    Column("state", "word"),
    Column("flagged", "truth"),
    Column("phase", "word"),
    Column("stability", "number"),
    Column("difficulty", "number"),
    Column("retrievability", "number"),
    Column("due", "day"),
    Column("interval", "number"),
    Column("reps", "number"),
    Column("lapses", "number"),
    Column("last_day", "day"),
    Column("answered", "number"),
    Column("mean_score", "number"),
)

_A_BEAT = 500


def cards(collection: Collection, selection: Selection, *, advance: Advance = unseen) -> Iterator[Row]:
    """The cards asked for, in the order of the decks. Raises DecksError where there are none."""
    return _rows(collection, collection.selected(selection), advance)


def _rows(collection: Collection, found: list[Card], advance: Advance) -> Iterator[Row]:
    files = [deck.key for deck in collection.decks]
    titles = {deck.deck: deck.title for deck in collection.decks}
    standing = Catalogue(collection.store).rows_of(files, (card.id for card in found), collection.now().day)
    counting, writing = parts(advance, (1, 1))
    memory, known = collection.store.memory(), collection.known()
    scores = Outgoing(collection.store).scores(counting)
    for done, card in enumerate(found):
        if done % _A_BEAT == 0:
            writing(done, len(found))
        if card.id in standing:
            yield [
                *_content(card, titles.get(card.deck, card.deck)),
                *_known(standing[card.id], memory.get(card.id), known),
                *scores.get(card.id, (0, None)),
            ]
    writing(1, 1)


def _content(card: Card, title: str) -> Row:
    form, cited = card.prompt.form, {each.source.id: each.source for each in card.sources}
    return [
        card.id,
        card.deck,
        title,
        card.note,
        card.key,
        card.type,
        type(form).__name__,
        card.prompt.question,
        form.answer,
        accepted(form),
        card.hint,
        card.explanation,
        card.as_of,
        card.quote,
        card.speaker,
        card.tags,
        card.names,
        tuple(map(str, card.sources)),
        tuple(source.title for source in cited.values()),
        tuple(source.url for source in cited.values() if source.url),
        card.superseded_by,
        card.span.path,
        card.span.line,
    ]


def _known(row: Standing, state: MemoryState | None, known: Known) -> Row:
    begun: Row = [row.state, row.flagged]
    if state is None:
        return [*begun, "new", None, None, None, None, None, 0, 0, None]
    return [
        *begun,
        state.phase.word,
        state.stability,
        state.difficulty,
        known.of(row),
        state.due_day.isoformat(),
        state.interval,
        state.reps,
        state.lapses,
        state.last_day.isoformat(),
    ]
