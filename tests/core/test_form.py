from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.form import Field, FieldError, Kind, fields_of, filled, ordered, slug, text_of, value_of
from trainer.core.questions import TYPES


def field(kind: Kind) -> Field:
    return Field(name="x", kind=kind, needed=False, own=True, about="")


def test_every_field_of_every_type_can_be_typed_and_is_explained() -> None:
    for kind in TYPES.values():
        fields = fields_of(kind)
        assert all(each.about for each in fields), kind.type
        assert fields[0].name == "id"
        assert fields[-1].name == "source"


def test_what_a_note_cannot_do_without_is_needed() -> None:
    needed = {name: [each.name for each in fields_of(kind) if each.needed] for name, kind in TYPES.items()}
    assert needed["choice"] == ["question", "answer"]
    assert needed["accounts"] == ["question", "accounts"]
    assert needed["event"] == []


def test_a_note_is_written_from_its_id_to_its_source() -> None:
    note = {"source": "a#1", "answer": "x", "type": "typed", "hint": "h", "question": "q", "id": "i"}
    assert list(ordered(note)) == ["id", "type", "answer", "question", "hint", "source"]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  one \n  two  ", "one\n  two"),
        ("truth", "T", "true"),
        ("truth", "No", "false"),
        ("lines", "one", "one"),
        ("lines", "- one", ["one"]),
        ("lines", "one\n\n two ", ["one", "two"]),
        ("list", "one", ["one"]),
        ("parts", "Armenia | RA\nRussia", [["Armenia", "RA"], "Russia"]),
        ("pairs", "a = b\nc = d = e", {"a": "b", "c": "d = e"}),
        ("table", "when = On which day?", {"when": "On which day?"}),
        (
            "accounts",
            "a#1, a#2 = after | later\nb#3 = before = the minister",
            [
                {"source": ["a#1", "a#2"], "says": ["after", "later"]},
                {"source": "b#3", "says": "before", "by": "the minister"},
            ],
        ),
    ],
)
def test_what_is_typed_is_read_by_the_kind_of_field(kind: Kind, typed: str, value: object) -> None:
    found = value_of(field(kind), typed)
    assert found == value
    assert found is not None
    again = text_of(field(kind), found)
    assert again is not None
    assert value_of(field(kind), again) == value


@pytest.mark.parametrize("kind", ["text", "truth", "lines", "list", "parts", "pairs", "table", "accounts"])
def test_nothing_typed_is_nothing(kind: Kind) -> None:
    assert value_of(field(kind), " \n ") is None


@pytest.mark.parametrize(
    ("kind", "typed", "why"),
    [
        ("truth", "perhaps", "true or false"),
        ("pairs", "a b", "left = right"),
        ("pairs", "a =", "left = right"),
        ("table", "a = b\na = c", "'a' is there twice"),
        ("accounts", "a#1", "article#paragraph = what it says"),
        ("accounts", "a = b = c = d", "article#paragraph = what it says"),
        ("accounts", "a =  = c", "article#paragraph = what it says"),
    ],
)
def test_what_cannot_be_meant_is_told(kind: Kind, typed: str, why: str) -> None:
    with pytest.raises(FieldError, match=why):
        value_of(field(kind), typed)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", ["a"]),
        ("text", {"a": "b"}),
        ("text", " a"),
        ("truth", "perhaps"),
        ("lines", ["a\nb"]),
        ("lines", ["a", ["b"]]),
        ("lines", []),
        ("list", "a"),
        ("parts", [["a | b", "c"]]),
        ("pairs", [["a", "b"]]),
        ("pairs", {"a": ["b"]}),
        ("table", {"a": ""}),
        ("accounts", [{"source": "a"}]),
        ("accounts", ["a"]),
        ("accounts", [{"source": "a", "says": "b", "more": "c"}]),
    ],
)
def test_a_value_that_no_typing_means_is_left_to_an_editor(kind: Kind, value: object) -> None:
    assert text_of(field(kind), value) is None  # type: ignore[arg-type]


values = st.recursive(st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=5)


@given(st.sampled_from(["text", "truth", "lines", "list", "parts"]), values)
def test_what_can_be_typed_means_the_value(kind: Kind, value: object) -> None:
    typed = text_of(field(kind), value)  # type: ignore[arg-type]
    assert typed is None or value_of(field(kind), typed) == value


@given(st.sampled_from(["text", "truth", "lines", "list", "parts", "pairs", "table", "accounts"]), st.text())
def test_typing_never_fails_but_as_it_may(kind: Kind, typed: str) -> None:
    try:
        value_of(field(kind), typed)
    except FieldError as error:
        assert str(error)


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("On which day did Armenia recall its ambassador from Minsk?", "on-which-day-did-armenia-recall-its"),
        ("Kaça Łódź, Österreich?", "kaca-lodz-osterreich"),
        ("Кто?", "кто"),
        ("…", "note"),
        ("a" * 60, "a" * 40),
    ],
)
def test_an_id_is_made_of_words(words: str, made: str) -> None:
    assert slug(words) == made


def test_an_id_is_never_given_twice() -> None:
    assert slug("The freeze", taken=["the-freeze", "the-freeze-2"]) == "the-freeze-3"


def test_the_number_of_an_id_that_thousands_have_is_the_next_one() -> None:
    taken = ["x", *(f"x-{number}" for number in range(2, 3_001))]
    assert slug("x", taken={*taken}) == "x-3001"
    assert slug("x", taken=taken[:6]) == "x-7"


def test_finding_the_number_of_an_id_does_not_count_through_all_that_are_taken() -> None:
    class Asked(frozenset[str]):
        times = 0

        def __contains__(self, name: object) -> bool:
            Asked.times += 1
            return super().__contains__(name)

    assert slug("x", taken=Asked({"x", *(f"x-{number}" for number in range(2, 3_001))})) == "x-3001"
    assert Asked.times < 50


def test_a_text_is_told_without_the_marks_of_its_holes() -> None:
    assert filled("On {{1::13 June::day}} {{Armenia}} left.") == "On 13 June Armenia left."
