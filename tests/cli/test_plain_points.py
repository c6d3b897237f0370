"""A reason of several points, line by line and in scripts."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest
from pointed import POINTS, reason
from typed import Typed

from trainer.core.prompt import SEPARATOR
from trainer.core.review import Rating

WHY = "reasons/why/why"
SHOWN = "".join(f"{number}  {point}\n" for number, point in enumerate(POINTS, 1))
WHICH = "Which of them did you have? Type their numbers, 0 for none, or all."
STUDY = ("study", "reasons", "--plain")
QUIZ = ("quiz", "reasons", "--plain", "--type", "event")


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    typed = Typed(tmp_path, monkeypatch, capsys)
    typed.write("reasons", reason())
    return typed


# In lines


def test_points_are_shown_by_enter_and_ticked_by_number(typed: Typed) -> None:
    told = typed(*STUDY, lines=("", "1 3", ""))
    assert (
        "Say the answer to yourself, then press enter to see its points.\n"
        f"{SHOWN}{WHICH}\n"
        "Partly right: 2 of 3 points.\n"
        f"  had: {POINTS[0]}\n  missed: {POINTS[1]}\n  had: {POINTS[2]}\n"
        "rate: "
    ) in told.out
    assert "[enter: 2 Hard]" in told.out
    (row,) = typed.log("card, rating, response, score")
    assert row == (WHY, Rating.HARD, SEPARATOR.join((POINTS[0], POINTS[2])), pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("line", "said", "score"),
    [("0", "None of 3 points.", 0), ("all", "Right: 3 of 3 points.", 1), ("1,2,3", "Right: 3 of 3", 1)],
)
def test_none_and_all_are_said_in_a_word(typed: Typed, line: str, said: str, score: int) -> None:
    told = typed(*STUDY, "--limit", "1", lines=("", line, "", ":q"))
    assert f"\n{said}" in told.out
    assert typed.log("score")[0] == (score,)


@pytest.mark.parametrize(
    ("line", "said"), [("", WHICH), ("dunno", WHICH), ("4", "Pick by 1 to 3"), ("1 1", "Number 1 is there")]
)
def test_a_line_that_ticks_nothing_is_asked_back(typed: Typed, line: str, said: str) -> None:
    told = typed(*STUDY, lines=("", line, "2", ":q"))
    before, _, after = told.out.partition(WHICH)
    assert after.lstrip().startswith(said)
    assert "\nPartly right: 1 of 3 points." in after and "points." not in before.partition("[1")[0]


def test_what_is_typed_before_looking_only_shows_the_points(typed: Typed) -> None:
    told = typed(*STUDY, lines=("1 2 3", ":q"))
    assert SHOWN in told.out and "of 3 points" not in told.out
    assert typed.log() == []


def test_commands_work_before_and_after_looking(typed: Typed) -> None:
    told = typed(*STUDY, lines=(":c sure", "", ":f", ":c guess", "all", "u", "", "1", "4", ":q"))
    assert "You are sure." in told.out and "Flagged." in told.out
    assert "How sure you are counts before the answer only." in told.out
    assert told.out.count(SHOWN) == 2, "undo asks anew, from the start"
    assert typed.log("rating, response")[1] == (Rating.EASY, POINTS[0])


def test_the_time_counts_until_the_points_were_looked_at(
    typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.cli.plain.monotonic", lambda: monotonic() + 100)
    told = typed(*STUDY, lines=("", "all", "", ":q"))
    assert "Right: 3 of 3 points, after 100 s." in told.out
    assert typed.log("milliseconds")[0][0] >= 100_000


def test_points_that_look_like_numbers_have_letters(typed: Typed) -> None:
    typed.write("reasons", reason(("12", "2")))
    told = typed(*STUDY, lines=("", "b", "", ":q"))
    assert "a  12\nb  2\nWhich of them did you have? Type their letters, 0 for none, or all." in told.out
    assert typed.log("response")[0] == ("2",)


def test_in_a_test_points_are_looked_at_and_ticked(typed: Typed) -> None:
    told = typed(*QUIZ, lines=("", "", "2"))
    assert told.out.count(SHOWN) == 1
    assert told.out.count(WHICH) == 2, "an empty line ticks nothing"
    assert "How was it?" not in told.out
    assert "Result: 0.33 of 1 point, 33 %" in told.out
    assert f"  yours: {POINTS[1]}\n" in told.out


def test_in_a_test_with_feedback_at_the_end_enter_keeps_what_was_ticked(typed: Typed) -> None:
    told = typed(*QUIZ, "--feedback", "end", lines=("", "all", ":g 1", "", ":g 1", "change", "3", ":done"))
    assert f"Your answer: {SEPARATOR.join(POINTS)} (enter keeps it)" in told.out
    assert "Result: 0.33 of 1 point, 33 %" in told.out


# In scripts


def test_a_script_is_told_the_points_and_names_them_by_number(typed: Typed) -> None:
    data = typed("next", "reasons", "--json").data
    assert (data["form"], data["points"]) == ("Reveal", len(POINTS))
    assert not any(point in typed("next", "reasons").out for point in POINTS)
    answered = typed("answer", WHY, "--response", "1 3", "--json").data
    assert (answered["verdict"], answered["reason"]) == ("partial", "2 of 3 points")
    assert [(part["text"], part["score"], part["note"]) for part in answered["parts"]] == [
        (POINTS[0], 1.0, "had"),
        (POINTS[1], 0.0, "missed"),
        (POINTS[2], 1.0, "had"),
    ]
    assert (answered["suggested_rating"], answered["recorded"]) == (2, True)


def test_the_list_of_cards_has_the_points(typed: Typed) -> None:
    points = {each["id"]: each["points"] for each in typed("list", "--json").data}
    assert points.pop(WHY) == list(POINTS)
    assert set(points) == {f"towns/{note}/card" for note in ("armenia", "sent-home", "why")}
    assert not any(points.values())


def test_the_answer_itself_or_its_points_may_be_given_as_text(typed: Typed) -> None:
    for response in (SEPARATOR.join(POINTS), SEPARATOR.join(POINTS).upper()):
        assert typed("answer", WHY, "--response", response, "--json").data["score"] == 1.0
    assert typed("answer", WHY, "--response", "", "--json").data["score"] == 0.0


def test_what_is_no_point_is_not_recorded_without_a_rating(typed: Typed) -> None:
    told = typed("answer", WHY, "--response", "over arms")
    assert (told.code, told.out) == (2, "")
    assert "name the points that you had by number" in told.err
    told = typed("answer", WHY, "--response", "over arms", "--rating", "3")
    assert f"Answer: {SEPARATOR.join(POINTS)}\n" in told.out
    assert typed.log("response, score") == [("over arms", 1.0)]
    assert typed("answer", WHY, "--response", "7").code == 2
