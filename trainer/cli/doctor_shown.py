"""What `trainer doctor` says of the data, as lines and as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.errors import advice

if TYPE_CHECKING:
    from trainer.collection.doctor import Gone, Report
    from trainer.collection.health import Check
    from trainer.storage.moves import Move

_MOST = 50
"""Notes after which no further ones are listed."""

_HOW = {"edited": "recognised", "asked": "moved"}


def report_lines(report: Report, *, where: str) -> Iterator[str]:
    """The histories whose cards have gone, and those that were moved."""
    yield from _gone_lines(report.gone, where=where)
    for index, line in enumerate(_move_lines(report.moves)):
        if index == 0:
            yield "\nMoved:"
        yield line


def as_data(checks: Sequence[Check], report: Report | None) -> dict[str, object]:
    """All of it, as JSON has it; what could not be looked at is null."""
    return {
        "well": all(check.state != "wrong" for check in checks),
        "checks": [
            {
                "name": check.name,
                "state": check.state,
                "said": check.said,
                "todo": check.todo,
                "more": list(check.more),
                "counts": dict(check.counts),
            }
            for check in checks
        ],
        "gone": None if report is None else [_gone_as_json(gone) for gone in report.gone],
        "moves": None if report is None else [_move_as_json(move) for move in report.moves],
    }


def _gone_lines(found: Iterable[Gone], *, where: str) -> Iterator[str]:
    """The notes that have gone, those with one proposal together."""
    from trainer.collection.doctor import groups

    gone = list(found)
    if not gone:
        yield f"✓ histories: {one_line(f'every card that has one is in the decks: {where}')}"
        return
    cards = sum(len(each.cards) for each in gone)
    told = f"{plural(cards, 'card')} with a history"
    yield f"! histories: {one_line(f'{told} in none of the decks of {where}; it is kept:')}"
    left = len(gone)
    for proposal, notes in groups(gone):
        if left < len(gone) - _MOST:
            yield f"  and {plural(left, 'other note')}; --json has all of them"
            return
        left -= len(notes)
        for each in notes:
            about = f"  {one_line(each.question or each.answer)}" if each.question or each.answer else ""
            known = f"{plural(len(each.cards), 'card')}, {plural(each.reviews, 'review')}"
            yield f"  {one_line(each.note)}  {known}, last on {each.last_day}{about}"
        if proposal:
            yield f"    {one_line(_proposed(proposal))}"


def _move_lines(moves: Iterable[Move]) -> Iterator[str]:
    for move in moves:
        renamed = one_line(f"{move.old} -> {move.new}")
        yield f"  {move.day}  {renamed}  ({_HOW.get(move.how, one_line(move.how))})"


def _proposed(proposal: tuple[str, str]) -> str:
    return advice(f"move {shlex.join(proposal)}")


def _gone_as_json(gone: Gone) -> dict[str, object]:
    return {
        "note": gone.note,
        "cards": list(gone.cards),
        "reviews": gone.reviews,
        "last_day": gone.last_day.isoformat(),
        "question": gone.question,
        "answer": gone.answer,
        "proposal": _proposed(gone.proposal) if gone.proposal else None,
    }


def _move_as_json(move: Move) -> dict[str, object]:
    return {"day": move.day.isoformat(), "old": move.old, "new": move.new, "how": move.how}
