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
    """Shapes that the fields of question types have, or could have."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    count: int = 0
    share: float = 0.0
    true: bool = False
    accounts: tuple[Account, ...] = ()
    words: dict[str, str] | None = None
    pairs: dict[str, str] | tuple[tuple[str, str], ...] = ()
    answers: tuple[str | tuple[str, ...], ...] = ()


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
    ("written", "meant"),
    [("true", True), ("'true'", True), ("Yes", True), ("false", False), ("no", False), ("NO", False)],
)
def test_truth_may_be_written_as_yes_and_no(written: str, meant: bool) -> None:
    example, problems = checked(f"true: {written}")
    assert not problems
    assert example == Example(true=meant)


def test_pairs_are_a_mapping_or_a_list_of_lists_of_two() -> None:
    assert checked("pairs: {b: x, a: '1'}")[0] == Example(pairs={"b": "x", "a": "1"})
    assert checked("pairs: [[b, x], [a, '1']]")[0] == Example(pairs=(("b", "x"), ("a", "1")))


def test_an_item_may_be_a_list_of_its_own() -> None:
    assert checked("answers: [a, [b, c]]")[0] == Example(answers=("a", ("b", "c")))


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
        ("words: [a]", "1:8: error: 'words' must be a mapping, not a list"),
        ("words: {a: [b]}", "1:12: error: 'a' in 'words' must be text, not a list"),
        ("pairs: a", "1:8: error: 'pairs' must be a mapping or a list, not 'a'"),
        ("pairs: {a: [b]}", "1:12: error: 'a' in 'pairs' must be text, not a list"),
        ("pairs: {a: {b: c}}", "1:12: error: 'a' in 'pairs' must be text, not a mapping"),
        ("pairs: [a]", "1:9: error: an item of 'pairs' must be a list of two, not 'a'"),
        ("pairs: [{a: b}]", "1:9: error: an item of 'pairs' must be a list of two, not a mapping"),
        ("pairs: [[]]", "1:9: error: an item of 'pairs' must be a list of two, not a list of 0"),
        ("pairs: [[a]]", "1:9: error: an item of 'pairs' must be a list of two, not a list of 1"),
        ("pairs: [[a, b, c]]", "1:9: error: an item of 'pairs' must be a list of two, not a list of 3"),
        ("pairs: [[a, [b]]]", "1:13: error: an item of 'pairs' must be text, not a list"),
        ("answers: a", "1:10: error: 'answers' must be a list, not 'a'"),
        ("answers: {a: b}", "1:10: error: 'answers' must be a list, not a mapping"),
        ("answers: [a, {b: c}]", "1:14: error: an item of 'answers' must be text or a list, not a mapping"),
        ("answers: [a, [b, [c]]]", "1:18: error: an item of 'answers' must be text, not a list"),
        ("true: ''", "1:7: error: 'true' must be true or false, not ''"),
    ],
)
def test_what_does_not_fit_is_said_in_plain_words_at_its_place(content: str, problem: str) -> None:
    example, problems = checked(content)
    assert example is None
    assert problems == [problem]


@pytest.mark.parametrize(
    "content", ["count:", "true:", "accounts: [{source: s, says: }]", "pairs: {a: }", "answers:\n- a\n-"]
)
def test_a_value_that_is_not_there_is_one_problem(content: str) -> None:
    _, problems = checked(content)
    assert len(problems) == 1
    assert problems[0].endswith("has no value")


def test_every_wrong_part_of_a_field_is_told_at_once() -> None:
    _, problems = checked("pairs: [[a], [b, c, d], e, [f, g]]\nanswers: [[[h]], {i: j}]\ntrue: 2\n")
    assert [problem.split(": ", 1)[0] for problem in problems] == [
        "1:9",
        "1:14",
        "1:25",
        "2:12",
        "2:18",
        "3:7",
    ]


def test_looking_for_similar_words_comes_to_an_end() -> None:
    report = Report("f")
    hints = [report.did_you_mean("anwser", ["answer"]) for _ in range(MAX_SUGGESTIONS + 1)]
    assert hints[-2:] == ["did you mean 'answer'?", ""]
