from __future__ import annotations

import pytest

from trainer.core.deck import Problem
from trainer.deckfiles import nodes
from trainer.deckfiles.nodes import Items, Node, Table, Text, Tree, compose
from trainer.deckfiles.report import MAX_PROBLEMS, Report

Found = list[tuple[str, int, int]]


def read(content: str | bytes, *, pure: bool = False) -> tuple[Tree, tuple[Problem, ...]]:
    report = Report("deck.yaml")
    tree = compose(content.encode() if isinstance(content, str) else content, report, pure=pure)
    return tree, report.problems


def table_of(content: str | bytes) -> Table:
    tree, problems = read(content)
    assert not problems
    assert isinstance(tree.root, Table)
    return tree.root


def found(content: str | bytes, *, pure: bool = False) -> Found:
    _, problems = read(content, pure=pure)
    return [(problem.code, problem.span.line, problem.span.column) for problem in problems]


def values(node: Node | None) -> object:
    if isinstance(node, Table):
        return {str(key): values(value) for key, value in node.items()}
    if isinstance(node, Items):
        return [values(item) for item in node]
    return None if node is None else str(node)


# What is read


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "Yes",
        "on",
        "010",
        "0x1F",
        "1_000",
        "1.10",
        "12:30",
        "12:30:45",
        "2024-06-13",
        "2024-13-45",
        "~",
        "null",
        "Null",
        "=",
        ".inf",
        "<<",
        "1" * 5_000,
        "0x" + "f" * 20_000,
        "Łódź 東京 😀",
        "it's 5 o'clock",
        "C#",
        "ambassador#2",
    ],
)
def test_a_scalar_is_text_as_written(written: str) -> None:
    root = table_of(f"a: {written}\n")
    assert root["a"] == written
    assert isinstance(root["a"], Text)
    assert root["a"].plain


def test_every_value_and_key_knows_its_line_and_column() -> None:
    root = table_of("title: A\nnotes:\n  - id: 東京\n    tags: [😀, b]\n")
    note = root["notes"][0] if isinstance(root["notes"], Items) else None
    assert isinstance(note, Table)
    tags = note["tags"]
    assert isinstance(tags, Items)
    assert [(at.line, at.column) for at in (note, note.key("tags"), note["id"], tags)] == [
        (3, 5),
        (4, 5),
        (3, 9),
        (4, 11),
    ]
    assert isinstance(tags[1], Text)
    assert (tags[1].line, tags[1].column) == (4, 15)


def test_quoted_text_is_not_plain() -> None:
    root = table_of("a: 'x'\nb: \"x\"\nc: |\n  x\nd: x\n")
    assert [isinstance(value, Text) and value.plain for value in root.values()] == [False, False, False, True]


def test_a_value_that_is_not_there_is_told_from_an_empty_text() -> None:
    root = table_of("a:\nb: ''\nc: ~\n")
    assert [isinstance(value, Text) and value.missing for value in root.values()] == [True, False, False]


@pytest.mark.parametrize("content", ["", "# nothing\n", "\ufeff", "---\n...\n# end\n"])
def test_an_empty_file_has_no_values_and_no_problem(content: str) -> None:
    tree, problems = read(content)
    assert tree.whole
    assert not problems
    assert not values(tree.root)


def test_a_byte_order_mark_moves_no_column() -> None:
    root = table_of(b"\xef\xbb\xbfa: x\n")
    assert root.key("a").column == 1


def test_windows_line_ends_are_line_ends() -> None:
    root = table_of('a: "x\r\n  y"\r\nb: |\r\n  one\r\n  two\r\nc: z\r\n')
    assert values(root) == {"a": "x y", "b": "one\ntwo\n", "c": "z"}
    assert root.key("c").line == 6


def test_the_two_parsers_give_the_same_tree() -> None:
    content = "a: [x, 'y z', {b: c}]\nd: >-\n  e\n  f\ng: h  # fine\n"
    fast, slow = read(content), read(content, pure=True)
    assert (
        values(fast[0].root) == values(slow[0].root) == {"a": ["x", "y z", {"b": "c"}], "d": "e f", "g": "h"}
    )
    assert not fast[1]
    assert not slow[1]


# What is refused, and where


def test_a_duplicate_key_is_refused_where_it_stands() -> None:
    tree, problems = read("a: 1\nb: 2\n'a': 3\n")
    assert [str(problem.span) for problem in problems] == ["deck.yaml:3:1"]
    assert "line 1" in problems[0].message
    assert values(tree.root) == {"a": "1", "b": "2"}


