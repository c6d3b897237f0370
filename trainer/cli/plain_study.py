"""`trainer study --plain`: a sitting line by line."""

from __future__ import annotations

from time import monotonic

from trainer.cli.commands import Start
from trainer.cli.output import say
from trainer.cli.plain import (
    LeftError,
    Reader,
    changed_lines,
    coming_lines,
    command_in,
    missed_lines,
    opened,
    question_lines,
    read_line,
    show_not_done,
    source_lines,
    titles_of,
    told_lines,
)
from trainer.collection import Collection
from trainer.core.change import Change
from trainer.core.deck import Card
from trainer.core.grading import Verdict
from trainer.core.options import occasion, on_offer
from trainer.core.review import Confidence, Rating
from trainer.core.session import Selection, Session, tally
from trainer.core.visible import one_line
from trainer.core.wording import duration, plural, wait
from trainer.errors import TrainerError

HELP = """\
Before the answer, a line that begins with a colon is a command; after it also without the colon.
:h hint    :s sources    :f flag or unflag    :b bury until tomorrow    :x suspend
:u undo    :c sure, :c unsure or :c guess: how sure you are    :q quit    :? this
An empty line means: I don't know; after the answer it takes the rating in brackets."""

_RATINGS = {word: rating for rating in Rating for word in (str(int(rating)), rating.name.casefold())}


def study(start: Start, selection: Selection) -> int:
    """A sitting over a `Selection`, from stdin to stdout; the exit code."""
    with opened(start) as collection:
        _Sitting(collection, collection.start(selection)).run()
    return 0


