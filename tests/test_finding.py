"""Filters: what is meant by a tag, a source and a name, and which cards have it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from test_collection import Room, notes, rate

from trainer.collection import Collection
from trainer.collection.statistics import statistics_of
from trainer.core.quiz import Request
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.errors import DecksError

DECK = """\
title: The recall
notes:
  - {id: freeze, question: Who froze the membership?, answer: Nikol Pashinyan, source: recall#1, tags: csto}
  - {id: reply, question: Who replied to Pashinyan?, answer: Alexander Lukashenko, source: recall#2}
  - {id: spoke, question: Who spoke for Moscow?, answer: Maria Zakharova, source: other#2, tags: csto}
"""
SOURCES = """\
recall: {title: A report on two ambassadors, short: The Daily Example}
other: {title: A report on a summit}
unused: {title: Nobody cites this report}
"""
NAMES = """\
pashinyan: {name: Nikol Pashinyan, kind: person, aliases: [Никол Пашинян]}
lukashenko: {name: Alexander Lukashenko, kind: person, aliases: [Aliaksandr Lukashenka]}
zakharova: {name: Maria Zakharova, kind: person}
minsk: {name: Minsk, kind: place}
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as stack:
        room = Room(tmp_path, stack)
        for name, text in (("recall", DECK), ("sources", SOURCES), ("names", NAMES)):
            room.write(name, text)
        room.write("else", "title: Elsewhere\nnotes:\n  - {id: sea, question: Which sea?, answer: None.}\n")
        yield room


def test_a_spelling_that_is_another_name_in_another_folder_means_both(room: Room) -> None:
    room.write("us/names", "georgia: {name: Georgia (US state), kind: state, aliases: [Georgia]}\n")
    room.write("us/states", "title: S\nnotes:\n  - {id: a, question: Which?, answer: Georgia}\n")
    room.write("names", NAMES + "georgia: {name: Georgia, kind: country, aliases: [Sakartvelo]}\n")
    room.write("more", "title: M\nnotes:\n  - {id: a, question: Which?, answer: Sakartvelo}\n")
    collection = room.open()
    assert meant(collection, names=("Georgia",)).names == ("Georgia",)
    with pytest.raises(DecksError, match="fits several names"):
        meant(collection, names=("georgia",))


@pytest.mark.parametrize("written", ["zrecall", "The Daily Exampel", "dayly example"])
def test_a_source_that_is_not_there_has_a_suggestion(room: Room, written: str) -> None:
    with pytest.raises(DecksError) as refused:
        meant(room.open(), sources=(written,))
    assert refused.value.hint == "did you mean recall?"


@pytest.mark.parametrize("kind", ["tags", "sources", "names"])
def test_an_empty_filter_is_told_as_such(room: Room, kind: str) -> None:
    with pytest.raises(DecksError, match=r"^an empty text: "):
        meant(room.open(), **{kind: ("",)})


def test_each_tag_must_be_one(room: Room) -> None:
    with pytest.raises(DecksError, match="tpyo: no card has such a tag"):
        meant(room.open(), tags=("csto", "tpyo"))


def meant(collection: Collection, **filters: tuple[str, ...]) -> Selection:
    return collection.finding.meant(Selection(**filters))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    ["Nikol Pashinyan", "nikol PASHINYAN", "Pashinyan", "никол пашинян", "Никол Пашинян", "Pashin"],
)
def test_a_name_is_found_by_any_spelling_or_a_part_of_it(room: Room, written: str) -> None:
    assert meant(room.open(), names=(written,)).names == ("Nikol Pashinyan",)


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("Lukashenco", "Lukashenco: no such name", "did you mean Alexander Lukashenko?"),
        ("zzz", "zzz: no such name", "`trainer list --json` shows them"),
        ("", ": no such name", ""),
        ("a", "a: fits several names", "Alexander Lukashenko, Maria Zakharova, Nikol Pashinyan"),
    ],
)
def test_a_name_that_is_nobody_s_is_refused_with_what_is_near(
    room: Room, written: str, message: str, hint: str
) -> None:
    with pytest.raises(DecksError, match=message) as refused:
        meant(room.open(), names=(written,))
    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("recall", "recall"),
        ("recall#2", "recall#2"),
        ("RECALL#1", "recall#1"),
        ("rec#1", "recall#1"),
        ("two ambassadors", "recall"),
        ("daily example#2", "recall#2"),
        ("summit", "other"),
    ],
)
def test_a_source_is_found_by_id_title_or_a_part_of_them(room: Room, written: str, source: str) -> None:
    assert meant(room.open(), sources=(written,)).sources == (source,)


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("report", "report: fits several sources", "recall, other"),
        ("recal1", "recal1: no such source", "did you mean recall?"),
        ("unused", "unused: no such source", ""),
        ("recall#9", "no card cites that paragraph", "cited are the paragraphs 1, 2"),
        ("#1", "#1: no such source", ""),
    ],
)
def test_a_source_that_is_none_is_refused(room: Room, written: str, message: str, hint: str) -> None:
    with pytest.raises(DecksError, match=message) as refused:
        meant(room.open(), sources=(written,))
    assert hint in refused.value.hint


