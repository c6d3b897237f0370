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
    """A folder that has to be quoted in a command line."""
    return tmp_path / "my data"


@pytest.fixture
def trainer(
    decks: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Trainer:
    """Runs command lines over a deck of two cards, of which one was answered."""
    made = Trainer.over(data, decks, monkeypatch, capsys)
    answer(made, ARMENIA)
    return made


@pytest.fixture
def deck(decks: Path) -> Path:
    return decks / "capitals.yaml"


@pytest.fixture
def progress(data: Path, trainer: Trainer) -> Path:
    return data / "progress.db"
