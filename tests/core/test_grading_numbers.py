from __future__ import annotations

from fractions import Fraction

import pytest

from trainer.core.grading import grade, unclear
from trainer.core.grading.numbers import judge_number, other_numbers
from trainer.core.grading.quantity import Quantity, read_number
from trainer.core.grading.units import unit_of
from trainer.core.prompt import Number, TypeIn

UNREADABLE = "that is no number I can read: write it in digits, like 598,000"

READ = [
    ("1,500", "1500", ""),
    ("1 500", "1500", ""),
    ("1\u00a0500\u202f000", "1500000", ""),
    ("1'500", "1500", ""),
    ("1,5", "3/2", ""),
    ("1.5", "3/2", ""),
    ("1.500", "3/2", ""),
    ("1.500.000", "1500000", ""),
    ("1.500,50", "3001/2", ""),
    ("1,500.50", "3001/2", ""),
    ("0,500", "1/2", ""),
    (".5", "1/2", ""),
    ("-3", "-3", ""),
    ("−3", "-3", ""),
    ("minus three", "-3", ""),
    ("+3", "3", ""),
    ("598 thousand", "598000", ""),
    ("598k", "598000", ""),
    ("5 bn", "5000000000", ""),
    ("3 thousands", "3000", ""),
    ("5 hundred thousand", "500000", ""),
    ("0.598 million dollars", "598000", "$"),
    ("$598,000", "598000", "$"),
    ("$598,000 US dollars", "598000", "$"),
    ("$5 a week", "5", "$ wk"),
    ("USD 598,000", "598000", "$"),
    ("-$5", "-5", "$"),
    ("€5", "5", "€"),
    ("500 ₽", "500", "₽"),
    ("₽500", "500", "₽"),
    ("two", "2", ""),
    ("zero", "0", ""),
    ("twenty-one", "21", ""),
    ("fourty", "40", ""),
    ("one hundred and five", "105", ""),
    ("a hundred and twenty", "120", ""),
    ("fifteen hundred", "1500", ""),
    ("two million three hundred thousand and one", "2300001", ""),
    ("two thousand three million", "2003000000", ""),
    ("a million", "1000000", ""),
    ("a dozen", "12", ""),
    ("2 dozen", "24", ""),
    ("half a million", "500000", ""),
    ("two and a half", "5/2", ""),
    ("½", "1/2", ""),
    ("3½", "7/2", ""),
    ("1/2", "1/2", ""),
    ("3 1/2", "7/2", ""),
    ("12%", "12", "%"),
    ("12 per cent", "12", "%"),
    ("twelve percent of them", "12", "%"),
    ("about 30 years", "30", "y"),
    ("approx. 30 years ago", "30", "y"),
    ("~40", "40", ""),
    ("for six weeks", "6", "wk"),
    ("24-hour", "24", "h"),
    ("an hour", "1", "h"),
    ("40km", "40", "km"),
    ("40 km²", "40", "km²"),
    ("5 m", "5000000", ""),
    ("36 howitzers", "36", "howitzers"),
    ("١٢", "12", ""),
    ("(twelve)", "12", ""),
]


@pytest.mark.parametrize(("text", "value", "unit"), READ)
def test_a_number_is_read_as_it_is_written(text: str, value: str, unit: str) -> None:
    assert read_number(text) == Quantity(Fraction(value), unit)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("over 30", ">"),
        ("more than about 30", ">"),
        ("> 30", ">"),
        ("less than 30", "<"),
        ("at least 30", ">="),
        ("30 or more", ">="),
        ("30+", ">="),
        ("up to 30", "<="),
        ("no more than 30", "<="),
        ("30 at most", "<="),
    ],
)
def test_a_limit_is_told_from_a_number(text: str, limit: str) -> None:
    assert read_number(text) == Quantity(Fraction(30), "", limit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lots",
        "10²",
        "2024-06-13",
        "13.06.2024",
        "12:30",
        "3-5",
        "3 - 5",
        "1e5",
        "two three",
        "twenty ten",
        "twenty zero",
        "two or three",
        "not 5",
        "5 not",
        "5 6",
        "15 June",
        "nineteen ninety",
        "0/5",
        "5/0",
        "1.500.50",
        "1,500,5",
        "--5",
        "and",
        "a",
        "9" * 41,
        "5 " + "x" * 300,
        "x 5",
        "million",
        "-lots",
    ],
)
def test_what_is_not_one_number_is_not_read(text: str) -> None:
    assert read_number(text) is None


