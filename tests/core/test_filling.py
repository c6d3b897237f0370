"""What is typed into the form of a note, and what words of an article become in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.filling import MOST, Filling, begun, merged, type_for, with_hole
from trainer.core.form import Value
from trainer.core.questions import TYPES

NOTE: dict[str, Value] = {
    "id": "a",
    "type": "choice",
    "question": "Which?",
    "answer": ["this", "that"],
    "distractors": "other",
    "source": ["report#1", "report#2"],
}


def test_a_note_that_is_not_touched_comes_back_as_it_was() -> None:
    filling = Filling.of(NOTE)
    assert filling.text("answer") == "this\nthat" and not filling.kept
    assert filling.values() == (NOTE, {})


def test_a_type_is_named_where_it_must_be_or_was() -> None:
    assert Filling.of({"question": "Q", "answer": "A"}).values()[0] == {"question": "Q", "answer": "A"}
    named: dict[str, Value] = {"type": "basic", "question": "Q", "answer": "A"}
    assert Filling.of(named).values()[0] == named
    assert begun("typed").values()[0] == {"type": "typed"}


@pytest.mark.parametrize("kind", ["chioce", ["basic"]])
def test_a_type_that_is_none_is_refused(kind: Value) -> None:
    with pytest.raises(KeyError):
        Filling.of({"type": kind, "question": "Q"})


@pytest.mark.parametrize("value", [{"a": "b"}, "Arm\u202eenia", "x" * (MOST + 1), [" a ", "b"]])
def test_what_no_typing_means_is_kept_as_it_is(value: Value) -> None:
    filling = Filling.of({"type": "typed", "question": "Q", "answer": value, "anwser": "A"})
    assert filling.kept == {"answer": value, "anwser": "A"} and filling.text("answer") == ""
    assert filling.values()[0]["answer"] == value and filling.missing() == ()
    assert not filling.is_empty


def test_what_is_wrong_is_told_by_field_and_what_is_missing_too() -> None:
    filling = begun("true-false").with_text("statement", "So.").with_text("answer", "perhaps")
    assert filling.values()[1] == {"answer": "true or false"} and filling.missing() == ()
    assert begun("choice").with_text("question", " ").missing() == ("question", "answer")


def test_a_form_is_empty_until_something_of_its_own_is_typed() -> None:
    filling = begun("basic", cited="report#1")
    assert filling.is_empty and not filling.with_text("answer", "A").is_empty
    assert filling.with_text("tags", "x").is_empty


# Another type


def test_what_is_asked_and_answered_goes_over_to_another_type_and_back() -> None:
    basic = begun("basic").with_text("question", "Q").with_text("answer", "A").with_text("tags", "t")
    turned = basic.as_type("reversed")
    assert (turned.text("front"), turned.text("back"), turned.text("tags")) == ("Q", "A", "t")
    again = turned.with_text("back", "B").as_type("basic")
    assert again.text("answer") == "B" and again.as_type("basic") is again


def test_what_the_other_type_has_not_is_remembered() -> None:
    choice = Filling.of(NOTE)
    event = choice.as_type("event")
    assert event.text("what") == "Which?" and "distractors" not in event.values()[0]
    assert event.as_type("choice").text("distractors") == "other"


def test_fields_of_one_name_that_hold_other_things_are_kept_apart() -> None:
    listed = begun("list").with_text("question", "Q").with_text("answers", "a\nb")
    assert listed.as_type("event").text("answers") == ""
    judged = begun("basic").with_text("question", "Q").with_text("answer", "A").as_type("true-false")
    assert judged.text("answer") == "" and judged.text("statement") == "Q"
    assert judged.with_text("answer", "t").as_type("basic").text("answer") == "A"


def test_a_cloze_becomes_a_question_with_a_gap_and_the_hole_its_answer() -> None:
    cloze = begun("cloze").with_text("text", "The {{2::envoy::who}} left {{Minsk}}.")
    basic = cloze.as_type("basic")
    assert basic.text("question") == "The … left Minsk." and basic.text("answer") == "envoy"
    without = begun("cloze").with_text("text", "No hole.").as_type("basic")
    assert without.text("question") == "No hole." and without.text("answer") == ""


# What is cited


def test_paragraphs_are_cited_once_each() -> None:
    filling = begun("basic", cited="report#1").citing("report#2").citing("report#1")
    assert filling.text("source") == "report#1\nreport#2"
    kept = Filling.of({"question": "Q", "answer": "A", "source": {"a": "b"}})
    assert kept.citing("report#1") == kept


def test_by_accounts_each_source_says_something_of_its_own() -> None:
    filling = begun("accounts", cited="report#1")
    assert filling.text("accounts") == "report#1 = " and filling.text("source") == ""
    said = filling.with_text("accounts", "report#1 = so").citing("report#1").citing("other#2")
    assert said.text("accounts") == "report#1 = so\nother#2 = "


# Words of an article


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("13 June 2024", "date"),
        ("June 12", "date"),
        ("36", "number"),
        ("598,000 dollars", "number"),
        ("six", "number"),
        ("Minsk", "typed"),
        ("an openly unfriendly step on the part of official Yerevan", "typed"),
        ("2018-2022", "typed"),
    ],
)
def test_words_tell_the_type_of_the_note_they_answer(words: str, kind: str) -> None:
    assert type_for(words) == kind


def test_words_are_the_answer_where_the_type_takes_one() -> None:
    assert begun("typed", words="Minsk", sentence="They left Minsk.").text("answer") == "Minsk"
    assert begun("reversed", words="Minsk").text("back") == "Minsk"
    assert begun("event", words="Minsk").is_empty and begun("match", words="Minsk").is_empty


def test_words_become_a_hole_where_they_stand() -> None:
    cloze = begun("cloze", words="is", sentence="This is it.")
    assert cloze.text("text") == "This {{1::is}} it."
    more = with_hole(cloze, "it", sentence="This is it.")
    assert more.text("text") == "This {{1::is}} {{2::it}}."
    assert with_hole(more, "is", sentence="That is more.").text("text").endswith("That {{3::is}} more.")


def test_of_words_that_stand_twice_those_that_were_chosen_become_the_hole() -> None:
    said = "Armenia left as Armenia had said."
    cloze = begun("cloze", words="Armenia", sentence=said, place=16)
    assert cloze.text("text") == "Armenia left as {{1::Armenia}} had said."
    both = with_hole(cloze, "Armenia", sentence=said, place=0)
    assert both.text("text") == "{{2::Armenia}} left as {{1::Armenia}} had said."
    more = with_hole(both, "Armenia", sentence="So did Armenia.", place=7)
    assert more.text("text").endswith("had said. So did {{3::Armenia}}.")


@pytest.mark.parametrize(("words", "place"), [("13 June", 3), ("June", 6), ("On 13", 0), ("June 2024", 6)])
def test_words_of_which_some_are_in_a_hole_already_change_nothing(words: str, place: int) -> None:
    said = "On 13 June 2024 it left."
    cloze = begun("cloze", words="13 June", sentence=said, place=3)
    assert with_hole(cloze, words, sentence=said, place=place) == cloze


def test_holes_without_a_number_keep_theirs() -> None:
    cloze = begun("cloze").with_text("text", "{{One}} and {{two}} and three.")
    assert with_hole(cloze, "three", sentence="").text("text") == "{{One}} and {{two}} and {{3::three}}."


def test_words_that_stand_nowhere_are_put_behind_and_what_would_break_a_hole_nowhere() -> None:
    cloze = begun("cloze").with_text("text", "So.")
    assert with_hole(cloze, "else", sentence="").text("text") == "So. {{1::else}}"
    assert with_hole(cloze, "a}}b", sentence="a}}b") == cloze


@given(
    st.text(st.characters(blacklist_characters="{}:", blacklist_categories=("Cs", "Cc"))),
    st.sampled_from([*TYPES]),
)
def test_whatever_words_are_taken_the_form_can_be_read(words: str, kind: str) -> None:
    filling = begun(kind, cited="report#1", words=words, sentence=f"So {words} it is.")
    for other in TYPES:
        fields, wrong = filling.as_type(other).values()
        assert fields.get("type", "basic") == other and set(wrong) <= {"accounts", "answer", "pairs"}


# Changed on both sides


def as_written(**fields: Value) -> Filling:
    return Filling.of({"type": "typed", "question": "Who?", "answer": "Armenia", **fields})


def test_what_only_one_side_has_changed_is_taken_from_there() -> None:
    mine = as_written().with_text("question", "Who left?")
    made, both = merged(as_written(), mine, as_written(answer="Yerevan", hint="A city"))
    assert both == [] and made.values()[0] == {
        "type": "typed", "question": "Who left?", "answer": "Yerevan", "hint": "A city"
    }  # fmt: skip


def test_what_both_have_changed_is_mine_and_named_unless_it_is_the_same() -> None:
    mine = as_written().with_text("answer", "Minsk").with_text("question", "Where?")
    made, both = merged(as_written(), mine, as_written(answer="Gyumri", question="Where?"))
    assert both == ["answer"] and (made.text("answer"), made.text("question")) == ("Minsk", "Where?")


def test_a_type_changed_on_one_side_stays_changed_and_the_other_side_keeps_its_words() -> None:
    theirs = as_written(type="basic", answer="Yerevan")
    made, both = merged(as_written(), as_written().with_text("question", "Who left?"), theirs)
    assert (made.type, made.text("question"), made.text("answer"), both) == (
        "basic", "Who left?", "Yerevan", []
    )  # fmt: skip
    made, both = merged(as_written(), as_written().as_type("reversed"), as_written(hint="A city"))
    assert (made.type, made.text("back"), made.text("hint"), both) == ("reversed", "Armenia", "A city", [])
    made, both = merged(as_written(), as_written().as_type("reversed"), as_written(type="basic"))
    assert made.type == "reversed" and both == ["type"]


def test_a_value_that_no_typing_means_stays_as_they_have_it() -> None:
    mine = as_written().with_text("answer", "Minsk")
    made, _ = merged(as_written(), mine, as_written(answer={"a": "b"}))
    assert made.kept == {"answer": {"a": "b"}} and made.text("answer") == ""


def test_a_sentence_without_an_end_does_not_swamp_the_field() -> None:
    endless = "word " * 100_000
    cloze = begun("cloze", words="word", sentence=endless, place=0)
    assert cloze.text("text") == "{{1::word}}"
    assert len(begun("typed", words=endless).text("answer")) == MOST


def test_words_of_a_statement_bring_their_sentence() -> None:
    found = begun("true-false", cited="a#1", words="June 12", sentence="It began on June 12.")
    assert found.text("statement") == "It began on June 12."
    assert begun("true-false", words="June 12").text("statement") == "June 12"


def test_what_is_typed_is_told_apart_from_its_type() -> None:
    one, other = begun("typed", cited="a#1"), begun("date", cited="a#1")
    assert one.meaning == other.meaning != one.with_text("question", "Who?").meaning