def test_a_tag_that_is_none_is_refused_with_what_is_near(room: Room) -> None:
    with pytest.raises(DecksError, match="cst: no card has such a tag") as refused:
        meant(room.open(), tags=("cst",))
    assert refused.value.hint == "did you mean csto?"


def test_what_is_asked_for_must_be_in_the_decks_asked_for(room: Room) -> None:
    with pytest.raises(DecksError, match="no such source"):
        meant(room.open(), sources=("recall",), decks=("Elsewhere",))


def test_names_narrow_sittings_tests_and_lists(room: Room) -> None:
    collection = room.open()
    for selection, expected in (
        (Selection(names=("Pashinyan",)), {"freeze", "reply"}),
        (Selection(names=("Pashinyan", "Zakharova")), {"freeze", "reply", "spoke"}),
        (Selection(names=("Pashinyan",), sources=("recall#2",)), {"reply"}),
        (Selection(names=("Pashinyan",), tags=("csto",), decks=("recall",)), {"freeze"}),
        (Selection(names=("Pashinyan",), cards=("recall/reply/card",)), {"reply"}),
    ):
        assert notes(collection.start(selection)) == expected, selection
        assert {card.note for card in collection.selected(selection)} == expected
        quiz = collection.quizzes.begin(
            Request(
                decks=selection.decks,
                cards=selection.cards,
                tags=selection.tags,
                sources=selection.sources,
                names=selection.names,
                types=("basic",),
            )
        )
        assert {question.card.note for question in quiz.questions} == expected


def test_what_is_selected_comes_in_deck_order_or_as_named(room: Room) -> None:
    collection = room.open()
    csto = Selection(tags=("csto",))
    assert [card.note for card in collection.selected(csto)] == ["freeze", "spoke"]
    named = Selection(tags=("csto",), cards=("recall/spoke/card", "else/sea/card", "recall/freeze/card"))
    assert [card.note for card in collection.selected(named)] == ["spoke", "freeze"]


def test_a_sitting_remembers_what_was_meant(room: Room) -> None:
    session = room.open().start(Selection(names=("пашинян",), decks=("recall",)))
    assert session.selection.in_words == "about Nikol Pashinyan"


def test_suspended_cards_are_selected_but_not_asked(room: Room) -> None:
    collection = room.open()
    collection.suspend(collection.start(Selection(tags=("csto",))))
    assert notes(collection.start(Selection(tags=("csto",), cram=True))) == {"spoke"}
    quiz = collection.quizzes.begin(Request(tags=("csto",), types=("basic",)))
    assert [question.card.note for question in quiz.questions] == ["spoke"]
    assert len(collection.selected(Selection(tags=("csto",)))) == 2


def test_a_test_over_a_name_goes_on_under_any_spelling_of_it(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(Request(names=("Pashinyan",), types=("basic",)))
    assert quiz.request.names == ("Nikol Pashinyan",)
    assert {question.card.note for question in quiz.questions} == {"freeze", "reply"}
    left = collection.quizzes.unfinished(Request(names=("Никол Пашинян",), types=("basic",)))
    assert left and left.id == quiz.id
    assert collection.quizzes.unfinished(Request(names=("Zakharova",), types=("basic",))) is None
    assert quiz.request.kind != Request(types=("basic",)).kind


def test_scores_are_of_the_cards_asked_for(room: Room) -> None:
    collection = room.open()
    session = rate(collection, collection.start(Selection(decks=("recall",))), Rating.GOOD, Rating.AGAIN)
    room.clock.forward(days=1)
    rate(collection, session, Rating.GOOD)
    collection.quizzes.hand_in(collection.quizzes.begin(Request(types=("basic",))))
    everything, csto = statistics_of(collection), statistics_of(collection, Selection(tags=("csto",)))
    about = statistics_of(collection, Selection(names=("Zakharova",)))
    assert (everything.total.answers, len(everything.quizzes)) == (3, 1)
    assert (csto.total.answers, csto.done_today.reviews, csto.quizzes) == (2, 1, ())
    assert [(part.label, part.answers) for part in csto.decks] == [("recall", 2)]
    assert (about.total.answers, about.streaks.current, about.best_run) == (1, 1, 1)
    assert statistics_of(collection, Selection()) == everything
