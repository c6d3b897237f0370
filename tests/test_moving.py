"""Histories stay with notes that were edited, moved or renamed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Clock

from trainer.collection import Collection
from trainer.collection.browsing import Done
from trainer.collection.doctor import examine
from trainer.collection.moving import Left, Moved, in_words, move, moving, told
from trainer.config import Config, Places
from trainer.core.grading import Verdict
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.errors import DecksError
from trainer.storage.moves import Moves

UNKNOWN = Verdict(kind="unknown", score=None, reason="", suggested=Rating.GOOD)
CAPITAL = ("What is the capital of Armenia?", "Yerevan")
RECALL = ("Why was the ambassador recalled?", "Over arms sold to a neighbour.")
MEMBERS = ("How many members does the alliance have?", "Six.")
SEAT = ("In which town does the court sit?", "The Hague")


class Table:
    """Decks whose notes mostly have no id, and collections over them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.opened = folder, Clock(), list[Collection]()

    def write(self, name: str, *notes: tuple[str, str], extra: str = "", top: str = "decks") -> Path:
        path = self.folder / top / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        said = "".join(f'  - question: "{question}"\n    answer: "{answer}"\n' for question, answer in notes)
        path.write_text(f"title: {name}\nnotes:\n{said}{extra}", encoding="utf-8")
        return path

    def open(self, top: str = "decks", *, look_only: bool = False) -> Collection:
        places = Places(self.folder / "progress.db", self.folder / "config.toml", (self.folder / top,))
        collection = Collection(places, Config(), clock=self.clock, look_only=look_only)
        self.opened.append(collection)
        return collection


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    table = Table(tmp_path)
    yield table
    for collection in table.opened:
        collection.close()


def take_back(collection: Collection) -> Done:
    last = collection.browsing.last_done()
    assert last is not None and last.kind == "move"
    return collection.browsing.undo(last)


def answer_all(collection: Collection) -> None:
    session = collection.start(Selection(new=99))
    while session.card is not None:
        session = collection.rate(session, Rating.EASY, verdict=UNKNOWN, response="", milliseconds=1000)


def known(collection: Collection) -> dict[str, int]:
    """How many reviews the cards of the decks have, by question."""
    reviews = {card.prompt.question: len(collection.store.reviews(card.id)) for card in collection.cards()}
    return {question: count for question, count in reviews.items() if count}


# Recognised


def test_an_edited_note_without_an_id_keeps_its_history(table: Table) -> None:
    table.write("a", CAPITAL, RECALL)
    first = table.open()
    answer_all(first)
    (old, _) = first.cards()
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"), RECALL)
    collection = table.open()
    new = collection.cards()[0]
    assert new.id != old.id
    (found,) = collection.recognised
    assert (found.old, found.new) == (f"a/{old.note}", f"a/{new.note}")
    assert (found.before, found.after) == (CAPITAL[0], new.prompt.question)
    assert found.cards == 1
    assert known(collection) == {new.prompt.question: 1, RECALL[0]: 1}
    assert collection.due().total.new == 0
    assert told(collection) == in_words(1)


def test_a_note_that_is_given_an_id_keeps_its_history(table: Table) -> None:
    table.write("a", CAPITAL)
    answer_all(table.open())
    table.write(
        "a", extra='  - id: capital\n    question: "What is the capital of Armenia?"\n    answer: Yerevan\n'
    )
    collection = table.open()
    assert [each.new for each in collection.recognised] == ["a/capital"]
    assert len(collection.store.reviews("a/capital/card")) == 1


def test_a_note_with_an_id_that_gets_another_is_not_moved_silently(table: Table) -> None:
    note = '  - id: {}\n    question: "What is the capital of Armenia?"\n    answer: Yerevan\n'
    table.write("a", extra=note.format("capital"))
    answer_all(table.open())
    table.write("a", extra=note.format("yerevan"))
    collection = table.open()
    assert collection.recognised == ()
    assert known(collection) == {}


