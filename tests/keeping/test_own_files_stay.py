"""What is written by name never takes the place of what the program keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Trainer


@pytest.fixture
def trainer(trainer: Trainer, data: Path) -> Trainer:
    """Runs command lines over a deck, with a card answered, settings, a backup, a damaged file."""
    (data / "config.toml").write_text("new_per_day = 3\n")
    (data / "progress.db.damaged-2024-06-13-101112").write_bytes(b"damaged")
    return trainer


@pytest.mark.parametrize("command", [["doctor", "--bundle"], ["backup"]], ids=" ".join)
@pytest.mark.parametrize(
    "named",
    [
        *("my data/progress.db", "my data/progress.db-journal", "my data/config.toml", "decks/capitals.yaml"),
        *("my data/progress.db.damaged-2024-06-13-101112", "my data/backups/*.db"),
        *("my data/backups/new.zip", "linked"),
    ],
)
def test_nothing_of_the_programs_own_is_replaced(
    trainer: Trainer, tmp_path: Path, command: list[str], named: str
) -> None:
    (tmp_path / "linked").symlink_to("my data/progress.db")
    (place, *_) = [*tmp_path.glob(named), tmp_path / named]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    told = trainer(*command, str(place), "--force")
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
