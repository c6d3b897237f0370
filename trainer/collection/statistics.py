"""What the log shows: read in parts, summed up by the core."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from trainer.core.progress import Advance, unseen
from trainer.core.reckoning import Asked, meant, reckon
from trainer.core.statistics import QuizScore, Statistics
from trainer.core.tally import Tally
from trainer.storage.entries import decode_state
from trainer.storage.scores import scores_apart

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.session import Selection

__all__ = ["QuizScore", "Statistics", "statistics_apart", "statistics_of"]

Work = Callable[[Advance], Statistics]
"""Does the work, and tells how far it has come."""


def statistics_of(
    collection: Collection,
    selection: Selection | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    advance: Advance = unseen,
) -> Statistics:
    """What was answered so far, and how well; to the cards that a selection asks for, or to all.

    `since` and `until` are study days, the first and the last that count. Raises DecksError where the
    selection fits nothing. Screens call `statistics_apart`: at a million reviews this takes ten seconds.
    """
    return statistics_apart(collection, selection, since=since, until=until)(advance)


def statistics_apart(
    collection: Collection,
    selection: Selection | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Work:
    """The same in two steps: what is given back does the work, once, in whatever thread.

    This step is quick, belongs into the thread of the collection, and may raise DecksError. The other opens
    the progress file anew, for reading only; where `advance` raises, it ends, and lets go of the file.
    """
    config, store = collection.config, collection.store
    wanted = None if selection is None else collection.finding.wanted(selection)
    files = [deck.key for deck in collection.decks]
    quizzes = collection.quizzes.scores() if wanted is None else ()
    asked = Asked(
        today=collection.now().day,
        since=since,
        until=until,
        desired=config.desired_retention,
        curve=config.curve,
        leech_lapses=config.leech_lapses,
    )
    scheduler = collection.scheduler
    copy = store.connection.serialize() if store.is_copy else None  # Then the index is in memory only.

    def work(advance: Advance) -> Statistics:
        with scores_apart(store.path, copy=copy) as scores:
            cards = [card for card in scores.cards(files, asked.today) if wanted is None or card.id in wanted]
            tally = Tally(scheduler, since=since, until=until, meant=meant(cards), decode=decode_state)
            for part in scores.entries(advance):
                tally.add(part if wanted is None else [entry for entry in part if entry[1] in wanted])
            return reckon(
                asked,
                tally,
                cards,
                sources=(pair for pair in scores.facets(files, "source") if "#" not in pair[1]),
                people=scores.facets(files, "person"),
                quizzes=quizzes,
            )

    return work
