"""The panel of scores."""

from __future__ import annotations

import pytest
from desk import Desk, text_of

from trainer.core.quiz import Request
from trainer.core.review import Confidence
from trainer.core.session import Selection


def study(desk: Desk) -> None:
    collection = desk.collection()
    session = collection.start(Selection())
    assert session.card is not None
    verdict = collection.grade(session.card, "Yerevan")
    collection.rate(
        session,
        verdict.suggested,
        verdict=verdict,
        response="Yerevan",
        milliseconds=2500,
        confidence=Confidence.SURE,
    )
    quiz = collection.quizzes.begin(Request(seed="1"))
    for index in range(len(quiz.questions)):
        quiz = collection.quizzes.answer(quiz.moved(index), "no idea", milliseconds=0, used=0)
    collection.quizzes.hand_in(quiz)
    collection.close()


async def test_before_the_first_answer_it_says_so(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.press("s")
        assert "Nothing answered yet." in text_of(app)


@pytest.mark.parametrize("width", [100, 60, 40])
async def test_no_number_is_cut_at_any_width(desk: Desk, width: int) -> None:
    study(desk)
    app = desk.home()
    async with app.run_test(size=(width, 40)) as pilot:
        await pilot.press("s")
        shown = text_of(app)
        lines = [line.strip(" │▁▂▃▄▅▆▇█") for line in shown.splitlines()]
        last = "4" if width == 40 else "0.6"
        assert any(line.startswith("Cap") and line.split()[-1] == last for line in lines), shown
        assert any(line.startswith("sure") and "100 %" in line for line in lines), shown
        assert any("Tests, best 0 %" in line for line in lines), shown


async def test_escape_closes_it(desk: Desk) -> None:
    app = desk.home()
    async with app.run_test() as pilot:
        await pilot.press("s", "escape")
        assert "Statistics" not in text_of(app)
