"""Command lines run inside a test, what they are given to read, and what they leave behind."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from trainer.cli.main import run


class Told(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


class _Unread(io.BytesIO):
    """Input of a command that is to read none."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("standard input was read")

    read1 = read


class _Typed(io.TextIOWrapper):
    """Lines typed at a terminal."""

    def isatty(self) -> bool:
        return True


class Trainer:
    """Runs command lines; none shows a traceback or a byte that steers a terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    @classmethod
    def over(
        cls, data: Path, decks: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> Trainer:
        """Runs command lines over those two folders."""
        monkeypatch.setenv("TRAINER_DATA", str(data))
        monkeypatch.setenv("TRAINER_DECKS", str(decks))
        return cls(monkeypatch, capsys)

    def __call__(self, *arguments: str, piped: str | None = None, typed: str | None = None) -> Told:
        """Run a command line with a text on standard input, typed at a terminal or else piped.

        Without either, reading fails. Lone surrogates in the text are bytes that are no UTF-8.
        """
        text = piped if typed is None else typed
        source = _Unread() if text is None else io.BytesIO(text.encode("utf-8", "surrogateescape"))
        stream = io.TextIOWrapper if typed is None else _Typed
        self._monkeypatch.setattr("sys.stdin", stream(source, encoding="utf-8"))
        told = Told(run(arguments), *self._capsys.readouterr())
        assert "Traceback" not in told.err, told.err
        assert "a fault in the program" not in told.err, told.err
        assert "\x1b" not in told.out + told.err
        return told
