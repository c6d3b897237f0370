"""What follows from the log made anew, whatever state it is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.storage.moves import replay_moves

if TYPE_CHECKING:
    from trainer.core.scheduling import Replay
    from trainer.storage.store import Store

_SHARES = (1, 3)


def make_anew(
    store: Store,
    settings: str,
    *,
    replay: Replay,
    before: Callable[[], object],
    advance: Advance = unseen,
) -> None:
    """Make indexes, moves, marks and memory states anew from the log, under the settings of `replay`.

    `before` is called first, while nobody else can write; what it raises leaves all as it is. Where the rest
    is broken off, the next start makes it. Raises NotSavedError, and DataError for a damaged file.
    """
    for_marks, for_memory = parts(advance, _SHARES)
    connection = store.connection
    with store.transaction():
        before()
        connection.execute("REINDEX")
        replay_moves(connection)
        make_marks_anew(store, for_marks)
        connection.execute("UPDATE meta SET value = '' WHERE key = 'scheduling'")
    store.rebuild(settings, replay, advance=for_memory)


def make_marks_anew(store: Store, advance: Advance = unseen) -> None:
    """Keep what the log says of suspended, buried and flagged cards, and no more, inside a transaction."""
    store.connection.execute("DELETE FROM marks")
    marked = "SELECT DISTINCT card FROM kept WHERE kind IN ('suspend', 'bury', 'flag')"
    for (card,) in one_by_one(store.connection.execute(marked).fetchall(), advance):
        store.cache_marks(card)
