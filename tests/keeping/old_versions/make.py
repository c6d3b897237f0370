"""Have an old version of the program write a progress file; README.md says how this is run.

It goes through what that version offered: what came later is left out where there is no such thing yet.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import trainer
from trainer.collection import Collection
from trainer.config import Config, Places
from trainer.core.review import Rating
from trainer.core.session import Selection, Session
from trainer.storage.migrations import VERSION

DECKS = Path(__file__).with_name("decks")
ZONE = "Europe/Berlin"
FOLDER = Path("/tmp/learner")
"""Where the program is used: paths of decks come into its file, and shall tell nothing of who made it."""
BEFORE = {
    "id: newer-name": "id: older-name",
    "Over arms sold to a neighbour.": "Over a quarrel.",
    "passes through the city of Gyumri today": "passes through the city of Gyumri",
    "flow into in the end": "flow into",
}
"""What the deck says in the end, and what it said at first."""

ELSEWHERE = """\
title: Seas
notes:
  - {id: caspian, question: Which sea is a lake?, answer: The Caspian Sea}
  - {id: black, type: typed, question: Which sea lies to the north of Turkey?, answer: The Black Sea}
  - {id: white, question: Which sea lies by Archangel?, answer: The White Sea}
"""
RATINGS = (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY, Rating.GOOD, Rating.GOOD)
SAID = {"rivers/capital/card": "Erevan", "rivers/sent-home/card": "Belarus", "rivers/gap/c1": "Hrazdan"}


class Learner:
    """Somebody who uses the program in a folder, on some evenings; the clocks go back in between."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 10, 20, 19, 0, tzinfo=ZoneInfo(ZONE))
        self.places = Places(folder / "progress.db", folder / "config.toml", (folder / "decks",))
        self.answers = 0
        self.open()

    def open(self) -> None:
        """Begin, as the program does when it is started."""
        self.collection = Collection(self.places, Config(), clock=self.clock)

    def clock(self) -> datetime:
        """The time, a second later at each look: nobody does two things in the same millisecond."""
        self.wait(1)
        return self.now

    def again(self, *, days: int = 0) -> None:
        """Leave, and come back some days later."""
        self.collection.close()
        self.now += timedelta(days=days)
        self.open()

    def wait(self, seconds: int = 20) -> None:
        """Let some seconds go by."""
        self.now += timedelta(seconds=seconds)

    def over(self, *cards: str, cram: bool = False) -> Session:
        """A sitting over all cards of today or some of them."""
        return self.collection.start(Selection(cards=cards, cram=cram, new=99))

    def alone(self, card: str) -> Session:
        """A sitting over one card, due or not."""
        return self.collection.session_of(self.collection.cards([card])[0])

    def rate(self, session: Session, rating: Rating) -> Session:
        """Answer the card in front."""
        assert session.card is not None
        self.wait()
        self.answers += 1
        said = SAID.get(session.card.id, "")
        more: dict[str, Any] = {}
        if VERSION >= 2 and self.answers % 3:
            from trainer.core.review import Confidence

            more["confidence"] = Confidence(self.answers % 3)
        return self.collection.rate(
            session, rating, verdict=self.verdict(session, said), response=said, milliseconds=4_321, **more
        )

    def verdict(self, session: Session, said: str) -> Any:
        """What the program makes of a response."""
        assert session.card is not None
        if VERSION >= 2:
            return self.collection.grade(session.card, said)
        from trainer.core.grading import grade

        return grade(session.card.prompt.form, said)

    def study(self, count: int) -> None:
        """Answer the next cards of today, with every rating."""
        session = self.over()
        for _ in range(count):
            if session.card is None:
                return
            session = self.rate(session, RATINGS[self.answers % len(RATINGS)])


def study(learner: Learner) -> None:
    """Answers, every mark, what is taken back in a sitting and in one before, and cards that are crammed."""
    learner.study(9)
    learner.again(days=1)
    learner.study(12)
    learner.collection.undo(learner.over())
    session = learner.rate(learner.over(), Rating.AGAIN)
    learner.collection.undo(session)
    learner.again(days=3)
    learner.rate(learner.over("rivers/capital/card", "rivers/gap/c1", cram=True), Rating.HARD)
    learner.study(6)
    learner.again(days=2)
    learner.collection.flag(learner.over("rivers/capital/card", cram=True))
    learner.collection.flag(learner.over("rivers/sent-home/card", cram=True))
    learner.collection.flag(learner.over("rivers/sent-home/card", cram=True))
    learner.collection.suspend(learner.over("rivers/gap/c2", cram=True))
    learner.collection.suspend(learner.over("rivers/sides/back", cram=True))
    learner.collection.bring_back("rivers")
    learner.wait()
    learner.collection.suspend(learner.over("rivers/gap/c2", cram=True))
    learner.collection.undo(learner.collection.bury(learner.over("rivers/gap/c1", cram=True)))
    learner.study(4)


