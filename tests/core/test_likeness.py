from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.likeness import ENOUGH, SAME_QUESTION, Described, likeness, nearest, pairs


def note(id: str, question: str, answer: str, *, type: str = "basic", key: str = "card") -> Described:
    return Described(id, type, {key: (question, answer)})


CAPITAL = ("What is the capital of Armenia?", "Yerevan")
RECALL = ("Why was the ambassador recalled?", "Over arms sold to a neighbour.")
MEMBERS = ("How many members does the CSTO have?", "6")
JUNE = ("What happened on 12 June?", "The ambassador went home.")


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (CAPITAL, ("Which city is Armenia's capital?", "Yerevan")),
        (CAPITAL, ("What is the capital of Armenia", "Erevan")),
        (("Whom did Armenia recal?", "Its ambasador"), ("Whom did Armenia recall?", "Its ambasador")),
        (RECALL, ("Why was the ambassador to Minsk recalled?", "Because arms were sold to a neighbour.")),
        (RECALL, (RECALL[0], "Because Belarus had armed Azerbaijan.")),
        (MEMBERS, (MEMBERS[0], "5")),
        (MEMBERS, ("How many members does the CSTO have in 2024?", "6")),
        (JUNE, ("What happened on 13 June?", JUNE[1])),
        (("首都はどこですか", "エレバン"), ("首都はどこでしたか", "エレバン")),
        (("Pashinian left the summit.", "False"), ("Pashinyan left the summit.", "False")),
        (
            ("How does TCP open a connection?", "With a handshake in three steps"),
            ("How is a TCP connection opened?", "By a handshake in three steps"),
        ),
    ],
)
def test_a_note_is_recognised_after_an_edit(before: tuple[str, str], now: tuple[str, str]) -> None:
    old, new = note("a", *before), note("b", *now)
    assert ENOUGH <= likeness(old, new) < 1
    assert pairs([old], [new]) == [(old, new)]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (CAPITAL, ("What is the capital of Georgia?", "Tbilisi")),
        (
            ("Who is the president of Belarus?", "Alexander Lukashenko"),
            ("Who leads Russia?", "Vladimir Putin"),
        ),
        (("Who recalled its ambassador from Minsk?", "Armenia"), ("Who left Yerevan?", "Belarus")),
        (MEMBERS, ("How many observers does the CSTO have?", "5")),
        (JUNE, ("What happened on 13 June?", "The minister went home.")),
        (("Who?", "Armenia"), ("Who?", "Belarus")),
        (("What borders Armenia to the north?", "Georgia"), ("What borders Armenia to the south?", "Iran")),
        (("Who recalled Armenia's envoy?", "Belarus"), ("Who recalled Belarus's envoy?", "Armenia")),
        (
            ("Which method adds an item at the end?", "append"),
            ("Which method removes an item at the end?", "pop"),
        ),
        (("The CSTO has Georgia as a member.", "False"), ("The CSTO has Moldova as a member.", "False")),
        (("In the south lies Iran.", "True"), ("In the south lies Iraq.", "True")),
        (("", ""), ("What?", "That.")),
    ],
)
def test_another_note_is_not_taken_for_it(before: tuple[str, str], now: tuple[str, str]) -> None:
    old, new = note("a", *before), note("b", *now)
    assert likeness(old, new) < ENOUGH
    assert pairs([old], [new]) == []


def test_a_note_that_changes_its_type_alone_is_recognised() -> None:
    old, new = note("a", *CAPITAL), note("b", *CAPITAL, type="typed")
    assert likeness(old, new) == SAME_QUESTION
    assert pairs([old], [new]) == [(old, new)]


def test_notes_of_other_types_or_with_other_cards_are_not_alike() -> None:
    assert likeness(note("a", *CAPITAL), note("b", CAPITAL[0], "Erevan", type="typed")) == 0
    assert likeness(note("a", *CAPITAL), note("b", "Where?", CAPITAL[1], type="typed")) == 0
    assert likeness(note("a", *CAPITAL), note("b", *CAPITAL, key="back")) == 0


