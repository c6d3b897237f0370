"""`trainer move` and `trainer doctor`, and what other commands say of notes that were recognised."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Trainer

NOTES = """\
title: Capitals
notes:
  - question: What is the capital of Armenia?
    answer: Yerevan
  - id: recall
    type: reversed
    front: Minsk
    back: where Armenia recalled its ambassador from
"""


@pytest.fixture
def deck(decks: Path) -> Path:
    path = decks / "capitals.yaml"
    path.write_text(NOTES, encoding="utf-8")
    return path


@pytest.fixture
def trainer(trainer: Trainer, deck: Path) -> Trainer:
    """Runs command lines over the deck, of which every card was answered."""
    for card in trainer("list", "--json").data:
        assert trainer("answer", card["id"], "--rating", "good").code == 0
    return trainer


def edit(deck: Path) -> None:
    deck.write_text(NOTES.replace("What is the", "Which city is the"), encoding="utf-8")


def test_moving_a_renamed_deck_says_how_much_and_moves_it(trainer: Trainer, deck: Path) -> None:
    deck.rename(deck.with_name("towns.yaml"))
    dry = trainer("move", "capitals", "towns", "--dry-run")
    assert dry.code == 0
    assert "capitals/recall/forward -> towns/recall/forward  (1 review)\n" in dry.out
    assert dry.out.endswith("would move: 3 cards with 3 reviews\n")
    assert trainer("due", "--json").data["total"]["new"] == 2
    told = trainer("move", "capitals", "towns")
    assert (told.code, told.err) == (0, "")
    assert told.out == "moved: 3 cards with 3 reviews; u at home takes it back\n"
    assert trainer("due", "--json").data["total"]["new"] == 0


def test_moving_as_json_names_every_card(trainer: Trainer, deck: Path) -> None:
    deck.write_text(NOTES.replace("id: recall", "id: minsk"), encoding="utf-8")
    told = trainer("move", "capitals/recall", "capitals/minsk", "--json")
    assert told.data["moved"] == [
        {
            "old": f"capitals/recall/{key}",
            "new": f"capitals/minsk/{key}",
            "reviews": 1,
            "merged": False,
        }
        for key in ("backward", "forward")
    ]
    assert (told.data["left"], told.data["reviews"], told.data["recorded"]) == ([], 2, True)


def test_what_stays_is_told_beside_the_data_and_merged_histories_with_them(
    trainer: Trainer, deck: Path
) -> None:
    note = "  - {id: minsk, type: reversed, front: Minsk, back: home}\n"
    deck.write_text(NOTES.partition("  - id")[0] + note, encoding="utf-8")
    trainer("answer", "capitals/minsk/forward", "--rating", "good")
    told = trainer("move", "capitals/recall", "capitals/minsk")
    assert told.out.startswith("moved: 2 cards with 2 reviews; 1 of them beside a history that was there;")
    deck.rename(deck.with_name("towns.yaml"))
    again = trainer("move", "capitals", "towns", "--dry-run")
    assert "(2 reviews)" in again.out
    deck.with_name("towns.yaml").write_text(f"title: Towns\nnotes:\n{note}", encoding="utf-8")
    told = trainer("move", "capitals", "towns")
    assert told.out.startswith("moved: 2 cards with 3 reviews")
    assert "stays: capitals/~" in told.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["capitols", "capitals"], "capitols: nothing is known of such a deck (did you mean capitals?)"),
        (["capitals", "capitols"], "capitols: is not in the decks (did you mean capitals?)"),
        (["capitals/x\x1b[2J", "capitals/recall"], "capitals/x␛[2J: nothing is known of such a note"),
    ],
)
def test_what_cannot_move_is_one_line(trainer: Trainer, arguments: list[str], said: str) -> None:
    told = trainer("move", *arguments)
    assert told.code == 1
    assert told.out == ""
    assert told.err.startswith(f"trainer: {said}")
    assert told.err.count("\n") == 1


def test_doctor_lists_what_has_gone_with_a_command_that_works(trainer: Trainer, deck: Path) -> None:
    assert f"✓ histories: every card that has one is in the decks: {deck.parent}\n" in trainer("doctor").out
    deck.rename(deck.with_name("my towns.yaml"))
    told = trainer("doctor")
    assert told.code == 0
    assert "! histories: 3 cards with a history in none of the decks of" in told.out
    assert "  capitals/recall  2 cards, 2 reviews, last on " in told.out
    (proposal,) = (line.strip() for line in told.out.splitlines() if "trainer move" in line)
    assert proposal == "trainer move capitals 'my towns'"
    found = trainer("doctor", "--json").data
    assert {gone["proposal"] for gone in found["gone"]} == {proposal}
    assert found["moves"] == []
    assert trainer("move", "capitals", "my towns").code == 0
    assert trainer("doctor", "--json").data["gone"] == []
    moved = trainer("doctor").out
    assert "\nMoved:\n" in moved
    assert "capitals/recall/forward -> my towns/recall/forward  (moved)" in moved


def test_doctor_shows_foreign_text_as_it_is_written(trainer: Trainer, deck: Path) -> None:
    deck.write_text(NOTES.replace("front: Minsk", 'front: "a\\u202eb"'), encoding="utf-8")
    trainer("list")
    deck.write_text(NOTES.partition("  - id")[0], encoding="utf-8")
    told = trainer("doctor")
    assert "capitals/recall" in told.out
    assert "\u202e" not in told.out


@pytest.mark.parametrize("command", ["list", "stats", "next"])
def test_commands_say_once_that_an_edited_note_was_recognised(
    trainer: Trainer, deck: Path, command: str
) -> None:
    edit(deck)
    said = "An edited note was recognised and keeps its history; u at home takes it back\n"
    assert trainer(command).err.startswith(said)
    assert said not in trainer(command).err


def test_due_recognises_and_says_nothing_of_it(trainer: Trainer, deck: Path) -> None:
    edit(deck)
    told = trainer("due")
    assert told.err == ""
    assert "0" in told.out.splitlines()[-1]
    assert len(trainer("doctor", "--json").data["moves"]) == 1
