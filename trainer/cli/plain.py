"""Asking line by line, for pipes, dumb terminals and screen readers: what study and quiz share.

No colours, no cursor movements, no waiting for a key: lines out, lines in.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from string import ascii_lowercase
from time import monotonic

from trainer.cli.commands import Start
from trainer.cli.keeping import kept, warn_of_backups
from trainer.cli.looking import open_collection, warn_of_recognised, warn_of_unreadable
from trainer.cli.output import say
from trainer.collection import Collection
from trainer.core.change import Change
from trainer.core.deck import Card
from trainer.core.grading import Part, Verdict
from trainer.core.partial_date import in_words
from trainer.core.prompt import (
    AnswerForm,
    Arrange,
    Choose,
    Date,
    Items,
    Number,
    Pair,
    Reveal,
    TypeIn,
    accepted,
)
from trainer.core.responses import look_like_labels, misread, read_response, takes_many
from trainer.core.session import Session
from trainer.core.visible import one_line
from trainer.core.wording import capital, change_line, cited_sources, plural
from trainer.errors import TrainerError

_KINDS = {"right": "Right", "near": "Nearly right", "partial": "Partly right", "wrong": "Wrong"}


class LeftError(Exception):
    """The learner has had enough."""


@contextmanager
def opened(start: Start) -> Iterator[Collection]:
    """The collection to study, and input that bytes of another encoding do not end."""
    places = start.places()
    with kept(open_collection(places)) as collection:
        collection.check_writable()
        warn_of_unreadable(collection)
        warn_of_recognised(collection)
        warn_of_backups(collection)
        reconfigure = getattr(sys.stdin, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
        yield collection


def read_line() -> str:
    """The next line of the input, without its end. Raises EOFError after the last."""
    sys.stdout.flush()
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not line:
        raise EOFError
    return line.rstrip("\r\n")


def command_in(line: str, form: AnswerForm | None = None) -> tuple[str, str] | None:
    """The command and its argument that a line holds, as `:c sure`; None for an answer.

    After the answer (no `form`) any line may be one, without the colon too. Before it `q` and `?` alone are
    understood where no text is to be typed.
    """
    text = line.strip()
    bare = form is None or (not isinstance(form, TypeIn) and text in ("q", "?"))
    if not text.startswith(":") and not bare:
        return None
    name, _, argument = text.removeprefix(":").strip().partition(" ")
    return name.casefold(), argument.strip()


def show_not_done(error: TrainerError) -> None:
    """Say that nothing was done, for another try; without a person to try again, raise the error."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise error
    hint = f" ({one_line(error.hint)})" if error.hint else ""
    say(f"Not done: {one_line(str(error))}{hint}. Nothing was recorded; try again.")


class Reader:
    """Turns the lines typed for one question into a response."""

    def __init__(
        self, collection: Collection, card: Card, *, form: AnswerForm, shown: tuple[str, ...]
    ) -> None:
        self._collection, self._card, self._form, self._shown = collection, card, form, shown
        self._asked_back = ""
        self.looked_at: float | None = None

    def response(self, line: str) -> str | None:
        """The response that a line gives; None if another has to be typed, which is said.

        What is unclear is asked back once: the same line again is taken as it is. Points are shown by the
        first line, whatever it says, and ticked by the next; `looked_at` is the moment in between.
        """
        if isinstance(self._form, Reveal) and self._form.points:
            return self._ticked(self._form, line)
        wrong = misread(self._form, line, shown=self._shown)
        if wrong:
            say(_sentence(wrong))
            return None
        response = read_response(self._form, line, shown=self._shown)
        is_none = isinstance(self._form, Choose) and not self._form.several and response not in self._shown
        back = "that is none of these; the same line again takes it as it is" if is_none and response else ""
        back = back or self._collection.unclear(self._card, response, form=self._form)
        if back and response != self._asked_back:
            self._asked_back = response
            say(_sentence(back))
            return None
        return response

    def _ticked(self, form: Reveal, line: str) -> str | None:
        if self.looked_at is None:
            self.looked_at = monotonic()
            for told in _point_lines(form):
                say(told)
            return None
        wrong, response = misread(form, line), read_response(form, line)
        graded = self._collection.grade(self._card, response, form=form)
        if wrong or not line.strip() or graded.score is None:
            say(_sentence(wrong) if wrong else _which_points(form))
            return None
        return response


# What is printed


def question_lines(card: Card, form: AnswerForm, shown: tuple[str, ...]) -> Iterator[str]:
    """The question, what is offered, and what to type."""
    yield card.prompt.question
    if card.as_of:
        yield f"(as of {in_words(card.as_of)})"
    lettered = look_like_labels(shown)
    if isinstance(form, Pair):
        yield from _labelled(count(1), (left for left, _ in form.pairs))
    yield from _labelled(ascii_lowercase if lettered or isinstance(form, Pair) else count(1), shown)
    yield how_to_answer(form, lettered=lettered)