def test_another_note_in_the_place_of_one_is_new(table: Table) -> None:
    table.write("a", CAPITAL)
    answer_all(table.open())
    table.write("a", RECALL)
    collection = table.open()
    assert collection.recognised == ()
    assert collection.due().total.new == 1


def test_a_note_that_became_of_one_never_studied_gets_no_history_of_another(table: Table) -> None:
    old = ("What is the old capital of Armenia?", "Yerevan, of course")
    table.write("a", old)
    answer_all(table.open())
    table.write("a", old, ("What is the new capital of Armenia?", "Yerevan, of course"))
    table.open()
    table.write("a", ("What is the newest capital of Armenia?", "Yerevan, of course"))
    assert known(table.open()) == {}


def test_a_note_that_has_a_history_gets_no_other(table: Table) -> None:
    one, other = ("What is the old capital of Armenia?", "Dvin"), ("What was the capital of Armenia?", "Dvin")
    table.write("a", one, other)
    answer_all(table.open())
    table.write("a", one)
    table.open()
    table.write("a", other)
    collection = table.open()
    assert collection.recognised == ()
    assert known(collection) == {other[0]: 1}


def test_notes_without_a_history_are_let_alone(table: Table) -> None:
    table.write("a", CAPITAL)
    table.open()
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    collection = table.open()
    assert collection.recognised == ()
    assert Moves(collection.store).standing() == []


def test_marks_alone_are_a_history(table: Table) -> None:
    table.write("a", CAPITAL)
    first = table.open()
    first.flag(first.start(Selection()))
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    collection = table.open()
    assert collection.standing.flagged() == {collection.cards()[0].id}


def test_a_deck_that_could_not_be_read_in_between_loses_nothing(table: Table) -> None:
    path = table.write("a", CAPITAL)
    answer_all(table.open())
    table.clock.forward(days=30)
    path.write_text("title: [", encoding="utf-8")
    assert table.open().recognised == ()
    table.clock.forward(days=30)
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    assert len(table.open().recognised) == 1


def test_an_edit_that_is_undone_in_the_deck_takes_the_history_along(table: Table) -> None:
    table.write("a", CAPITAL)
    answer_all(table.open())
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    table.open()
    table.write("a", CAPITAL)
    collection = table.open()
    assert known(collection) == {CAPITAL[0]: 1}
    assert len(collection.recognised) == 1
    assert table.open().recognised == ()


def test_many_edits_are_one_act_and_taking_it_back_holds(table: Table) -> None:
    table.write("a", CAPITAL, RECALL)
    first = table.open()
    answer_all(first)
    before = first.store.memory()
    edited = [("Which city is the capital of Armenia?", "Yerevan"), (RECALL[0], "Over arms for Azerbaijan.")]
    table.write("a", *edited)
    collection = table.open()
    assert told(collection) == "2 edited notes were recognised and keep their history"
    assert take_back(collection).called == "the moving of 2 cards"
    assert collection.store.memory() == before
    last = collection.browsing.last_done()
    assert last is not None and last.leads_to_card
    path = table.write("a", *edited)
    path.write_text(path.read_text() + "# read anew\n", encoding="utf-8")
    again = table.open()
    assert again.recognised == ()
    assert again.store.memory() == before


def test_what_was_taken_back_is_not_recognised_when_the_same_edit_is_made_again(table: Table) -> None:
    table.write("a", CAPITAL)
    answer_all(table.open())
    edited = ("Which city is the capital of Armenia?", "Yerevan")
    table.write("a", edited)
    take_back(table.open())
    table.write("a", CAPITAL)
    table.open()
    table.write("a", edited)
    collection = table.open()
    assert collection.recognised == ()
    assert known(collection) == {}


