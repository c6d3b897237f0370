"""The author's desk: notes begun in the article, written in the form, saved into the file and nothing else."""

from __future__ import annotations

import re

import pytest
from author_desk import DECK, DESKTOP, author, keys, lay_out, screen_of, settle, typed_in
from desk import NARROW, TINY, Desk, assert_clean, assert_golden, text_of

from trainer.core.questions import TYPES
from trainer.tui.screens.author import AuthorScreen
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.panels import Panel
from trainer.tui.screens.pick import PickPanel
from trainer.tui.widgets.article_pane import ArticlePane
from trainer.tui.widgets.note_list import NoteList

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
        await keys(pilot, "n", "=order", "enter", "escape", "n", "enter")
        assert "New note · order" in text_of(app)


async def test_a_note_is_edited_in_place_and_comments_stay(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "tab", "enter", "end", "= in June", "tab", "= ", "ctrl+s")
    changed = DECK.replace("question:   Who recalled its ambassador?", "question: Who recalled its ambassador? in June")
    assert (desk.folder / "decks" / "envoys.yaml").read_text(encoding="utf-8") == changed


async def test_a_new_deck_and_its_source_are_made_with_the_first_note(desk: Desk) -> None:
    app = author(desk, deck="")
    async with app.run_test(size=DESKTOP) as pilot:
        assert "envoys.yaml (new)" in text_of(app) and "No note yet. n starts one" in text_of(app)
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
        assert typed_in(app)["source"] == "report#1\nreport#2" and "¶ 2 is cited, too" in text_of(app)
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
        await keys(pilot, "n", "=list", "enter", "=Which?", "enter", "=one", "enter", "=two", "enter", "enter")
        assert typed_in(app)["answers"] == "one\ntwo"
        await keys(pilot, "enter", "enter")
        assert "Saved which" in text_of(app)


async def test_up_and_down_leave_a_field_at_its_edge(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "=order", "enter", "=Q", "down", "=one", "enter", "=two", "up", "=X", "up", "=Y")
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
        await keys(pilot, "tab", "=Y", "ctrl+s")
    saved = (desk.folder / "decks" / "envoys.yaml").read_text(encoding="utf-8")
    assert 'answer: "Arm\\u202eenia"' in saved and "ambassador?X" in saved


# Deleting, undoing, leaving


