from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from trainer.core.normalise import normalise, words_of

pieces = st.lists(
    st.sampled_from(
        (*"aAé1259 .,:-–−'’°%$+½²_/()", "the ", " a ", "an ", "U.S.", "ł", "ß", "İ", "۳", "ق", "é")
    )
    | st.characters(),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13 June 2024", "13 june 2024"),
        ("13 June 2024", "  13\tJune\u00a02024 "),
        ("13 June, 2024", "13 June 2024"),
        ("the Hague", "The Hague"),
        ("the Hague", "Hague"),
        ("an embassy", "embassy"),
        ("a note of protest", "note of protest"),
        ("U.S.", "US"),
        ("U.S. Army", "us army"),
        ("Aliaksandr Lukašenka", "aliaksandr lukasenka"),
        ("Lukas\u030cenka", "Lukašenka"),
        ("São Tomé", "Sao Tome"),
        ("Łódź", "Lodz"),
        ("Straße", "STRASSE"),
        ("Ærø", "aero"),
        ("Владимир Путин", "владимир путин"),
        ("Ёлка", "елка"),
        ("$598,000", "$598000"),
        ("1,234,567", "1234567"),
        ("Macron's", "Macron’s"),
        ("O'Brien", "OBrien"),
        ("Nagorno-Karabakh", "Nagorno Karabakh"),
        ("Nagorno–Karabakh", "Nagorno Karabakh"),
        ("“peace”", "peace"),
        ("Who?", "who"),
        ("−3", "-3"),
        ("–3", "-3"),
        ("40 %", "40%"),
        ("21 °C", "21°C"),
        ("12:30.", "12:30"),
        ("(twelve)", "twelve"),
        ("x_y", "x y"),
        ("Kyiv – capital", "Kyiv capital"),
        ("2024-06-13", "2024–06–13"),
    ],
)
def test_case_accents_punctuation_and_articles_make_no_difference(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13 June 2024", "12 June 2024"),
        ("13 June 2024", "June 13 2024"),
        ("1.5", "15"),
        (".5", "5"),
        ("1,5", "15"),
        ("598,000", "598"),
        ("598,000", "598,0000"),
        ("10²", "102"),
        ("10²", "10"),
        ("-3", "3"),
        ("−3", "3"),
        ("-3", "+3"),
        ("3-5", "35"),
        ("12:30", "1230"),
        ("$5", "5"),
        ("$5", "€5"),
        ("5%", "5"),
        ("5%", "5‰"),
        ("<5", ">5"),
        ("vitamin A", "vitamin"),
        ("vitamin A", "vitamin B"),
        ("C", "C++"),
        ("C", "C#"),
        ("A", "the"),
        ("½", "2"),
        ("3½", "3"),
        ("Iran", "Iraq"),
        ("мир", "мыр"),
        ("パリ", "ハリ"),
        ("?", "!"),
        ("", "?"),
    ],
)
def test_digits_signs_and_the_order_of_words_make_a_difference(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(pieces)
@example("the a")
@example("a a b")
@example("$a 5 %")
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet=st.characters(codec="latin-1") | st.sampled_from("šŁłΑαЯяёЁ"), max_size=15))
def test_case_makes_no_difference(text: str) -> None:
    assert normalise(text.upper().lower()) == normalise(text.lower())
    assert normalise(text.casefold()) == normalise(text)


@given(pieces)
def test_composed_and_decomposed_text_is_the_same(text: str) -> None:
    assert normalise(unicodedata.normalize("NFC", text)) == normalise(unicodedata.normalize("NFD", text))


@given(pieces)
def test_only_text_without_letters_digits_or_signs_comes_out_empty(text: str) -> None:
    assert bool(normalise(text)) == bool(text.split())


@given(pieces, st.sampled_from("0123456789"), st.sampled_from("0123456789"), pieces)
def test_a_changed_digit_is_never_accepted(before: str, one: str, other: str, after: str) -> None:
    assume(one != other)
    assert normalise(before + one + after) != normalise(before + other + after)


@given(
    st.integers(-9999, 9999), st.integers(-9999, 9999), st.sampled_from(("{}", "{} %", "${}", "in {}", "{}."))
)
def test_two_numbers_are_the_same_only_if_they_are(one: int, other: int, around: str) -> None:
    assert (normalise(around.format(one)) == normalise(around.format(other))) == (one == other)


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_the_decimal_point_counts(one: object, other: object) -> None:
    assume(str(one) != str(other))
    assert normalise(str(one)) != normalise(str(other))


@given(st.text(st.characters(max_codepoint=127), max_size=14) | st.text("ae the1,.:-'`%_ \n", max_size=14))
@example("1,000 x,y 'a' U.S. the 5 %")
@example("a .'1")
@example("a -`1")
@example("a,'1")
@example("a.b")
@example("a 3-4, 5 _-1")
@example("Why, by case 0-1, the 'end' of a_b? (A)")
def test_plain_letters_are_read_alike_beside_others(text: str) -> None:
    assume(any(one.isalnum() for one in text))
    assert normalise(f"ж {text}") == f"ж {normalise(text)}"


@given(pieces)
@example("The end.")
@example("The 5 % of it")
@example("?")
def test_the_words_of_a_text_are_those_of_its_normal_form(text: str) -> None:
    assert words_of(text) == normalise(text).split()