def test_m_is_metres_where_metres_are_meant() -> None:
    assert read_number("5 m", "km") == Quantity(Fraction(5), "m")
    assert read_number("5 m", "people") == Quantity(Fraction(5_000_000))


def test_a_unit_has_many_spellings_and_one_name() -> None:
    assert {
        spelling: unit and unit.name
        for spelling, unit in (
            (s, unit_of(s))
            for s in (
                "Kilometres",
                "km",
                "KM",
                "US dollars",
                "per cent",
                "%",
                "yrs",
                "degrees Celsius",
                "howitzers",
            )
        )
    } == {
        "Kilometres": "km",
        "km": "km",
        "KM": "km",
        "US dollars": "$",
        "per cent": "%",
        "%": "%",
        "yrs": "y",
        "degrees Celsius": "°c",
        "howitzers": None,
    }


GRADED = [
    (Number(value="598,000", unit="$"), "598 thousand", "right"),
    (Number(value="598,000", unit="$"), "$598,000", "right"),
    (Number(value="598,000", unit="$"), "598000 dollars", "right"),
    (Number(value="598,000", unit="$"), "0.598 million", "right"),
    (Number(value="598,000", unit="$"), "€598,000", "wrong"),
    (Number(value="598,000", unit="$"), "598", "wrong"),
    (Number(value="598,000", unit="$"), "over 598,000", "wrong"),
    (Number(value="$598,000"), "598,000 US dollars", "right"),
    (Number(value="$598,000"), "598,000 euros", "wrong"),
    (Number(value="40", unit="km"), "forty", "right"),
    (Number(value="40", unit="km"), "40 kilometers", "right"),
    (Number(value="40", unit="km"), "40 kilometrs", "right"),
    (Number(value="40", unit="km"), "40,000 m", "right"),
    (Number(value="40", unit="km"), "40 m", "wrong"),
    (Number(value="40", unit="km"), "40 miles", "wrong"),
    (Number(value="40", unit="km"), "40 km/h", "wrong"),
    (Number(value="40", unit="km"), "40 tanks", "wrong"),
    (Number(value="40", unit="km"), "up to 40 km", "wrong"),
    (Number(value="up to 40", unit="km"), "up to 40 km", "right"),
    (Number(value="up to 40", unit="km"), "at least 40 km", "wrong"),
    (Number(value="up to 40", unit="km"), "40", "right"),
    (Number(value="24", unit="hours"), "one day", "right"),
    (Number(value="3", unit="years"), "36 months", "right"),
    (Number(value="5 million", unit="people"), "5m", "right"),
    (Number(value="36", unit="howitzers"), "36 howitzer", "right"),
    (Number(value="36", unit="howitzers"), "36 Caesar howitzers", "right"),
    (Number(value="36", unit="howitzers"), "36 tanks", "wrong"),
    (Number(value="36", unit="howitzers"), "36 km", "wrong"),
    (Number(value="36"), "36 howitzers", "right"),
    (Number(value="8"), "eight people", "right"),
    (Number(value="36"), "36 km", "wrong"),
    (Number(value="36"), "36%", "wrong"),
    (Number(value="36"), "35", "wrong"),
    (Number(value="36"), "-36", "wrong"),
    (Number(value="90", unit="%"), "90 percent", "right"),
    (Number(value="90", unit="%", tolerance="5"), "85", "right"),
    (Number(value="90", unit="%", tolerance="5"), "84", "wrong"),
    (Number(value="200", tolerance="5%"), "190", "right"),
    (Number(value="200", tolerance="5%"), "189", "wrong"),
    (Number(value="-200", tolerance="5%"), "-210", "right"),
    (Number(value="many"), "many", "right"),
    (Number(value="many"), "few", "wrong"),
    (Number(value="many"), "x" * 9000, "wrong"),
    (Number(value="36"), "dunno", "wrong"),
]


