from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from desk import DECK, NAMES, SOURCES

from trainer.cli.main import run


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    decks = tmp_path / "decks"
    decks.mkdir()
    for name, text in (("capitals", DECK), ("sources", SOURCES), ("names", NAMES)):
        (decks / f"{name}.yaml").write_text(text, encoding="utf-8")
    return ["--decks", str(decks), "--data", str(tmp_path / "data")]


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert run([*arguments, "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return found


def test_the_cards_that_are_found_are_printed_as_json(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run([*options, "answer", "capitals/capital/card", "--response", "Yerevan"])
    capsys.readouterr()
    (row,) = rows(capsys, *options, "browse", "--search", "CAPITAL of")
    assert row.pop("due") and row.pop("known") == 1.0
    assert row == {
        "id": "capitals/capital/card",
        "deck": "capitals",
        "type": "typed",
        "question": "What is the capital of Armenia?",
        "answer": "Yerevan",
        "state": "learning",
        "reps": 1,
        "lapses": 0,
        "flagged": False,
    }


@pytest.mark.parametrize(
    ("arguments", "notes"),
    [
        (["capit"], ["capital", "sent-home", "why", "gap"]),
        (["--type", "typed", "--type", "cloze"], ["capital", "gap"]),
        (["--source", "report#5"], ["sent-home"]),
        (["--name", "erevan"], ["capital", "sent-home"]),
        (["--state", "new", "--name", "Yerevan", "--search", "went"], ["sent-home"]),
        (["--state", "due"], []),
        (["--flagged"], []),
        (["--leech"], []),
        (["--search", "ambasador arms"], ["why"]),
    ],
)
def test_options_say_which_cards(
    options: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], notes: list[str]
) -> None:
    found = rows(capsys, *options, "browse", *arguments)
    assert [row["id"].split("/")[1] for row in found] == notes


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "browsing needs a terminal"),
        (["--state", "old"], 2, "Invalid value for '--state'"),
        (["--json", "--name", "Nobody"], 1, "Nobody: no such name"),
        (["--json", "no-deck"], 1, "no-deck: no such deck"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    options: list[str], capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run([*options, "browse", *arguments]) == code
    assert said in capsys.readouterr().err


def test_printing_leaves_the_data_folder_as_it_is_where_it_cannot_be_written(
    options: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file in the place of the folder")
    assert len(rows(capsys, *options, "browse")) == 4
