from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from trainer.cli.main import run
from trainer.core.progress import Advance

DECK = """\
title: T
notes:
  - Question: Why?   # kept
    answer: so
    source: a#1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    decks = tmp_path / "mine"
    decks.mkdir()
    (decks / "deck.yaml").write_text(DECK, encoding="utf-8")
    (decks / "sources.yaml").write_text("a:\n  title: A\n", encoding="utf-8")
    return decks


def trainer(folder: Path, *arguments: str) -> int:
    return run(["--data", str(folder.parent / "data"), *arguments])


def test_what_was_repaired_is_told_and_the_rest_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert trainer(folder, "check", "--fix", str(folder), "--strict") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "deck.yaml: repaired: 1 id; Question is question in note 1; the line for editors" in said.err
    text = (folder / "deck.yaml").read_text(encoding="utf-8")
    assert "  - id: why\n    question: Why?   # kept\n    answer: so\n" in text
    trainer(folder, "check", "--fix", str(folder))
    assert "nothing to repair" in capsys.readouterr().err


@contextmanager
def broken_off(what: str) -> Iterator[Advance]:
    """Watches work, and breaks it off as soon as something of it is done."""

    def advance(done: int, total: int) -> None:
        raise KeyboardInterrupt

    yield advance


def test_what_was_repaired_before_it_was_broken_off_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.cli.check.under_way", broken_off)
    assert trainer(folder, "check", "--fix", str(folder)) == 130
    said = capsys.readouterr()
    assert "deck.yaml: repaired: 1 id" in said.err
    assert "sources.yaml" not in said.err
    assert (folder / "sources.yaml").read_text(encoding="utf-8") == "a:\n  title: A\n"


def test_a_dry_run_shows_the_lines_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert trainer(folder, "check", "--fix", "--dry-run", str(folder)) == 1
    said = capsys.readouterr()
    assert "unknown key 'Question'" in said.out
    assert "+  - id: why" in said.err
    assert (folder / "deck.yaml").read_text(encoding="utf-8") == DECK


def test_decks_of_the_program_are_repaired_only_where_they_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: folder)
    trainer(folder, "check", "--fix")
    assert "part of the program" in capsys.readouterr().err
    assert (folder / "deck.yaml").read_text(encoding="utf-8") == DECK


@pytest.mark.parametrize("options", [["--dry-run"], ["--fix", "--watch"]])
def test_options_that_do_not_go_together_are_refused(folder: Path, options: list[str]) -> None:
    assert trainer(folder, "check", *options, str(folder)) == 2
    assert (folder / "deck.yaml").read_text(encoding="utf-8") == DECK


def test_a_file_that_cannot_be_written_is_told_in_a_line(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert trainer(folder, "check", "--fix", str(folder)) == 1
    assert "cannot be written: No space left on device" in capsys.readouterr().err
    assert (folder / "deck.yaml").read_text(encoding="utf-8") == DECK


def test_a_deck_can_be_checked_by_its_id(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "other.yaml").write_text("title: [", encoding="utf-8")
    assert run(["--decks", str(folder), "--data", str(folder.parent / "data"), "check", "deck"]) == 1
    said = capsys.readouterr().out
    assert "unknown key 'Question'" in said
    assert "other.yaml" not in said