def how_to_answer(form: AnswerForm, *, lettered: bool = False) -> str:
    """What to type, in a sentence; `lettered` says that options have letters, not numbers."""
    if lettered and isinstance(form, Choose | Arrange):
        return "Type letters, as in: a c." if takes_many(form) else "Type the letter of the right one."
    match form:
        case Reveal(points=()):
            return "Say the answer to yourself, then press enter."
        case Reveal():
            return "Say the answer to yourself, then press enter to see its points."
        case Choose(several=True):
            return "Type the numbers of all that are right, as in: 1 3."
        case Choose():
            return "Type the number of the right one."
        case Arrange():
            return "Type the numbers in the right order, as in: 3 1 2."
        case Pair():
            return "Type for each number its letter, as in: 1b 2a."
        case TypeIn(expected=Date()):
            return "Type a date, as in: 13 June 2024, June 2024 or 2024."
        case TypeIn(expected=Number(unit=unit)):
            return f"Type a number, in {one_line(unit)}." if unit else "Type a number."
        case TypeIn(expected=Items()):
            return "Type the answers, with ; between them."
    return "Type the answer."


def told_lines(card: Card, form: AnswerForm, verdict: Verdict) -> Iterator[str]:
    """What the response was worth, the answer, why, and from where."""
    ticked = isinstance(form, Reveal) and bool(verdict.parts)
    yield from _verdict_lines(verdict, _point if ticked else _part)
    first, *others = accepted(form)
    if not ticked:  # The points are the answer.
        yield f"Answer: {first}"
    if others:
        yield f"or: {' · '.join(map(one_line, others))}"
    yield from _explained_lines(card)


def changed_lines(card: Card, change: Change) -> Iterator[str]:
    """That the answer to a card is another one now, and why."""
    yield card.prompt.question
    yield from change_lines(change)
    yield from _explained_lines(card)


def change_lines(change: Change) -> Iterator[str]:
    """What has changed about an answer: as it was, and as it is."""
    yield change_line(change)
    yield f"Before: {change.before}"
    yield f"Now: {change.now}"


def _explained_lines(card: Card) -> Iterator[str]:
    """A quote, why it is so, who says what, and where it is written."""
    if card.quote:
        yield f"“{card.quote}”" + (f" — {one_line(card.speaker)}" if card.speaker else "")
    if card.explanation:
        yield card.explanation
    yield from (f"{one_line(account.by)} says: {one_line(account.says)}" for account in card.accounts)
    yield from (f"Source: {one_line(line)}" for line in cited_sources(card.sources))


def _verdict_lines(verdict: Verdict, told_part: Callable[[Part], str]) -> Iterator[str]:
    """How right it was and why, and part by part; nothing where only the learner can tell."""
    kind, reason = _KINDS.get(verdict.kind, ""), one_line(verdict.reason)
    doubled = reason.casefold().startswith(kind.casefold())
    told = reason if doubled else f"{kind}: {reason}" if reason else kind
    if told:
        yield _sentence(told)
    yield from map(told_part, verdict.parts)


def missed_lines(card: Card, form: AnswerForm, response: str) -> Iterator[str]:
    """A question that was missed: what was said, what is right, and where it is written."""
    yield f"Missed: {one_line(card.prompt.question)}"
    if response.strip():
        yield f"  yours: {one_line(response)}"
    yield f"  answer: {one_line(accepted(form)[0])}"
    yield from (f"  source: {one_line(line)}" for line in cited_sources(card.sources))


def source_lines(card: Card) -> Iterator[str]:
    """Where a card's fact is written, in full."""
    if not card.sources:
        yield "This card cites no source."
    for cited in card.sources:
        source = cited.source
        facts = (source.publisher, source.author, in_words(source.published), source.url)
        paragraph = f"paragraph {cited.paragraph}" if cited.paragraph else ""
        parts = [source.title, *facts, paragraph, f"cited as {cited}"]
        yield f"Source: {', '.join(one_line(part) for part in parts if part)}"


def coming_lines(collection: Collection, session: Session) -> Iterator[str]:
    """When the next cards come."""
    overview, now = collection.overview(), collection.now()
    if session.front is None and session.next_learning is not None:
        minutes = max(1, round((session.next_learning - now.at) / 60_000))
        yield f"The next card in learning comes back in {plural(minutes, 'minute')}."
    tomorrow, week = overview.ahead[0][1], sum(count for _, count in overview.ahead)
    new = f" and {overview.new_tomorrow} new" if overview.new_tomorrow else ""
    hour = collection.config.rollover_hour
    yield f"Tomorrow, from {hour}:00: {tomorrow} due{new}; the next seven days {week} due."


def titles_of(collection: Collection) -> dict[str, str]:
    """The titles of the decks by their ids, each on one line."""
    return {deck.deck: one_line(deck.title) for deck in collection.decks}


def _point_lines(form: Reveal) -> Iterator[str]:
    """The points, and how to say which of them one had."""
    yield from _labelled(ascii_lowercase if look_like_labels(form.points) else count(1), form.points)
    yield _which_points(form)


def _which_points(form: Reveal) -> str:
    labels = "letters" if look_like_labels(form.points) else "numbers"
    return f"Which of them did you have? Type their {labels}, 0 for none, or all."


def _labelled(labels: Iterable[object], texts: Iterable[str]) -> Iterator[str]:
    return (f"{label}  {one_line(text)}" for label, text in zip(labels, texts, strict=False))


def _sentence(text: str) -> str:
    """Beginning with a capital, and with a stop at its end."""
    end = "" if text.endswith((".", "?", "!")) else "."
    return capital(text) + end


def _point(part: Part) -> str:
    return f"  {part.note}: {one_line(part.text)}"


def _part(part: Part) -> str:
    text, note = one_line(part.text), one_line(part.note)
    if part.score == 1:
        return f"  right: {text}"
    if part.extra:
        return f"  {note or 'too much'}: {text}"
    return f"  {'partly' if part.score else 'not right'}: {text}" + (f" ({note})" if note else "")
