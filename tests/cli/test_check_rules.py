"""`trainer check`: rules selected, ignored, silenced, and what they make of the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from trainer.cli.main import run

DECK = """\
title: A deck
notes:
  - id: a
    question: Who recently left?
    answer: Ann.
    source: s#1
  - id: b
    question: Did Ann stay?
    answer: Yes.
    tags: x
"""
BROKEN = "title: Broken\nnotes:\n  - {id: a, question: Who?, answer: me, source: t#1}\n"


class Told(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The code at the end of each line."""
        return [line.rpartition("[")[2].rstrip("]") for line in self.out.splitlines()]


class Checking:
    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path, self._capsys = path, capsys
        self.write("sources.yaml", "s: {title: A report}\n")
        self.write("deck.yaml", DECK)

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def __call__(self, *options: str) -> Told:
        code = run(["--data", str(self.path / "data"), "--decks", str(self.path), "check", *options])
        return Told(code, *self._capsys.readouterr())


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Checking:
    return Checking(tmp_path, capsys)


def test_a_line_ends_with_the_code_and_the_last_one_says_how_to_have_it_explained(check: Checking) -> None:
    told = check()
    assert told.out.splitlines()[0] == (
        f"{check.path}/deck.yaml:4:15: warning: 'recently' depends on when it is read"
        " (name the date, or give 'as_of') [vague-time]"
    )
    assert told.codes == ["vague-time", "no-source", "yes-no-question"]
    assert told.err.splitlines() == [
        "1 deck, 2 cards: 0 errors, 3 warnings",
        "`trainer help vague-time` explains the first of them.",
    ]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (("--select", "vague-time"), ["vague-time"]),
        (("--select", "vague-time, no-source"), ["vague-time", "no-source"]),
        (("--select", "vague-time", "--select", "no-source"), ["vague-time", "no-source"]),
        (("--ignore", "vague-time"), ["no-source", "yes-no-question"]),
        (("--select", "vague-time,no-source", "--ignore", "no-source"), ["vague-time"]),
        (("--select", "near-duplicate"), []),
    ],
)
def test_codes_can_be_selected_and_ignored(
    options: tuple[str, ...], codes: list[str], check: Checking
) -> None:
    told = check(*options)
    assert (told.code, told.codes) == (0, codes)
    assert f"{len(codes)} warning" in told.err
    assert [each["code"] for each in json.loads(check(*options, "--json").out)] == codes


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_wrong_usage_and_says_which_was_meant(option: str, check: Checking) -> None:
    told = check(option, "no-source,vage-time")
    assert (told.code, told.out) == (2, "")
    assert "'vage-time' (did you mean 'vague-time'?)" in told.err
    assert "`trainer help` lists the rules" in check(option, "zzz").err


def test_strict_fails_for_a_warning_that_is_told(check: Checking) -> None:
    assert check("--strict").code == 1
    assert check("--strict", "--select", "near-duplicate").code == 0
    assert check("--strict", "--ignore", "vague-time,no-source,yes-no-question").code == 0


@pytest.mark.parametrize("options", [("--ignore", "unknown-source"), ("--select", "vague-time")])
def test_errors_are_told_whatever_is_selected(options: tuple[str, ...], check: Checking) -> None:
    check.write("broken.yaml", BROKEN)
    told = check(*options)
    assert told.code == 1
    assert "unknown-source" in told.codes
    assert ("they cannot be ignored" in told.err) == (options[0] == "--ignore")


def test_a_comment_silences_and_a_needless_one_is_told_of(check: Checking) -> None:
    check.write("deck.yaml", DECK.replace("left?", "left?  # trainer: ignore vague-time, long-answer"))
    told = check("--select", "vague-time,unused-ignore")
    assert told.codes == ["unused-ignore"]
    assert f"{check.path}/deck.yaml:4:65: warning: there is no 'long-answer' here to ignore" in told.out


def test_what_is_quoted_of_a_deck_cannot_steer_the_terminal(check: Checking) -> None:
    check.write("deck.yaml", DECK.replace("tags: x", 'tags: ["a-b", "a\u202eb", "A-B"]'))
    out = check("--select", "tag-spelling").out
    assert out and "\u202e" not in out
