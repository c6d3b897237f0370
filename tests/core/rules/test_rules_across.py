"""Rules on notes beside each other, and on what serves them."""

from __future__ import annotations

import pytest
from crafted import PEOPLE, across, note, seen, shelf

from trainer.core.craft import Seen
from trainer.core.deck import Name, Source
from trainer.core.names import Names
from trainer.core.questions.accounts import Says


def asked(
    question: str, answer: str = "Belarus", *, id: str = "n", deck: str = "deck", type_: str = "basic"
) -> Seen:
    return seen(note(type_, id=id, question=question, answer=answer), deck=deck)


# near-duplicate

FIRST = "Which country called its ambassador home from Yerevan in June 2024?"


@pytest.mark.parametrize(
    "second",
    [
        FIRST,
        "In June 2024, which country called home its ambassador from Yerevan?",
        "Which country called its own ambassador home from Yerevan in June 2024?",
    ],
)
@pytest.mark.parametrize("deck", ["deck", "other"])
def test_the_later_of_two_cards_that_ask_the_same_is_found(second: str, deck: str) -> None:
    found = across("near-duplicate", shelf(asked(FIRST), asked(second, id="m", deck=deck)))
    assert found == [(f"{deck}.yaml", "m", ("question",))]


def test_another_spelling_of_the_answer_is_the_same_answer() -> None:
    one, other = asked(FIRST, "Alexander Lukashenko"), asked(FIRST, "Lukashenka", id="m", type_="typed")
    assert len(across("near-duplicate", shelf(one, other))) == 1


@pytest.mark.parametrize(
    "second",
    [
        asked(FIRST, "Armenia", id="m"),
        asked(FIRST.replace("2024", "2023"), id="m"),
        asked(FIRST.replace("Yerevan", "Minsk"), id="m"),
        asked("Which country called home?", id="m"),
        asked(FIRST),
    ],
)
def test_another_answer_name_or_year_makes_another_card(second: Seen) -> None:
    assert across("near-duplicate", shelf(asked(FIRST), second)) == []


@pytest.mark.parametrize(
    "twins",
    [
        [note(id=id, question="Who left?", answer="me") for id in "ab"],
        [note("order", id=id, question="What is the right order?", items=("x", "y")) for id in "ab"],
        [note("match", id=id, question="Which belongs to which?", pairs={"x": "y", "z": "a"}) for id in "ab"],
        [note("true-false", id=id, statement="All is well.", answer=True) for id in "ab"],
        [
            note(
                "accounts",
                id=id,
                question="who of them left first?",
                accounts=(Says(source="s", says="x"), Says(source="t", says="y")),
            )
            for id in "ab"
        ],
        [note(id="a", question=FIRST, superseded_by="b"), note(id="b", question=FIRST)],
    ],
)
def test_generic_questions_and_superseded_notes_are_no_duplicates(twins: list[object]) -> None:
    found = across("near-duplicate", shelf(*(seen(each) for each in twins)))  # type: ignore[arg-type]
    assert found == []


def test_one_answer_to_very_many_questions_is_compared_in_little_time() -> None:
    many = [asked(f"What is the strange thing number w{n} about it all?", id=f"n{n}") for n in range(3_000)]
    twin = asked("What about the strange thing is number w2999 of it all?", id="twin")
    assert across("near-duplicate", shelf(*many, twin)) == [("deck.yaml", "twin", ("question",))]


# misspelt-name


def names_found(text: str, **fields: str) -> list[tuple[str | int, ...]]:
    return [where for _, _, where in across("misspelt-name", shelf(seen(note(question=text, **fields))))]


@pytest.mark.parametrize(
    "text",
    [
        "Who is Pashinian?",
        "Who met Lukashanka?",
        "Where is Belraus?",
        "Whose is Georgea's?",
        "What is the Interstete Council?",
        "Where is Misnk?",
    ],
)
def test_a_name_that_hardly_differs_from_a_known_one_is_found(text: str) -> None:
    assert names_found(text) == [("question",)]


@pytest.mark.parametrize(
    "text",
    [
        "Who is Pashinyan of Armenia?",
        "Who are the Armenians, the Russians and the Armenian?",
        "Where is Mins?",
        "Who was Rosa Minck?",
        "Where is Australia?",
        "What of a Parliment?",
        "What is prussia?",
        "Who are Nikal Smith and Alexandra Smith?",
        "What does the Intorstata Council do?",
    ],
)
def test_known_names_what_is_made_of_them_and_other_words_are_not_found(text: str) -> None:
    assert names_found(text) == []


def test_a_name_is_told_of_once_a_note_with_its_place() -> None:
    found = names_found("Who?", answer="Pashinian, Pashinian", explanation="Pashinian it is. So is Belarsu.")
    assert found == [("answer",), ("explanation",)]


def test_notes_served_by_other_names_are_judged_by_theirs() -> None:
    one = seen(note(question="Who is Pashinian?"), names=Names())
    other = seen(note(question="Who is Pashinian?"), deck="other")
    third = seen(note(question="Who is Pashinian?"), deck="third")
    places = [("other.yaml", "n", ("question",)), ("third.yaml", "n", ("question",))]
    assert across("misspelt-name", shelf(one, other, third)) == places


# unused-name, unused-source


def test_a_name_that_nothing_mentions_or_draws_is_unused() -> None:
    cards = [
        note(id="a", question="Who is Pashinyan?", answer="A leader."),
        note("typed", id="b", question="Which country left?", answer="Armenia"),
        note(id="d", question="Who was Lukashenko?", superseded_by="a"),
        note(
            "choice",
            id="c",
            question="Which?",
            answer="the court",
            distractors=("parliament of Armenia", "x"),
        ),
    ]
    found = across("unused-name", shelf(*map(seen, cards), entries=PEOPLE.entries))
    assert [entry for _, entry, _ in found] == ["m", "i"]


def test_a_source_that_no_note_cites_is_unused() -> None:
    entries: list[Name | Source] = [
        Source(id="s", title="S"),
        Source(id="t", title="T"),
        Name(id="t", name="T", kind="x"),
    ]
    found = across("unused-source", shelf(seen(note(source=("s#1",))), entries=entries))
    assert found == [("registry.yaml", "t", ())]


# tag-spelling


def test_the_rarer_spelling_of_a_tag_is_found() -> None:
    notes = [seen(note(id=id, tags=tags)) for id, tags in {"a": "June-2024", "b": ("wars", "x")}.items()]
    decks = [("deck.yaml", ("june 2024", "War")), ("other.yaml", ("june 2024", "wars", "us", "u"))]
    assert across("tag-spelling", shelf(*notes, tags=decks)) == [
        ("deck.yaml", "", ("tags", 1)),
        ("deck.yaml", "a", ("tags",)),
    ]