def test_every_problem_of_a_file_is_told_at_once() -> None:
    assert found("a: 1\na: 2\n<<: *x\n[q]: &z r\ns: !!str t\nu: v #w\n") == [
        ("duplicate-key", 2, 1),
        ("merge-key", 3, 1),
        ("alias", 3, 5),
        ("wrong-shape", 4, 1),
        ("alias", 4, 6),
        ("tag", 5, 4),
        ("cut-off", 6, 6),
    ]


def test_quoted_merge_signs_are_a_key_like_any_other() -> None:
    assert values(table_of("'<<': x\n")) == {"<<": "x"}


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        ("[" * 100_000, "too-deep", 1, 21),
        ("a: x\nb:\n  - [']', " + "[" * 5_000, "too-deep", 3, 28),
        ("- " * 5_000 + "x", "too-deep", 1, 41),
        ("".join("  " * depth + "a:\n" for depth in range(40)), "too-deep", 21, 41),
        ("a: &a [x]\nb: [*a, *a]\n", "alias", 1, 4),
        ("a: &a {x: y}\n<<: [*a, *a]\n", "alias", 1, 4),
        ("- &a\n  - *a\n", "alias", 1, 3),
        ("a: !!python/object/apply:os.system [x]\n", "tag", 1, 4),
        ("a: !!python/name:os.system\n", "tag", 1, 4),
        ("a: ! x\n", "tag", 1, 4),
        ("a: 1\n---\nb: 2\n", "second-document", 2, 1),
        ("--- a\n--- b\n", "second-document", 2, 1),
        ("a: 1\nb: \0x\n", "control-character", 2, 4),
        ("a: 1\r\nb: x\x1b[31m\r\n", "control-character", 2, 5),
        ("a: \x7f\n", "control-character", 1, 4),
        ("a: x\u2028b\n", "control-character", 1, 5),
        ("a: x\u0085b\n", "control-character", 1, 5),
        ("a: x\ufeff\n", "control-character", 1, 5),
        (b"a: 1\nb: \xc3\xa9\xff\xfe\n", "encoding", 2, 5),
        (b"a: \xed\xa0\x80\n", "encoding", 1, 4),
        ("a: x\n".encode("utf-16"), "encoding", 1, 1),
        ('a: 1\nb: "\\e]52;c;x"\n', "control-character", 2, 4),
        ('a: "\\0"\n', "control-character", 1, 4),
        ('a: "\\x9b31m"\n', "control-character", 1, 4),
        ('a: "\\r"\n', "control-character", 1, 4),
        ('a: "\\N"\n', "control-character", 1, 4),
        ("a: " + "x" * 60_001 + "\n", "too-long", 1, 4),
        ("a: '" + "x" * 60_001 + "'\n", "too-long", 1, 4),
        ("{a: b}: c\n", "wrong-shape", 1, 1),
        ("? [a]\n: b\n", "wrong-shape", 1, 3),
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_hostile_yaml_is_refused_where_it_stands(
    content: str | bytes, code: str, line: int, column: int, pure: bool
) -> None:
    assert (code, line, column) in found(content, pure=pure)


@pytest.mark.parametrize("escape", ["\\ud800", "\\ud83d\\ude00", "\\udfff", "\\U00110000", "\\UFFFFFFFF"])
@pytest.mark.parametrize("pure", [False, True])
def test_an_escape_that_is_no_character_is_refused(escape: str, pure: bool) -> None:
    problems = found(f'a: "{escape}"\n', pure=pure)
    assert len(problems) == 1
    assert problems[0][0] in ("syntax", "control-character")
    assert problems[0][1] == 1


def test_a_field_may_have_60000_characters() -> None:
    assert found("a: " + "x" * 60_000 + "\n") == []


def test_lists_may_be_nested_to_the_limit() -> None:
    assert found("[" * nodes.MAX_DEPTH + "]" * nodes.MAX_DEPTH) == []


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_NODES", 10)
    assert found("[" + "a," * 9 + "]") == []
    assert found("[" + "a," * 10 + "]") == [("too-large", 1, 20)]
    assert found("[" + "{}," * 10 + "]") == [("too-large", 1, 1)], "so many brackets are not even read"


def test_a_merge_bomb_stays_as_small_as_it_is_written() -> None:
    bomb = "a0: &a0 {x: y}\n" + "".join(
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 9)
    )
    tree, problems = read(bomb)
    assert {problem.code for problem in problems} == {"alias", "merge-key"}
    assert isinstance(tree.root, Table)
    assert len(tree.root) == 9


