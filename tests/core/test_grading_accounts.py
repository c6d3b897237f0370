"""Where sources disagree: the one asked for is right, and what others say is told as theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.grading import Verdict, grade
from trainer.core.prompt import Choose, Date, Elsewhere, Expected, Items, Number, Text, TypeIn
from trainer.core.review import Rating


def says(by: str, *answers: str, name: bool = False) -> Elsewhere:
    return Elsewhere(by=by, expected=Text(answers=answers, name=name))


def typed(asked: Expected, response: str, *others: Elsewhere) -> Verdict:
    return grade(TypeIn(expected=asked, elsewhere=others), response)


MINSK = Text(answers=("the embassy in Minsk",))
RBC = says("RBC-Ukraine", "the embassy in Moscow")
SAME = says("EurAsia Daily", "the embassy in Moscow", "the Moscow embassy")


def test_what_another_source_says_is_wrong_and_told_as_its_account() -> None:
    verdict = typed(MINSK, "embassy in Moscow", RBC)
    assert (verdict.kind, verdict.score, verdict.suggested) == ("wrong", 0.0, Rating.AGAIN)
    assert verdict.reason == "that is what RBC-Ukraine says"


def test_all_the_sources_that_say_it_are_named_once() -> None:
    verdict = typed(MINSK, "the embassy in Moscow", RBC, says("Nobody", "the consulate"), SAME, RBC)
    assert verdict.reason == "that is what RBC-Ukraine and EurAsia Daily say"


def test_what_is_right_but_more_exactly_said_by_another_is_right_with_a_remark() -> None:
    other = Elsewhere(by="Politico", expected=Date(value="2024-06-13"))
    verdict = typed(Date(value="2024-06"), "13 June 2024", RBC, other)
    assert (verdict.kind, verdict.score) == ("right", 1.0)
    assert verdict.reason.endswith("; that exactly is what Politico says")
    assert "Politico" not in typed(Date(value="2024-06"), "June 2024", other).reason
    assert "Politico" not in typed(Date(value="2024-06"), "14 June 2024", other).reason


def test_what_nobody_says_is_wrong_for_its_own_reason() -> None:
    assert typed(MINSK, "the embassy in Baku", RBC).reason == typed(MINSK, "the embassy in Baku").reason


def test_no_answer_is_nobody_s_account() -> None:
    assert typed(MINSK, " ", RBC).reason == "not answered"


def test_a_misspelling_of_the_account_asked_for_is_near() -> None:
    verdict = typed(MINSK, "the embasy in Minsk", RBC)
    assert (verdict.kind, verdict.score) == ("near", 0.8)


def test_a_misspelling_of_another_account_is_told_as_that() -> None:
    assert typed(MINSK, "the embasy in Moscow", RBC).reason == "that is what RBC-Ukraine says"


SARGSYAN, SARKISIAN = Text(answers=("Margaryan",)), says("RBC-Ukraine", "Markaryan")


def test_another_account_is_never_a_misspelling_of_the_one_asked_for() -> None:
    assert typed(SARGSYAN, "Markaryan").kind == "near"
    verdict = typed(SARGSYAN, "Markaryan", SARKISIAN)
    assert (verdict.kind, verdict.score, verdict.reason) == ("wrong", 0.0, "that is what RBC-Ukraine says")


@pytest.mark.parametrize(
    ("response", "kind"), [("Margaryann", "near"), ("Markaryann", "wrong"), ("Marqaryan", "wrong")]
)
def test_a_misspelling_of_two_accounts_is_of_the_nearer_one(response: str, kind: str) -> None:
    assert typed(SARGSYAN, response).kind == "near"
    assert typed(SARGSYAN, response, SARKISIAN).kind == kind


def test_of_a_name_the_order_of_the_words_does_not_make_it_less_near() -> None:
    asked = Text(answers=("Nikol Margaryan",), name=True)
    other = says("RBC-Ukraine", "Nikol Markaryan", name=True)
    assert typed(asked, "Magraryan Nikol", other).kind == "near"
    assert typed(asked, "Makraryan Nikol", other).reason == "that is what RBC-Ukraine says"


def test_another_way_to_write_the_account_asked_for_is_not_another_s() -> None:
    asked = Text(answers=("Nikol Pashinyan",), name=True)
    verdict = typed(asked, "Pashinyan Nikol", says("RBC-Ukraine", "Pashinyan Nikol", name=True))
    assert verdict.kind == "right"


def test_of_dates_what_is_right_in_part_keeps_its_worth() -> None:
    asked, month = Date(value="2024-06-13"), Elsewhere(by="RBC-Ukraine", expected=Date(value="2024-06"))
    verdict = typed(asked, "June 2024", month)
    assert (verdict.kind, verdict.score) == ("partial", 0.6)
    assert verdict.reason == "right month and year, the day was asked; that is what RBC-Ukraine says"


def test_of_dates_the_parts_stay_beside_what_another_source_says() -> None:
    other = Elsewhere(by="RBC-Ukraine", expected=Date(value="2024-06-12"))
    verdict = typed(Date(value="2024-06-13"), "12 June 2024", other)
    assert (verdict.kind, verdict.reason) == ("wrong", "that is what RBC-Ukraine says")
    assert [part.note for part in verdict.parts] == ["right", "right", "wrong"]


def test_numbers_are_told_apart_within_their_tolerance() -> None:
    other = Elsewhere(by="RBC-Ukraine", expected=Number(value="200", tolerance="5%"))
    assert typed(Number(value="100"), "205", other).reason == "that is what RBC-Ukraine says"
    assert typed(Number(value="100"), "250", other).reason != "that is what RBC-Ukraine says"


def items(*texts: str) -> Items:
    return Items(items=tuple(Text(answers=(text,)) for text in texts))


def test_lists_are_told_apart_as_a_whole() -> None:
    asked = items("Belarus", "Armenia")
    other = Elsewhere(by="RBC-Ukraine", expected=items("Belarus", "Kazakhstan"))
    verdict = typed(asked, "Belarus, Kazakhstan", other)
    assert (verdict.kind, verdict.score) == ("wrong", 0.0)
    assert verdict.reason == "that is what RBC-Ukraine says"
    more = typed(items("Belarus", "Armenia", "Russia"), "Belarus, Armenia", Elsewhere(by="B", expected=asked))
    assert (more.kind, more.reason) == ("partial", "2 of 3; missing: “Russia”; that is what B says")


def test_misspelt_lists_are_compared_as_they_are_shown() -> None:
    asked, other = items("Margaryan", "Minsk"), Elsewhere(by="B", expected=items("Markaryan", "Minsk"))
    assert typed(asked, "Margaryann, Minsk", other).kind == "near"
    verdict = typed(asked, "Markaryann, Minsk", other)
    assert (verdict.kind, verdict.reason, verdict.parts) == ("wrong", "that is what B says", ())


def test_of_a_list_what_others_say_is_no_misspelling_either() -> None:
    asked, other = items("Margaryan", "Minsk"), Elsewhere(by="B", expected=items("Markaryan", "Baku"))
    verdict = typed(asked, "Markaryan, Minsk", other)
    assert (verdict.kind, verdict.score) == ("wrong", 0.0)
    assert verdict.reason == "1 of 2; missing: “Margaryan”; too much: “Markaryan”"


def test_an_option_that_another_source_says_is_told_as_its_account() -> None:
    form = Choose(
        answers=("the same day",),
        distractors=("the day after", "never"),
        draw=2,
        elsewhere=(says("RBC-Ukraine", "the day after"), says("A", "the same day")),
    )
    picked = grade(form, "the day after")
    assert (picked.kind, picked.score, picked.reason) == ("wrong", 0.0, "that is what RBC-Ukraine says")
    assert grade(form, "never").reason == "not the right one"
    assert grade(form, "the same day").reason == "right"
    assert grade(form, "").reason == "not answered"


accounts = st.one_of(
    st.builds(
        lambda text: Text(answers=(text,)), st.sampled_from(["Minsk", "Moscow", "Margaryan", "12 June"])
    ),
    st.builds(Date, value=st.sampled_from(["2024", "2024-06", "2024-06-12", "2024-06-13"])),
    st.builds(Number, value=st.sampled_from(["12", "13", "1.5"]), tolerance=st.sampled_from(["", "50%"])),
    st.just(items("Belarus", "Armenia")),
)


@given(accounts, st.lists(accounts, max_size=3))
def test_the_account_asked_for_is_right_whoever_else_says_so(asked: Expected, others: list[Expected]) -> None:
    elsewhere = tuple(Elsewhere(by=f"source {number}", expected=each) for number, each in enumerate(others))
    verdict = typed(asked, asked.answer, *elsewhere)
    assert (verdict.kind, verdict.score) == ("right", 1.0)


@given(
    accounts, st.lists(accounts, max_size=3), st.text(max_size=20) | accounts.map(lambda each: each.answer)
)
def test_what_others_say_never_makes_an_answer_worth_more(
    asked: Expected, others: list[Expected], response: str
) -> None:
    elsewhere = tuple(Elsewhere(by="another", expected=each) for each in others)
    alone, among = typed(asked, response), typed(asked, response, *elsewhere)
    assert (among.score or 0) <= (alone.score or 0)
    assert (among.kind == "right") == (alone.kind == "right")
