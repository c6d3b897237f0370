from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trainer.core.grading import DateOrder, Verdict, grade, unclear
from trainer.core.grading.word_tables import NEGATIONS
from trainer.core.normalise import normalise
from trainer.core.partial_date import PartialDate, iso
from trainer.core.prompt import (
    SEPARATOR,
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
    accepted,
)

WORDS = (
    "Yerevan",
    "Minsk",
    "Nagorno-Karabakh",
    "13 June 2024",
    "2024-06-13",
    "six",
    "$598,000",
    "90 per cent",
    "not",
    "did not sign",
    "Лукашенко",
    "O’Brien",
    "World War II",
    "1.5 km",
    "½",
    "the Hague",
    "by train",
    "Łódź",
    "12:30",
    "Iceland",
    "illegal",
    "Bosnia and Herzegovina",
    "Washington, D.C.",
    "5 m",
    "June 2024",
    "two and a half",
)

words = st.sampled_from(WORDS) | st.text(
    st.characters(codec="latin-1", exclude_categories=["Cc"]) | st.sampled_from("абвґ中ა-'0123"),
    min_size=1,
    max_size=14,
).filter(lambda text: bool(normalise(text)))
texts = st.builds(
    Text,
    answers=st.lists(words, min_size=1, max_size=3).map(tuple),
    aliases=st.lists(words, max_size=2).map(tuple),
    name=st.booleans(),
)
figures = (
    st.integers(-(10**6), 10**6).map(str)
    | st.integers(1000, 10**9).map("{:,}".format)
    | st.decimals(0, 10**4, places=2).map(str)
)
units = st.sampled_from(("", "km", "%", "$", "howitzers", "m", "years"))
numbers = st.builds(Number, value=figures, unit=units) | st.builds(Number, value=words)
days = st.dates(min_value=date(1000, 1, 1)).map(lambda day: day.isoformat())


@st.composite
def dates(draw: st.DrawFn) -> Date:
    value = draw(days)[: draw(st.sampled_from((4, 7, 10)))]
    return Date(value=value, implied=draw(st.sampled_from(("", value[:4], value[:7])))[: len(value) - 3])


