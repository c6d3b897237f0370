"""`trainer answer`: one answer to one card."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from difflib import get_close_matches
from typing import Any, NamedTuple

import click

from trainer.cli.commands import Start
from trainer.cli.keeping import kept
from trainer.cli.looking import look, open_collection
from trainer.cli.output import say, say_json
from trainer.cli.plain import told_lines
from trainer.collection import Collection
from trainer.core.day import Moment
from trainer.core.deck import Card
from trainer.core.grading import Verdict, kept_score
from trainer.core.options import occasion, on_offer
from trainer.core.prompt import Reveal
from trainer.core.responses import misread, read_response
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState
from trainer.core.session import Session
from trainer.core.visible import one_line
from trainer.core.wording import wait
from trainer.errors import DecksError, UsageError

_HINT = "give --rating as well, or --dry-run"
_RATINGS = {word: rating for rating in Rating for word in (str(int(rating)), rating.name.casefold())}


class _Given(NamedTuple):
    """What was answered, and what became of it; `rating` is None while nobody can tell.

    `after` is the memory state that follows, or would.
    """

    card: Card
    verdict: Verdict
    rating: Rating | None = None
    after: MemoryState | None = None
    recorded: bool = False

    @property
    def asked_back(self) -> bool:
        """Whether the response has to be written more clearly; the answer stays secret then."""
        return self.rating is None and bool(self.verdict.reason)

    @property
    def score(self) -> float | None:
        """As recorded."""
        return self.verdict.score if self.rating is None else kept_score(self.verdict, self.rating)


@click.command("answer")
@click.argument("card")
@click.option("--response", metavar="TEXT", help="The answer, as it would be typed; empty: I don't know.")
@click.option(
    "--rating",
    type=click.Choice(list(_RATINGS), case_sensitive=False),
    metavar="R",
    help="1 to 4, or again, hard, good, easy; overrules the rating suggested.",
)
@click.option("--dry-run", is_flag=True, help="Grade, and record nothing.")
@click.option(
    "--milliseconds", type=click.IntRange(min=0), default=0, metavar="N", help="How long the answer took."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    card: str,
    response: str | None,
    rating: str | None,
    dry_run: bool,
    milliseconds: int,
    as_json: bool,
) -> int:
    """Grade an answer to a CARD, due or not, and record it.

    A CARD is named by its id; `trainer next` and `trainer list` show it.
    """
    if response is None and rating is None:
        raise UsageError("an answer needs --response or --rating", hint="or both")
    places = start.places()
    chosen = None if rating is None else _RATINGS[rating.casefold()]
    with closing(look(places)) if dry_run else kept(open_collection(places)) as collection:
        session = collection.session_of(_card(collection, card))
        given = _answered(
            collection, session, response, chosen, milliseconds=milliseconds, record=not dry_run
        )
    if as_json:
        say_json(_as_json(given, collection.now()))
    else:
        for line in _lines(given, collection.now()):
            say(line)
    return 1 if given.asked_back else 0


def _card(collection: Collection, card: str) -> Card:
    found = collection.cards([card])
    if found:
        return found[0]
    close = get_close_matches(card, [row.id for row in collection.browsing.rows()], n=1)
    hint = f"did you mean {close[0]}?" if close else "`trainer list` shows them all"
    raise DecksError(f"{card}: no such card", hint=hint)


def _answered(
    collection: Collection,
    session: Session,
    typed: str | None,
    chosen: Rating | None,
    *,
    milliseconds: int,
    record: bool,
) -> _Given:
    """Grade what was typed, if anything, and record it if it can be and is to be."""
    card = session.card
    assert card is not None
    if typed is None:
        assert chosen is not None
        response, back = "", ""
        verdict = Verdict(kind="unknown", score=None, reason="", suggested=chosen)
    else:
        response = _response(session, card, typed)
        verdict = collection.grade(card, response, milliseconds=milliseconds)
        back = collection.unclear(card, response) if verdict.kind == "unknown" else ""
    if chosen is None and back:
        asked = Verdict(kind="unknown", score=None, reason=back, suggested=verdict.suggested)
        return _Given(card, asked)
    if chosen is None and verdict.score is None:
        if record:
            points = isinstance(card.prompt.form, Reveal) and card.prompt.form.points
            hint = "name the points that you had by number, or give --rating" if points else _HINT
            raise UsageError("only you can judge this answer", hint=hint)
        return _Given(card, verdict)
    rating = chosen or verdict.suggested
    if not record:
        after = session.preview(collection.now())[rating]
        return _Given(card, verdict, rating, after)
    session = collection.rate(session, rating, verdict=verdict, response=response, milliseconds=milliseconds)
    return _Given(card, verdict, rating, session.memory[card.id], recorded=True)


def _response(session: Session, card: Card, typed: str) -> str:
    """What was typed as a response. Raises UsageError where numbers or letters mean nothing."""
    shown = on_offer(card.prompt.form, seed=occasion(card.id, session.state))
    wrong = misread(card.prompt.form, typed, shown=shown)
    if wrong:
        raise UsageError(wrong.rstrip("."), hint="`trainer next` and `trainer answer --help` tell more")
    return read_response(card.prompt.form, typed, shown=shown)


def _as_json(given: _Given, now: Moment) -> dict[str, Any]:
    return {
        "card": given.card.id,
        "verdict": given.verdict.kind,
        "score": given.score,
        "parts": [
            {"text": part.text, "score": part.score, "note": part.note, "extra": part.extra}
            for part in given.verdict.parts
        ],
        "reason": given.verdict.reason,
        "suggested_rating": int(given.verdict.suggested),
        "rating": None if given.rating is None else int(given.rating),
        "answer": None if given.asked_back else given.card.prompt.form.answer,
        "accounts": []
        if given.asked_back
        else [{"by": account.by, "says": account.says} for account in given.card.accounts],
        "next_due": None if given.after is None else _due(given.after, now),
        "recorded": given.recorded,
    }


def _due(state: MemoryState, now: Moment) -> str:
    """A date, or while in learning steps a time with its offset from UTC, both as ISO 8601."""
    if state.due_at is None:
        return state.due_day.isoformat()
    zone = timezone(timedelta(minutes=now.utc_offset))
    due = datetime.fromtimestamp(state.due_at // 1000, UTC).astimezone(zone)
    return due.isoformat()


def _lines(given: _Given, now: Moment) -> Iterator[str]:
    if given.asked_back:
        yield one_line(given.verdict.reason)
        yield "Not recorded."
        return
    yield from told_lines(given.card, given.card.prompt.form, given.verdict)
    if given.rating is None or given.after is None:
        yield "Not recorded: only you can judge this answer; --rating says how it was."
        return
    comes = f"comes back in {wait(given.after, now)}, {_due(given.after, now)}"
    yield f"{'Recorded' if given.recorded else 'Not recorded'}: {given.rating.word}, {comes}."