def test_the_same_content_is_certain_however_many_rivals_there_are() -> None:
    old, same, near = note("a", *CAPITAL), note("b", *CAPITAL), note("c", CAPITAL[0], "Erevan")
    assert likeness(old, same) == 1
    assert pairs([old], [near, same]) == [(old, same)]


def test_blanks_alone_make_no_difference() -> None:
    assert likeness(note("a", *CAPITAL), note("b", f" {CAPITAL[0]} ".replace(" ", "\n "), CAPITAL[1])) == 1


def test_nothing_is_recognised_where_two_are_about_equally_alike() -> None:
    old = note("a", "What is the capital of Armenia?", "Yerevan")
    one = note("b", "What is the old capital of Armenia?", "Yerevan")
    other = note("c", "What is the new capital of Armenia?", "Yerevan")
    assert pairs([old], [one, other]) == []
    assert pairs([one, other], [old]) == []
    assert pairs([old], [one]) == [(old, one)]


def test_the_surest_pairs_come_first_and_leave_the_others_their_own() -> None:
    gone = [note("a", *CAPITAL), note("b", "What is the capital of Armenia's neighbour Georgia?", "Tbilisi")]
    new = [
        note("c", "What is the capital of Armenia's neighbour, Georgia?", "Tiflis"),
        note("d", "What is now the capital of Armenia?", "Yerevan"),
    ]
    found = pairs(gone, new)
    assert {(old.id, now.id) for old, now in found} == {("a", "d"), ("b", "c")}


def test_many_notes_that_are_given_ids_are_all_recognised() -> None:
    gone = [note(f"~{number}", f"What is number {number} of the row?", "That one.") for number in range(300)]
    new = [note(f"n{number}", *each.cards["card"]) for number, each in enumerate(gone)]
    assert [(old.id, now.id) for old, now in pairs(gone, new)] == [(f"~{n}", f"n{n}") for n in range(300)]


def test_the_nearest_is_found_also_where_others_are_about_as_near() -> None:
    old = note("a", "What is the capital of Armenia?", "Yerevan")
    one = note("b", "What is the old capital of Armenia?", "Yerevan")
    other = note("c", "What is the new and the old capital of Armenia?", "Yerevan")
    same = note("d", *CAPITAL)
    assert nearest([old], [other, one]) == {"a": one}
    assert nearest([old], [one, same]) == {"a": same}
    assert nearest([old], [note("e", "What is the capital of Georgia?", "Tbilisi")]) == {}


def test_a_word_that_is_everywhere_does_not_hide_the_notes_that_share_rare_ones() -> None:
    old = note("a", "Which treaty number 77 names Yerevan?", "The one of Kars.")
    many = [note(f"n{n}", f"Which treaty number {n}{n} names a town?", "None.") for n in range(100, 400)]
    edited = note("b", "Which treaty, number 77, names Yerevan twice?", "The one of Kars.")
    assert pairs([old], [*many, edited]) == [(old, edited)]


TEXTS = st.text(st.sampled_from("Aab 12.é"), max_size=12) | st.text(max_size=8)
NOTES = st.lists(st.tuples(TEXTS, TEXTS), max_size=5)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_likeness_is_mutual_and_between_nothing_and_the_same(a: str, b: str, c: str, d: str) -> None:
    one, other = note("a", a, b), note("b", c, d)
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


@given(NOTES, NOTES)
def test_no_note_is_in_two_pairs(before: list[tuple[str, str]], now: list[tuple[str, str]]) -> None:
    gone = [note(f"old{place}", *said) for place, said in enumerate(before)]
    new = [note(f"new{place}", *said) for place, said in enumerate(now)]
    found = pairs(gone, new)
    assert len({old.id for old, _ in found}) == len({each.id for _, each in found}) == len(found)
    assert all(likeness(old, each) >= ENOUGH for old, each in found)
