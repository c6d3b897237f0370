"""`trainer study --plain`: lines in, lines out."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typed import PARTS, Typed

from trainer.core.options import occasion, on_offer
from trainer.core.review import Confidence, Rating


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(tmp_path, monkeypatch, capsys)


def number_of(typed: Typed, text: str, *, card: str = "towns/sent-home/card") -> str:
    """The number under which a new card offers a text."""
    collection = typed.collection()
    (found,) = collection.cards([card])
    collection.close()
    return str(on_offer(found.prompt.form, seed=occasion(card, None)).index(text) + 1)


def ratings(typed: Typed) -> list[tuple[str, int]]:
    return typed.log("card, rating")


def test_a_card_is_asked_answered_explained_and_rated_in_lines(typed: Typed) -> None:
    told = typed("study", "--plain", "--limit", "1", lines=("Yerevan", "4"))
    assert (told.code, told.err) == (0, "")
    assert told.out.split("\n\nDone")[0] == (
        "\n[1 of 1] Towns · new · typed\n"
        "The capital of Armenia?\n"
        "(as of June 2024)\n"
        "Type the answer.\n"
        "Right.\n"
        "Answer: Yerevan\n"
        "“Our capital” — A guide\n"
        "Parliament sits there.\n"
        "Source: A report on two ambassadors, The Daily Example, June 2024, ¶ 2, 3\n"
        "rate: 1 Again 1m  2 Hard 6m  3 Good 10m  4 Easy 8d  [enter: 3 Good]"
    )
    assert ratings(typed) == [("towns/armenia/card", Rating.EASY)]


def test_a_sitting_ends_with_score_missed_cards_and_what_comes(typed: Typed) -> None:
    told = typed("study", "--plain", "--cram", "--limit", "2", lines=("Minsk", "4", "2", "1", "2", "4"))
    assert "Done: 2 cards, 3 answers in " in told.out
    assert "Missed: Whose ambassador went home?\n  yours: " in told.out
    assert "  answer: Belarus\n  source: A report on two ambassadors, The Daily Example, June 2024, ¶ 5" in (
        told.out
    )
    assert "Tomorrow, from 4:00: 0 due and 3 new; the next seven days 0 due." in told.out


def test_options_are_numbered_and_picked_by_number(typed: Typed) -> None:
    right = number_of(typed, "Belarus")
    told = typed("study", "--plain", lines=("", "", right, "", "", "2"))
    assert f"\n{right}  Belarus\n" in told.out
    assert [row[1:] for row in typed.log("card, rating, response")][1:] == [
        (Rating.GOOD, "Belarus"),
        (Rating.HARD, ""),
    ]


def test_an_option_that_is_not_there_is_not_graded(typed: Typed) -> None:
    told = typed("study", "--plain", "--limit", "2", lines=("Yerevan", "4", "9"))
    assert re.search(r"^Type the number of the right one\.\n[A-Z].+\.\n\nThe input has ended", told.out, re.M)
    assert len(ratings(typed)) == 1
    assert told.out.count("Answer: ") == 1


def test_every_form_can_be_answered_by_typing(typed: Typed) -> None:
    typed.write("parts", PARTS)
    order = " ".join(number_of(typed, item, card="parts/order/card") for item in ("first", "second", "third"))
    letter = {
        text: "ab"[int(number_of(typed, text, card="parts/pairs/card")) - 1] for text in ("Minsk", "Hrazdan")
    }
    pairs = f"1{letter['Minsk']} 2{letter['Hrazdan']}"
    lines = (order, "", pairs, "", "12 June 2024", "", "12", "", "Armenia; Belarus", "")
    told = typed("study", "parts", "--plain", lines=lines)
    assert "score 100 % (5 of 5)" in told.out
    assert [rating for _, rating in ratings(typed)] == [Rating.GOOD] * 5
    assert "\n1  a town\n2  a river\na  " in told.out


def test_letters_are_text_before_a_typed_answer_and_commands_after_it(typed: Typed) -> None:
    told = typed("study", "--plain", "--limit", "1", lines=("q", "s", "q", "q"))
    assert "Wrong: " in told.out
    assert "cited as report#2" in told.out
    assert "This is not rated yet; q once more drops it." in told.out
    assert ratings(typed) == []


def test_commands_before_the_answer_begin_with_a_colon(typed: Typed) -> None:
    told = typed("study", "--plain", lines=(":?", ":h", ":c sure", ":f", ":bogus", "Yerevan", "easy", ":q"))
    assert ":c unsure" in told.out
    assert "Hint: It lies on the Hrazdan." in told.out
    assert "You are sure." in told.out
    assert "Flagged." in told.out
    assert "There is no command 'bogus'" in told.out
    assert typed.log("kind, rating, confidence") == [
        ("flag", None, None),
        ("review", Rating.EASY, Confidence.SURE),
    ]
    assert "So far: 1 card, 1 answer" in told.out


def test_buried_and_suspended_cards_are_not_asked_and_undo_brings_them_back(typed: Typed) -> None:
    told = typed("study", "--plain", lines=(":b", ":x", ":u", ":q"))
    assert [line for line in told.out.splitlines() if line.startswith("[")] == [
        "[1 of 3] Towns · new · typed",
        "[1 of 2] Towns · new · choice",
        "[1 of 1] Towns · new · basic",
        "[1 of 2] Towns · new · choice",
    ]
    assert "Took back: the suspension of “Whose ambassador went home?”" in told.out


def test_undo_after_the_answer_asks_the_card_anew(typed: Typed) -> None:
    told = typed("study", "--plain", "--limit", "1", lines=("Minsk", "u", "Yerevan", "4"))
    assert told.out.count("The capital of Armenia?\n") == 2
    assert typed.log("response, rating") == [("Yerevan", Rating.EASY)]


def test_a_rated_answer_is_taken_back_from_the_next_card(typed: Typed) -> None:
    told = typed("study", "--plain", lines=("Yerevan", "", ":u", ":q"))
    assert "Took back: the answer to “The capital of Armenia?”\n\n[1 of 3]" in told.out


def test_a_revealed_answer_is_shown_by_enter_and_rated(typed: Typed) -> None:
    told = typed("study", "--plain", "--tag", "reasons", lines=("", "2"))
    assert "press enter.\nAnswer: Over arms.\nrate: " in told.out
    assert ratings(typed) == [("towns/why/card", Rating.HARD)]


def test_an_unclear_date_is_asked_back_once(typed: Typed) -> None:
    typed.write(
        "dates", "title: Dates\nnotes:\n  - {id: a, type: date, question: When?, answer: 2024-06-12}\n"
    )
    told = typed("study", "dates", "--plain", lines=("06/12/2024", "12 June 2024", ""))
    assert told.out.count("Answer: ") == 1
    assert typed.log("response, rating") == [("12 June 2024", Rating.GOOD)]
    typed("study", "dates", "--plain", "--cram", lines=("06/12/2024", "06/12/2024", "1"))
    assert typed.log("response, rating")[1] == ("06/12/2024", Rating.AGAIN)


def test_the_end_of_the_input_loses_nothing_that_was_rated(typed: Typed) -> None:
    told = typed("study", "--plain", lines=("Yerevan", "", "1"))
    assert told.code == 0
    assert "The last answer was not rated, so it was not recorded." in told.out
    assert ratings(typed) == [("towns/armenia/card", Rating.GOOD)]


def test_nothing_due_says_when_the_next_cards_come(typed: Typed) -> None:
    told = typed("study", "--plain", "--new", "0")
    assert told.out == (
        "\nNothing is due now.\nTomorrow, from 4:00: 0 due and 3 new; the next seven days 0 due.\n"
    )


def refuse_reviews(typed: Typed) -> None:
    """Make the progress file refuse every further review."""
    with closing(sqlite3.connect(typed.data / "progress.db")) as database:
        database.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON log WHEN NEW.kind = 'review'"
            " BEGIN SELECT raise(ABORT, 'no room'); END"
        )


def test_a_write_that_fails_ends_a_sitting_that_nobody_watches(typed: Typed) -> None:
    typed("study", "--plain")
    refuse_reviews(typed)
    told = typed("study", "--plain", lines=("Yerevan", "", "1", ""))
    assert told.code == 1
    assert "no room" in told.err
    assert told.out.count("rate: ") == 1
    assert typed.log() == []


def test_a_write_that_fails_at_a_terminal_can_be_tried_again(typed: Typed) -> None:
    typed("study", "--plain")
    refuse_reviews(typed)
    told = typed("study", "--plain", lines=("Yerevan", "", "", "q", "q"), watched=True)
    assert told.code == 0
    assert told.out.count("Nothing was recorded; try again.") == 2
    assert "Nothing answered yet." in told.out


def test_ctrl_c_ends_with_130_and_what_was_rated_is_kept(typed: Typed) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "trainer", "study", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdin is not None and program.stdout is not None
    program.stdin.write(b"Yerevan\n4\n")
    program.stdin.flush()
    assert any(b"[2 of 3]" in line for line in program.stdout)
    program.send_signal(signal.SIGINT)
    _, error = program.communicate(timeout=60)
    assert (program.returncode, error) == (130, b"")
    assert ratings(typed) == [("towns/armenia/card", Rating.EASY)]


def test_deck_text_cannot_steer_the_terminal(typed: Typed) -> None:
    evil = "\u202e"  # Escapes are refused in decks; direction overrides are shown as signs.
    typed.write(
        "evil",
        f"title: Evil{evil}\nnotes:\n  - {{id: a, question: Who{evil}?, answer: me{evil}, hint: h{evil}}}\n",
    )
    told = typed("study", "evil", "--plain", lines=(":h", "", "4"))
    assert "Who⟨202E⟩?" in told.out and "me⟨202E⟩" in told.out and "h⟨202E⟩" in told.out
    assert evil not in told.out


def test_a_real_pipe_works_on_a_dumb_terminal(typed: Typed) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "trainer", "study", "--plain", "--limit", "1"],
        input=b"Yer\xffevan\n4\n",
        env=os.environ | {"TERM": "dumb"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert "Done: 1 card" in done.stdout.decode()
    assert typed.log("response, rating") == [("Yer\ufffdevan", Rating.EASY)]


def test_without_a_terminal_the_way_without_one_is_named(typed: Typed) -> None:
    for arguments in ([], ["study"], ["quiz"]):
        told = typed(*arguments)
        assert told.code == 2
        assert "`trainer study --plain` and `trainer quiz --plain`" in told.err
