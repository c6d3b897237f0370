"""What is written by name never takes the place of what the program keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Trainer
from two_capitals import ARMENIA, NOTES, answer


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "capitals.yaml").write_text(NOTES, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def trainer(
    decks: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Trainer:
    """Runs command lines over a deck, with a card answered, settings, a backup, a damaged file."""
    monkeypatch.setenv("TRAINER_DATA", str(data))
    monkeypatch.setenv("TRAINER_DECKS", str(decks))
    made = Trainer(monkeypatch, capsys)
    answer(made, ARMENIA)
    (data / "config.toml").write_text("new_per_day = 3\n")
    (data / "progress.db.damaged-2024-06-13-101112").write_bytes(b"damaged")
    return made


@pytest.mark.parametrize("command", [["doctor", "--bundle"], ["backup"]], ids=" ".join)
@pytest.mark.parametrize(
    "named",
    [
        *("data/progress.db", "data/progress.db-journal", "data/config.toml", "decks/capitals.yaml"),
        *("data/progress.db.damaged-2024-06-13-101112", "data/backups/*.db"),
        *("data/backups/new.zip", "linked"),
    ],
)
def test_nothing_of_the_programs_own_is_replaced(
    trainer: Trainer, tmp_path: Path, command: list[str], named: str
) -> None:
    (tmp_path / "linked").symlink_to("data/progress.db")
    (place, *_) = [*tmp_path.glob(named), tmp_path / named]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    told = trainer(*command, str(place), "--force")
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