def test_undo_takes_a_recognition_back_as_one_act(table: Table) -> None:
    table.write("a", CAPITAL)
    answer_all(table.open())
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    collection = table.open()
    _, entry = collection.undo(collection.start(Selection()))
    assert entry is not None
    assert entry.called == "the moving of “Which city is the capital of Armenia?”"
    assert known(collection) == {}


def test_a_note_taken_back_and_refused_can_go_on_to_another_edit(table: Table) -> None:
    table.write("a", CAPITAL)
    answer_all(table.open())
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    collection = table.open()
    take_back(collection)
    answer_all(collection)
    table.write("a", ("Which town is the capital of Armenia?", "Yerevan"))
    collection = table.open()
    assert len(collection.recognised) == 1
    assert known(collection) == {"Which town is the capital of Armenia?": 1}


def test_a_note_that_moved_to_another_deck_of_the_folder_is_recognised(table: Table) -> None:
    table.write("a", CAPITAL, RECALL)
    table.write("b", SEAT)
    answer_all(table.open())
    table.write("a", RECALL)
    table.write("b", SEAT, CAPITAL)
    collection = table.open()
    assert known(collection) == {CAPITAL[0]: 1, RECALL[0]: 1, SEAT[0]: 1}


def test_a_file_read_under_two_folders_is_moved_once_for_each_of_its_decks(table: Table) -> None:
    table.write("sub/a", CAPITAL)
    whole, part = table.open(), table.open("decks/sub")
    answer_all(whole)
    answer_all(part)
    table.write("sub/a", ("Which city is the capital of Armenia?", "Yerevan"))
    for top in ("decks", "decks/sub", "decks", "decks/sub"):
        collection = table.open(top)
        assert known(collection) == {"Which city is the capital of Armenia?": 1}
    assert len(Moves(collection.store).standing()) == 2


def test_the_same_edit_in_two_decks_is_recognised_in_each(table: Table) -> None:
    table.write("a", CAPITAL)
    table.write("b", CAPITAL)
    answer_all(table.open())
    for deck in "ab":
        table.write(deck, ("Which city is the capital of Armenia?", "Yerevan"))
    found = table.open().recognised
    assert [(each.old.partition("/")[0], each.new.partition("/")[0]) for each in found] == [
        ("a", "a"),
        ("b", "b"),
    ]


def test_a_copy_of_a_deck_moves_nothing(table: Table) -> None:
    table.write("a", CAPITAL)
    answer_all(table.open())
    table.write("b", CAPITAL)
    collection = table.open()
    assert collection.recognised == ()
    assert len(collection.store.reviews(f"a/{collection.cards()[0].note}/card")) == 1


def test_holes_that_a_cloze_has_no_more_stay_behind(table: Table) -> None:
    text = "  - type: cloze\n    text: The {{1::ambassador}} left MINSK in {{3::June}} for {{4::Yerevan}}.\n"
    table.write("a", extra=text.replace("MINSK", "{{2::Minsk}}"))
    first = table.open()
    answer_all(first)
    for _ in range(4):
        table.clock.forward(days=1)
        answer_all(first)
    table.write("a", extra=text)
    collection = table.open()
    assert [each.cards for each in collection.recognised] == [3]
    assert [gone.cards for gone in examine(collection).gone] == [(f"{collection.recognised[0].old}/c2",)]


def test_an_edit_while_a_collection_is_open_is_recognised_when_decks_are_read_again(table: Table) -> None:
    table.write("a", CAPITAL)
    collection = table.open()
    answer_all(collection)
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    collection.reload()
    assert len(collection.recognised) == 1
    assert known(collection) == {"Which city is the capital of Armenia?": 1}


def test_who_only_looks_sees_the_history_and_writes_nothing(table: Table) -> None:
    table.write("a", CAPITAL)
    first = table.open()
    answer_all(first)
    first.close()
    progress = table.folder / "progress.db"
    table.write("a", ("Which city is the capital of Armenia?", "Yerevan"))
    before = progress.read_bytes()
    table.folder.chmod(0o500)
    progress.chmod(0o400)
    try:
        if not can_write(progress):
            collection = table.open(look_only=True)
            assert collection.due().total.new == 0
            assert progress.read_bytes() == before
    finally:
        table.folder.chmod(0o700)
        progress.chmod(0o600)


