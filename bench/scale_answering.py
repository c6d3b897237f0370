"""A large collection: answer after answer, against real Anki with the same cards, reviews and due days.

An answer is what happens between the key and the next card, but for painting: it is graded, the card is
scheduled anew, all is written, and the next card is chosen and read, with what is to be told before it is
asked. Ours is on disk, safe from a power cut, when it ends. Anki works in this process, in its own code.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.anki_packages import anki_with
from bench.rows import Row
from trainer.collection import Collection
from trainer.collection.export_anki import export_package
from trainer.config import Config, Places
from trainer.core.review import Rating
from trainer.core.session import Selection, Session

_WARM = 5
_MOST = 9999
_SPENT = 4_200
"""Milliseconds that each answer is said to have taken."""


class Ours:
    """A sitting of the trainer."""

    def __init__(self, where: Places) -> None:
        self.collection = Collection(where, Config())
        self._session: Session = self.collection.start(Selection(new=_MOST))

    def answer(self) -> float:
        """Seconds that one answer takes."""
        card = self._session.card
        assert card is not None, "there are not enough cards"
        response = card.prompt.form.answer
        begin = time.perf_counter()
        verdict = self.collection.grade(card, response, milliseconds=_SPENT)
        self._session = self.collection.rate(
            self._session, Rating.GOOD, verdict=verdict, response=response, milliseconds=_SPENT
        )
        self.collection.changed(self._session)
        return time.perf_counter() - begin


class Theirs:
    """A sitting of Anki over the same cards, brought in through a package, in one deck without limits."""

    def __init__(self, where: Places, folder: Path) -> None:
        package = folder / "all.apkg"
        collection = Collection(where, Config())
        export_package(collection, Selection(), package, progress=True, over=True)
        collection.close()
        self.anki: Any = anki_with(package, folder / "anki")
        package.unlink()
        deck = self.anki.decks.id("All")
        self.anki.set_deck(self.anki.find_cards(""), deck)
        for preset in self.anki.decks.all_config():
            preset["rev"]["perDay"] = preset["new"]["perDay"] = _MOST
            self.anki.decks.update_config(preset)
        self.anki.decks.select(deck)
        self._card = self.anki.sched.getCard()

    def answer(self) -> float:
        """Seconds that one answer takes."""
        assert self._card is not None, "there are not enough cards"
        begin = time.perf_counter()
        self.anki.sched.answerCard(self._card, 3)
        self._card = self.anki.sched.getCard()
        return time.perf_counter() - begin


def rows(where: Places, folder: Path, answers: int) -> list[Row]:
    """The median and the 99th percentile of answers, ours and theirs in turn."""
    theirs = Theirs(where, folder)
    ours = Ours(where)
    reviews = theirs.anki.db.scalar("select count() from revlog")
    told = f"Anki has {theirs.anki.card_count():,} cards and {reviews:,} reviews"
    try:
        own, other = _in_turn(ours.answer, theirs.answer, answers)
    finally:
        ours.collection.close()
        theirs.anki.close()
    print(told)
    return [
        (
            "answer, median / Anki's answerCard and getCard",
            statistics.median(own),
            statistics.median(other),
            2.0,
        ),
        ("answer, 99th percentile / the same", _late(own), _late(other), 1.0),
    ]


def growth(name: str, limit: float, answers: int, many: Places, few: Places) -> Row:
    """The median of answers in a large collection and in a small one, in turn."""
    large, small = Ours(many), Ours(few)
    try:
        own, other = _in_turn(large.answer, small.answer, answers)
    finally:
        large.collection.close()
        small.collection.close()
    return name, statistics.median(own), statistics.median(other), limit


def _in_turn(
    ours: Callable[[], float], theirs: Callable[[], float], times: int
) -> tuple[list[float], list[float]]:
    """What both took, without the first few."""
    taken = [(ours(), theirs()) for _ in range(_WARM + times)][_WARM:]
    return [own for own, _ in taken], [other for _, other in taken]


def _late(times: list[float]) -> float:
    """What 99 of a hundred are within."""
    return sorted(times)[len(times) * 99 // 100]
