"""What a note comes to is found out beside the typing, and only the latest is told."""

from __future__ import annotations

import asyncio
import threading

import pytest

from trainer.collection.authoring import Drafted, FieldProblem
from trainer.errors import DecksError
from trainer.tui.drafting import Drafting


def draft(name: str) -> Drafted:
    return Drafted(problems=(FieldProblem("", "error", name, name),))


async def test_what_is_asked_last_is_told_and_nothing_older() -> None:
    told: list[str] = []
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> Drafted:
        begun.set()
        go_on.wait(10)
        return draft("old")

    def quick() -> Drafted:
        return draft("new")

    drafting = Drafting(lambda drafted: told.append(drafted.problems[0].code), pause=0)
    drafting.ask(slow)
    await asyncio.to_thread(begun.wait, 10)
    drafting.ask(lambda: draft("between"))
    drafting.ask(quick)
    go_on.set()
    await drafting.settled()
    assert told == ["new"]


async def test_what_is_forgotten_is_not_told_even_if_it_fails() -> None:
    told: list[Drafted] = []
    drafting = Drafting(told.append, pause=0)

    def fails() -> Drafted:
        drafting.forget()
        raise IndexError

    drafting.ask(fails)
    await drafting.settled()
    drafting.ask(lambda: draft("never"))
    drafting.forget()
    await drafting.settled()
    assert told == []


async def test_what_a_user_may_see_is_told_and_other_errors_come_out() -> None:
    told: list[Drafted] = []
    drafting = Drafting(told.append, pause=0)

    def broken() -> Drafted:
        raise DecksError("this cannot be", hint="mend it")

    def wrong() -> Drafted:
        raise ZeroDivisionError

    drafting.ask(broken)
    await drafting.settled()
    assert told[0].errors[0].message == "this cannot be" and told[0].errors[0].hint == "mend it"
    drafting.ask(wrong)
    with pytest.raises(ZeroDivisionError):
        await drafting.settled()
