from __future__ import annotations

import pytest
from carried import everything
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats import FORMATS
from trainer.formats.model import Imported, Options, Value


def read(text: str, kind: str = "basic") -> Imported:
    return FORMATS["markdown"].read(text, Options(type=kind))


def fields(text: str, kind: str = "basic") -> list[dict[str, Value]]:
    return [dict(note.fields) for note in read(text, kind).notes]


def left_out(text: str) -> list[tuple[int, str]]:
    return [(left.line, left.text) for left in read(text).left_out]


def test_questions_and_answers_go_on_until_the_next_card() -> None:
    found = read("Q: One\nmore?\nA: First.\n\n- a\n- b\n\nQ: Two?\nA: Second.\n")
    assert [(note.line, note.fields["question"], note.fields["answer"]) for note in found.notes] == [
        (1, "One\nmore?", "First.\n\n- a\n- b"),
        (8, "Two?", "Second."),
    ]
    assert found.left_out == ()


@pytest.mark.parametrize("end", ["# Next", "---", "#tag"])
def test_a_card_ends_at_a_heading_a_rule_or_tags(end: str) -> None:
    assert fields(f"Q: a\nA: b\n{end}\n")[0]["answer"] == "b"


def test_brackets_are_holes_and_links_boxes_notes_and_code_are_not() -> None:
    text = "C: [Yerevan] is [here](http://x) [ref][1] [^2] `a[0]` ![i](p) \\[no\\] and [782 BC]"
    (note,) = fields(text)
    assert note["text"] == "{{1::Yerevan}} is [here](http://x) [ref][1] [^2] `a[0]` i [no] and {{2::782 BC}}"
    assert left_out(text) == [(1, "![i](p)")]


def test_a_hole_that_cannot_be_ours_leaves_its_card_out() -> None:
    assert left_out("Q: a\nA: b\n\nC: use [std::vector]\n") == [(4, "use [std::vector]")]


def test_cards_on_one_line() -> None:
    assert fields("- CSTO :: an alliance\n1. a ::: b\nx:: y\n") == [
        {"type": "basic", "question": "CSTO", "answer": "an alliance"},
        {"type": "reversed", "front": "a", "back": "b"},
        {"type": "basic", "question": "x", "answer": "y"},
    ]
    assert fields("a std::vector is\n") == []


def test_the_type_asked_for_is_that_of_cards_with_two_sides() -> None:
    assert [note["type"] for note in fields("Q: a\nA: b\n\nc :: d\n\nC: [e]\n", kind="typed")] == [
        "typed",
        "typed",
        "cloze",
    ]
    assert fields("Q: a\nA: b\n", kind="reversed") == [{"type": "reversed", "front": "a", "back": "b"}]


def test_the_first_heading_is_the_title_and_the_nearest_a_tag() -> None:
    found = read("# The CSTO\n\na :: b\n\n## Its Members ##\n\nc :: d\n")
    assert found.title == "The CSTO"
    assert [note.fields.get("tags") for note in found.notes] == [None, ["its-members"]]


def test_front_matter_gives_title_and_tags_and_the_rest_of_it_is_told() -> None:
    found = read("---\ntitle: 'A deck'\ntags: [x, \"y z\"]\ndue: 5\n---\n#w #v\na :: b\n")
    assert (found.title, found.tags) == ("A deck", ("x", "y z", "w", "v"))
    assert [(left.line, left.text) for left in found.left_out] == [(4, "due: 5")]


def test_prose_is_left_out_with_its_line_and_comments_are_not_told_unless_they_schedule() -> None:
    text = "Prose.\n<!-- a\ncomment -->\na :: b <!--SR:!2024-01-01,3,250-->\n"
    assert left_out(text) == [(1, "Prose."), (4, "<!--SR:!2024-01-01,3,250-->")]
    assert read(text).notes[0].line == 4


@pytest.mark.parametrize(
    ("text", "line"), [("Q: a\n\nQ: b\nA: c\n", 1), ("A: c\n", 1), ("Q: a\nA:\n", 1), ("x\n\nC:\n", 3)]
)
def test_half_a_card_is_left_out_at_its_line(text: str, line: int) -> None:
    assert line in [left.line for left in read(text).left_out]


def test_nothing_begins_a_card_within_a_block_of_code() -> None:
    code = "```py\nQ: no\n# no\na :: b\n```"
    assert fields(f"Q: a\nA: {code}\ndone\n")[0]["answer"] == f"{code}\ndone"
    assert fields(f"Q: a\nA:\n{code}\n")[0]["answer"] == code


PIECES = ["Q: {}", "A: {}", "C: {} [x]", "C: [{}]", "{}", "{} :: {}", "{} ::: x", "", "---", "# {}", "- {}"]
PIECES += ["```", "<!-- x -->", "![{}](p)", "#{}", "   {}", "Q:{}", "**Q:** {}", "{}::x"]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_word_of_a_page_is_dropped(pieces: list[str]) -> None:
    words = [f"w{index}z" for index in range(len(pieces))]
    text = "\n".join(piece.replace("{}", word) for piece, word in zip(pieces, words, strict=True))
    told = everything(read(text))
    given_words = [word for piece, word in zip(pieces, words, strict=True) if "{}" in piece]
    headings = [word for piece, word in zip(pieces, words, strict=True) if piece == "# {}"]
    assert [word for word in given_words if word not in told and word not in headings] == []


def test_long_lines_of_nothing_but_signs_take_no_time() -> None:
    """Each of these once took minutes."""
    for text in ("x " + " " * 100_000 + "::", "Q: " + "![" * 50_000, "<!--" * 50_000):
        assert read(text + "\n").notes == ()
    assert read("C: " + "[" * 100_000).notes[0].fields["text"] == "[" * 100_000
    assert read("# " + " " * 100_000 + "x\n").title == "x"
