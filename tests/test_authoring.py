"""A deck written beside an article, one note at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from test_collection import Room

from trainer.collection.authoring import Bench, ChangedOutsideError
from trainer.errors import DecksError, NotSavedError, TrainerError

ARTICLE = """\
title: The recalls
publisher: The Report
date: 13 June 2024

[1] Armenia recalled its ambassador from Minsk on 13 June 2024.

[2] Belarus answered.
"""
DECK = """\
# mine
title: Recalls   # short

notes:
    # the first
    - id: who
      type: typed
      question: Who recalled its ambassador?
      answer: Armenia
      source: report#1   # sure

# the end
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as stack:
        room = Room(tmp_path, stack)
        room.write("sources", "report:\n  title: A report\n")
        room.write("names", "{}\n")
        room.write("recalls", DECK)
        (tmp_path / "report.txt").write_text(ARTICLE, encoding="utf-8")
        yield room


def bench_in(room: Room, deck: str = "recalls", *, article: str = "report") -> Bench:
    return Bench(room.open(), room.folder / "decks" / f"{deck}.yaml", article=room.folder / f"{article}.txt")


@pytest.fixture
def bench(room: Room) -> Bench:
    return bench_in(room)


NEW = {"type": "date", "question": "When was that?", "answer": "2024-06-13", "source": "report#1"}


def text_of(bench: Bench) -> str:
    return bench.path.read_text(encoding="utf-8")


def test_each_paragraph_says_how_many_cards_cite_it(bench: Bench, room: Room) -> None:
    assert [bench.cards_citing(number) for number in (1, 2)] == [1, 0]
    room.write(
        "other", "title: O\nnotes:\n  - {id: x, type: reversed, front: a, back: b, source: report#2}\n"
    )
    again = bench_in(room)
    assert [again.cards_citing(number) for number in (1, 2)] == [1, 2]
    again.save(NEW)
    assert [again.cards_citing(number) for number in (1, 2)] == [2, 2]


def test_a_note_is_shown_as_it_will_be_asked_before_it_is_saved(bench: Bench) -> None:
    drafted = bench.draft(NEW)
    assert [card.prompt.question for card in drafted.cards] == ["When was that?"]
    assert [str(cited) for cited in drafted.cards[0].sources] == ["report#1"]
    assert drafted.problems == ()
    assert text_of(bench) == DECK


def test_what_is_wrong_is_told_at_its_field(bench: Bench) -> None:
    fields = {**NEW, "answer": "some day", "source": ["report#1", "reprot#2"], "hnt": "x", "id": "who"}
    found = {(problem.field, problem.code) for problem in bench.draft(fields).errors}
    assert found >= {("source", "unknown-source"), ("hnt", "unknown-key"), ("id", "duplicate-id")}
    assert ("answer", "fault") in {
        (each.field, each.code) for each in bench.draft({**NEW, "answer": "x"}).errors
    }
    missing = bench.draft({"type": "typed", "question": "Who?"}).errors
    assert [(each.field, each.code) for each in missing] == [("", "missing-key")]


def test_saving_writes_the_note_and_no_other_byte(bench: Bench) -> None:
    assert bench.save(NEW) == 1
    added = (
        "\n    - id: when-was-that\n      type: date\n      question: When was that?\n"
        "      answer: 2024-06-13\n      source: report#1\n"
    )
    assert text_of(bench) == DECK.replace("# sure\n", "# sure\n" + added)
    assert [row.id for row in bench.notes] == ["who", "when-was-that"]


def test_a_note_is_changed_in_place_and_taken_out(bench: Bench) -> None:
    bench.save({**bench.fields(0), "answer": ["Armenia", "Yerevan"]}, index=0)
    assert text_of(bench) == DECK.replace("answer: Armenia", "answer: [Armenia, Yerevan]")
    bench.delete(0)
    assert bench.notes == ()
    assert text_of(bench).startswith("# mine\ntitle: Recalls   # short\n")


