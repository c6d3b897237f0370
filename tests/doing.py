"""Somebody who does whatever can be done with a collection, by chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from trainer.collection import Collection
from trainer.collection.moving import move
from trainer.config import Config, Places
from trainer.core.carried import CardPast, PastReview
from trainer.core.day import moment_of
from trainer.core.grading import Verdict
from trainer.core.progress import unseen
from trainer.core.quiz import Request
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.errors import DecksError, UsageError
from trainer.storage.carrying import Carrying

UNKNOWN = Verdict(kind="unknown", score=None, reason="", suggested=Rating.GOOD)
START = datetime(2026, 3, 27, 21, 0, tzinfo=ZoneInfo("Europe/Berlin"))
QUESTIONS = (
    *("What is the capital of Armenia?", "On which river does Minsk lie?", "Which sea does Georgia border?"),
    *("Who wrote the report on grain?", "How many members does the court have?"),
)
NAMED = tuple(f"named/{note}" for note in ("one", "two", "three", "four"))


def write_decks(folder: Path) -> None:
    """A deck of notes with ids, and one of notes without, which are recognised when they are edited."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = (
        f"  - {{id: {note.partition('/')[2]}, question: Which is {note}?, answer: {note}}}\n"
        for note in NAMED
    )
    (folder / "named.yaml").write_text(f"title: Named\nnotes:\n{''.join(notes)}", encoding="utf-8")
    write_nameless(folder, QUESTIONS)


def write_nameless(folder: Path, questions: tuple[str, ...]) -> None:
    """The deck of notes without ids."""
    notes = (
        f"  - {{question: '{asked}', answer: Answer {number}}}\n" for number, asked in enumerate(questions)
    )
    (folder / "nameless.yaml").write_text(f"title: Nameless\nnotes:\n{''.join(notes)}", encoding="utf-8")


def places_in(folder: Path) -> Places:
    """Where everything lives below a folder."""
    return Places(folder / "progress.db", folder / "config.toml", (folder / "decks",))


class Doing:
    """A person at a collection, who does the same whenever the seed is the same."""

    def __init__(self, folder: Path, seed: int, *, said: Callable[[str], None] = lambda act: None) -> None:
        self.folder, self.random, self.said = folder, Random(seed), said
        self.time = START + timedelta(minutes=seed % 7)
        self.questions = list(QUESTIONS)
        self.collection = self.open()

    def open(self) -> Collection:
        return Collection(places_in(self.folder), Config(), clock=lambda: self.time)

    def act(self) -> str:
        """Do one thing, told before it is done; what it was."""
        self.time += timedelta(seconds=self.random.choice((1, 20, 700, 90_000, -4_000)))
        acts = [self.answer] * 6 + [self.undo, self.set_aside, self.flag, self.browse, self.forget]
        acts += [self.quiz, self.move, self.carry, self.edit, self.restart]
        act = self.random.choice(acts)
        self.said(act.__name__)
        act()
        return act.__name__

    def wait(self, minutes: int) -> None:
        """Let the clock say something else, earlier too."""
        self.time += timedelta(minutes=minutes)

    def answer(self) -> None:
        session = self.collection.start(Selection(new=99, cram=self.random.random() < 0.1))
        for _ in range(self.random.randint(1, 3)):
            if session.card is None:
                return
            rating = self.random.choice([*Rating])
            session = self.collection.rate(session, rating, verdict=UNKNOWN, response="x", milliseconds=900)

    def undo(self) -> None:
        self.collection.undo(self.collection.start(Selection(new=99)))

    def set_aside(self) -> None:
        session = self.collection.start(Selection(new=99))
        self.random.choice((self.collection.bury, self.collection.suspend))(session)

    def flag(self) -> None:
        self.collection.flag(self.collection.start(Selection(new=99)))

    def browse(self) -> None:
        kind = self.random.choice(("suspend", "flag", "bury"))
        on, cards = kind == "bury" or self.random.random() < 0.5, self.some()
        browsing = self.collection.browsing
        if self.random.random() < 0.5:
            browsing.mark(kind, cards, on=on)  # type: ignore[arg-type]
        else:
            browsing.apart(lambda handling: handling.mark(kind, cards, on=on))(unseen)  # type: ignore[arg-type]

    def forget(self) -> None:
        self.collection.browsing.forget(self.some())

    def quiz(self) -> None:
        quizzes = self.collection.quizzes
        try:
            quiz = self.collection.unfinished_quiz() or quizzes.begin(Request(seed="7", types=("basic",)))
        except DecksError:  # All is suspended.
            return
        for _ in range(2):
            quiz = quizzes.answer(quiz, "3", milliseconds=500, used=quiz.used + 500)
        if self.random.random() < 0.7:
            result = quizzes.hand_in(quiz)
            quizzes.overrule(result, quiz.question.id, right=False)

    def move(self) -> None:
        old, new = self.random.sample([*NAMED, "named/gone"], 2)
        try:
            move(self.collection, old, new, anyway=True)
        except (DecksError, UsageError):  # There is nothing to move.
            return

    def carry(self) -> None:
        when = moment_of(self.time, rollover_hour=4)
        old = self.time - timedelta(days=self.random.randint(1, 300))
        past = moment_of(old, rollover_hour=4)
        state = self.collection.scheduler.after(None, Rating.GOOD, card="", moment=past)
        card = f"named/{self.random.choice(('one', 'five', 'six'))}/card"
        pasts = {card: CardPast((PastReview(past.at, Rating.GOOD, 800),), state, flagged=True)}
        Carrying(self.collection.store).bring(pasts, moment=when, when=lambda at: past)

    def edit(self) -> None:
        place = self.random.randrange(len(self.questions))
        self.questions[place] = QUESTIONS[place].replace("?", self.random.choice((" now?", " today?", "?")))
        write_nameless(self.folder / "decks", tuple(self.questions))
        self.collection.reload()

    def restart(self) -> None:
        self.collection.close()
        self.collection = self.open()

    def some(self) -> list[str]:
        return self.random.sample([card.id for card in self.collection.cards()], 2)