def take_tests(learner: Learner) -> None:
    """A test of each outcome: handed in and overruled, counted for the schedule, given up."""
    from trainer.core.quiz import Request

    quizzes = learner.collection.quizzes
    quiz = quizzes.begin(Request(decks=("rivers",), seed="11"))
    for number in range(len(quiz.questions)):
        learner.wait()
        said = SAID.get(quiz.question.id, "something") if number else "nothing of that"
        quiz = quizzes.answer(quiz, said, milliseconds=900 + number, used=quiz.used + 1_500)
    quiz = quizzes.flag(quiz)
    learner.wait(4_000)
    result = quizzes.hand_in(quizzes.pause(quiz, used=quiz.used + 700))
    learner.wait()
    quizzes.overrule(result, result.marked[0].question.id, right=True)
    counted = quizzes.begin(Request(cards=("rivers/capital/card",), seed="5", credit=True))
    learner.wait()
    quizzes.hand_in(quizzes.answer(counted, "Yerevan", milliseconds=1_200, used=1_200))
    quizzes.drop(quizzes.begin(Request(seed="6", count=2)))
    learner.again(days=1)


def leave_a_test(learner: Learner) -> None:
    """A test that is not handed in: two answers, a flag, a pause."""
    from trainer.core.quiz import Request

    quizzes = learner.collection.quizzes
    quiz = quizzes.begin(Request(decks=("rivers",), seed="23", minutes=10, feedback="end"))
    for _ in range(2):
        learner.wait()
        quiz = quizzes.answer(
            quiz, SAID.get(quiz.question.id, "so"), milliseconds=800, used=quiz.used + 2_000
        )
    quizzes.pause(quizzes.flag(quiz), used=9_000)


def forget(learner: Learner) -> None:
    """Cards that are new again, of which one is learnt anew and two are taken back; a changed answer told."""
    browsing = learner.collection.browsing
    browsing.forget(["rivers/sides/front", "rivers/gap/c1"])
    learner.wait()
    browsing.undo(browsing.forget(["rivers/capital/card", "rivers/sent-home/card"]))
    browsing.mark("bury", ["rivers/sent-home/card"])
    learner.wait()
    learner.rate(learner.alone("rivers/gap/c1"), Rating.GOOD)
    asked = learner.over("rivers/why/card", cram=True)
    assert learner.collection.changed(asked) is not None
    learner.collection.understood(asked)


def move(learner: Learner) -> None:
    """A history that is moved because it was asked, there and back and there again."""
    from trainer.collection.moving import move

    old, new = "rivers/older-name", "rivers/newer-name"
    move(learner.collection, old, new)
    learner.wait()
    learner.collection.undo(learner.over())
    learner.wait()
    move(learner.collection, old, new)
    learner.wait()
    learner.rate(learner.alone(f"{new}/card"), Rating.GOOD)


def carry(learner: Learner, folder: Path) -> None:
    """Histories out of a package that was made in another folder, where the cards were studied."""
    from trainer.collection.export_anki import export_package
    from trainer.collection.importing_anki import bring, prepare

    (folder / "decks").mkdir(parents=True)
    (folder / "decks" / "seas.yaml").write_text(ELSEWHERE, encoding="utf-8")
    other = Learner(folder)
    for days in (1, 3, 0):
        other.study(3)
        other.again(days=days)
    export_package(other.collection, Selection(), folder / "seas.apkg", progress=True)
    other.collection.close()
    prepared = prepare(folder / "seas.apkg", learner.places, Config(), deck="seas")
    brought = bring(prepared, learner.collection)
    assert brought.cards == 3
    made = next(deck.path for deck in prepared.decks)
    shutil.move(made, learner.places.decks[0] / "seas.yaml")
    learner.again()
    learner.rate(learner.over("seas/caspian/card", cram=True), Rating.HARD)


def use(folder: Path) -> None:
    """Use the program in a folder, from the first answer to a test that is left."""
    (folder / "decks").mkdir()
    deck = folder / "decks" / "rivers.yaml"
    final = (DECKS / "rivers.yaml").read_text(encoding="utf-8")
    first = final
    for now, before in BEFORE.items():
        assert first.count(now) == 1
        first = first.replace(now, before)
    deck.write_text(first, encoding="utf-8")
    learner = Learner(folder)
    study(learner)
    if VERSION >= 2:
        take_tests(learner)
    deck.write_text(final, encoding="utf-8")
    learner.again(days=1)
    if VERSION >= 4:
        assert len(learner.collection.recognised) == 2
        move(learner)
    if VERSION >= 3:
        forget(learner)
    if VERSION >= 5:
        carry(learner, folder / "elsewhere")
    learner.study(5)
    if VERSION >= 2:
        leave_a_test(learner)
    learner.wait()
    learner.collection.bury(learner.over())
    learner.collection.close()


def main(target: Path, version: int) -> None:
    """Use the program in a new folder, and keep its progress file as small as it can be."""
    assert version == VERSION, (trainer.__file__, VERSION)
    os.environ["TZ"] = ZONE
    time.tzset()
    FOLDER.mkdir()
    try:
        use(FOLDER)
        with closing(sqlite3.connect(FOLDER / "progress.db")) as file:
            file.execute("VACUUM")
        shutil.copyfile(FOLDER / "progress.db", target)
        for made in (FOLDER / "decks").glob("seas.yaml"):
            shutil.copyfile(made, DECKS / made.name)
    finally:
        shutil.rmtree(FOLDER)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
