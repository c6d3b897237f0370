"""When an answer is another one, and when it is only written otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.change import Change, is_still
from trainer.core.prompt import (
    AnswerForm,
    Arrange,
    Choose,
    Date,
    Items,
    Number,
    Pair,
    Reveal,
    Text,
    TypeIn,
)
from trainer.core.wording import change_line

WAR = TypeIn(expected=Text(answers=("the Second Karabakh War", "the 44-day war"), aliases=("44 day war",)))
MEMBERS = TypeIn(
    expected=Items(items=(Text(answers=("Belarus",), aliases=("Belorussia",)), Text(answers=("Armenia",))))
)
PICKED = Choose(answers=("Belarus", "Armenia"), distractors=("Georgia",), draw=1, several=True)
ORDER = Arrange(items=("the first war", "a war of six weeks", "an offensive"))
OFFICES = Pair(pairs=(("Maria Zakharova", "Moscow"), ("Anatoly Glaz", "Minsk")))


@pytest.mark.parametrize(
    ("form", "before"),
    [
        (Reveal(answer="Over arms; sold."), "over arms sold"),
        (WAR, "Second Karabakh war"),
        (WAR, "the 44-day war"),
        (WAR, "44 DAY WAR"),
        (TypeIn(expected=Text(answers=("12 June 2024",))), "June 12, 2024"),
        (TypeIn(expected=Date(value="2024-06-13")), "13 June 2024"),
        (TypeIn(expected=Date(value="2024-06-13")), "2024-06-13"),
        (TypeIn(expected=Number(value="598,000", unit="dollars")), "598000 dollars"),
        (TypeIn(expected=Number(value="3")), "three"),
        (MEMBERS, "Armenia; Belorussia"),
        (PICKED, "Armenia; belarus"),
        (ORDER, "First war; a war of six weeks; offensive"),
        (OFFICES, "Anatoly Glaz = Minsk; Maria Zakharova = Moscow"),
        (Choose(answers=("13 June 2024",), distractors=("14 June 2024",), draw=1), "2024-06-13"),
    ],
)
def test_another_spelling_is_no_change(form: AnswerForm, before: str) -> None:
    assert is_still(form, before)


@pytest.mark.parametrize(
    ("form", "before"),
    [
        (Reveal(answer="Over arms."), "Over a speech."),
        (WAR, "the First Karabakh War"),
        (TypeIn(expected=Date(value="2024-06-13")), "June 2024"),
        (TypeIn(expected=Date(value="2024-06")), "13 June 2024"),
        (TypeIn(expected=Date(value="2024-06-13")), "12 June 2024"),
        (TypeIn(expected=Number(value="598,000", unit="dollars", tolerance="5%")), "600,000 dollars"),
        (TypeIn(expected=Number(value="598,000", unit="dollars")), "598,000 euros"),
        (TypeIn(expected=Text(answers=("by 5%",))), "to 5%"),
        (MEMBERS, "Armenia"),
        (MEMBERS, "Armenia; Armenia"),
        (MEMBERS, "Armenia; Belarus; Georgia"),
        (PICKED, "Armenia; Georgia"),
        (PICKED, "Armenia"),
        (ORDER, "a war of six weeks; the first war; an offensive"),
        (ORDER, "the first war; a war of six weeks"),
        (OFFICES, "Anatoly Glaz = Moscow; Maria Zakharova = Minsk"),
        (OFFICES, "Anatoly Glaz = Minsk"),
    ],
)
def test_another_answer_is_a_change(form: AnswerForm, before: str) -> None:
    assert not is_still(form, before)


texts = st.text(max_size=12)
forms: st.SearchStrategy[AnswerForm] = st.one_of(
    st.builds(Reveal, answer=texts),
    st.builds(TypeIn, expected=st.builds(Text, answers=st.lists(texts, min_size=1).map(tuple))),
    st.builds(TypeIn, expected=st.builds(Number, value=texts, unit=texts)),
    st.builds(TypeIn, expected=st.builds(Date, value=texts)),
    st.builds(
        TypeIn,
        expected=st.builds(
            Items,
            items=st.lists(texts.map(lambda text: Text(answers=(text,))), min_size=1, max_size=4).map(tuple),
        ),
    ),
    st.builds(
        Choose,
        answers=st.lists(texts, min_size=1, max_size=4).map(tuple),
        distractors=st.just(()),
        draw=st.just(0),
    ),
    st.builds(Arrange, items=st.lists(texts, min_size=1, max_size=4).map(tuple)),
    st.builds(Pair, pairs=st.lists(st.tuples(texts, texts), min_size=1, max_size=4).map(tuple)),
)


@given(forms)
def test_an_answer_is_still_itself(form: AnswerForm) -> None:
    assert is_still(form, form.answer)


@given(forms, st.text(max_size=40))
def test_any_text_can_be_compared(form: AnswerForm, before: str) -> None:
    assert is_still(form, before) in (True, False)


@given(st.permutations(["Minsk", "Yerevan", "Baku", "Kyiv"]))
def test_the_order_matters_only_where_it_is_asked(order: list[str]) -> None:
    cities = ("Minsk", "Yerevan", "Baku", "Kyiv")
    before = "; ".join(order)
    assert is_still(TypeIn(expected=Items(items=tuple(Text(answers=(city,)) for city in cities))), before)
    assert is_still(Choose(answers=cities, distractors=(), draw=0, several=True), before)
    assert is_still(Arrange(items=cities), before) == (tuple(order) == cities)


def test_the_notice_says_since_when_if_it_is_known() -> None:
    from factories import TODAY

    assert change_line(Change(before="a", now="b", since=TODAY)) == (
        "The answer to this card has changed since you last saw it, on 13 Jun 2024."
    )
    assert change_line(Change(before="a", now="b")).startswith(
        "This card has taken the place of one that you know"
    )
