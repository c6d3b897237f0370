from __future__ import annotations

import pytest
from command_line import Trainer


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Trainer:
    """Runs command lines."""
    return Trainer(monkeypatch, capsys)