def test_everything_can_be_taken_back_and_done_again(bench: Bench) -> None:
    bench.save(NEW)
    one = text_of(bench)
    bench.save({**bench.fields(0), "hint": "a neighbour"}, index=0)
    two = text_of(bench)
    bench.delete(1)
    three = text_of(bench)
    assert [bench.undo(), bench.undo(), bench.undo(), bench.undo()] == [
        "the deletion of when-was-that",
        "the change of who",
        "the new note when-was-that",
        "",
    ]
    assert text_of(bench) == DECK
    assert [row.id for row in bench.notes] == ["who"]
    for text in (one, two, three):
        bench.redo()
        assert text_of(bench) == text
    assert bench.redo() == ""


def test_after_something_new_nothing_is_done_again(bench: Bench) -> None:
    bench.save(NEW)
    bench.undo()
    bench.delete(0)
    assert bench.redo() == ""


def test_a_note_with_an_error_is_not_saved(bench: Bench) -> None:
    with pytest.raises(DecksError, match="this note has an error"):
        bench.save({**NEW, "answer": "some day"})
    assert text_of(bench) == DECK


def test_what_was_changed_outside_is_shown_and_never_overwritten(bench: Bench) -> None:
    theirs = DECK.replace("# short", "# shorter")
    assert not bench.has_changed_outside()
    bench.path.write_text(theirs, encoding="utf-8")
    assert bench.has_changed_outside()
    for act in (lambda: bench.save(NEW), lambda: bench.delete(0)):
        with pytest.raises(ChangedOutsideError):
            act()
        assert text_of(bench) == theirs
    assert "+title: Recalls   # shorter" in bench.changes_outside()
    bench.read()
    bench.save(NEW)
    assert text_of(bench).startswith("# mine\ntitle: Recalls   # shorter\n")


def test_undo_never_takes_back_what_others_wrote(bench: Bench) -> None:
    bench.save(NEW)
    theirs = text_of(bench) + "# theirs\n"
    bench.path.write_text(theirs, encoding="utf-8")
    with pytest.raises(ChangedOutsideError):
        bench.undo()
    assert text_of(bench) == theirs


def test_a_deck_that_is_gone_is_not_made_again(bench: Bench) -> None:
    bench.path.unlink()
    with pytest.raises(ChangedOutsideError, match="is gone"):
        bench.save(NEW)
    assert not bench.path.exists()


def test_a_new_deck_is_made_with_its_first_note_and_unmade_with_it(room: Room) -> None:
    bench = bench_in(room, "new/deck")
    assert bench.is_new
    assert bench.title == "The recalls"
    bench.save(NEW)
    assert text_of(bench).startswith("# yaml-language-server: $schema=")
    assert "\ntitle: The recalls\nnotes:\n  - id: when-was-that\n" in text_of(bench)
    assert not bench.is_new
    bench.undo()
    assert not bench.path.exists()
    assert bench.is_new
    bench.redo()
    assert bench.path.exists()


def test_an_article_that_no_source_names_becomes_one_with_the_first_note_that_cites_it(room: Room) -> None:
    article = room.folder / "Other News.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    bench = bench_in(room, article="Other News")
    assert bench.source is not None
    assert (bench.source.id, bench.source_is_new) == ("other-news", True)
    sources = room.folder / "decks" / "sources.yaml"
    before = sources.read_text(encoding="utf-8")
    bench.save({**NEW, "source": "report#1"})
    assert sources.read_text(encoding="utf-8") == before
    bench.save({**NEW, "source": "other-news#2"})
    assert sources.read_text(encoding="utf-8") == before + (
        "\nother-news:\n  title: The recalls\n  publisher: The Report\n  published: 2024-06-13\n"
        "  file: ../Other News.txt\n"
    )
    assert not bench.source_is_new
    bench.undo()
    assert sources.read_text(encoding="utf-8") == before
    assert bench.source_is_new


def test_a_file_of_sources_is_made_where_there_is_none(room: Room) -> None:
    sources = room.folder / "decks" / "sources.yaml"
    sources.unlink()
    bench_in(room, "fresh").save({**NEW, "source": "report#2"})
    assert sources.read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=sources.schema.json\n"
        "report:\n  title: The recalls\n  publisher: The Report\n  published: 2024-06-13\n"
        "  file: ../report.txt\n"
    )


