"""Decks to be tested on, the interface over a test, and a learner who takes it."""

from __future__ import annotations

from collections.abc import Callable

from desk import Desk
from textual.pilot import Pilot
from textual.widgets import Input

from trainer.core.quiz import Request
from trainer.tui.app import TrainerApp
from trainer.tui.screens.quiz import QuizScreen
from trainer.tui.screens.quiz_result import QuizResultScreen

DECK = """\
title: Neighbours
notes:
  - id: armenia
    type: typed
    question: What is the capital of Armenia?
    answer: Yerevan
    explanation: Parliament sits there.
    source: report#2
  - id: ambassador
    type: choice
    question: Whose ambassador went home?
    answer: Belarus
    distractors: [Russia, Azerbaijan, Ukraine]
    source: report#5
  - id: borders
    type: choice
    question: Which two border Armenia?
    answer: [Georgia, Iran]
    distractors: [Belarus, Russia, Ukraine]
    source: report#5
  - id: steps
    type: order
    question: In which order did it happen?
    items: [The arms, The report, The recall]
  - id: pairs
    type: match
    question: Whose capital is which?
    pairs: {Armenia: Yerevan, Belarus: Minsk, Georgia: Tbilisi}
  - id: why
    question: Why was the ambassador recalled?
    answer: Over arms.
"""
MORE = """\
title: Further away
notes:
  - {id: france, type: typed, question: What is the capital of France?, answer: Paris, source: report#7}
  - {id: spain, type: typed, question: What is the capital of Spain?, answer: Madrid, source: report#8}
  - {id: italy, type: typed, question: What is the capital of Italy?, answer: Rome, source: report#9}
"""
TYPED = Request(decks=("more",), seed="1")
CAPITALS = {"france": "Paris", "spain": "Madrid", "italy": "Rome", "armenia": "Yerevan"}


class StopWatch:
    """Shows a second more at each look; a test may turn it forward."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.step = 1.0

    def __call__(self) -> float:
        self.seconds += self.step
        return self.seconds


def with_decks(desk: Desk) -> Desk:
    """The desk with decks of every answer form."""
    desk.write("capitals", DECK)
    desk.write("more", MORE)
    return desk


def taking(desk: Desk, request: Request, monotonic: Callable[[], float] | None = None) -> TrainerApp:
    """The interface, before the first question of a test."""
    collection = desk.collection()
    quiz = collection.quizzes.begin(request)
    return TrainerApp(collection, quiz=quiz, monotonic=monotonic or StopWatch(), pause=0)


def ending(request: Request) -> Request:
    return Request(decks=request.decks, types=request.types, seed=request.seed, feedback="end")


def screen_of(app: TrainerApp) -> QuizScreen:
    assert isinstance(app.screen, QuizScreen)
    return app.screen


def note(app: TrainerApp) -> str:
    return screen_of(app).quiz.question.card.note


def line(app: TrainerApp) -> Input:
    return app.screen.query_one(Input)


def result_of(app: TrainerApp) -> QuizResultScreen:
    assert isinstance(app.screen, QuizResultScreen)
    return app.screen


async def answer(pilot: Pilot[None], said: str) -> None:
    await pilot.press(*said, "enter")


async def take(app: TrainerApp, pilot: Pilot[None], **instead: str) -> None:
    """Answer every typed question of a test, rightly unless told otherwise, and hand in."""
    while isinstance(app.screen, QuizScreen):
        open_before = len(app.screen.quiz.open)
        await answer(pilot, {**CAPITALS, **instead}[note(app)])
        if app.screen.quiz.request.feedback == "once":
            await pilot.press("enter")
        elif open_before == 1:
            await pilot.press("f8")