def can_write(path: Path) -> bool:
    """Root can, whatever the file says."""
    try:
        path.open("r+b").close()
    except PermissionError:
        return False
    return True


# Moved


def test_a_renamed_deck_takes_its_history_along(table: Table) -> None:
    path = table.write("old", CAPITAL, RECALL)
    answer_all(table.open())
    path.rename(path.with_name("new.yaml"))
    collection = table.open()
    assert collection.recognised == ()
    assert known(collection) == {}
    planned = moving(collection, "old", "new")
    assert known(collection) == {}
    assert planned == move(collection, "old", "new")
    assert known(collection) == {CAPITAL[0]: 1, RECALL[0]: 1}
    assert (len(planned.moved), planned.reviews, planned.left) == (2, 2, ())
    take_back(collection)
    assert known(collection) == {}


def sides(prefix: str = "", *, names: str = "xy") -> str:
    """Notes of two cards, each with an id that begins with a prefix."""
    return "".join(
        f"  - {{id: {prefix}{name}, type: reversed, front: {name} f, back: {name} b}}\n" for name in names
    )


def test_a_renamed_note_or_a_card_alone_can_be_moved(table: Table) -> None:
    table.write("a", extra=sides("old-"))
    first = table.open()
    answer_all(first)
    table.clock.forward(days=1)
    answer_all(first)
    table.write("a", extra=sides("new-"))
    collection = table.open()
    assert move(collection, "a/old-x/backward", "a/new-x/backward").moved == (
        Moved("a/old-x/backward", "a/new-x/backward", 1, merged=False),
    )
    (left,) = move(collection, "a/old-x/", "a/new-x").moved
    assert (left.old, left.new) == ("a/old-x/forward", "a/new-x/forward")
    assert [gone.note for gone in examine(collection).gone] == ["a/old-y"]


def test_what_the_new_name_has_no_card_for_stays_and_is_named(table: Table) -> None:
    table.write("a", extra=sides())
    answer_all(table.open())
    table.write("a", extra="  - {id: z, question: x f, answer: x b}\n")
    collection = table.open()
    answer_all(collection)
    with pytest.raises(DecksError, match="a/z: has none of the cards of a/x") as refused:
        move(collection, "a/x", "a/z")
    assert "there is no a/z/forward" in refused.value.hint
    table.write("b", extra=sides(names="xw"))
    found = move(table.open(), "a", "b")
    assert [each.old for each in found.moved] == ["a/x/forward"]
    stay = ["a/y/forward", "a/z/card"]
    assert sorted(each.card for each in found.left) == stay
    assert Left("a/y/forward", "there is no b/y/forward") in found.left
    assert Left("a/z/card", "is still in the decks") in found.left


def test_histories_of_both_names_are_merged_and_it_is_said(table: Table) -> None:
    path = table.write("old", CAPITAL)
    answer_all(table.open())
    path.rename(path.with_name("new.yaml"))
    collection = table.open()
    answer_all(collection)
    (found,) = move(collection, "old", "new").moved
    assert found.merged
    assert known(collection) == {CAPITAL[0]: 2}


def test_what_is_still_in_the_decks_moves_only_anyway(table: Table) -> None:
    table.write("a", CAPITAL)
    table.write("b", CAPITAL)
    collection = table.open()
    answer_all(collection)
    with pytest.raises(DecksError, match="a: is still in the decks") as refused:
        move(collection, "a", "b")
    assert "--anyway" in refused.value.hint
    assert len(move(collection, "a", "b", anyway=True).moved) == 1
    assert sorted(map(len, map(collection.store.reviews, (card.id for card in collection.cards())))) == [0, 2]


