from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from trainer.cli.main import run

SOURCES = """\
report:
  title: A report
other:
  title: Another
"""
REPORT = """\
title: A report

[1] “I won’t go,” he said.

[caption] The embassy

[2] “Nobody asked me,” she said, and left for Minsk … by train.
"""


class Said(NamedTuple):
    code: int
    problems: list[dict[str, Any]]

    @property
    def brief(self) -> list[str]:
        """Line, column and code of each."""
        return [f"{each['line']}:{each['column']} {each['code']}" for each in self.problems]


class Folder:
    """A decks folder, and one of copies beside it."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self._capsys = path, capsys
        self.articles = path / "articles"
        self.articles.mkdir()
        (path / "decks").mkdir()
        self.write("articles/report.txt", REPORT)
        self.write("decks/sources.yaml", SOURCES)

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def notes(self, *notes: str, deck: str = "deck") -> None:
        lines = "".join(
            f"  - {{id: n{n}, question: Who?, answer: me, {note}}}\n" for n, note in enumerate(notes)
        )
        self.write(f"decks/{deck}.yaml", f"title: A deck\nnotes:\n{lines}")

    def raw(self, *options: str) -> int:
        return run(["--data", str(self.path), "--decks", str(self.path / "decks"), "check", *options])

    def check(self, *options: str) -> Said:
        usual = ("--ignore", "unused-source", "--json")
        code = self.raw(*(options or ("--articles", str(self.articles))), *usual)
        return Said(code, json.loads(self._capsys.readouterr().out))


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Folder:
    return Folder(tmp_path, capsys)


def test_what_is_cited_and_quoted_as_it_stands_is_silent(folder: Folder) -> None:
    folder.notes(
        'source: report#1, speaker: he, quote: "I won\'t go"',
        'source: [report#1, report#2], speaker: she, quote: "Nobody … left for Minsk"',
        "source: report, speaker: nobody, quote: The embassy",
        "source: report#2",
    )
    assert folder.check() == (0, [])


def test_a_paragraph_that_is_not_there_is_an_error_at_its_citation(folder: Folder) -> None:
    folder.notes("source: [report#1, report#3]")
    code, problems = said = folder.check()
    assert (code, said.brief) == (1, ["3:61 no-such-paragraph"])
    assert problems[0]["message"] == "there is no paragraph 3: 'report' has 2"
    assert problems[0]["severity"] == "error"


def test_a_quote_that_is_not_there_is_an_error_at_the_quote(folder: Folder) -> None:
    folder.notes('source: report#1, speaker: he, quote: "I will not go"')
    code, problems = said = folder.check()
    assert (code, said.brief) == (1, ["3:80 quote-not-found"])
    assert problems[0]["hint"] == ""


def test_a_quote_from_a_source_as_a_whole_must_stand_somewhere(folder: Folder) -> None:
    folder.notes("source: report, speaker: he, quote: who knows")
    assert [each["code"] for each in folder.check().problems] == ["quote-not-found"]


def test_a_quote_from_another_paragraph_says_which(folder: Folder) -> None:
    folder.notes("source: report#2, speaker: he, quote: he said")
    said = folder.check()
    assert said.brief == ["3:80 quote-not-found"]
    assert said.problems[0]["hint"] == "it stands in 'report#1'"


def test_a_quote_is_not_missed_beside_a_paragraph_that_is_not_there(folder: Folder) -> None:
    folder.notes("source: report#9, speaker: he, quote: he said")
    assert [each["code"] for each in folder.check().problems] == ["no-such-paragraph"]


def test_a_source_without_a_copy_is_one_warning_for_all_decks(folder: Folder) -> None:
    folder.notes("source: other#1", "source: other#2", deck="one")
    folder.notes("source: other#3", "source: [report#1, other#1], speaker: he, quote: who knows", deck="two")
    code, problems = folder.check()
    assert (code, [each["code"] for each in problems]) == (0, ["no-copy"])
    assert problems[0]["file"].endswith("one.yaml")
    assert problems[0]["severity"] == "warning"
    assert "'other'" in problems[0]["message"]


def test_a_copy_that_cannot_be_read_is_a_warning_that_says_why(folder: Folder) -> None:
    (folder.articles / "report.txt").write_bytes(b"\xff")
    folder.notes("source: report#1")
    (problem,) = folder.check().problems
    assert problem["code"] == "no-copy"
    assert "report.txt is not UTF-8" in problem["message"]


def test_the_file_that_a_source_names_serves_where_the_folder_has_none(folder: Folder) -> None:
    folder.write("decks/sources.yaml", SOURCES + "  file: ../own.txt\n")
    folder.write("own.txt", "[1] One.\n")
    folder.notes("source: [other#1, other#2]")
    assert [each["message"] for each in folder.check().problems] == ["there is no paragraph 2: 'other' has 1"]


def test_accounts_are_looked_up_as_well(folder: Folder) -> None:
    folder.write(
        "decks/deck.yaml",
        "title: A deck\nnotes:\n  - id: a\n    type: accounts\n    question: Who?\n    accounts:\n"
        "      - {source: report#1, says: he}\n      - {source: report#7, says: she}\n",
    )
    assert "8:18 no-such-paragraph" in folder.check().brief


def test_without_a_folder_nothing_is_looked_up(folder: Folder) -> None:
    folder.notes("source: report#3, speaker: he, quote: nonsense")
    assert folder.check("--strict") == (0, [])


def test_the_setting_names_the_folder_seen_from_the_settings(folder: Folder) -> None:
    folder.write("config.toml", 'articles = "articles"\n')
    folder.notes("source: report#3")
    assert [each["code"] for each in folder.check("--strict").problems] == ["no-such-paragraph"]


def test_the_option_comes_before_the_setting(folder: Folder) -> None:
    folder.write("config.toml", 'articles = "nowhere"\n')
    folder.notes("source: report#3")
    assert [each["code"] for each in folder.check().problems] == ["no-such-paragraph"]
    assert [each["code"] for each in folder.check("--strict").problems] == ["no-copy"]


def test_a_mistake_in_the_settings_is_told_and_the_decks_are_checked(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write("config.toml", "articles = 1\n")
    folder.notes("source: report#3")
    assert folder.raw() == 0
    said = capsys.readouterr().err
    assert "articles must be the path of a folder" in said and "1 card" in said


def test_a_folder_that_is_not_there_is_wrong_usage(folder: Folder) -> None:
    assert folder.raw("--articles", str(folder.path / "nowhere")) == 2


def test_the_file_of_the_settings_may_name_a_home_folder_that_is_none(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write("config.toml", 'articles = "~nobody-of-this-name/articles"\n')
    assert run(["--data", str(folder.path), "--decks", str(folder.path / "decks"), "list"]) == 2
    assert "no such home folder" in capsys.readouterr().err
