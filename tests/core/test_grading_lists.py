from __future__ import annotations

import pytest

from trainer.core.grading import Part, grade
from trainer.core.prompt import AnswerForm, Arrange, Choose, Items, Pair, Text, TypeIn


def items(*texts: str) -> TypeIn:
    return TypeIn(expected=Items(items=tuple(Text(answers=(text,)) for text in texts)))


THREE = items("Russia", "Belarus", "Bosnia and Herzegovina")
YEARS = items("1991", "1994", "2020")
PEOPLE = TypeIn(
    expected=Items(
        items=(
            Text(answers=("Nikol Pashinyan",), aliases=("Pashinyan",), name=True),
            Text(answers=("Ilham Aliyev",), aliases=("Aliyev",), name=True),
        )
    )
)

LISTED = [
    (THREE, "Russia; Belarus; Bosnia and Herzegovina", "right", 1.0),
    (THREE, "Bosnia and Herzegovina, Russia and Belarus", "right", 1.0),
    (THREE, "Bosnia and Herzegovina and Russia and Belarus", "right", 1.0),
    (THREE, "Russia, Belarus & Bosnia and Herzegovina", "right", 1.0),
    (THREE, "Russia\nBelarus\nand Bosnia and Herzegovina\n", "right", 1.0),
    (THREE, "russia, belarus, and bosnia and herzegovina.", "right", 1.0),
    (THREE, "Bosnia and Herzegovina", "partial", 1 / 3),
    (THREE, "Russia, Belarus", "partial", 2 / 3),
    (THREE, "Russia, Belarus, Minsk", "partial", 1 / 3),
    (THREE, "Russia, Russia, Belarus", "partial", 1 / 3),
    (THREE, "Russia, Rusia, Belarus", "partial", 1 / 3),
    (THREE, "Rusia, Belarus, Bosnia and Herzegovina", "near", 2.8 / 3),
    (THREE, "Rusia, Belarus", "partial", 1.8 / 3),
    (THREE, "Minsk", "wrong", 0.0),
    (THREE, "Russia, Minsk, Baku", "wrong", 0.0),
    (THREE, "and", "wrong", 0.0),
    (THREE, ",", "wrong", 0.0),
    (THREE, "x" * 9000, "wrong", 0.0),
    (THREE, "Russia, " * 100, "wrong", 0.0),
    (YEARS, "1991, 1994 and 2020", "right", 1.0),
    (YEARS, "1991,1994,2020", "right", 1.0),
    (YEARS, "2020; 1994; 1991", "right", 1.0),
    (YEARS, "1991, 1995, 2020", "partial", 1 / 3),
    (items("1,500 tanks", "30 ships"), "1,500 tanks, 30 ships", "right", 1.0),
    (items("Washington, D.C.", "London"), "London, Washington, D.C.", "right", 1.0),
    (items("a; b", "c"), "c; a; b", "right", 1.0),
    (items("a", "b", "a; b"), "a; b; a; b", "right", 1.0),
    (items("a; b", "c"), "a; b", "partial", 0.5),
    (items("& Other Stories", "Lindex"), "Lindex, & Other Stories", "right", 1.0),
    (PEOPLE, "Aliyev, Nikol Pashinyan", "right", 1.0),
    (PEOPLE, "Пашинян; Алиев", "right", 1.0),
]


@pytest.mark.parametrize(("form", "response", "kind", "score"), LISTED, ids=lambda value: str(value)[:40])
def test_each_item_of_a_list_earns_its_share(form: TypeIn, response: str, kind: str, score: float) -> None:
    verdict = grade(form, response)
    assert verdict.kind == kind
    assert verdict.score == pytest.approx(score)


def test_the_parts_of_a_list_are_its_items_and_then_what_is_too_much() -> None:
    verdict = grade(THREE, "Rusia, Belarus, belarus, Minsk")
    assert verdict.parts == (
        Part(text="Russia", score=0.8, note="misspelt: “Rusia” for “Russia”"),
        Part(text="Belarus", score=1.0, note="found"),
        Part(text="Bosnia and Herzegovina", score=0.0, note="missing"),
        Part(text="belarus", score=0.0, note="given twice", extra=True),
        Part(text="Minsk", score=0.0, note="too much", extra=True),
    )
    assert verdict.reason == (
        "2 of 3; missing: “Bosnia and Herzegovina”; too much: “Minsk”; given twice: “belarus”; "
        "misspelt: “Rusia” for “Russia”"
    )


def test_a_complete_list_with_slips_says_which() -> None:
    assert grade(THREE, "Rusia, Belarus, Bosnia and Herzegowina").reason == (
        "“Rusia” for “Russia”, “Herzegowina” for “Herzegovina”"
    )


def test_a_long_list_of_extras_is_cut_short() -> None:
    reason = grade(THREE, ", ".join(f"x{number}" for number in range(9))).reason
    assert reason.endswith("too much: “x0”, “x1”, “x2”, “x3”, “x4”, “x5” and 3 more")


def test_far_too_many_parts_are_not_told_one_by_one() -> None:
    verdict = grade(THREE, "Russia, Belarus" + ", x" * 30)
    assert (verdict.kind, verdict.reason, verdict.parts) == ("wrong", "far more than 3", ())


def test_an_item_that_is_another_answer_is_no_misspelling() -> None:
    form = items("Simonyan", "Glaz")
    assert grade(form, "Simonian; Glaz", is_taken=lambda text: text == "simonian").kind == "wrong"


