from __future__ import annotations

from dataclasses import replace

import pytest
from factories import make_name
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.deck import Account, Source
from trainer.core.grading import grade
from trainer.core.names import Names
from trainer.core.prompt import Choose, Date, Elsewhere, Pair, Reveal, Text, TypeIn
from trainer.core.question import Draft
from trainer.core.questions.accounts import Accounts, Says

NAMES = Names(
    [make_name("Minsk", "Miensk", kind="city"), make_name("Baku", kind="city")],
    sources=[
        Source(id="rbc", title="Friendship", publisher="RBC-Ukraine"),
        Source(id="cepa", title="On the verge", publisher="CEPA", short="Emil Avdaliani"),
        Source(id="frozen", title="Frozen", author="Adam Morrow"),
        Source(id="recall", title="The recall"),
    ],
)
DATES = Accounts(
    question="on which day was the vow?",
    accounts=(Says(source="rbc#7", says="2024-06-13"), Says(source="cepa#8", says="2024-06-12")),
    because="One of them is wrong.",
)


def drafts(note: Accounts) -> dict[str, Draft]:
    assert [*note.faults(NAMES)] == []
    return {draft.key: draft for draft in note.drafts(NAMES)}


def of(*accounts: tuple[str, str | tuple[str, ...]]) -> Accounts:
    return Accounts(question="Where?", accounts=tuple(Says(source=by, says=says) for by, says in accounts))


def messages(*accounts: Says) -> list[str]:
    return [fault.message for fault in Accounts(question="Where?", accounts=accounts).faults(NAMES)]


def test_there_is_a_card_an_account_and_cards_that_compare_them() -> None:
    found = drafts(DATES)
    assert {key: draft.prompt.question for key, draft in found.items()} == {
        "says-rbc": "According to RBC-Ukraine: On which day was the vow?",
        "says-cepa": "According to Emil Avdaliani: On which day was the vow?",
        "who": "On which day was the vow?\nWhose account is this: “13 June 2024”?",
        "differ": "What do RBC-Ukraine and Emil Avdaliani each say to this: on which day was the vow?",
    }
    assert {draft.explanation for draft in found.values()} == {"One of them is wrong."}
    table = (
        Account(by="RBC-Ukraine", says="13 June 2024"),
        Account(by="Emil Avdaliani", says="12 June 2024"),
    )
    assert {draft.accounts for draft in found.values()} == {table}


def test_each_account_cites_for_itself_and_the_others_all() -> None:
    found = drafts(DATES)
    assert [found[key].source for key in ("says-rbc", "says-cepa", "who", "differ")] == [
        "rbc#7",
        "cepa#8",
        (),
        (),
    ]
    assert DATES.cited() == ("rbc#7", "cepa#8")
    more = Accounts(question="?", source="recall#1", accounts=(Says(source=("rbc#7", "recall#1"), says="a"),))
    assert more.cited() == ("recall#1", "rbc#7")


def test_a_date_is_typed_and_the_other_dates_are_known_as_other_accounts() -> None:
    draft = drafts(DATES)["says-rbc"]
    elsewhere = (Elsewhere(by="Emil Avdaliani", expected=Date(value="2024-06-12")),)
    assert draft.prompt.form == TypeIn(expected=Date(value="2024-06-13"), elsewhere=elsewhere)
    assert draft.also == (
        Choose(answers=("13 June 2024",), distractors=("12 June 2024",), draw=1, elsewhere=elsewhere),
    )


def test_a_name_is_typed_in_any_spelling_and_a_list_in_any_wording() -> None:
    found = drafts(
        of(("rbc#1", "Minsk"), ("cepa#1", ("on a train", "in a train")), ("frozen#1", "who knows"))
    )
    name = found["says-rbc"].prompt.form
    assert isinstance(name, TypeIn) and name.expected == Text(
        answers=("Minsk",), aliases=("Miensk",), name=True
    )
    assert name.elsewhere == (
        Elsewhere(by="Emil Avdaliani", expected=Text(answers=("on a train", "in a train"))),
        Elsewhere(by="Adam Morrow", expected=Text(answers=("who knows",))),
    )
    typed = found["says-cepa"].prompt.form
    assert isinstance(typed, TypeIn) and typed.expected == Text(answers=("on a train", "in a train"))


def test_other_answers_are_revealed() -> None:
    draft = drafts(of(("rbc#1", "Minsk"), ("frozen#1", "that it is unknown")))["says-frozen"]
    assert draft.prompt.form == Reveal(answer="that it is unknown")
    assert draft.also == ()


def test_those_who_say_the_same_are_right_together() -> None:
    found = drafts(of(("rbc#1", "Minsk"), ("cepa#1", "Miensk"), ("recall#1", "Baku")))
    assert found["who"].prompt.form == Choose(
        answers=("RBC-Ukraine", "Emil Avdaliani"), distractors=("“The recall”",), draw=1, several=True
    )
    assert found["who"].prompt.question.splitlines()[1] == "Whose accounts are this: “Minsk”?"
    form = found["says-rbc"].prompt.form
    assert isinstance(form, TypeIn)
    assert [other.by for other in form.elsewhere] == ["“The recall”"]


