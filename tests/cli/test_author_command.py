"""`trainer author`: what it opens, and when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.cli.main import run


def test_without_a_terminal_it_says_what_else_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "article.txt").write_text("[1] One.\n", encoding="utf-8")
    assert run(["--data", str(tmp_path), "author", str(tmp_path / "article.txt")]) == 2
    told = capsys.readouterr().err
    assert "writing cards needs a terminal" in told and "trainer add" in told


def test_an_article_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["author"]) == 2
    assert "ARTICLE" in capsys.readouterr().err
