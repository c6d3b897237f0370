from __future__ import annotations

import pytest
from carried import everything
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats import FORMATS
from trainer.formats.model import Imported, Options, Value


def read(text: str) -> Imported:
    return FORMATS["gift"].read(text, Options())


def one(text: str) -> dict[str, Value]:
    (note,) = read(text).notes
    return dict(note.fields)


def reasons(text: str) -> list[tuple[int, str]]:
    return [(left.line, left.text) for left in read(text).left_out]


CHOICE = {"type": "choice", "question": "Who?", "answer": "me", "distractors": ["you", "they"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who? {=me ~you ~they}", CHOICE),
        ("Who?{\n~you\n=me\n~they\n}", CHOICE),
        ("Who? {~%100%me ~you ~they}", CHOICE),
        ("Who? {~%50%me ~%50%us ~%-100%you}", {**CHOICE, "answer": ["me", "us"], "distractors": ["you"]}),
        ("Who? {=me =I}", {"type": "typed", "question": "Who?", "answer": ["me", "I"]}),
        ("Who? {=me}", {"type": "typed", "question": "Who?", "answer": "me"}),
        ("It is so.{T}", {"type": "true-false", "statement": "It is so.", "answer": "true"}),
        ("It is so.{ false }", {"type": "true-false", "statement": "It is so.", "answer": "false"}),
        ("When?{#1822:5}", {"type": "number", "question": "When?", "answer": "1822", "tolerance": "5"}),
        ("When?{#1822:0}", {"type": "number", "question": "When?", "answer": "1822"}),
        ("When?{#1..2}", {"type": "number", "question": "When?", "answer": "1.5", "tolerance": "0.5"}),
        ("When?{#=1.50}", {"type": "number", "question": "When?", "answer": "1.50"}),
        ("Match.{=a -> b =c->d}", {"type": "match", "question": "Match.", "pairs": {"a": "b", "c": "d"}}),
        ("He lives in {=India}.", {"type": "cloze", "text": "He lives in {{1::India}}."}),
        ("Two is {=2 =two}.", {"type": "typed", "question": "Two is _____.", "answer": ["2", "two"]}),
        (
            "In {~x =y} now",
            {"type": "choice", "question": "In _____ now", "answer": "y", "distractors": ["x"]},
        ),
        (
            "A\\:\\=\\{\\}\\~\\#\\\\B\\nC {=a\\=b}",
            {"type": "typed", "question": "A:={}~#\\B\nC", "answer": "a=b"},
        ),
        (
            "[html]<p>Is <b>it</b>&nbsp;so?</p>{T}",
            {"type": "true-false", "statement": "Is it so?", "answer": "true"},
        ),
        ("[markdown]a\nb {=c}", {"type": "typed", "question": "a\nb", "answer": "c"}),
        ("a\n  b {=c}", {"type": "typed", "question": "a b", "answer": "c"}),
    ],
)
def test_a_question_becomes_a_note(text: str, expected: dict[str, Value]) -> None:
    assert one(text) == expected
    assert reasons(text) == []


def test_a_title_is_the_id_unless_it_only_counts() -> None:
    assert one("::Grant's tomb::Who?{=me}")["id"] == "grant-s-tomb"
    for title in ("Q1", "Question 12", "7", "q_3"):
        assert "id" not in one(f"::{title}::Who?{{=me}}")


def test_feedback_of_what_is_right_and_of_all_is_the_explanation() -> None:
    note = one("Who?{=me#Right! ####In general.}")
    assert note["explanation"] == "Right!\nIn general."
    assert one("So.{F#It is not.#Indeed.}")["explanation"] == "It is not.\nIndeed."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Who?{=me ~you#No!}", "No!"),
        ("Who?{=me =%50%mi}", "mi"),
        ("Who?{=me =I ~you}", "I"),
        ("Who?{=me ~%30%mi ~you}", "mi"),
        ('[html]Who? <img src="a.png">{=me}', "image a.png"),
        ("When?{#=1:0 =%50%2:0}", "2:0"),
    ],
)
def test_what_a_note_cannot_have_is_told_beside_it(text: str, left: str) -> None:
    assert len(read(text).notes) == 1
    assert reasons(text) == [(1, left)]


@pytest.mark.parametrize(
    "text",
    [
        "Write. {}",
        "A description.",
        "Never closed {=a",
        "Who? {~a ~b}",
        "Who? {a}",
        "Who? {=}",
        "Who? {=a {=b}}",
        "When? {#x..y}",
        "When? {#2..1}",
        "Match. {=a -> b = -> c}",
        "Who? {=%50%a}",
        "{=a}",
    ],
)
def test_what_is_no_question_here_is_left_out_whole(text: str) -> None:
    found = read(f"So.{{T}}\n\n{text}\n\nSo.{{F}}")
    assert len(found.notes) == 2
    assert [(left.line, left.text) for left in found.left_out] == [(3, text)]


def test_categories_are_tags_or_if_there_is_one_the_title() -> None:
    one_of_them = "$CATEGORY: $course$/top/History\n\nA?{=a}\n"
    assert read(one_of_them).title == "History"
    assert "tags" not in one(one_of_them)
    found = read(f"{one_of_them}\n$CATEGORY: Old Maps\n\nB?{{=b}}\n")
    assert [note.fields.get("tags") for note in found.notes] == [["history"], ["old-maps"]]


def test_comments_are_passed_over_and_lines_still_counted() -> None:
    found = read("// [id:old-1] [tag:x] a comment\nA?{=a}\n\n// another\nB?{=b}\n")
    assert [note.line for note in found.notes] == [2, 5]
    assert (found.notes[0].fields["id"], found.notes[0].fields["tags"]) == ("old-1", ["x"])


PIECES = ["{} {=a ~b}", "{}", "Q {={}}", "Q {=a ~{}}", "Q {{} }", "Q {#{}}", "", "Q {=a#{}}", "Q {=a ####{}}"]
PIECES += ["Q {T#{}}", "Q {=a -> {} =c -> d}", "{=a", "$CATEGORY: {}", "::{}:: Q {=a}", "Q {=a} {}", "x}"]


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=10))
def test_no_word_of_a_question_is_dropped(pieces: list[str]) -> None:
    words = [f"w{index}z" for index in range(len(pieces))]
    text = "\n".join(piece.replace("{}", word) for piece, word in zip(pieces, words, strict=True))
    told = everything(read(text))
    given_words = [
        word for piece, word in zip(pieces, words, strict=True) if "{}" in piece and not piece.startswith("$")
    ]
    assert [word for word in given_words if word not in told] == []
