"""Small things to test with; each takes only what the test cares about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from trainer.core.day import Moment
from trainer.core.deck import Card, Citation, Deck, Name, Source, Span
from trainer.core.grading import Verdict
from trainer.core.prompt import AnswerForm, Prompt, Reveal
from trainer.core.queue import Place
from trainer.core.review import Rating, Review
from trainer.core.scheduling import MemoryState, Scheduler, SchedulingSettings
from trainer.core.session import Outcome, Selection, Session

TODAY = date(2024, 6, 13)

PLAIN = Scheduler(SchedulingSettings(fuzz=False))
"""A schedule in which nothing is drawn."""

UNKNOWN = Verdict(kind="unknown", score=None, reason="", suggested=Rating.GOOD)
RIGHT = Verdict(kind="right", score=1.0, reason="right", suggested=Rating.GOOD)
WRONG = Verdict(kind="wrong", score=0.0, reason="not the right one", suggested=Rating.AGAIN)


def make_moment(day: date = TODAY, *, minutes: int = 0) -> Moment:
    """Noon UTC of a study day and some minutes, by a UTC wall clock."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(minutes=minutes)
    return Moment(at=round(at.timestamp() * 1000), utc_offset=0, day=day)


def make_card(
    note: str = "n1",
    *,
    key: str = "card",
    deck: str = "deck",
    form: AnswerForm | None = None,
    question: str = "Who?",
    aspect: str = "",
    sources: tuple[Citation, ...] = (),
    tags: tuple[str, ...] = (),
) -> Card:
    return Card(
        deck=deck,
        note=note,
        key=key,
        type="basic",
        aspect=aspect,
        prompt=Prompt(question=question, form=form or Reveal(answer="Somebody.")),
        span=Span(f"{deck}.yaml", 3, 5),
        sources=sources,
        tags=tags,
    )


def make_deck(*cards: Card, deck: str = "deck", title: str = "A deck") -> Deck:
    return Deck(id=deck, title=title, path=f"{deck}.yaml", cards=cards)


def make_source(source: str = "article", **fields: str) -> Source:
    return Source(id=source, title=fields.pop("title", "An article"), **fields)


def make_name(name: str, *aliases: str, kind: str = "person") -> Name:
    return Name(id=name.casefold(), name=name, kind=kind, aliases=aliases)


def make_review(
    card: str = "deck/n1/card",
    rating: Rating = Rating.GOOD,
    *,
    moment: Moment | None = None,
    score: float = 1.0,
    response: str = "",
    milliseconds: int = 1000,
    mode: str = "study",
    answer: str = "",
) -> Review:
    return Review(
        card=card,
        rating=rating,
        score=score,
        response=response,
        milliseconds=milliseconds,
        mode=mode,
        moment=moment or make_moment(),
        answer=answer,
    )


def make_outcome(
    review: Review, before: MemoryState | None = None, after: MemoryState | None = None
) -> Outcome:
    return Outcome(review=review, before=before, after=after)


def make_place(
    card: str,
    *,
    note: str | None = None,
    due_day: date | None = None,
    in_steps: bool = False,
    set_aside: bool = False,
    answered_today: bool = False,
) -> Place:
    return Place(
        card=card,
        note=note or card,
        deck="deck",
        in_steps=in_steps,
        due_day=due_day,
        set_aside=set_aside,
        answered_today=answered_today,
    )


def make_session(count: int = 3, *, cram: bool = False, now: int | None = None) -> Session:
    """A sitting over new cards, the first in front; nothing is left to chance."""
    cards = {card.id: card for card in (make_card(f"n{number}") for number in range(count))}
    return Session(
        cards=cards,
        memory={},
        scheduler=PLAIN,
        selection=Selection(cram=cram),
        waiting=tuple(cards),
        total=count,
    ).with_next(make_moment().at if now is None else now)
