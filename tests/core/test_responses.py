from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.grading import grade
from trainer.core.prompt import AnswerForm, Arrange, Choose, Pair, Reveal, Text, TypeIn
from trainer.core.responses import look_like_labels, misread, read_response

SINGLE = Choose(answers=("Belarus",), distractors=("Kazakhstan", "Kyrgyzstan"), draw=2)
OPTIONS = ("Kazakhstan", "Belarus", "Kyrgyzstan")
SEVERAL = Choose(answers=("peace", "war"), distractors=("truce", "talks"), draw=2, several=True)
PICKS = ("peace", "truce", "war", "talks")
ORDER = Arrange(items=("one", "two", "three"))
SHUFFLED = ("two", "three", "one")
YEARS = Arrange(items=("1991", "1994", "2020"))
PAIRS = Pair(pairs=(("Minsk", "Belarus"), ("Baku", "Azerbaijan"), ("Tbilisi", "Georgia")))
RIGHTS = ("Azerbaijan", "Georgia", "Belarus")
PAIRED = "Minsk = Belarus; Baku = Azerbaijan; Tbilisi = Georgia"
REASON = Reveal(answer="It did.", points=("arms", "a speech", "howitzers; not", "2"))
FIGURES = Pair(pairs=(("2", "b"), ("1", "a")))

READ: list[tuple[AnswerForm, tuple[str, ...], str, str]] = [
    (SINGLE, OPTIONS, "2", "Belarus"),
    (SINGLE, OPTIONS, " 2. ", "Belarus"),
    (SINGLE, OPTIONS, "b", "Belarus"),
    (SINGLE, OPTIONS, "B", "Belarus"),
    (SINGLE, OPTIONS, "BELARUS", "Belarus"),
    (SINGLE, OPTIONS, "bel", "Belarus"),
    (SINGLE, OPTIONS, "ka", "Kazakhstan"),
    (SINGLE, OPTIONS, "4", "4"),
    (SINGLE, OPTIONS, "0", "0"),
    (SINGLE, OPTIONS, "1 2", "1 2"),
    (SINGLE, OPTIONS, " nonsense ", "nonsense"),
    (SINGLE, OPTIONS, "", ""),
    (SINGLE, OPTIONS, "x" * 5000, "x" * 5000),
    (SINGLE, (), "1", "1"),
    (SINGLE, ("3", "1", "2"), "1", "1"),
    (SINGLE, ("kit", "kite", "kiten"), "kit", "kit"),
    (SINGLE, ("kit", "kite"), "ki", "ki"),
    (SEVERAL, PICKS, "1 3", "peace; war"),
    (SEVERAL, PICKS, "1,3", "peace; war"),
    (SEVERAL, PICKS, "1, 3,", "peace; war"),
    (SEVERAL, PICKS, "13", "peace; war"),
    (SEVERAL, PICKS, "a c", "peace; war"),
    (SEVERAL, PICKS, "1 and 3", "peace; war"),
    (SEVERAL, PICKS, "1 & 3", "peace; war"),
    (SEVERAL, PICKS, "peace; war", "peace; war"),
    (SEVERAL, PICKS, "war peace", "war; peace"),
    (SEVERAL, PICKS, "pe, wa", "peace; war"),
    (SEVERAL, PICKS, "pe, t", "pe, t"),
    (SEVERAL, PICKS, "1 1", "peace"),
    (SEVERAL, PICKS, "15", "15"),
    (SEVERAL, PICKS, "²", "²"),
    (SEVERAL, tuple(f"option {number}" for number in range(1, 13)), "12", "option 12"),
    (SEVERAL, tuple(f"option {number}" for number in range(1, 13)), "13", "13"),
    (ORDER, SHUFFLED, "3 1 2", "one; two; three"),
    (ORDER, SHUFFLED, "312", "one; two; three"),
    (ORDER, SHUFFLED, "c a b", "one; two; three"),
    (ORDER, SHUFFLED, "3 > 1 > 2", "one; two; three"),
    (ORDER, SHUFFLED, "3-1-2", "one; two; three"),
    (ORDER, SHUFFLED, "one, tw, th", "one; two; three"),
    (ORDER, SHUFFLED, "one; two; three", "one; two; three"),
    (ORDER, SHUFFLED, "3 1", "one; two"),
    (ORDER, SHUFFLED, "412", "412"),
    (YEARS, ("2020", "1991", "1994"), "1991 1994 2020", "1991; 1994; 2020"),
    (YEARS, ("2020", "1991", "1994"), "2 3 1", "1991; 1994; 2020"),
    (PAIRS, RIGHTS, "c a b", PAIRED),
    (PAIRS, RIGHTS, "3 1 2", PAIRED),
    (PAIRS, RIGHTS, "312", PAIRED),
    (PAIRS, RIGHTS, "1c 2a 3b", PAIRED),
    (PAIRS, RIGHTS, "1-c, 2-a, 3-b", PAIRED),
    (PAIRS, RIGHTS, "c1 a2 b3", PAIRED),
    (PAIRS, RIGHTS, PAIRED.upper(), PAIRED),
    (PAIRS, RIGHTS, "min=bel; bak=az; tb=geo;", PAIRED),
    (PAIRS, RIGHTS, "Minsk = c; 2 = Azerbaijan", "Minsk = Belarus; Baku = Azerbaijan"),
    (PAIRS, RIGHTS, "1c", "Minsk = Belarus"),
    (PAIRS, RIGHTS, "d a b", "d a b"),
    (PAIRS, RIGHTS, "4a", "4a"),
    (PAIRS, RIGHTS, "nonsense = c", "nonsense = c"),
    (PAIRS, RIGHTS, " nonsense ", "nonsense"),
    (PAIRS, RIGHTS, "x" * 5000, "x" * 5000),
    (PAIRS, RIGHTS, "", ""),
    (FIGURES, ("a", "b"), "2 = b; 1 = a", "2 = b; 1 = a"),
    (Reveal(answer="x"), (), " 1 ", " 1 "),
    (Reveal(answer="x"), (), "all", "all"),
    (REASON, (), "1", "arms"),
    (REASON, (), " 3, 1 ", "arms; howitzers; not"),
    (REASON, (), "1 and 3", "arms; howitzers; not"),
    (REASON, (), "31", "arms; howitzers; not"),
    (REASON, (), "b", "a speech"),
    (REASON, (), "2", "2"),
    (REASON, (), "a speech; arms", "arms; a speech"),
    (REASON, (), "a spe", "a spe"),
    (REASON, (), "0", ""),
    (REASON, (), "None", ""),
    (REASON, (), "", ""),
    (REASON, (), "ALL", "arms; a speech; howitzers; not; 2"),
    (REASON, (), " It did. ", "It did."),
    (REASON, (), "5", "5"),
    (REASON, (), "x" * 5000, "x" * 5000),
    (Reveal(answer="x", points=("all", "0")), (), "all", "all"),
    (Reveal(answer="x", points=("all", "0")), (), "0", "0"),
    (TypeIn(expected=Text(answers=("x",))), (), " 1 ", " 1 "),
]


