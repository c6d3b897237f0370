from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Trainer


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def trainer(
    decks: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Trainer:
    """Runs command lines over those two folders."""
    return Trainer.over(data, decks, monkeypatch, capsys)
