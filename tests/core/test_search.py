from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core import search
from trainer.core.normalise import normalise
from trainer.core.search import Found, Searcher

SAID = (
    "When did Alexander Lukashenko meet Pashinyan?",
    "Which capital is it? Yerevan",
    "The freeze of 2023, by Łukaszenka's minister",
    "Türkiye and the price of 598,000 dollars",
)


def searcher(*said: str, beside: str = "") -> Searcher:
    made = Searcher()
    made.add((text, beside) for text in said)
    return made


def found(made: Searcher, query: str, among: range | None = None) -> Found:
    *steps, last = made.search(query, range(len(made)) if among is None else among)
    assert all(isinstance(step, int) for step in steps)
    assert isinstance(last, Found)
    return last


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", [0, 1, 2, 3]),
        ("   ", [0, 1, 2, 3]),
        ("pashinyan", [0]),
        ("PASHIN", [0]),
        ("erevan", [1]),
        ("turkiye", [3]),
        ("lukaszenka", [2]),
        ("the", [2, 3]),
        ("598000", [3]),
        ("598,000", [3]),
        ("of the", [2, 3]),
        ("freeze yerevan", []),
        ("2024", []),
        ("zzzzzzzz", []),
    ],
)
def test_every_word_must_be_a_part_of_the_text(query: str, places: list[int]) -> None:
    assert sorted(found(searcher(*SAID), query).places) == places


@pytest.mark.parametrize("query", ["Lukashenka", "lukashneko", "lukashenkp", "lukashne", "aelxander"])
def test_a_word_that_is_nowhere_is_read_as_one_that_is_spelt_nearly_so(query: str) -> None:
    last = found(searcher(SAID[0], SAID[1]), query)
    assert last.places == [0]
    assert query in last.read_as or query.lower() in last.read_as


def test_short_words_and_digits_are_never_read_as_others() -> None:
    made = searcher("the war of 1994000", "a cat")
    for query in ("wra", "cta", "1994001"):
        assert found(made, query) == Found([], {query: ()})


def test_a_word_that_is_somewhere_is_taken_as_it_is_even_if_not_among_those_searched() -> None:
    made = searcher("Lukashenko", "Lukashenka")
    assert found(made, "lukashenka", range(1)) == Found([], {})


def test_what_was_typed_before_never_counts_as_a_word_of_the_texts() -> None:
    made = searcher("Lukashenko")
    for _ in range(2):
        assert found(made, "lukashneko") == Found([0], {"lukashneko": ("lukashenko",)})


def test_whole_words_come_first_then_beginnings_parts_and_what_stands_beside() -> None:
    made = searcher("Sovietwar", "warlike", "a war")
    made.add([("something", "war"), ("else", "postwar warden")])
    assert found(made, "war").places == [2, 1, 0, 3, 4]


def test_all_words_count_for_the_order() -> None:
    made = searcher("ambassadors of peacetime", "ambassador of peace", "peaceful ambassador")
    assert found(made, "ambassador peace").places == [1, 2, 0]


def test_texts_that_are_added_later_are_found_then() -> None:
    made = searcher("one war")
    assert found(made, "war", range(2)).places == [0]
    made.add([("another war", "")])
    assert len(made) == 2
    assert found(made, "war", range(2)).places == [0, 1]
    assert found(made, "anothre", range(2)).places == [1]


def test_many_texts_are_searched_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "STEP", 2)
    made = searcher(*["war and peace"] * 5)
    assert found(made, "wra", range(5)) == Found([], {"wra": ()})
    *steps, last = made.search("war", range(5))
    assert steps == [2, 2, 1, 2, 2, 1]
    assert last == Found([0, 1, 2, 3, 4], {})


def test_several_near_words_all_count_up_to_a_few() -> None:
    made = searcher(*(f"commissar{letter}" for letter in "abcdefghijk"))
    last = found(made, "commissarz")
    assert len(last.read_as["commissarz"]) == search.MOST_SPELLINGS


def test_of_a_long_query_some_words_count_and_some_characters() -> None:
    words = [f"w{number}" for number in range(search.MOST_WORDS)]
    made = searcher(" ".join(words))
    assert found(made, " ".join([*words, *words, "absent"])) == Found([0], {})
    assert found(made, "w1 " + "w2 " * search.MOST_CHARACTERS + "absent") == Found([0], {})
    assert len(list(made.search("absent " * 20_000, range(1)))) < 10


texts = st.lists(st.text(alphabet="abAÄé2 .-'", max_size=12), min_size=1, max_size=8)


@given(texts, st.data())
def test_a_part_of_any_word_finds_its_text_and_no_other_without_it(
    said: list[str], data: st.DataObject
) -> None:
    made = searcher(*said)
    words = [word for text in said for word in text.split()]
    word = data.draw(st.sampled_from(words)) if words else "nothing"
    plain = [" ".join(map(normalise, text.split())) for text in said]
    last = found(made, word)
    parts = normalise(word).split()
    if not last.read_as:
        assert set(last.places) == {
            place for place, text in enumerate(plain) if all(part in text for part in parts)
        }
    if words:
        assert last.places and not last.read_as
    assert len(set(last.places)) == len(last.places)
