"""`trainer next`: the card that would be asked next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from trainer.cli import choosing
from trainer.cli.commands import Start
from trainer.cli.looking import look
from trainer.cli.output import say, say_json
from trainer.cli.plain import change_lines, coming_lines, how_to_answer, question_lines, titles_of
from trainer.collection import Collection
from trainer.core.deck import Card
from trainer.core.options import occasion, on_offer
from trainer.core.prompt import Number, Pair, Reveal, TypeIn
from trainer.core.responses import look_like_labels
from trainer.core.session import Selection, Session
from trainer.core.visible import one_line


@click.command("next")
@choosing.decks
@choosing.new
@choosing.tags_and_sources
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(
    start: Start,
    decks: tuple[str, ...],
    new: int | None,
    tags: tuple[str, ...],
    sources: tuple[str, ...],
    names: tuple[str, ...],
    as_json: bool,
) -> int:
    """Show the card that would be asked next, and how to answer it; the answer only if it has changed.

    Until the card is answered, the numbers and letters mean the same to `trainer answer`.
    """
    collection = look(start.places())
    session = collection.start(Selection(decks=decks, tags=tags, sources=sources, names=names, new=new))
    card = session.card
    if as_json:
        say_json(card and _as_json(collection, session, card))
    else:
        for line in _lines(collection, session, card):
            say(line)
    return 0


def _lines(collection: Collection, session: Session, card: Card | None) -> list[str]:
    if card is None:
        return ["Nothing is due now.", *coming_lines(collection, session)]
    title = titles_of(collection)[card.deck]
    kind = card.type + (f": {one_line(card.aspect)}" if card.aspect else "")
    return [
        f"{one_line(card.id)}  [{title} · {_state(session)} · {kind} · {_left(session)} left today]",
        *_asked(collection, session, card),
        *([f"Hint: {one_line(card.hint)}"] if card.hint else []),
    ]


def _asked(collection: Collection, session: Session, card: Card) -> Iterable[str]:
    change = collection.changed(session)
    if change is not None:
        yield from change_lines(change)
    yield from question_lines(card, card.prompt.form, _shown(session, card))


def _as_json(collection: Collection, session: Session, card: Card) -> dict[str, Any]:
    form, shown = card.prompt.form, _shown(session, card)
    paired = isinstance(form, Pair)
    expected = form.expected if isinstance(form, TypeIn) else None
    change = collection.changed(session)
    return {
        "card": card.id,
        "deck": card.deck,
        "title": next(deck.title for deck in collection.decks if deck.deck == card.deck),
        "type": card.type,
        "form": type(form).__name__,
        "aspect": card.aspect,
        "question": card.prompt.question,
        "how": how_to_answer(form, lettered=look_like_labels(shown)),
        "changed": change and {"before": change.before, "now": change.now},
        "hint": card.hint,
        "as_of": card.as_of,
        "unit": expected.unit if isinstance(expected, Number) else "",
        "options": [] if paired else list(shown),
        "left": [left for left, _ in form.pairs] if isinstance(form, Pair) else [],
        "right": list(shown) if paired else [],
        "points": len(form.points) if isinstance(form, Reveal) else 0,
        "state": _state(session),
        "left_today": _left(session),
    }


def _shown(session: Session, card: Card) -> tuple[str, ...]:
    return on_offer(card.prompt.form, seed=occasion(card.id, session.state))


def _state(session: Session) -> str:
    return session.state.phase.word if session.state else "new"


def _left(session: Session) -> int:
    return session.total - session.finished
