"""`trainer next` and `trainer answer`: a card at a time, for scripts."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from typed import PARTS, Typed

from trainer.core.review import Rating

CAPITAL, SENT, WHY = "towns/armenia/card", "towns/sent-home/card", "towns/why/card"


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(tmp_path, monkeypatch, capsys)


# next


def test_next_tells_all_about_a_card_but_its_answer(typed: Typed) -> None:
    told = typed("next", "--json")
    assert told.code == 0
    assert told.data == {
        "card": CAPITAL,
        "deck": "towns",
        "title": "Towns",
        "type": "typed",
        "form": "TypeIn",
        "aspect": "",
        "question": "The capital of Armenia?",
        "how": "Type the answer.",
        "changed": None,
        "hint": "It lies on the Hrazdan.",
        "as_of": "2024-06",
        "unit": "",
        "options": [],
        "left": [],
        "right": [],
        "points": 0,
        "state": "new",
        "left_today": 3,
    }
    assert "Yerevan" not in told.out + typed("next").out


def test_next_in_text_shows_the_question_and_what_to_type(typed: Typed) -> None:
    assert typed("next").out == (
        f"{CAPITAL}  [Towns · new · typed · 3 left today]\n"
        "The capital of Armenia?\n(as of June 2024)\nType the answer.\nHint: It lies on the Hrazdan.\n"
    )


def test_next_is_what_is_asked_after_an_answer(typed: Typed) -> None:
    typed("answer", CAPITAL, "--rating", "easy")
    data = typed("next", "--json").data
    assert (data["card"], data["left_today"]) == (SENT, 2)
    assert sorted(data["options"]) == ["Azerbaijan", "Belarus", "Russia", "Ukraine"]
    assert typed("next", "--tag", "reasons", "--json").data["card"] == WHY
    assert typed("next", "--source", "report#5", "--json").data["card"] == SENT


def test_next_offers_both_sides_of_pairs_the_items_to_arrange_and_the_unit(typed: Typed) -> None:
    typed.write("parts", PARTS)
    seen = {}
    for card in ("order", "pairs", "when", "how-many"):
        data = typed("next", "parts", "--json").data
        assert data["card"] == f"parts/{card}/card"
        seen[card] = data
        typed("answer", data["card"], "--rating", "4")
    assert sorted(seen["order"]["options"]) == ["first", "second", "third"]
    assert seen["order"]["options"] != ["first", "second", "third"]
    assert seen["pairs"]["left"] == ["a town", "a river"]
    assert sorted(seen["pairs"]["right"]) == ["Hrazdan", "Minsk"]
    assert (seen["pairs"]["options"], seen["how-many"]["unit"]) == ([], "towns")


def test_nothing_due_is_null_or_says_when_cards_come(typed: Typed) -> None:
    told = typed("next", "--new", "0", "--json")
    assert (told.code, told.out) == (0, "null\n")
    assert typed("next", "--new", "0").out == (
        "Nothing is due now.\nTomorrow, from 4:00: 0 due and 3 new; the next seven days 0 due.\n"
    )


# answer


def test_an_answer_is_graded_and_recorded_with_the_rating_suggested(typed: Typed) -> None:
    told = typed("answer", CAPITAL, "--response", "Yerevan", "--milliseconds", "1500", "--json")
    assert told.code == 0
    assert datetime.fromisoformat(told.data["next_due"]).tzinfo is not None
    assert told.data | {"next_due": ""} == {
        "card": CAPITAL,
        "verdict": "right",
        "score": 1.0,
        "parts": [],
        "reason": "right",
        "suggested_rating": 3,
        "rating": 3,
        "answer": "Yerevan",
        "accounts": [],
        "next_due": "",
        "recorded": True,
    }
    assert typed.log("card, rating, score, response, milliseconds, mode") == [
        (CAPITAL, Rating.GOOD, 1.0, "Yerevan", 1500, "study")
    ]


def test_a_card_that_left_its_learning_steps_is_due_on_a_day(typed: Typed) -> None:
    told = typed("answer", CAPITAL, "--response", "Yerevan", "--rating", "4", "--json")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told.data["next_due"])
    assert date.fromisoformat(told.data["next_due"]) > date.today()


def test_the_numbers_of_next_are_the_numbers_of_answer(typed: Typed) -> None:
    for card in (CAPITAL, WHY):
        typed("answer", card, "--rating", "4")
    for state in ("new", "learning"):
        data = typed("next", "--json").data
        assert (data["card"], data["state"]) == (SENT, state)
        right = str(data["options"].index("Belarus") + 1)
        assert typed("answer", SENT, "--response", right, "--json").data["verdict"] == "right"


def test_a_rating_overrules_and_changes_a_score_that_it_contradicts(typed: Typed) -> None:
    told = typed("answer", CAPITAL, "--response", "Minsk", "--rating", "Good", "--json")
    assert (told.data["verdict"], told.data["suggested_rating"], told.data["rating"]) == ("wrong", 1, 3)
    assert told.data["score"] == 1.0
    assert typed.log("rating, score, response") == [(Rating.GOOD, 1.0, "Minsk")]


@pytest.mark.parametrize(("rating", "score"), [("1", 0.0), ("again", 0.0), ("2", 1.0), ("EASY", 1.0)])
def test_a_rating_alone_is_recorded(typed: Typed, rating: str, score: float) -> None:
    told = typed("answer", WHY, "--rating", rating, "--json")
    assert (told.code, told.data["verdict"], told.data["score"]) == (0, "unknown", score)
    assert typed.log("score, response") == [(score, "")]


def test_a_dry_run_grades_and_leaves_everything_as_it_was(typed: Typed) -> None:
    typed("answer", CAPITAL, "--response", "Yerevan")
    progress = typed.data / "progress.db"
    before = progress.read_bytes()
    wet = typed("answer", SENT, "--response", "Belarus", "--dry-run", "--json")
    assert (wet.code, wet.data["verdict"], wet.data["rating"], wet.data["recorded"]) == (0, "right", 3, False)
    assert wet.data["next_due"]
    assert typed("answer", WHY, "--response", "no idea", "--dry-run").code == 0
    assert progress.read_bytes() == before


def test_a_dry_run_tells_the_due_day_that_an_answer_then_gets(typed: Typed) -> None:
    arguments = ("answer", CAPITAL, "--response", "Yerevan", "--rating", "4", "--json")
    assert typed(*arguments, "--dry-run").data | {"recorded": True} == typed(*arguments).data


def test_what_only_the_learner_can_judge_needs_a_rating(typed: Typed) -> None:
    told = typed("answer", WHY, "--response", "Arms sales")
    assert (told.code, told.out) == (2, "")
    assert "only you can judge" in told.err and "--rating" in told.err
    assert typed.log() == []
    dry = typed("answer", WHY, "--response", "Arms sales", "--dry-run", "--json")
    assert (dry.code, dry.data["verdict"], dry.data["score"], dry.data["next_due"]) == (
        0,
        "unknown",
        None,
        None,
    )
    assert typed("answer", WHY, "--response", "Arms sales", "--rating", "3").code == 0
    assert typed.log("response, rating") == [("Arms sales", Rating.GOOD)]


def test_an_unclear_answer_is_asked_back_and_not_recorded(typed: Typed) -> None:
    typed.write("parts", PARTS)
    told = typed("answer", "parts/when/card", "--response", "06/12/2024", "--json")
    assert (told.code, told.data["verdict"], told.data["recorded"]) == (1, "unknown", False)
    assert told.data["reason"] and told.data["answer"] is None
    assert "Answer: " not in typed("answer", "parts/when/card", "--response", "06/12/2024").out
    assert typed.log() == []
    assert typed("answer", "parts/when/card", "--response", "06/12/2024", "--rating", "3").code == 0


def test_a_date_outside_the_calendar_is_wrong_and_recorded(typed: Typed) -> None:
    typed.write("parts", PARTS)
    told = typed("answer", "parts/when/card", "--response", "31 June 2024", "--json")
    assert (told.code, told.data["verdict"], told.data["recorded"]) == (0, "wrong", True)


def test_an_empty_response_means_i_do_not_know(typed: Typed) -> None:
    told = typed("answer", CAPITAL, "--response", "", "--json")
    assert (told.code, told.data["verdict"], told.data["score"], told.data["rating"]) == (
        0,
        "unknown",
        0.0,
        1,
    )
    assert typed.log("rating, response") == [(Rating.AGAIN, "")]


def test_parts_are_told_one_by_one(typed: Typed) -> None:
    typed.write("parts", PARTS)
    told = typed("answer", "parts/members/card", "--response", "Armenia; Belarus; Chad", "--json")
    assert told.data["verdict"] == "partial"
    assert {(part["text"], part["extra"]) for part in told.data["parts"]} == {
        ("Armenia", False),
        ("Belarus", False),
        ("Chad", True),
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([CAPITAL], 2, "--response or --rating"),
        ([CAPITAL, "--rating", "5"], 2, "'5' is not one of"),
        ([CAPITAL, "--rating", "3", "--milliseconds", "-1"], 2, "--milliseconds"),
        ([SENT, "--response", "7"], 2, "`trainer next`"),
        (["towns/armenai/card", "--rating", "3"], 1, "did you mean towns/armenia/card?"),
        (["\x1b[31m", "--rating", "3"], 1, "no such card"),
    ],
)
def test_what_cannot_be_answered_is_refused(typed: Typed, arguments: list[str], code: int, said: str) -> None:
    told = typed("answer", *arguments)
    assert (told.code, told.out) == (code, "")
    assert said in told.err and told.err
    assert typed.log() == []


def test_an_argument_of_broken_bytes_is_an_answer_like_any_other(typed: Typed) -> None:
    assert typed("answer", CAPITAL, "--response", "Yer\udcffevan", "--json").code == 0
    assert typed.log("response") == [("Yer?evan",)]


def test_in_text_the_answer_and_the_next_time_are_told(typed: Typed) -> None:
    told = typed("answer", CAPITAL, "--response", "Minsk")
    assert told.out.startswith("Wrong")
    assert "Answer: Yerevan\n" in told.out
    assert "Recorded: Again, comes back in 1m, " in told.out
