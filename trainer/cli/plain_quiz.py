"""`trainer quiz --plain`: a scored test line by line."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from time import monotonic

from trainer.cli.commands import Start
from trainer.cli.output import say, warn
from trainer.cli.plain import (
    LeftError,
    Reader,
    command_in,
    missed_lines,
    opened,
    question_lines,
    read_line,
    show_not_done,
    titles_of,
    told_lines,
)
from trainer.cli.quiz import find
from trainer.collection import Collection
from trainer.core.deck import Card
from trainer.core.options import on_offer
from trainer.core.prompt import AnswerForm, Reveal, only_revealed
from trainer.core.quiz import SELF_JUDGED, Question, Quiz, Request, Result
from trainer.core.visible import one_line
from trainer.core.wording import duration, plural
from trainer.errors import ChangedElsewhereError, TrainerError

HELP = """\
A line that begins with a colon is a command:
:n next question    :p the one before    :g 7 go to question 7    :l list of questions
:f flag or unflag    :done hand in    :q leave, to go on later    :? this
An empty line leaves the question as it is and goes on to the next that is open."""

_JUDGED = {str(number): word for number, word in enumerate(SELF_JUDGED, 1)} | {
    word: word for word in SELF_JUDGED
}
_JUDGE = f"How was it? {'  '.join(f'{number} {word}' for number, word in enumerate(SELF_JUDGED, 1))}"


class _Then(Enum):
    """What comes after a line: wait for another, ask the question in front, or hand in."""

    WAIT = auto()
    ASK = auto()
    HAND_IN = auto()


class _TimeUpError(Exception):
    """The time for the test is over."""


def take(start: Start, request: Request, *, new: bool, any_left: bool) -> int:
    """Take a test, from stdin to stdout; the exit code."""
    with opened(start) as collection:
        quiz, resumed = find(collection, request, new=new, any_left=any_left)
        if resumed:
            answered = len(quiz.questions) - len(quiz.open)
            warn(
                f"going on with a test that was left, {answered} of {len(quiz.questions)} answered;"
                " --new begins another"
            )
        result = _Sitting(collection, quiz).run()
        if result is not None:
            for line in result_lines(collection, *result):
                say(line)
    return 0


class _Sitting:
    """Asks the questions of a test; each answer is saved before the next line is asked."""

    def __init__(self, collection: Collection, quiz: Quiz) -> None:
        self._collection, self._quizzes, self._quiz = collection, collection.quizzes, quiz
        self._titles = titles_of(collection)
        self._began, self._used_before = monotonic(), quiz.used
        self._spent = {card: answer.milliseconds for card, answer in quiz.answers.items()}
        self._shown_at = self._began
        self._told_open = False

    def run(self) -> tuple[Result, float | None] | None:
        """Until the test is handed in: its result, and the best share before it; None if it is left."""
        request = self._quiz.request
        limit = f", {plural(request.minutes, 'minute')}" if request.minutes else ""
        only = f", {request.selection.in_words}" * bool(request.selection.filters)
        say(f"Test of {plural(len(self._quiz.questions), 'question')}{only}, seed {request.seed}{limit}.")
        say("Type :? to see what else can be typed.")
        try:
            while True:
                self._until_handed_in()
                best = self._quizzes.record(request).best
                try:
                    return self._quizzes.hand_in(replace(self._quiz, used=self._used())), best
                except ChangedElsewhereError:
                    raise
                except TrainerError as error:
                    show_not_done(error)
        except (EOFError, LeftError, KeyboardInterrupt) as left:
            self._keep_time()
            if isinstance(left, KeyboardInterrupt):
                raise
            say("")
            say("Left. Every answer is saved; the same command goes on with this test.")
            return None

    def _until_handed_in(self) -> None:
        """Question after question."""
        try:
            then = _Then.ASK
            while then is not _Then.HAND_IN:
                if self._is_over:
                    raise _TimeUpError
                then = self._turn()
        except _TimeUpError:
            say("The time is up; the test is handed in as it stands.")

    def _turn(self) -> _Then:
        """Ask the question in front, and do what is typed until another is to be asked."""
        quiz, question = self._quiz, self._quiz.question
        form = question.form
        shown = on_offer(form, seed=quiz.seed_of(question))
        reader = Reader(self._collection, question.card, form=form, shown=shown)
        self._say_question(question, shown)
        self._shown_at = monotonic()
        then = _Then.WAIT
        while then is _Then.WAIT:
            line = self._read()
            command = command_in(line, form)
            if command is not None:
                then = self._obey(*command)
                continue
            self._told_open = False
            kept = self._is_locked or (bool(quiz.response) and not line.strip())
            if only_revealed(form) and not kept:
                then = self._judge(form)
            elif not line.strip() and (kept or not isinstance(form, Reveal)):
                then = self._go_on()
            elif self._is_locked:
                say("This answer cannot be changed any more.")
            else:
                response = reader.response(line)
                then = _Then.WAIT if response is None else self._record(response)
        self._spent[question.id] = self._spent_on(question)
        return then

    def _judge(self, form: AnswerForm) -> _Then:
        """Show the answer, and let the learner say how it was."""
        say(f"Answer: {form.answer}")
        say(_JUDGE)
        while True:
            line = self._read()
            judged = _JUDGED.get(line.strip().casefold())
            if judged is not None:
                return self._record(judged)
            command = command_in(line, form)
            if command is not None:
                then = self._obey(*command)
                if then is not _Then.WAIT:
                    return then
            say(_JUDGE)

    def _record(self, response: str) -> _Then:
        """Save the response, and say what it is worth if that is wanted at once."""
        question = self._quiz.question
        try:
            self._quiz = self._quizzes.answer(
                self._quiz, response, milliseconds=self._spent_on(question), used=self._used()
            )
        except TrainerError as error:
            show_not_done(error)
            return _Then.WAIT
        if self._quiz.request.feedback == "once":
            verdict = self._quizzes.grade(question, self._quiz.answers[question.id])
            for line in told_lines(question.card, question.form, verdict):
                say(line)
        return self._go_on()

    def _go_on(self) -> _Then:
        """To the next open question; without one, hand in what cannot be changed any more, or ask."""
        quiz = self._quiz
        if quiz.open:
            if quiz.open == (quiz.at,):
                say("Only this question is open; :done hands in.")
                return _Then.WAIT
            self._quiz = quiz.at_next_open()
            return _Then.ASK
        if quiz.request.feedback == "once":
            return _Then.HAND_IN
        say("All questions are answered. :done hands in, :l lists them, :g 1 goes to the first.")
        while True:
            command = command_in(self._read())
            then = _Then.WAIT if command is None else self._obey(*command)
            if then is not _Then.WAIT:
                return then

    # Commands

    def _obey(self, name: str, argument: str) -> _Then:
        """Do what a command says."""
        if name != "done":
            self._told_open = False
        match name:
            case "n" | "next":
                return self._move(self._quiz.at + 1)
            case "p" | "back":
                return self._move(self._quiz.at - 1)
            case "g" | "go":
                if argument.isascii() and argument.isdecimal():
                    return self._move(int(argument) - 1)
                say("Type :g and the number of a question.")
            case "l" | "list":
                for line in _state_lines(self._quiz):
                    say(line)
            case "f" | "flag":
                self._flag()
            case "done":
                return self._hand_in()
            case "q" | "quit":
                raise LeftError
            case "?" | "help":
                say(HELP)
            case _:
                say(f"There is no command {one_line(name)!r}; :? lists them.")
        return _Then.WAIT

    def _move(self, to: int) -> _Then:
        if not 0 <= to < len(self._quiz.questions):
            say(f"The questions are 1 to {len(self._quiz.questions)}.")
            return _Then.WAIT
        self._quiz = self._quiz.moved(to)
        return _Then.ASK

    def _flag(self) -> None:
        try:
            self._quiz = self._quizzes.flag(self._quiz)
        except TrainerError as error:
            show_not_done(error)
            return
        flagged = self._quiz.question.id in self._quiz.flagged
        say("Flagged." if flagged else "Not flagged any more.")

    def _hand_in(self) -> _Then:
        """Asks once more if questions are open."""
        left = self._quiz.open
        if not left or self._told_open:
            return _Then.HAND_IN
        self._told_open = True
        numbers = ", ".join(str(index + 1) for index in left)
        say(f"{plural(len(left), 'question')} open: {numbers}. :done once more hands in all the same.")
        return _Then.WAIT

    # Time

    def _read(self) -> str:
        """The next line, unless it comes too late."""
        line = read_line()
        if line.strip() == ":q":
            raise LeftError
        if self._is_over:
            raise _TimeUpError
        return line

    @property
    def _is_over(self) -> bool:
        return 0 < self._quiz.limit <= self._used()

    def _keep_time(self) -> None:
        """Record the time used, for when the test is resumed; failing that, the last answer tells it."""
        with suppress(TrainerError):
            self._quizzes.pause(self._quiz, used=self._used())

    def _used(self) -> int:
        used = self._used_before + round((monotonic() - self._began) * 1000)
        return min(used, self._quiz.limit) if self._quiz.limit else used

    def _spent_on(self, question: Question) -> int:
        return self._spent.get(question.id, 0) + round((monotonic() - self._shown_at) * 1000)

    # What is said

    @property
    def _is_locked(self) -> bool:
        return self._quiz.is_locked(self._quiz.question.id)

    def _say_question(self, question: Question, shown: tuple[str, ...]) -> None:
        quiz, card = self._quiz, question.card
        left = max(0, quiz.limit - self._used())
        parts = [
            self._titles[card.deck],
            card.type + (f": {one_line(card.aspect)}" if card.aspect else ""),
            *(["flagged"] if card.id in quiz.flagged else []),
            *([f"{duration(left)} left"] if quiz.limit else []),
        ]
        say("")
        say(f"[{quiz.at + 1} of {len(quiz.questions)}] {' · '.join(parts)}")
        for line in question_lines(card, question.form, shown):
            say(line)
        if quiz.response.strip():
            kept = "it cannot be changed any more" if self._is_locked else "enter keeps it"
            say(f"Your answer: {one_line(quiz.response)} ({kept})")


def _state_lines(quiz: Quiz) -> Iterator[str]:
    left = set(quiz.open)
    for index, question in enumerate(quiz.questions):
        state = "open" if index in left else "answered"
        flag = ", flagged" if question.id in quiz.flagged else ""
        yield f"{index + 1}  {state}{flag}: {one_line(question.card.prompt.question)}"


def result_lines(collection: Collection, result: Result, best: float | None) -> Iterator[str]:
    """What a test came to, in all and in parts, and what was missed; `best` is the best share before it."""
    titles, total = titles_of(collection), result.total
    yield ""
    yield (
        f"Result: {_points(total.points)} of {plural(total.count, 'point')}, {total.percent} %,"
        f" in {duration(result.used)}."
    )
    if best is None:
        yield "The first test of this kind."
    elif total.points / total.count > best:
        yield f"A new personal best; the best before was {round(100 * best)} %."
    else:
        yield f"Personal best: {round(100 * best)} %."
    if result.request.credit:
        yield "The answers count as reviews."
    labels: dict[str, Callable[[Card], Iterable[str]]] = {
        "deck": lambda card: (titles[card.deck],),
        "type": lambda card: (card.type,),
        "source": lambda card: (one_line(cited.source.title) for cited in card.sources),
    }
    for heading, label in labels.items():
        shares = result.by(label)
        if shares:
            yield f"By {heading}:"
        for share in shares:
            yield f"  {share.label}: {_points(share.points)} of {share.count}, {share.percent} %"
    for marked in result.missed:
        yield from missed_lines(marked.question.card, marked.question.form, marked.answer.response)
    yield f"The same test again: {_command(result.request)}"


def _points(points: float) -> str:
    return f"{round(points, 2):g}"


def _command(request: Request) -> str:
    """The command line that draws the same test."""
    usual = replace(Request(), seed=request.seed)
    words = ["trainer", "quiz", *request.decks, "--seed", request.seed]
    for flag, values in (
        ("--type", request.types),
        ("--tag", request.tags),
        ("--source", request.sources),
        ("--name", request.names),
    ):
        words += [word for value in values for word in (flag, value)]
    if request.count != usual.count:
        words += ["-n", str(request.count)]
    if request.minutes:
        words += ["--minutes", str(request.minutes)]
    if request.feedback != usual.feedback:
        words += ["--feedback", request.feedback]
    return shlex.join([*words, *["--credit"] * request.credit, "--plain"])