@pytest.mark.parametrize(("form", "shown", "text", "response"), READ, ids=lambda value: str(value)[:30])
def test_a_typed_line_becomes_the_response_it_means(
    form: AnswerForm, shown: tuple[str, ...], text: str, response: str
) -> None:
    assert read_response(form, text, shown=shown) == response


@pytest.mark.parametrize(
    ("form", "shown", "text", "sentence"),
    [
        (SINGLE, OPTIONS, "2", ""),
        (SINGLE, OPTIONS, "4", "pick by 1 to 3 or a to c"),
        (SINGLE, OPTIONS, "0", "pick by 1 to 3 or a to c"),
        (SINGLE, OPTIONS, "k", "pick by 1 to 3 or a to c"),
        (SINGLE, OPTIONS, "1 2", "only one can be picked"),
        (SINGLE, OPTIONS, "nonsense", ""),
        (SINGLE, OPTIONS, "", ""),
        (SINGLE, tuple(f"option {number}" for number in range(30)), "31", "pick by 1 to 30"),
        (SEVERAL, PICKS, "1 5", "pick by 1 to 4 or a to d"),
        (SEVERAL, PICKS, "1 1", "number 1 is there twice"),
        (SEVERAL, PICKS, "peace, pe", "number 1 is there twice"),
        (ORDER, SHUFFLED, "3 1 2", ""),
        (ORDER, SHUFFLED, "322", "number 2 is there twice"),
        (PAIRS, RIGHTS, "c a b", ""),
        (PAIRS, RIGHTS, "c a b c", "pick by 1 to 3 or a to c"),
        (PAIRS, RIGHTS, "d a b", "pick by 1 to 3 or a to c"),
        (PAIRS, RIGHTS, "1c 1a", "number 1 is there twice"),
        (PAIRS, RIGHTS, "nonsense", ""),
        (Reveal(answer="x"), (), "9", ""),
        (TypeIn(expected=Text(answers=("x",))), (), "9", ""),
        (REASON, (), "1 3", ""),
        (REASON, (), "0", ""),
        (REASON, (), "9", "pick by 1 to 4 or a to d"),
        (REASON, (), "1 1", "number 1 is there twice"),
        (REASON, (), "because", ""),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_line_that_picks_what_is_not_there_is_explained(
    form: AnswerForm, shown: tuple[str, ...], text: str, sentence: str
) -> None:
    assert misread(form, text, shown=shown) == sentence


lines = st.text(st.sampled_from("abc123 ,;=->.x"), max_size=12) | st.text(max_size=12)


@given(st.sampled_from([(SINGLE, OPTIONS), (SEVERAL, PICKS), (ORDER, SHUFFLED), (PAIRS, RIGHTS)]), lines)
def test_any_line_can_be_read_and_graded(shown: tuple[AnswerForm, tuple[str, ...]], line: str) -> None:
    form, texts = shown
    response = read_response(form, line, shown=texts)
    misread(form, line, shown=texts)
    assert grade(form, response).score is not None


@given(st.permutations(("one", "two", "three", "four")))
def test_numbers_name_what_is_shown(shown: list[str]) -> None:
    form = Arrange(items=("one", "two", "three", "four"))
    places = " ".join(str(shown.index(item) + 1) for item in form.items)
    assert read_response(form, places, shown=shown) == form.answer


@pytest.mark.parametrize(
    ("line", "said"),
    [("t", "True"), ("FALSE", "False"), ("no", "False"), ("y", "True"), ("2", "False"), ("a", "True")],
)
def test_true_and_false_are_told_by_word_letter_or_number(line: str, said: str) -> None:
    form = Choose(answers=("False",), distractors=("True",), draw=1, order=("True", "False"))
    assert read_response(form, line, shown=form.order) == said


def test_options_that_look_like_numbers_are_known() -> None:
    assert look_like_labels(("2", "1", "6")) and not look_like_labels(("2018", "June"))
