"""`trainer preview`: the cards of a deck as they will be asked and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from trainer.cli.commands import Start
from trainer.cli.output import say, say_json, warn
from trainer.cli.plain import how_to_answer, question_lines, told_lines
from trainer.cli.waiting import under_way
from trainer.cli.watching import again_and_again, clear_screen
from trainer.collection.previewing import Preview, preview, watched
from trainer.config import Places
from trainer.core.deck import Card, Span
from trainer.core.grading import Verdict
from trainer.core.options import occasion, on_offer
from trainer.core.prompt import accepted
from trainer.core.responses import look_like_labels
from trainer.core.review import Rating
from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.errors import DecksError

_NOTHING_SAID = Verdict(kind="unknown", score=None, reason="", suggested=Rating.GOOD)


@click.command("preview")
@click.argument("deck")
@click.argument("note", default="")
@click.option("--watch", "watching", is_flag=True, help="Show it anew whenever the deck is saved.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def command(start: Start, deck: str, note: str, watching: bool, as_json: bool) -> int:
    """Show the cards of a deck, or of one of its notes, as they will be asked and answered.

    DECK is an id, a part of id or title, or the path of a file. What is wrong with the file comes first.
    Exits with 1 if there is an error. With --watch, ctrl+c ends it, with 0.
    """
    places = start.places()
    with under_way("Reading the deck") as advance:
        first = preview(places, deck, note, advance=advance)
    if not watching:
        _show(first, as_json=as_json)
        return _code(first)
    path = Path(first.path)
    screen = Screen(places, path, note, as_json=as_json)
    return again_and_again(lambda: watched(path), screen.show, clear=False)


class Screen:
    """What is shown of a deck each time that it is saved: what has changed comes first."""

    def __init__(self, places: Places, path: Path, note: str, *, as_json: bool = False) -> None:
        self._places, self._path, self._note, self._as_json = places, path, note, as_json
        self._before: dict[str, Card] | None = None

    def show(self) -> int:
        """Read the deck and show it; nothing while its file is not there. 1 if it has an error, else 0."""
        if not self._path.is_file():
            return 1
        found, cards = self._read()
        if not self._as_json:
            clear_screen()
        _show(found._replace(cards=tuple(cards)), as_json=self._as_json)
        return _code(found)

    def _read(self) -> tuple[Preview, list[Card]]:
        """The deck now, and its cards with those in front whose notes have changed."""
        try:
            found = preview(self._places, str(self._path), self._note)
        except DecksError as error:  # The note is gone, or there is another of that name.
            found = preview(self._places, str(self._path))._replace(cards=())
            warn(one_line(str(error)))
        before, now = self._before, {card.id: _bare(card) for card in found.cards}
        changed = {card.note for card in found.cards if before and before.get(card.id) != now[card.id]}
        if found.cards:
            self._before = now
        return found, sorted(found.cards, key=lambda card: card.note not in changed)


def card_lines(card: Card) -> Iterator[str]:
    """A card in plain text: how it is asked, and what is told after the answer."""
    form = card.prompt.form
    kind = card.type + (f": {one_line(card.aspect)}" if card.aspect else "")
    yield f"{one_line(card.id)}  [{kind} · line {card.span.line}]"
    yield from question_lines(card, form, _shown(card))
    if card.hint:
        yield f"Hint: {one_line(card.hint)}"
    yield from told_lines(card, form, _NOTHING_SAID)
    if card.superseded_by:
        yield f"Not asked any more: superseded by {one_line(card.superseded_by)}."


def cards_as_json(cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Cards as `trainer preview --json` prints them."""
    return [
        {
            "id": card.id,
            "note": card.note,
            "type": card.type,
            "form": type(card.prompt.form).__name__,
            "question": card.prompt.question,
            "how": how_to_answer(card.prompt.form, lettered=look_like_labels(_shown(card))),
            "options": list(_shown(card)),
            "answers": list(accepted(card.prompt.form)),
            "hint": card.hint,
            "explanation": card.explanation,
            "sources": [str(cited) for cited in card.sources],
            "line": card.span.line,
        }
        for card in cards
    ]


def _show(found: Preview, *, as_json: bool) -> None:
    if as_json:
        problems = [
            {
                "line": problem.span.line,
                "severity": problem.severity,
                "code": problem.code,
                "message": problem.message,
            }
            for problem in found.problems
        ]
        shown = {"deck": found.deck, "title": found.title, "file": found.path}
        say_json({**shown, "cards": cards_as_json(found.cards), "problems": problems})
        return
    for problem in found.problems:
        say(f"{one_line(str(problem))} [{problem.code}]")
    if _code(found):
        say("There is nothing to preview until the errors are mended.")
        return
    say(f"{one_line(found.title)}: {plural(len(found.cards), 'card')}")
    for card in found.cards:
        say("")
        for line in card_lines(card):
            say(line)


def _shown(card: Card) -> tuple[str, ...]:
    return on_offer(card.prompt.form, seed=occasion(card.id, None))


def _code(found: Preview) -> int:
    """The exit code: whether the deck cannot be studied."""
    return int(not found.cards and any(problem.severity == "error" for problem in found.problems))


def _bare(card: Card) -> Card:
    """A card without its place, which moves when others are edited."""
    return replace(card, span=Span("", 0, 0))