def test_of_three_answers_it_is_asked_who_says_which() -> None:
    draft = drafts(of(("rbc#1", "Minsk"), ("cepa#1", "Baku"), ("recall#1", "nowhere")))["who"]
    assert draft.prompt.question == "Who says what to this: Where?"
    assert draft.prompt.form == Pair(
        pairs=(("RBC-Ukraine", "Minsk"), ("Emil Avdaliani", "Baku"), ("“The recall”", "nowhere"))
    )


def test_who_say_the_same_say_it_in_one_wording() -> None:
    draft = drafts(of(("rbc#1", "Minsk"), ("cepa#1", "Baku"), ("recall#1", "Miensk"), ("frozen#1", "x")))[
        "who"
    ]
    assert isinstance(draft.prompt.form, Pair)
    assert [right for _, right in draft.prompt.form.pairs] == ["Minsk", "Baku", "Minsk", "x"]


def test_what_all_say_is_ticked_account_by_account() -> None:
    form = drafts(DATES)["differ"].prompt.form
    points = ("RBC-Ukraine: 13 June 2024", "Emil Avdaliani: 12 June 2024")
    assert form == Reveal(answer="; ".join(points), points=points)


def test_what_compares_them_can_be_left_out() -> None:
    assert [*drafts(replace(DATES, skip="who"))] == ["says-rbc", "says-cepa", "differ"]
    assert [*drafts(replace(DATES, skip=("who", "differ")))] == ["says-rbc", "says-cepa"]
    (fault,) = replace(DATES, skip="says-rbc").faults(NAMES)
    assert (fault.field, fault.message) == ("skip", "there is no card 'says-rbc'")


def test_an_account_may_be_somebody_elses_than_the_articles() -> None:
    note = Accounts(
        question="Why?",
        accounts=(
            Says(source="rbc#8", by="Pashinyan", says="the war"),
            Says(source="rbc#13", by="the Belarusian ministry", says="discontent at home"),
        ),
    )
    found = drafts(note)
    assert [*found][:2] == ["says-pashinyan", "says-the-belarusian-ministry"]
    other = Accounts(
        question="Why?", accounts=(Says(source="rbc", by="РБК-Україна", says="a"), *note.accounts)
    )
    assert next(iter(drafts(other))) == "says-рбк-україна"
    assert found["says-pashinyan"].prompt.question == "According to Pashinyan: Why?"


@pytest.mark.parametrize(
    ("accounts", "message"),
    [
        ([], "fewer than two accounts: there is nothing to compare"),
        ([Says(source="rbc", says="a")], "fewer than two accounts: there is nothing to compare"),
        ([Says(source=f"s{n}", says=f"a{n}") for n in range(10)], "more than 9 accounts"),
        ([Says(source="rbc#1", says="a"), Says(source="rbc#2", says="b")], "two accounts of 'RBC-Ukraine'"),
        ([Says(source="rbc", says="Minsk"), Says(source="cepa", says="Miensk")], "all accounts say the same"),
        ([Says(source="rbc", says=""), Says(source="cepa", says="b")], "one answer is empty"),
        ([Says(source="rbc", says=()), Says(source="cepa", says="b")], "one answer is empty"),
        ([Says(source="rbc", says=("a", " ")), Says(source="cepa", says="b")], "an answer is empty"),
        ([Says(source="rbc", says="a; b"), Says(source="cepa", says="b")], "the answer 'a; b' contains ';'"),
        ([Says(source=(), says="a", by="X"), Says(source="cepa", says="b")], "an account cites no source"),
        ([Says(source=" ", says="a"), Says(source="cepa", says="b")], "an account cites no source"),
        (
            [Says(source=("rbc#1", "cepa#1"), says="a"), Says(source="cepa", says="b")],
            "an account of several articles",
        ),
        (
            [Says(source="rbc", says="a", by="X; Y"), Says(source="cepa", says="b")],
            "the name 'X; Y' contains ';'",
        ),
        ([Says(source="rbc", says="a = b"), Says(source="cepa", says="b")], "'a = b' contains ' = '"),
    ],
)
def test_faults_say_what_is_wrong(accounts: list[Says], message: str) -> None:
    assert message in messages(*accounts)


def test_an_account_of_several_articles_is_fine_once_it_says_whose_it_is() -> None:
    own = Says(source=("rbc#1", "cepa#1"), says="a", by="Pashinyan")
    assert messages(own, Says(source="cepa", says="b")) == []


SAYS = st.sampled_from(
    ["2024-06-13", "2024-06", "Minsk", "Miensk", "Baku", "it is unknown", ("a", "b"), ("c",)]
)


@given(st.lists(SAYS, min_size=2, max_size=4))
def test_every_answer_is_right_for_its_own_source_and_no_option_is_right_by_chance(
    said: list[str | tuple[str, ...]],
) -> None:
    note = of(*zip(("rbc#1", "cepa#1", "frozen#1", "recall#1"), said, strict=False))
    if [*note.faults(NAMES)]:
        return
    for draft in note.drafts(NAMES):
        for form in (draft.prompt.form, *draft.also):
            if not isinstance(form, Reveal):
                assert grade(form, form.answer).score == 1
            if isinstance(form, Choose):
                assert all(grade(form, other).score == 0 for other in form.distractors)
