"""`--name`, `--source` and `--tag` of the commands; changed answers and accounts in lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from typed import TOWNS, Typed

from trainer.core.review import Rating
from trainer.core.session import Selection

CAPITAL = "towns/armenia/card"
HEADLINE = "The answer to this card has changed since you last saw it, on "


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    return Typed(tmp_path, monkeypatch, capsys)


def changed(typed: Typed) -> None:
    """The first card was learnt with another answer than it has now."""
    collection = typed.collection()
    session = collection.start(Selection(cards=(CAPITAL,)))
    assert session.card
    verdict = collection.grade(session.card, "Yerevan")
    collection.rate(session, Rating.AGAIN, verdict=verdict, response="Yerevan", milliseconds=1)
    collection.close()
    typed.write("towns", TOWNS.replace("answer: Yerevan", "answer: Gyumri"))


# Filters


def test_list_shows_the_cards_of_a_name_a_source_or_a_tag(typed: Typed) -> None:
    assert [card["note"] for card in typed("list", "--name", "erevan", "--json").data] == ["armenia"]
    assert [card["note"] for card in typed("list", "--source", "report#5", "--json").data] == ["sent-home"]
    assert typed("list", "--tag", "reasons").out.startswith("towns/why/card  [basic]")
    assert len(typed("list", "--json").data) == 3


@pytest.mark.parametrize(
    "command", [("list",), ("stats",), ("next",), ("study", "--plain"), ("quiz", "--plain")]
)
def test_a_name_that_is_none_is_refused_in_one_line(typed: Typed, command: tuple[str, ...]) -> None:
    told = typed(*command, "--name", "Yervan")
    assert (told.code, told.out) == (1, "")
    assert told.err == "trainer: Yervan: no such name in these decks (did you mean Yerevan?)\n"


def test_study_over_a_name_asks_its_cards_and_says_so(typed: Typed) -> None:
    told = typed("study", "--plain", "--name", "Yerevan", lines=("Yerevan", "4"))
    assert told.out.startswith("Only cards about Yerevan.\n\n[1 of 1] Towns")
    assert [card for (card,) in typed.log("card")] == [CAPITAL]


def test_a_test_over_a_name_names_it_and_how_to_take_it_again(typed: Typed) -> None:
    told = typed("quiz", "--plain", "--name", "Erevan", "--seed", "1", lines=("Yerevan",))
    assert told.out.startswith("Test of 1 question, about Yerevan, seed 1.\n")
    assert "The same test again: trainer quiz --seed 1 --name Yerevan --plain\n" in told.out


def test_next_of_a_source_is_a_card_that_cites_it(typed: Typed) -> None:
    assert typed("next", "--source", "report#5", "--json").data["card"] == "towns/sent-home/card"


def test_stats_of_a_name_are_of_its_cards_alone(typed: Typed) -> None:
    typed("answer", CAPITAL, "--response", "Yerevan")
    typed("answer", "towns/why/card", "--rating", "again")
    assert typed("stats", "--json").data["total"]["answers"] == 2
    told = typed("stats", "--name", "Yerevan", "--json").data
    assert told["total"] == {"answers": 1, "score": 1.0, "milliseconds": 0}
    assert typed("stats", "--tag", "reasons").out.startswith("1 answer, score 0 %, 0 s; today 1\n")
    assert typed("stats", "--source", "report#5").out == "Nothing answered yet.\n"


# Superseded


def test_a_superseded_card_is_listed_as_such_and_can_still_be_answered(typed: Typed) -> None:
    typed.write("towns", TOWNS.replace("as_of: 2024-06", "as_of: 2024-06\n    superseded_by: why"))
    assert typed("list").out.splitlines()[0].endswith("→  Yerevan  (superseded by why)")
    assert [card["superseded_by"] for card in typed("list", "--json").data] == ["why", "", ""]
    assert typed("next", "--json").data["card"] == "towns/sent-home/card"
    assert typed("answer", CAPITAL, "--response", "Yerevan", "--json").data["recorded"]


# Changed answers


def test_a_changed_answer_is_told_in_lines_until_enter_and_asked_later(typed: Typed) -> None:
    changed(typed)
    told = typed("study", "--plain", "--cram", "--limit", "2", lines=("", "", "4", "Gyumri", "4"))
    notice, later = told.out.split("Press enter to go on; the card is asked later.\n")
    assert notice.splitlines()[2] == "The capital of Armenia?"
    assert notice.splitlines()[3].startswith(HEADLINE)
    assert notice.splitlines()[4:6] == ["Before: Yerevan", "Now: Gyumri"]
    assert "Parliament sits there.\nSource: A report on two ambassadors" in notice
    assert later.index("Whose ambassador went home?") < later.index("The capital of Armenia?")
    assert HEADLINE not in later
    assert typed.log("kind, answer")[1:] == [
        ("told", "Gyumri"),
        ("review", "Belarus"),
        ("review", "Gyumri"),
    ]


def test_commands_are_understood_at_a_notice_and_other_words_pass_nothing_over(typed: Typed) -> None:
    changed(typed)
    told = typed("study", "--plain", "--cram", lines=("Gyumri", "f", ":s", "", ":u", "x", ":q"))
    assert "There is no command 'gyumri'; :? lists them.\n" in told.out
    assert "Flagged.\nSource: " in told.out
    assert "Took back: the notice of “The capital of Armenia?”\n" in told.out
    assert told.out.count(HEADLINE) == 2
    assert [kind for (kind,) in typed.log("kind")] == ["review", "flag", "told", "undo", "suspend"]


def test_the_end_of_the_input_leaves_a_notice_unread(typed: Typed) -> None:
    changed(typed)
    assert "The input has ended." in typed("study", "--plain", "--cram").out
    assert [kind for (kind,) in typed.log("kind")] == ["review"]


def test_next_tells_what_has_changed_and_records_nothing(typed: Typed) -> None:
    changed(typed)
    for _ in range(2):
        told = typed("next", "--source", "report#2", "--json").data
        assert (told["card"], told["changed"]) == (CAPITAL, {"before": "Yerevan", "now": "Gyumri"})
    text = typed("next", "--source", "report#2").out
    assert HEADLINE in text
    assert "\nBefore: Yerevan\nNow: Gyumri\nThe capital of Armenia?\n" in text
    assert len(typed.log("kind")) == 1
    typed("answer", CAPITAL, "--response", "Gyumri")
    assert typed("next", "--source", "report#2", "--json").data["changed"] is None