def test_an_alias_is_not_followed() -> None:
    tree, _ = read("a: &a [x]\nb: *a\n")
    assert values(tree.root) == {"a": ["x"], "b": ""}


def test_a_flood_of_problems_is_cut_and_counted() -> None:
    _, problems = read("a: 1\n" * (MAX_PROBLEMS + 6))
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].message == "5 more problems are not listed"


def test_a_file_that_is_no_text_is_told_of_in_few_words() -> None:
    assert len(found(b"\x00a" * 50_000)) < 110
    assert len(found(b"\xffa" * 50_000)) < 110


def test_damaged_characters_do_not_hide_other_problems() -> None:
    assert found(b"a: \xff\nb: \x01\nb: 2\n") == [
        ("encoding", 1, 4),
        ("control-character", 2, 4),
        ("duplicate-key", 3, 1),
    ]


def test_messages_do_not_pass_on_control_characters() -> None:
    _, problems = read('"a\\e[31m": 1\n"a\\e[31m": 2\n')
    assert {problem.code for problem in problems} == {"control-character", "duplicate-key"}
    assert not any("\x1b" in str(problem) for problem in problems)


def test_messages_quote_long_text_shortened() -> None:
    _, problems = read(f"{'k' * 500}: 1\n{'k' * 500}: 2\n")
    assert len(problems) == 1
    assert len(problems[0].message) < 120


# Text that a comment cuts off


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ("a: see #1", 8),
        ("a: see # 1", 8),
        ("a: see  #1", 9),
        ("a: see\t#1", 8),
        ("a: see  ##1", 9),
        ("a: [x, y #z\n]", 10),
        ("a: #1 in the world", 4),
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_text_that_a_stray_sign_cuts_off_is_refused(content: str, column: int, pure: bool) -> None:
    assert ("cut-off", 1, column) in found(content, pure=pure)


@pytest.mark.parametrize(
    "content",
    [
        "a: x  # y",
        "a: x   # y",
        "a: x  #\n",
        "a: x  ## y",
        "a: x#y",
        "a: 'x' # y",
        "a: x\n# y\n",
        "a:  # y\n  b: c\n",
        "a: # y\n  b: c\n",
        "a: |\n  see #1\n",
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_a_comment_that_looks_like_one_is_allowed(content: str, pure: bool) -> None:
    assert found(content, pure=pure) == []


# Syntax errors


@pytest.mark.parametrize(
    ("content", "line", "column", "hint"),
    [
        ("a: b: c\n", 1, 5, "quotes"),
        ("a: %x\n", 1, 4, "quotes"),
        ("a: @x\n", 1, 4, "quotes"),
        ("a: `x`\n", 1, 4, "quotes"),
        ("a: *x* y\n", 1, 6, "quotes"),
        ("a: & b\n", 1, 5, "quotes"),
        ("a: ]\n", 1, 4, "quotes"),
        ("a: >x\n", 1, 5, "quotes"),
        ("a: 'x' y\n", 1, 8, "quotes"),
        ("a: - b\n", 1, 4, "new line"),
        ("a:\n\tb: c\n", 2, 1, "blanks"),
        ("a: b\n%c: d\n", 2, 3, "quotes"),
        ("a: 1\nb: 'x\nc: d\n", 2, 4, "close"),
        ("a: 'x\n---\n", 1, 4, "close"),
        ('a: "C:\\q"\n', 1, 7, "single quotes"),
        ("a: [b\n\n", 1, 4, "close"),
        ("a: [b", 1, 4, "close"),
        ("a: {b: c\n", 1, 4, "close"),
        ("a:\n  - b\n c: d\n", 3, 2, "indentation"),
        ("- a\nb: c\n", 2, 1, "indentation"),
        ("  a: b\nc: d\n", 2, 1, "indentation"),
    ],
)
def test_a_syntax_error_says_where_and_what_to_do(content: str, line: int, column: int, hint: str) -> None:
    tree, problems = read(content)
    assert [(problem.code, problem.span.line, problem.span.column) for problem in problems] == [
        ("syntax", line, column)
    ]
    assert hint in problems[0].hint
    assert not tree.whole


def test_no_syntax_error_speaks_the_language_of_parsers() -> None:
    for content in (
        "a: b: c",
        "a: @x",
        "a: [",
        "a: 'x",
        "\ta: b",
        "a: *",
        "%x",
        "a: ?",
        "a: 'x' y",
        "- a\nb: c",
    ):
        for pure in (False, True):
            said = " ".join(str(problem) for problem in read(content, pure=pure)[1])
            assert said
            assert not any(word in said for word in ("scanning", "token", "scalar", "block", "flow"))