@pytest.mark.parametrize(("expected", "response", "kind"), GRADED, ids=lambda value: str(value)[:40])
def test_a_number_is_right_or_wrong_by_value_and_unit(expected: Number, response: str, kind: str) -> None:
    verdict = grade(TypeIn(expected=expected), response)
    assert (verdict.kind, verdict.score) == (kind, float(kind == "right"))


@pytest.mark.parametrize(
    ("expected", "response", "reason"),
    [
        (Number(value="40", unit="km"), "41", "“41” instead of “40 km”"),
        (Number(value="40", unit="km"), "40 miles", "another unit: “40 miles” instead of “40 km”"),
        (Number(value="40", unit="km"), "over 40", "“over 40” is a limit, the answer is “40 km”"),
        (Number(value="90", unit="%", tolerance="5"), "85", "right: “85” is close enough to “90%”"),
        (Number(value="90", unit="%"), "a lot", UNREADABLE),
    ],
)
def test_the_reason_shows_both_numbers(expected: Number, response: str, reason: str) -> None:
    assert grade(TypeIn(expected=expected), response).reason == reason


def test_what_is_no_number_is_asked_back() -> None:
    form = TypeIn(expected=Number(value="40", unit="km"))
    assert unclear(form, "lots") == UNREADABLE
    assert unclear(form, "41 miles") == ""
    assert unclear(form, " ") == ""
    assert unclear(TypeIn(expected=Number(value="many")), "lots") == ""


def test_a_point_before_three_digits_is_asked_back_unless_the_answer_has_one_too() -> None:
    form = TypeIn(expected=Number(value="598,000", unit="dollars"))
    told = "598.000 can be 598,000 or a little over 598: write it without the point"
    assert unclear(form, "$598.000") == told
    assert (grade(form, "$598.000").kind, grade(form, "$598.000").reason) == ("unknown", told)
    assert unclear(form, "1.598.000") == unclear(form, "598.5") == unclear(form, "0.598 million") == ""
    assert grade(TypeIn(expected=Number(value="1.125")), "1.125").kind == "right"


@pytest.mark.parametrize(
    ("expected", "response"),
    [
        (Number(value="3"), "three quarters"),
        (Number(value="3"), "3 tenths"),
        (Number(value="2"), "two thirds"),
        (Number(value="5"), "5 lakh"),
        (Number(value="5"), "5 quadrillion"),
        (Number(value="5"), "5 milion"),
        (Number(value="598", unit="dollars"), "598 thousend dollars"),
        (Number(value="5", unit="dollars"), "5 half dollars"),
        (Number(value="5", unit="km"), "5 square km"),
        (Number(value="5", unit="soldiers"), "5 former soldiers"),
        (Number(value="5", unit="miners"), "5 minors"),
        (Number(value="2"), "two lost wars and a stronger military next door"),
    ],
)
def test_what_makes_another_number_or_another_thing_of_it_is_not_the_number(
    expected: Number, response: str
) -> None:
    assert grade(TypeIn(expected=expected), response).kind == "wrong"


@pytest.mark.parametrize(
    "expected",
    [
        Number(value="5"),
        Number(value="5,000", unit="m"),
        Number(value="five or six"),
        Number(value="5", tolerance="1"),
        Number(value="50", unit="%", tolerance="10%"),
        Number(value="more than 5", unit="km"),
        Number(value="0005"),
    ],
    ids=str,
)
def test_other_numbers_are_those_that_would_not_be_graded_as_right(expected: Number) -> None:
    options = [
        "5",
        "6",
        "4",
        "5.5",
        "5,000",
        "5.000",
        "5 km",
        "5000 m",
        "5 years",
        "at least 5",
        "x",
        "50 %",
        "54%",
    ]
    options += ["five or six", "more than 5 km", "٥"]
    others = [option for option in options if judge_number(expected, option).score == 0]
    assert list(other_numbers(expected, options)) == others