def distinct(minimum: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(words, min_size=minimum, max_size=5, unique_by=normalise).map(
        lambda found: [text.strip() for text in found]
    )


lists = distinct().map(lambda found: Items(items=tuple(Text(answers=(text,)) for text in found)))
choices = distinct(2).map(
    lambda found: Choose(answers=tuple(found[:-1]), distractors=(found[-1],), draw=1, several=True)
)
orders = distinct().map(lambda found: Arrange(items=tuple(found)))
pairs = distinct().map(lambda found: Pair(pairs=tuple((text, found[0]) for text in found)))
forms: st.SearchStrategy[AnswerForm] = (
    st.builds(TypeIn, expected=texts | numbers | dates() | lists)
    | choices
    | orders
    | pairs
    | st.builds(Reveal, answer=words)
    | distinct(2).map(lambda found: Reveal(answer=SEPARATOR.join(found), points=tuple(found)))
    | words.map(lambda text: Choose(answers=(text,), distractors=(text + " else",), draw=1))
)
responses = st.text(max_size=40) | st.lists(
    st.sampled_from(
        (
            *WORDS,
            "; ",
            ", ",
            " and ",
            " = ",
            "\n",
            "-",
            "/",
            ".",
            "0",
            "13",
            "06",
            "/2024",
            "%",
            "not ",
            "’24",
            "ten ",
        )
    ),
    max_size=6,
).map("".join)
orders_of_dates: st.SearchStrategy[DateOrder] = st.sampled_from(("ask", "dmy", "mdy"))


@given(forms, orders_of_dates)
def test_what_is_accepted_is_right(form: AnswerForm, order: DateOrder) -> None:
    for answer in accepted(form):
        verdict = grade(form, answer, date_order=order)
        assert (verdict.kind, verdict.score) == ("right", 1.0)
        assert unclear(form, answer, date_order=order) == ""


@given(forms, responses | st.sampled_from(WORDS), orders_of_dates)
def test_any_response_gets_a_score_from_0_to_1(form: AnswerForm, response: str, order: DateOrder) -> None:
    verdict = grade(form, response, date_order=order)
    assert verdict.score is None or 0 <= verdict.score <= 1
    assert (verdict.kind == "right") == (verdict.score == 1.0)
    assert all(0 <= part.score <= 1 for part in verdict.parts)
    assert len(verdict.reason) < 2000
    unclear(form, response, date_order=order)


def outcome(verdict: Verdict) -> tuple[str, float | None]:
    return verdict.kind, verdict.score


@given(
    st.builds(TypeIn, expected=texts | numbers | dates() | lists),
    st.sampled_from(WORDS) | st.text(st.sampled_from("abcdeéABC 0123456789.,"), max_size=20),
)
def test_case_accents_and_blanks_of_a_response_make_no_difference(form: TypeIn, response: str) -> None:
    plain = outcome(grade(form, response))
    assert outcome(grade(form, response.upper())) == plain
    assert outcome(grade(form, response.lower())) == plain
    assert outcome(grade(form, f"  {response} ".replace(" ", " \u00a0 "))) == plain
    if not isinstance(form.expected, Text) or not form.expected.name:
        assert outcome(grade(form, response.replace("e", "é").replace("a", "ā"))) == plain


def with_a_digit_changed(text: str, place: int, by: int) -> str:
    """`text` with one of its digits made another; without digits, as it is."""
    digits = [index for index, letter in enumerate(text) if letter in "0123456789"]
    if not digits:
        return text
    index = digits[place % len(digits)]
    return text[:index] + str((int(text[index]) + by) % 10) + text[index + 1 :]


@given(
    st.builds(TypeIn, expected=texts | numbers | dates()),
    st.integers(0, 30),
    st.integers(1, 9),
    orders_of_dates,
)
def test_a_changed_digit_is_never_accepted(form: TypeIn, place: int, by: int, order: DateOrder) -> None:
    answers = accepted(form)
    for answer in answers:
        changed = with_a_digit_changed(answer, place, by)
        if changed == answer:
            continue
        expected = form.expected
        if isinstance(expected, Text):
            form = TypeIn(expected=Text(answers=(answer,), name=expected.name))
        assert grade(form, changed, date_order=order).score == 0


@given(lists, st.integers(0, 30), st.integers(1, 9))
def test_a_changed_digit_in_a_list_is_never_accepted(expected: Items, place: int, by: int) -> None:
    form = TypeIn(expected=expected)
    changed = with_a_digit_changed(form.answer, place, by)
    assume(changed != form.answer)
    assert (grade(form, changed).score or 0) < 1
    assert grade(form, changed).kind != "near"


@given(texts, st.sampled_from(sorted(NEGATIONS)), st.integers(0, 5))
def test_a_negation_more_or_less_is_never_accepted(expected: Text, negation: str, place: int) -> None:
    form = TypeIn(expected=Text(answers=expected.answers[:1], name=expected.name))
    answer = form.answer.split()
    negated = " ".join((*answer[:place], negation, *answer[place:]))
    assert grade(form, negated).score == 0
    other_way = TypeIn(expected=Text(answers=(negated,), name=expected.name))
    assert grade(other_way, form.answer).score == 0


@given(lists, st.lists(words, max_size=5))
def test_a_wrong_item_more_never_raises_a_score(expected: Items, given_items: list[str]) -> None:
    form = TypeIn(expected=expected)
    response = SEPARATOR.join(given_items)
    before = grade(form, response).score
    assert before is not None
    assert (grade(form, response + SEPARATOR + "qqqqqqqq").score or 0) <= before


@given(choices, st.data())
def test_a_wrong_pick_more_never_raises_a_score(form: Choose, data: st.DataObject) -> None:
    picked = data.draw(st.lists(st.sampled_from(form.answers), unique=True))
    before = grade(form, SEPARATOR.join(picked)).score
    after = grade(form, SEPARATOR.join((*picked, *form.distractors))).score
    assert before is not None and after is not None
    assert after <= before


@given(orders)
def test_two_items_swapped_are_never_quite_right(form: Arrange) -> None:
    assume(not any(SEPARATOR.strip() in item for item in form.items))
    for one, other in combinations(range(len(form.items)), 2):
        swapped = list(form.items)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        assert (grade(form, SEPARATOR.join(swapped)).score or 0) < 1


@given(dates(), days)
def test_only_the_date_itself_earns_everything(expected: Date, day: str) -> None:
    asked = iso(expected.value)
    assert asked is not None
    given_date = PartialDate(*(int(part) for part in day.split("-")))
    agrees = all(part is None or part == other for part, other in zip(asked, given_date, strict=True))
    assert (grade(TypeIn(expected=expected), day).score == 1) == agrees


BIG: tuple[Callable[[int], str], ...] = (
    lambda size: "a" * size,
    lambda size: "a " * (size // 2),
    lambda size: "é" * size,
    lambda size: "1" * size,
    lambda size: "a; " * (size // 3),
    lambda size: "x, " * (size // 3),
    lambda size: "a = b; " * (size // 7),
    lambda size: " " * size + "x",
    lambda size: "- " * (size // 2),
)


@pytest.mark.parametrize(
    "form",
    [
        TypeIn(expected=Text(answers=("Nikol Pashinyan", "x " * 50), name=True)),
        TypeIn(expected=Number(value="5", unit="km")),
        TypeIn(expected=Date(value="2024-06-13")),
        TypeIn(expected=Items(items=tuple(Text(answers=(f"item {i}",)) for i in range(20)))),
        Choose(answers=("a", "b"), distractors=("c",), draw=1, several=True),
        Arrange(items=("a", "b", "c")),
        Pair(pairs=(("a", "b"), ("c", "d"))),
        Reveal(answer="a"),
        Reveal(answer="a", points=("a", "b")),
    ],
    ids=lambda form: type(getattr(form, "expected", form)).__name__,
)
@pytest.mark.parametrize("big", BIG, ids=range(len(BIG)))
def test_the_time_for_a_huge_response_grows_no_faster_than_its_length(
    form: AnswerForm, big: Callable[[int], str]
) -> None:
    huge = min(timed(form, big(10**6)) for _ in range(3))
    large = min(timed(form, big(10**5)) for _ in range(3))
    assert huge < 40 * large


def timed(form: AnswerForm, response: str) -> float:
    start = time.process_time()
    grade(form, response)
    unclear(form, response)
    return time.process_time() - start