class _Sitting:
    """Asks one card after another; each is saved when it is rated, before the next is asked."""

    def __init__(self, collection: Collection, session: Session) -> None:
        self._collection, self._session = collection, session
        self._titles = titles_of(collection)
        self._reader: Reader | None = None
        self._verdict: Verdict | None = None
        self._confidence: Confidence | None = None
        self._told_to_rate = False

    def run(self) -> None:
        """Until no card is left for today, the learner leaves or the input ends."""
        if self._session.selection.filters:
            say(f"Only cards {self._session.selection.in_words}.")
        try:
            while (card := self._session.card) is not None:
                self._turn(card)
        except EOFError:
            say("")
            say("The input has ended.")
            if self._verdict is not None:
                say("The last answer was not rated, so it was not recorded.")
        except LeftError:
            pass
        self._summarise()

    def _turn(self, card: Card) -> None:
        """Ask the card in front, unless a command brings another or the same anew."""
        session, form = self._session, card.prompt.form
        before = sum(entry.card.id == card.id for entry in session.answered)
        shown = on_offer(form, seed=occasion(card.id, session.state, before))
        self._verdict, self._confidence, self._told_to_rate = None, None, False
        self._say_heading(card)
        change = self._collection.changed(session)
        if change is not None:
            self._tell(card, change)
            return
        for line in question_lines(card, form, shown):
            say(line)
        started = monotonic()
        self._reader = reader = Reader(self._collection, card, form=form, shown=shown)
        response = self._response(card, reader)
        if response is None:
            return
        milliseconds = round(((reader.looked_at or monotonic()) - started) * 1000)
        self._verdict = self._collection.grade(card, response, milliseconds=milliseconds)
        for line in told_lines(card, form, self._verdict):
            say(line)
        self._rate(card, self._verdict, response=response, milliseconds=milliseconds)

    def _tell(self, card: Card, change: Change) -> None:
        """Tell that the answer to the card in front has changed, until that is understood; it comes later."""
        self._reader = None
        for line in changed_lines(card, change):
            say(line)
        say("Press enter to go on; the card is asked later.")
        while True:
            name, argument = command_in(read_line()) or ("", "")
            if name and self._obey(name, argument, card):
                return
            if not name:
                try:
                    self._session = self._collection.understood(self._session)
                except TrainerError as error:
                    show_not_done(error)
                else:
                    return

    def _response(self, card: Card, reader: Reader) -> str | None:
        """What was typed; None if the card in front has changed instead."""
        while True:
            line = read_line()
            command = command_in(line, card.prompt.form)
            if command is None:
                response = reader.response(line)
                if response is not None:
                    return response
            elif self._obey(*command, card):
                return None

    def _rate(self, card: Card, verdict: Verdict, *, response: str, milliseconds: int) -> None:
        self._say_ratings(verdict)
        while True:
            name, argument = command_in(read_line()) or ("", "")
            rating = _RATINGS.get(name) if name else verdict.suggested
            if rating is None:
                if self._obey(name, argument, card):
                    return
                continue
            try:
                self._session = self._collection.rate(
                    self._session,
                    rating,
                    verdict=verdict,
                    response=response,
                    milliseconds=milliseconds,
                    confidence=self._confidence,
                )
            except TrainerError as error:
                show_not_done(error)
                continue
            return

    # Commands

    def _obey(self, name: str, argument: str, card: Card) -> bool:
        """Do what a command says; whether the card is to be asked anew, or another one."""
        try:
            match name:
                case "q" | "quit":
                    return self._leave()
                case "u" | "undo":
                    return self._undo()
                case "b" | "bury" | "x" | "suspend":
                    return self._set_aside(suspended=name in ("x", "suspend"))
                case "f" | "flag":
                    self._session = self._collection.flag(self._session)
                    say("Flagged." if card.id in self._session.flagged else "Not flagged any more.")
                case "h" | "hint":
                    say(f"Hint: {card.hint}" if card.hint else "This card has no hint.")
                case "s" | "sources":
                    for line in source_lines(card):
                        say(line)
                case "c" | "confidence":
                    self._be_confident(argument)
                case "?" | "help":
                    say(HELP)
                case _:
                    say(f"There is no command {one_line(name)!r}; :? lists them.")
        except TrainerError as error:
            show_not_done(error)
        return False

    def _leave(self) -> bool:
        if self._verdict is not None and not self._told_to_rate:
            self._told_to_rate = True
            say("This is not rated yet; q once more drops it.")
            return False
        raise LeftError

    def _undo(self) -> bool:
        """Take back the answer not yet rated, else the last thing done."""
        if self._verdict is not None:
            say("Took back: the answer that was not rated yet.")
            return True
        front = self._session.front
        self._session, entry = self._collection.undo(self._session)
        if entry is None:
            has_moved = self._session.front != front
            say("Another session took that back already." if has_moved else "There is nothing to undo.")
            return has_moved
        say(f"Took back: {one_line(entry.called)}")
        return True

    def _set_aside(self, *, suspended: bool) -> bool:
        self._session = (self._collection.suspend if suspended else self._collection.bury)(self._session)
        say(f"Set aside {'until brought back at home' if suspended else 'for today'}; :u brings it back.")
        return True

    def _be_confident(self, argument: str) -> None:
        chosen = {level.word: level for level in Confidence}.get(argument.casefold())
        if self._verdict is not None or (self._reader and self._reader.looked_at):
            say("How sure you are counts before the answer only.")
        elif chosen is None:
            say(f"Type :c and one of {', '.join(level.word for level in reversed(Confidence))}.")
        else:
            self._confidence = chosen
            say(f"You are {'guessing' if chosen is Confidence.GUESS else chosen.word}.")

    # What is said

    def _say_heading(self, card: Card) -> None:
        session = self._session
        state = session.state.phase.word if session.state else "new"
        parts = [
            self._titles[card.deck],
            "cram" if session.selection.cram else state,
            *(["flagged"] if card.id in session.flagged else []),
            card.type + (f": {one_line(card.aspect)}" if card.aspect else ""),
        ]
        say("")
        say(f"[{session.asked} of {session.total}] {' · '.join(parts)}")

    def _say_ratings(self, verdict: Verdict) -> None:
        moment = self._collection.now()
        waits = {rating: f" {wait(state, moment)}" for rating, state in self._session.preview(moment).items()}
        ratings = "  ".join(f"{int(rating)} {rating.word}{waits.get(rating, '')}" for rating in Rating)
        say(f"rate: {ratings}  [enter: {int(verdict.suggested)} {verdict.suggested.word}]")

    def _summarise(self) -> None:
        """How it went, what was missed, what comes."""
        session, counted = self._session, tally(self._session.answered)
        say("")
        if counted.reviews:
            say(
                f"{'Done' if session.front is None else 'So far'}: {plural(counted.cards, 'card')},"
                f" {plural(counted.reviews, 'answer')} in {duration(counted.milliseconds)};"
                f" score {counted.percent} % ({round(counted.score, 2):g} of {counted.reviews}),"
                f" best run {counted.best_run}."
            )
        else:
            say("Nothing answered yet." if session.front is not None else "Nothing is due now.")
        for entry in counted.missed:
            for line in missed_lines(entry.card, entry.card.prompt.form, entry.review.response):
                say(line)
        for line in coming_lines(self._collection, session):
            say(line)