SINGLE = Choose(answers=("Belarus",), distractors=("Kazakhstan", "belarus?"), draw=2)
SEVERAL = Choose(answers=("a", "b", "c; d"), distractors=("x", "y"), draw=2, several=True)
ORDER = Arrange(items=("one", "two", "three", "four"))
TWICE = Arrange(items=("war", "peace", "war"))
PAIRS = Pair(pairs=(("Minsk", "Belarus"), ("Baku", "Azerbaijan"), ("Gomel", "Belarus")))

STRUCTURED: list[tuple[AnswerForm, str, str, float, str]] = [
    (SINGLE, "Belarus", "right", 1, "right"),
    (SINGLE, " BELARUS ", "right", 1, "right"),
    (SINGLE, "belarus?", "wrong", 0, "not the right one"),
    (SINGLE, "Kazakhstan", "wrong", 0, "not the right one"),
    (SINGLE, "nothing", "wrong", 0, "not the right one"),
    (SINGLE, "x" * 9000, "wrong", 0, "not the right one"),
    (SEVERAL, "a; b; c; d", "right", 1, "right"),
    (SEVERAL, "c; d\nb\na", "right", 1, "right"),
    (SEVERAL, "A; a; B; c; d", "right", 1, "right"),
    (Choose(answers=(";",), distractors=("x",), draw=1, several=True), ";", "right", 1, "right"),
    (SEVERAL, "a; b", "partial", 2 / 3, "2 of 3"),
    (SEVERAL, "a; b; x", "partial", 1 / 3, "2 of 3, 1 wrong"),
    (SEVERAL, "a; x; y", "wrong", 0, "1 of 3, 2 wrong"),
    (SEVERAL, "a; b; c; d; zzz", "partial", 2 / 3, "3 of 3, 1 wrong"),
    (SEVERAL, "x" * 9000, "wrong", 0, "far longer than the answer"),
    (ORDER, "one; two; three; four", "right", 1, "right"),
    (ORDER, "one\ntwo\nthree\nfour", "right", 1, "right"),
    (ORDER, "two; one; three; four", "partial", 5 / 6, "5 of 6 pairs in the right order"),
    (ORDER, "four; three; two; one", "wrong", 0, "0 of 6 pairs in the right order"),
    (ORDER, "one; two", "partial", 1 / 6, "1 of 6 pairs in the right order"),
    (ORDER, "one; two; three; four; five", "partial", 0.5, "6 of 6 pairs in the right order, 1 too much"),
    (ORDER, "one; one; two; three; four", "partial", 0.5, "6 of 6 pairs in the right order, 1 too much"),
    (ORDER, "x" * 9000, "wrong", 0, "far longer than the answer"),
    (TWICE, "war; peace; war", "right", 1, "right"),
    (TWICE, "peace; war; war", "partial", 2 / 3, "2 of 3 pairs in the right order"),
    (Arrange(items=("one",)), "one", "right", 1, "right"),
    (Arrange(items=("one",)), "two", "wrong", 0, "0 of 1 pairs in the right order, 1 too much"),
    (PAIRS, "Minsk = Belarus; Baku = Azerbaijan; Gomel = Belarus", "right", 1, "right"),
    (PAIRS, "gomel=belarus; baku=azerbaijan; minsk=belarus", "right", 1, "right"),
    (PAIRS, "Minsk = Azerbaijan; Baku = Azerbaijan", "partial", 1 / 3, "1 of 3"),
    (PAIRS, "Minsk = Belarus; Minsk = Azerbaijan", "wrong", 0, "0 of 3"),
    (PAIRS, "nonsense", "wrong", 0, "0 of 3"),
    (PAIRS, "x" * 9000, "wrong", 0, "far longer than the answer"),
    (Pair(pairs=(("a = b", "c; d"), ("e", "f"))), "a = b = c; d; e = f", "right", 1, "right"),
]


@pytest.mark.parametrize(
    ("form", "response", "kind", "score", "reason"), STRUCTURED, ids=lambda value: str(value)[:40]
)
def test_what_is_picked_ordered_or_paired_earns_its_share(
    form: AnswerForm, response: str, kind: str, score: float, reason: str
) -> None:
    verdict = grade(form, response)
    assert (verdict.kind, verdict.reason) == (kind, reason)
    assert verdict.score == pytest.approx(score)


def test_the_parts_of_a_choice_are_the_answers_and_then_what_was_wrong() -> None:
    assert [(part.text, part.note, part.extra) for part in grade(SEVERAL, "a; x").parts] == [
        ("a", "picked", False),
        ("b", "not picked", False),
        ("c; d", "not picked", False),
        ("x", "wrong", True),
    ]


def test_the_parts_of_an_order_say_where_each_item_belongs() -> None:
    assert [(part.text, part.note) for part in grade(ORDER, "two; one; three; five").parts] == [
        ("two", "should be 2nd"),
        ("one", "should be 1st"),
        ("three", "in place"),
        ("four", "missing, should be 4th"),
        ("five", "too much"),
    ]
    long = Arrange(items=tuple(str(number) for number in range(1, 24)))
    notes = [part.note for part in grade(long, "1").parts]
    assert [notes[index] for index in (2, 10, 11, 20, 22)] == [
        f"missing, should be {place}" for place in ("3rd", "11th", "12th", "21st", "23rd")
    ]


def test_the_parts_of_pairs_say_what_was_chosen_instead() -> None:
    assert [(part.text, part.note) for part in grade(PAIRS, "Minsk = Belarus; Baku = Belarus").parts] == [
        ("Minsk = Belarus", "right"),
        ("Baku = Azerbaijan", "not “Belarus”"),
        ("Gomel = Belarus", "missing"),
    ]