def test_comments_of_a_file_of_sources_stay_above_its_first_entry(room: Room) -> None:
    sources = room.folder / "decks" / "sources.yaml"
    sources.write_text("# the articles\n\n", encoding="utf-8")
    bench_in(room, "fresh").save({**NEW, "source": "report#2"})
    assert sources.read_text(encoding="utf-8").startswith("# the articles\n\nreport:\n  title: The recalls\n")


def test_a_new_deck_has_its_schema_beside_it(room: Room) -> None:
    bench = bench_in(room, "new/deck")
    bench.save(NEW)
    assert (room.folder / "decks" / "new" / "deck.schema.json").exists()
    bench.undo()
    assert not (room.folder / "decks" / "new" / "deck.schema.json").exists()


def test_if_the_second_file_cannot_be_written_the_first_is_as_it_was(room: Room) -> None:
    (room.folder / "decks" / "sources.yaml").unlink()
    bench = bench_in(room)
    bench.path.write_text(DECK + "# theirs\n", encoding="utf-8")
    with pytest.raises(NotSavedError):
        bench.save({**NEW, "source": "report#2"})
    assert not (room.folder / "decks" / "sources.yaml").exists()


def test_where_another_note_is_broken_a_note_is_looked_at_alone(room: Room) -> None:
    room.write("recalls", DECK.replace("answer: Armenia", "anwser: Armenia"))
    bench = bench_in(room)
    drafted = bench.draft(NEW)
    assert drafted.alone
    assert len(drafted.cards) == 1
    assert [problem.code for problem in bench.notes[0].problems] == [
        "unknown-key",
        "missing-key",
    ] or bench.notes[0].problems


@pytest.mark.parametrize("broken", ["title: [", "- a\n", ""])
def test_a_deck_that_is_no_yaml_is_told_in_a_line(room: Room, broken: str) -> None:
    room.write("recalls", broken)
    with pytest.raises(TrainerError):
        bench_in(room)


def test_an_article_that_cannot_be_read_is_told_in_a_line(room: Room) -> None:
    with pytest.raises(DecksError, match=r"gone\.txt cannot be read"):
        bench_in(room, article="gone")


def test_characters_that_no_file_may_hold_are_a_problem_of_the_note(bench: Bench) -> None:
    assert [problem.severity for problem in bench.draft({**NEW, "hint": "a\x1b[31m"}).problems] == ["error"]


def test_notes_without_an_id_are_told_apart_by_their_place(room: Room) -> None:
    room.write("recalls", DECK.replace("id: who\n      ", ""))
    bench = bench_in(room)
    assert bench.notes[0].id.startswith("~")
    bench.save({**bench.fields(0), "hint": "h"}, index=0)
    assert "hint: h" in text_of(bench)
    assert "id:" not in text_of(bench)


def as_seen(bench: Bench) -> tuple[object, ...]:
    counts = [bench.cards_citing(number) for number in bench.article.paragraphs]
    return bench.notes, bench.problems, bench.title, bench.sources, counts


@pytest.mark.parametrize("changed", ["", "sources", "names"])
def test_after_saving_all_is_as_if_it_were_read_anew(room: Room, changed: str) -> None:
    bench = bench_in(room)
    if changed == "sources":
        room.write("sources", "report:\n  title: Another title\n")
    if changed == "names":
        room.write("names", "armenia:\n  name: Armenia\n  aliases: [Hayastan]\n")
    bench.save({"type": "typed", "question": "Whence?", "answer": "Minsk", "source": "report#2"})
    assert as_seen(bench) == as_seen(bench_in(room))
    bench.save({"type": "basic", "question": "Why?", "answer": "So."}, index=0)
    assert as_seen(bench) == as_seen(bench_in(room))
    bench.delete(1)
    assert as_seen(bench) == as_seen(bench_in(room))