async def test_deleting_asks_once_and_is_taken_back_and_done_again(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        path = screen_of(app).bench.path
        await keys(pilot, "tab", "d", "down", "up", "d")
        assert "Press d again to delete who-first and its 1 card" in text_of(app)
        assert path.read_text(encoding="utf-8") == DECK
        await keys(pilot, "d")
        assert "who-first" not in path.read_text(encoding="utf-8")
        await keys(pilot, "u")
        assert path.read_text(encoding="utf-8") == DECK and "Took back the deletion of who-first" in text_of(app)
        await keys(pilot, "U")
        assert "who-first" not in path.read_text(encoding="utf-8")
        await keys(pilot, "u", "u")
        assert "Nothing was written here" in text_of(app)


async def test_escape_asks_before_it_throws_away_and_undo_brings_it_back(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who?", "escape")
        assert "escape again throws it away" in text_of(app) and screen_of(app).has_form
        await keys(pilot, "=!")
        assert "throws it away" not in text_of(app)
        await keys(pilot, "escape", "escape")
        assert "Thrown away; u brings it back" in text_of(app) and not screen_of(app).has_form
        await keys(pilot, "u")
        assert typed_in(app) == {"question": "Who?!", "source": "report#1"}
        await keys(pilot, "escape", "escape", "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_form_in_which_nothing_was_typed_is_left_at_once(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "escape")
        assert not screen_of(app).has_form and screen_of(app).focused is screen_of(app).article
        await keys(pilot, "tab", "enter", "escape")
        assert screen_of(app).focused is screen_of(app).notes


async def test_quitting_asks_where_something_is_not_saved(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who?", "ctrl+q")
        assert "The same key again quits all the same" in text_of(app) and app.is_running
        await keys(pilot, "ctrl+p", "escape")
        await pilot.press("ctrl+q")
        await pilot.press("ctrl+q")
        assert app._exit


async def test_from_the_article_escape_goes_to_the_form_not_home(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "n", "enter", "=Who?", "f2", "right", "space", "escape", "escape", "=!")
        assert typed_in(app)["question"] == "Who?!"


# Home, help, the mouse, sizes


async def test_home_leads_here_and_shows_what_was_written(desk: Desk) -> None:
    lay_out(desk)
    desk.write("sources", f"report:\n  title: A report\n  file: {desk.folder / 'report.txt'}\n")
    app = desk.home()
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", "w")
        assert isinstance(app.screen, PickPanel) and "Write in Two ambassadors" in text_of(app)
        await keys(pilot, "enter", "n", "enter", "=Where?", "enter", "=Minsk", "ctrl+s", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert len(app.collection.cards()) == 7


async def test_a_deck_is_written_without_an_article_too(desk: Desk) -> None:
    lay_out(desk)
    app = desk.home()
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "down", "w")
        assert "trainer author FILE" in text_of(app)
        await keys(pilot, "enter", "n", "enter", "=Where?", "enter", "=Minsk", "ctrl+s")
        assert "Saved where" in text_of(app)
        await keys(pilot, "n", "escape", "f2", "tab", "a", "c", "q", "plus", "i")
        assert isinstance(app.screen, AuthorScreen)


async def test_help_tells_the_keys_of_the_article_too(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "f1")
        assert isinstance(app.screen, Panel)
        seen = text_of(app)
        assert "In the article" in seen and "next paragraph" in seen and "new note" in seen


async def test_the_mouse_does_what_keys_do(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await pilot.click(NoteList, offset=(10, 2))
        await settle(pilot)
        assert "1 of 1 · choice" in text_of(app)
        await pilot.click(NoteList, offset=(10, 1), times=2)
        await settle(pilot)
        assert "who-first · typed" in text_of(app)
        await pilot.click("_More")
        await settle(pilot)
        assert "superseded by" in text_of(app)
        await pilot.click("KeyHints", offset=(2, 0))
        await settle(pilot)
        assert "Saved who-first" in text_of(app)
        await pilot.click(ArticlePane, offset=(16, 1), times=2)
        await settle(pilot)
        hints = text_of(app).splitlines()[-2:]
        row = next(y for y, line in enumerate(hints) if "as answer" in line)
        await pilot.click("KeyHints", offset=(hints[row].index("as answer"), row))
        await settle(pilot)
        assert "New note · typed" in text_of(app)
        await pilot.click("FieldRow", offset=(2, 0))
        await settle(pilot)
        assert screen_of(app).form.last == "question"


@pytest.mark.parametrize("size", [NARROW, TINY, (20, 6), (30, 8), (200, 60)])
async def test_a_note_is_written_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    app = author(desk)
    async with app.run_test(size=size) as pilot:
        await keys(pilot, "end", "n", "enter", "=Where?", "enter", "=Minsk", "f6", "f3", "f3")
        assert_clean(text_of(app))
        await pilot.resize_terminal(*NARROW)
        await pilot.resize_terminal(*size)
        await keys(pilot, "ctrl+s", "tab", "end", "tab", "tab", "enter")
        assert typed_in(app)["question"] == "Where?" and typed_in(app)["source"] == "report#3"


async def test_where_there_is_room_for_one_pane_it_is_the_one_that_takes_keys(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        assert "Armenia recalled its ambassador on" in text_of(app) and "2 notes" not in text_of(app)
        await keys(pilot, "tab")
        assert "2 notes" in text_of(app) and "recalled its ambassador on" not in text_of(app)
        assert "1 of 1 · typed" in text_of(app)
        await keys(pilot, "tab")
        assert "Armenia recalled its ambassador on" in text_of(app)


async def test_the_desk_looks_as_it_should(desk: Desk) -> None:
    app = author(desk)
    async with app.run_test(size=DESKTOP) as pilot:
        await keys(pilot, "right", "space", "c", "tab", "f2", "down")
        assert_golden(app, "author-120x35")
