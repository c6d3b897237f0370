"""The author's desk: notes begun in the article, written in the form, saved alone into the file."""

from __future__ import annotations

import re

import pytest
from author_desk import DECK, DESKTOP, author, keys, screen_of, typed_in
from desk import Desk, assert_clean, assert_golden, text_of

from trainer.core.questions import TYPES
from trainer.tui.screens.home import HomeScreen

# Writing notes


async def test_a_new_note_cites_the_paragraph_and_is_all_that_is_added_to_the_file(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", "n", "enter", "=Where was he?", "enter", "=Minsk", "ctrl+s")
        assert "Saved where-was-he to envoys.yaml: 1 card · u takes it back" in text_of(app)
        note = screen_of(app).notes.row
        assert note is not None and note.id == "where-was-he"
    added = (
        "\n  - id: where-was-he\n    type: typed\n    question: Where was he?\n"
        "    answer: Minsk\n    source: report#2\n"
    )
    assert (desk.folder / "decks" / "envoys.yaml").read_text(encoding="utf-8") == DECK + added


NOTES = {
    "basic": ("=Why so?", "tab", "=Over arms"),
    "reversed": ("=Glaz", "tab", "=a spokesman"),
    "typed": ("=Where?", "tab", "=Minsk"),
    "number": ("=How many?", "tab", "=36", "tab", "=guns"),
    "date": ("=When, in 2024?", "tab", "=13 June 2024"),
    "list": ("=Which two?", "tab", "=Belarus", "enter", "=Armenia"),
    "cloze": ("=They left {{Minsk}} in June.",),
    "choice": ("=Which?", "tab", "=Belarus", "tab", "=Russia", "enter", "=Ukraine"),
    "true-false": ("=Minsk is in Armenia.", "tab", "=f", "tab", "=It is in Belarus."),
    "order": ("=What came when?", "tab", "=one", "enter", "=two"),
    "match": ("=Who is what?", "tab", "=Glaz = spokesman", "enter", "=Minsk = town"),
    "event": ("=Armenia recalls its envoy", "tab", "=Armenia", "tab", "=recalled", "tab", "=its envoy"),
    "accounts": ("=When was it?", "tab", "=13 June", "enter", "=other = 14 June"),
}


@pytest.mark.parametrize("kind", TYPES)
async def test_a_note_of_every_type_is_saved_and_makes_cards(desk: Desk, kind: str) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", f"={kind}", "enter", *NOTES[kind])
        assert screen_of(app).preview.size and "of" in text_of(app)
        await keys(pilot, "ctrl+s")
        assert "Saved" in text_of(app)
        row = screen_of(app).notes.row
        assert row is not None and row.type == kind and row.cards
        assert not [each for each in row.problems if each.severity == "error"]
        path = desk.folder / "decks" / "envoys.yaml"
        assert path.read_text(encoding="utf-8").startswith(DECK)
        await keys(pilot, "u")
        assert path.read_text(encoding="utf-8") == DECK


async def test_save_and_next_begins_another_of_the_type_on_the_same_paragraph(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", "n", "=basic", "enter", "=Why?", "enter", "=So.", "ctrl+n")
        assert typed_in(app) == {"source": "report#2"} and "New note · basic" in text_of(app)
        assert "Saved why to envoys.yaml: 1 card; the next one" in text_of(app)
        await keys(pilot, "=Whence?", "enter", "=Minsk", "enter", "enter", "enter")
        assert [row.id for row in screen_of(app).bench.notes] == ["who-first", "sides", "why", "whence"]


async def test_the_type_used_last_is_taken_by_enter(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=order", "enter", "escape", "n")
        assert "○ accounts" in text_of(app) and "› ● order" in text_of(app)
        await keys(pilot, "enter")
        assert "New note · order" in text_of(app)


async def test_a_note_is_edited_in_place_and_comments_stay(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter", "end", "= in June", "tab", "= ", "ctrl+s")
    changed = DECK.replace(
        "question:   Who recalled its ambassador?", "question: Who recalled its ambassador? in June"
    )
    assert (desk.folder / "decks" / "envoys.yaml").read_text(encoding="utf-8") == changed


async def test_a_new_deck_and_its_source_are_made_with_the_first_note(desk: Desk) -> None:
    app = author(desk, deck="")
    async with app.run_test(size=DESKTOP) as pilot:
        assert "envoys.yaml (new, in /" in text_of(app) and "No note yet. n starts one" in text_of(app)
        assert not (desk.folder / "decks" / "envoys.yaml").exists()
        await keys(pilot, "n", "enter", "=Where?", "enter", "=Minsk", "ctrl+s", "escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen) and "A report on two" in text_of(app)
    assert "title: A report on two ambassadors" in (desk.folder / "decks" / "envoys.yaml").read_text()


# Words of the article


async def test_words_become_an_answer_whose_type_they_tell(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, *["right"] * 6, "shift+right", "shift+right", "a")
        assert "New note · date" in text_of(app)
        assert typed_in(app) == {"answer": "13 June 2024", "source": "report#1"}
        await keys(pilot, "escape", "escape", "down", "down", "right", "right", "right", "space", "a")
        assert "New note · number" in text_of(app)
        assert typed_in(app) == {"answer": "36", "source": "report#3"}
        await keys(pilot, "escape", "escape", "home", "right", "space", "a")
        assert "New note · typed" in text_of(app)


async def test_words_become_a_cloze_of_their_sentence_and_more_words_more_holes(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "right", "space", "c")
        first = "{{1::Armenia}} recalled its ambassador on 13 June 2024."
        assert typed_in(app) == {"text": first, "source": "report#1"}
        await keys(pilot, "f2", "right", "right", "right", "right", "space", "c")
        holes = "{{1::Armenia}} recalled its {{2::ambassador}} on 13 June 2024."
        assert typed_in(app)["text"] == holes
        assert "2 of 2 · cloze · hole 2" in text_of(app)


async def test_words_become_a_quote(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", *["right"] * 5, "space", "shift+right", "q")
        assert typed_in(app) == {"quote": "A mistake", "source": "report#2"}
        await keys(pilot, "=What was it?", "enter", "=so", "ctrl+s")
        assert "quote: A mistake" in screen_of(app).bench.path.read_text(encoding="utf-8")


async def test_words_go_into_the_open_form_as_answer_quote_and_where_the_cursor_was(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who is ", "f2", "right", "space", "i")
        assert typed_in(app)["question"] == "Who is Armenia"
        await keys(pilot, "down", "right", "space", "a", "right", "space", "q")
        assert typed_in(app)["answer"] == "Belarus" and typed_in(app)["quote"] == "Belarus"
        await keys(pilot, "plus")
        assert typed_in(app)["source"] == "report#1\nreport#2" and "¶ 2 is cited already" in text_of(app)
        await keys(pilot, "plus")
        assert "cited already" in text_of(app)
        await keys(pilot, "enter", "=?")
        assert typed_in(app)["question"] == "Who is Armenia?"


async def test_words_that_no_field_can_take_are_told_of(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=event", "enter", "=It falls", "f2", "right", "space", "a")
        assert "no field for an answer" in text_of(app)
        await keys(pilot, "c")
        assert "no cloze; ctrl+t makes it one" in text_of(app)
        assert typed_in(app) == {"what": "It falls", "source": "report#1"}


async def test_new_note_offers_the_words_as_the_answer_of_the_type_picked(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "right", "space", "n", "=choice", "enter")
        assert typed_in(app) == {"answer": "Armenia", "source": "report#1"}


# Types, fields, suggestions


async def test_another_type_keeps_what_both_have_and_remembers_the_rest(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=choice", "enter", "=Who?", "tab", "=Me", "tab", "=You", "enter", "=They")
        await keys(pilot, "ctrl+t", "=reversed", "enter")
        assert typed_in(app) == {"front": "Who?", "back": "Me", "source": "report#1"}
        await keys(pilot, "ctrl+t", "=choice", "enter")
        assert typed_in(app)["distractors"] == "You\nThey"


async def test_fields_that_every_note_has_are_folded_away_until_wanted(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who?")
        assert "explanation   " not in text_of(app) and "more fields: hint, explanation" in text_of(app)
        await keys(pilot, "f3", "=A hint")
        assert typed_in(app)["hint"] == "A hint" and "superseded by" in text_of(app)
        await keys(pilot, "f3")
        assert "hint           A hint" in text_of(app) and "superseded by  " not in text_of(app)


async def test_names_sources_and_ids_are_suggested_and_right_takes_them(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Is it Yer", "right", "tab", "=erevan")
        assert typed_in(app)["question"] == "Is it Yerevan"
        await keys(pilot, "f3", "shift+tab", "shift+tab", "ctrl+j", "=report#", "right")
        assert typed_in(app)["source"].splitlines()[1].startswith("report#")


async def test_enter_goes_through_the_fields_and_saves_in_the_last(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(
            pilot, "n", "=list", "enter", "=Which?", "enter", "=one", "enter", "=two", "enter", "enter"
        )
        assert typed_in(app)["answers"] == "one\ntwo"
        await keys(pilot, "enter", "enter")
        assert "Saved which" in text_of(app)


async def test_up_and_down_leave_a_field_at_its_edge(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(
            pilot, "n", "=order", "enter", "=Q", "down", "=one", "enter", "=two", "up", "=X", "up", "=Y"
        )
        assert typed_in(app)["items"] == "oneX\ntwo" and typed_in(app)["question"] == "QY"


# What is seen


async def test_what_is_needed_is_said_and_nothing_of_fields_not_touched_yet(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=date", "enter")
        assert "Still needed: question, answer" in text_of(app) and "✗" not in text_of(app)
        await keys(pilot, "=When?", "tab", "=someday")
        assert "✗ 'someday' is not a date" in text_of(app)
        await keys(pilot, "ctrl+s")
        assert "'someday' is not a date" in text_of(app) and screen_of(app).has_form
        await keys(pilot, *["backspace"] * 7, "=2024")
        assert "✗" not in text_of(app) and "1 of 1 · date" in text_of(app)


async def test_saving_with_something_missing_goes_there_and_writes_nothing(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=true", "enter", "=So it is.", "tab", "=perhaps", "ctrl+s")
        assert "Not saved: answer: true or false" in text_of(app)
        await keys(pilot, *["backspace"] * 7, "ctrl+s")
        assert "Not saved: answer is still needed" in text_of(app)
        await keys(pilot, "=t")
        assert "Not saved" not in text_of(app) and typed_in(app)["answer"] == "t"
        assert screen_of(app).bench.path.read_text(encoding="utf-8") == DECK


async def test_cards_are_shown_as_they_will_be_asked(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down")
        seen = text_of(app)
        assert "1 of 1 · choice" in seen and "Which answered in kind?" in seen
        assert all(f" {number}  " in seen for number in (1, 2, 3)) and "Answer    Belarus" in seen
        assert "A report, " in seen and "¶ 2" in seen


async def test_several_cards_stand_beside_each_other_and_a_key_turns_to_the_next(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=cloze", "enter", "={{a}} {{b}} {{c}}")
        assert "1 of 3" in text_of(app) and "2 of 3" in text_of(app) and "3 of 3" not in text_of(app)
        await keys(pilot, "f6")
        assert "3 of 3" in text_of(app) and "1 of 3" not in text_of(app)
        await keys(pilot, "f5")
        assert "1 of 3" in text_of(app)


async def test_notes_that_cite_the_paragraph_are_shown_and_dots_go_up(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", "down")
        assert re.search("¶ 3 +● ", text_of(app))
        await keys(pilot, "n", "enter", "=How many?", "enter", "=36", "ctrl+s")
        assert re.search("¶ 3 +●● ", text_of(app)) and "›¶  How many?" in text_of(app)


async def test_an_id_that_changes_is_warned_of(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter", "shift+tab", "=x")
        assert "history stays with the old id" in text_of(app)


async def test_what_a_form_cannot_hold_is_shown_and_left_alone(desk: Desk) -> None:
    app = author(desk, deck=DECK.replace("answer: Armenia", 'answer: "Arm\\u202eenia"'))
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter", "=X")
        assert "edit it in your editor" in text_of(app)
        assert_clean(text_of(app))
        await keys(pilot, "tab", "=Y", "f2", "right", "space", "a")
        assert "only your editor can change" in text_of(app)
        await keys(pilot, "i", "ctrl+s")
    saved = (desk.folder / "decks" / "envoys.yaml").read_text(encoding="utf-8")
    assert 'answer: "Arm\\u202eenia"' in saved and "ambassador?X" in saved


async def test_the_desk_looks_as_it_should(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "right", "space", "c", "tab", "f2", "down")
        assert_golden(app, "author-120x35")


async def test_the_paragraph_of_the_first_words_taken_is_cited_and_others_too(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "f2", "down", "right", "space", "a")
        assert typed_in(app)["source"] == "report#2" and "¶ 2 is cited" in text_of(app)
        await keys(pilot, "up", "right", "space", "q")
        assert typed_in(app)["source"] == "report#2\nreport#1"


async def test_a_source_that_was_typed_stays_when_words_are_taken(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "f2", "down", "plus", "right", "space", "a")
        assert typed_in(app)["source"] == "report#1\nreport#2"


async def test_a_type_that_was_only_chosen_is_nothing_to_save(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "ctrl+t", "down", "enter", "escape")
        assert not screen_of(app).has_form


async def test_after_words_were_taken_the_next_are_a_step_away(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "f2", "right", "right", "right", "space", "a")
        pane = screen_of(app).article
        assert pane.selection is None
        first = typed_in(app)["answer"]
        await keys(pilot, "right", "right", "space")
        assert pane.selection is not None
        words = pane.selection.paragraph.split()
        assert words.index(pane.selection.text) == words.index(first) + 1
