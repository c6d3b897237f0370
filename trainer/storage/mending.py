"""What follows from the log made anew, whatever state it is in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.core.progress import Advance, parts, unseen
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
        connection.execute("DELETE FROM marks")
        marked = "SELECT DISTINCT card FROM kept WHERE kind IN ('suspend', 'bury', 'flag')"
        cards = connection.execute(marked).fetchall()
        for done, (card,) in enumerate(cards, start=1):
            store.cache_marks(card)
            for_marks(done, len(cards))
        connection.execute("UPDATE meta SET value = '' WHERE key = 'scheduling'")
    store.rebuild(settings, replay, advance=for_memory)
