"""After an answer, what every source says where they disagree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk import NARROW, TINY, WIDE, Desk, a_second_each, assert_clean, text_of

from trainer.collection.quizzes import Record
from trainer.core.deck import Account, Card
from trainer.core.prompt import Elsewhere, Text, TypeIn
from trainer.core.quiz import Answer, Question, Request, Result, marked
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.screens.quiz_result import QuizResultScreen

ACCOUNTS = (
    Account(by="RBC-Ukraine", says="the same day"),
    Account(by="EurAsia Daily", says="a week later, once the ministry had said that it would not be silent"),
)


def disputed(card: Card) -> Card:
    """The card as one of several accounts of the same."""
    elsewhere = (Elsewhere(by="RBC-Ukraine", expected=Text(answers=("the same day",))),)
    form = TypeIn(expected=Text(answers=("a week later",)), elsewhere=elsewhere)
    return replace(card, prompt=replace(card.prompt, form=form), accounts=ACCOUNTS)


def study(desk: Desk) -> TrainerApp:
    collection = desk.collection()
    session = collection.start(Selection(cards=("capitals/capital/card",)))
    cards = {card: disputed(each) for card, each in session.cards.items()}
    return TrainerApp(collection, session=replace(session, cards=cards), monotonic=a_second_each(), pause=0)


async def answered(app: TrainerApp, size: tuple[int, int]) -> str:
    async with app.run_test(size=size) as pilot:
        await pilot.press(*("space" if letter == " " else letter for letter in "the same day"), "enter")
        return text_of(app)


async def test_the_accounts_are_a_small_table_and_the_other_one_is_told_apart(desk: Desk) -> None:
    seen = await answered(study(desk), WIDE)
    lines = [line.strip() for line in seen.splitlines()]
    assert "✗ that is what RBC-Ukraine says" in seen
    heading = lines.index("The accounts")
    assert lines[heading + 1 : heading + 3] == [
        "RBC-Ukraine    the same day",
        "EurAsia Daily  a week later, once the ministry had said that it would not be silent",
    ]


async def test_the_result_of_a_test_has_the_accounts_of_what_was_missed(desk: Desk) -> None:
    app = desk.home()
    (card,) = app.collection.cards(["capitals/capital/card"])
    question, answer = Question(card=disputed(card)), Answer(response="the same day", milliseconds=1)
    each = marked(question, answer, app.collection.quizzes.grade(question, answer))
    result = Result(quiz=b"", request=Request(names=("Yerevan",)), marked=(each,), used=1000)
    async with app.run_test(size=WIDE) as pilot:
        await app.push_screen(QuizResultScreen(result, Record(())))
        await pilot.pause()
        seen = text_of(app)
    assert "that is what RBC-Ukraine says" in seen
    assert "Accounts  RBC-Ukraine: the same day" in seen
    assert "about Yerevan" in seen.splitlines()[0]


@pytest.mark.parametrize("size", [NARROW, TINY])
async def test_what_is_too_long_wraps_beside_its_source(desk: Desk, size: tuple[int, int]) -> None:
    assert_clean(await answered(study(desk), size))


async def test_wrapped_lines_of_an_account_stay_beside_it(desk: Desk) -> None:
    seen = await answered(study(desk), (60, 40))
    assert "EurAsia Daily  a week later, once the ministry had said" in seen
    assert f"\n  {' ' * 15}that it would not be silent" in seen
