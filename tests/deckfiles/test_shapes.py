from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from trainer.deckfiles.nodes import Table, compose
from trainer.deckfiles.report import MAX_SUGGESTIONS, Report
from trainer.deckfiles.shapes import check


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    source: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The shapes that no question type has yet."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    count: int = 0
    share: float = 0.0
    true: bool = False
    accounts: tuple[Account, ...] = ()
    pairs: dict[str, str] | None = None


def checked(content: str) -> tuple[Example | None, list[str]]:
    report = Report("f")
    root = compose(content.encode(), report).root
    assert isinstance(root, Table)
    example = check(Example, root, report, what="an example")
    return example, [str(problem).removeprefix("f:") for problem in report.problems]


def test_numbers_and_truth_are_read_from_text() -> None:
    example, problems = checked("count: 12\nshare: 0.5\ntrue: 'true'\naccounts: [{source: s, says: t}]\n")
    assert not problems
    assert example == Example(count=12, share=0.5, true=True, accounts=(Account(source="s", says="t"),))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("count: few", "1:8: error: 'count' must be a whole number, not 'few'"),
        ("count: 1.5", "1:8: error: 'count' must be a whole number, not '1.5'"),
        ("share: half", "1:8: error: 'share' must be a number, not 'half'"),
        ("true: perhaps", "1:7: error: 'true' must be true or false, not 'perhaps'"),
        ("count: [1]", "1:8: error: 'count' must be a whole number, not a list"),
        ("accounts: text", "1:11: error: 'accounts' must be a list, not 'text'"),
        ("accounts: [text]", "1:12: error: an item of 'accounts' must be a mapping, not 'text'"),
        ("accounts: [{source: [s], says: t}]", "1:21: error: 'source' must be text, not a list"),
        ("accounts: [{source: s}]", "1:12: error: this needs 'says'"),
        ("accounts: [{source: s, says: t, x: y}]", "1:33: error: unknown key 'x'"),
        ("pairs: [a]", "1:8: error: 'pairs' must be a mapping, not a list"),
        ("pairs: {a: [b]}", "1:12: error: 'a' must be text, not a list"),
    ],
)
def test_what_does_not_fit_is_said_in_plain_words_at_its_place(content: str, problem: str) -> None:
    example, problems = checked(content)
    assert example is None
    assert problems == [problem]


@pytest.mark.parametrize("content", ["count:", "true:", "accounts: [{source: s, says: }]", "pairs: {a: }"])
def test_a_value_that_is_not_there_is_one_problem(content: str) -> None:
    _, problems = checked(content)
    assert len(problems) == 1
    assert problems[0].endswith("has no value")


def test_looking_for_similar_words_comes_to_an_end() -> None:
    report = Report("f")
    hints = [report.did_you_mean("anwser", ["answer"]) for _ in range(MAX_SUGGESTIONS + 1)]
    assert hints[-2:] == ["did you mean 'answer'?", ""]