@pytest.mark.parametrize(
    ("old", "new", "problem", "hint"),
    [
        ("numbres", "letters", "numbres: nothing is known of such a deck", "did you mean numbers?"),
        ("numbers", "leters", "leters: is not in the decks", "did you mean letters?"),
        ("numbers/x", "letters/xx", "letters/xx: is not in the decks", "did you mean letters/x?"),
        ("numbers", "letters/x", "numbers: nothing is known of such a note", "did you mean numbers/y?"),
        (
            "numbers/x/forward",
            "letters/x/forwrd",
            "letters/x/forwrd: is not in",
            "did you mean letters/x/forward?",
        ),
    ],
)
def test_what_cannot_move_is_refused_with_what_was_meant(
    table: Table, old: str, new: str, problem: str, hint: str
) -> None:
    path = table.write("numbers", extra=sides())
    answer_all(table.open())
    path.rename(path.with_name("letters.yaml"))
    with pytest.raises(DecksError, match=problem) as refused:
        move(table.open(), old, new)
    assert refused.value.hint == hint


# What doctor finds


def test_all_is_well_while_every_card_is_there(table: Table) -> None:
    table.write("a", CAPITAL)
    collection = table.open()
    answer_all(collection)
    assert examine(collection) == ((), (), ())


def test_a_renamed_deck_is_proposed_as_a_whole(table: Table) -> None:
    path = table.write("old", CAPITAL, RECALL)
    table.write("other", SEAT)
    answer_all(table.open())
    table.write("old", CAPITAL, RECALL, MEMBERS)
    path.rename(path.with_name("new.yaml"))
    found = examine(table.open()).gone
    assert [gone.proposal for gone in found] == [("old", "new")] * 2
    assert {(gone.question, gone.answer) for gone in found} == {CAPITAL, RECALL}
    assert [(len(gone.cards), gone.reviews) for gone in found] == [(1, 1)] * 2


def test_a_renamed_note_is_found_by_likeness(table: Table) -> None:
    table.write("a", SEAT, extra=sides("old-"))
    answer_all(table.open())
    table.write("a", SEAT, extra=sides("new-"))
    gone = examine(table.open()).gone
    assert [each.proposal for each in gone] == [("a/old-x", "a/new-x"), ("a/old-y", "a/new-y")]


def test_a_card_of_a_note_that_is_there_is_told_without_a_proposal(table: Table) -> None:
    table.write("a", extra=sides() + "  - {id: z, type: reversed, front: x f, back: x b}\n")
    answer_all(table.open())
    table.write("a", extra="  - {id: x, question: x f, answer: x b}\n" + sides("z", names="x"))
    gone = {each.note: each.proposal for each in examine(table.open()).gone}
    assert gone["a/x"] is None


def test_a_note_that_is_like_no_other_is_told_without_a_proposal(table: Table) -> None:
    table.write("a", CAPITAL, SEAT)
    answer_all(table.open())
    table.write("a", SEAT)
    collection = table.open()
    (gone,) = examine(collection).gone
    assert gone.proposal is None
    assert (gone.question, gone.answer, gone.reviews) == (*CAPITAL, 1)
    assert gone.last_day == collection.now().day


def test_the_last_answer_is_known_where_no_deck_file_is(table: Table) -> None:
    table.write("a", CAPITAL, SEAT)
    answer_all(table.open())
    for _ in range(3):
        table.clock.forward(days=10)
        table.write("a", SEAT, extra=f"# {_}\n")
        collection = table.open()
    (gone,) = examine(collection).gone
    assert (gone.question, gone.answer) == ("", "Yerevan")


def test_cards_of_a_deck_that_cannot_be_read_are_not_called_gone(table: Table) -> None:
    path = table.write("a", CAPITAL)
    table.write("b", SEAT)
    answer_all(table.open())
    path.write_text("title: [", encoding="utf-8")
    report = examine(table.open())
    assert report.gone == ()
    assert report.unreadable == ("a",)
