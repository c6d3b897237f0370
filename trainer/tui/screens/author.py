"""Author: cards written beside an article, each seen as it will be asked while it is typed."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual.binding import Binding, BindingType

from trainer.core.deck import Span
from trainer.core.filling import CLOZE, type_for
from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.tui.keys import help_groups, live_rows, own_bindings
from trainer.tui.screens.author_panels import type_panel
from trainer.tui.screens.author_writing import Editing, WritingScreen
from trainer.tui.screens.panels import keys_panel, problems_panel
from trainer.tui.widgets.article_pane import ArticlePane
from trainer.tui.widgets.note_form import NoteForm
from trainer.tui.widgets.note_list import NoteList

_TAKING = ("take_answer", "take_cloze", "take_quote", "take_words")
_AMONG_NOTES = ("edit_note", "delete_note", "move", "move_page", "go_to_note")
_OF_ARTICLE = ("take_sentence", "take_word", "extend", "open")
"""Keys of the article, in the order in which they are told at the bottom."""

_IN_FORM = ("save", "save_next", "change_type", "more_fields")


class AuthorScreen(WritingScreen):
    """Notes are begun in the article or among the notes, written in the form, and saved one by one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "take_answer", "as answer", tooltip="the words selected", id="take_answer"),
        Binding(
            "c", "take_cloze", "as cloze", tooltip="their sentence, with them as a hole", id="take_cloze"
        ),
        Binding("q", "take_quote", "as quote", tooltip="the words selected", id="take_quote"),
        Binding("i", "take_words", "into the field", tooltip="the one typed in last", id="take_words"),
        Binding("plus", "cite_too", "cite it too", key_display="+", tooltip="this paragraph", id="cite_too"),
        Binding("n", "new_note", "new note", tooltip="citing the paragraph", id="new_note"),
        *(Binding("enter", action, action, show=False) for action in _OF_ARTICLE),
        Binding("enter", "edit_note", "edit note", id="edit_note"),
        Binding("ctrl+s", "save", "save", priority=True, id="save"),
        Binding(
            "ctrl+n", "save_next", "save, next", tooltip="of the same type", priority=True, id="save_next"
        ),
        Binding("ctrl+t", "change_type", "type", tooltip="change it", priority=True, id="change_type"),
        Binding("f3", "more_fields", "more fields", priority=True, show=False, id="more_fields"),
        Binding("f2", "go_to('article')", "article", priority=True, id="other_side"),
        Binding("f2", "go_to('notes')", "notes", priority=True, id="other_side"),
        Binding("f2", "go_to('form')", "form", priority=True, id="other_side"),
        Binding("f5", "turn(-1)", "cards back", priority=True, show=False, id="turn_back"),
        Binding("f6", "turn(1)", "next cards", priority=True, id="turn_on"),
        Binding("d", "delete_note", "delete", id="delete_note"),
        Binding("e,f4", "edit", "editor", tooltip="at this note", id="edit"),
        Binding("p", "problems", "problems", id="problems"),
        Binding("u,ctrl+z", "undo", "undo", id="undo"),
        Binding("U,ctrl+y", "redo", "redo", show=False, id="redo"),
        Binding("tab", "go_on(1)", "next field or pane", show=False),
        Binding("shift+tab", "go_on(-1)", "field or pane before", show=False),
        Binding("up,k", "move(-1)", "previous note", show=False),
        Binding("down,j", "move(1)", "next note", show=False),
        Binding("pageup", "move_page(-1)", "a page up", show=False),
        Binding("pagedown", "move_page(1)", "a page down", show=False),
        Binding("home", "go_to_note(0)", "first note", show=False),
        Binding("end", "go_to_note(-1)", "last note", show=False),
        Binding("escape", "clear", "select nothing", show=False),
        Binding("escape", "leave", "back", id="leave"),
        Binding("f1", "help", "help", show=False),
        Binding("f1", "explain", "help"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are text in a field; words can be taken where some are selected."""
        reads = self.focused is self.article
        if action in _IN_FORM:
            return self.has_form
        if action in (*_OF_ARTICLE, "clear"):
            return False
        if action in _TAKING:
            return reads and self.article.selection is not None and (self.has_form or action != "take_words")
        if action == "cite_too":
            return reads and self.has_form and self.article.number > 0
        if action in _AMONG_NOTES:
            return self.focused is self.notes and self.notes.row is not None
        if action in ("new_note", "undo", "redo", "problems", "edit"):
            return not self.has_form
        if action in ("help", "explain"):
            return self.writes == (action == "explain")
        if action == "turn":
            return self.preview.turns
        if action == "go_to":
            aim = "article" if not reads else "form" if self.has_form else "notes"
            return self.has_article and parameters[0] == aim
        return True

    # Beginning a note

    async def action_new_note(self) -> None:
        """Choose a type, and write a note of it; words that are selected are its answer."""
        counts = Counter(row.type for row in self.bench.notes)
        words = self.article.selection if self.focused is self.article else None
        kind = type_for(words.text) if words else self.last_type

        def take(kind: str | None) -> None:
            if kind:
                self.last_type = kind
                self.begin(kind, words)

        panel = type_panel(kind, counts, "New note")
        await self.app.push_screen(panel, take)
        panel.take_keys()

    def on_article_pane_opened(self, event: ArticlePane.Opened) -> None:
        """Enter in the article: the words go into the form, or a note is begun."""
        if not self.has_form:
            self.run_worker(self.action_new_note())
        elif self.article.selection is not None:
            self.action_take_words()
        else:
            self.go_to_notes()

    def action_take_answer(self) -> None:
        """A note with the words as its answer; in the form, they are the answer."""
        words = self.article.selection
        if words is None:
            return
        if self.editing is None:
            self.begin(type_for(words.text), words)
            return
        filling = self.form.filling
        if filling.type == CLOZE:
            self.make_hole(words)
        elif filling.answered:
            self.put(filling.answered, words.text)
        else:
            self.status.tell(
                f"A note of type {filling.type} has no field for an answer; i puts words into a field."
            )

    def action_take_cloze(self) -> None:
        """A cloze of the sentence with the words as a hole; in the form, another hole."""
        words = self.article.selection
        if words is None:
            return
        if self.editing is None:
            self.begin(CLOZE, words)
            return
        filling = self.form.filling
        if filling.type == CLOZE or filling.is_empty:
            self.make_hole(words)
        else:
            key = self.key_of("change_type", "ctrl+t")
            self.status.tell(f"This note is no cloze; {key} makes it one.")

    def action_take_quote(self) -> None:
        """A note with the words as its quote."""
        words = self.article.selection
        if words is None:
            return
        if self.editing is None:
            self.begin(self.last_type, words, quoted=True)
        else:
            self.put("quote", words.text)

    def action_take_words(self) -> None:
        """Put the words where the cursor of the form is."""
        words, row = self.article.selection, self.form.row(self.form.last)
        if words is None or row is None or row.input.read_only:
            return
        row.input.take(words.text)
        self.took(self.form.last)

    def action_cite_too(self) -> None:
        """Cite this paragraph as well."""
        source = self.bench.source
        if source is not None and self.editing is not None:
            before = self.form.filling
            self.form.change(before.citing(f"{source.id}#{self.article.number}"))
            same = self.form.filling == before
            self.status.tell(f"¶ {self.article.number} is cited{' already' if same else ', too'}.")
            self.look()

    # Keys in the form

    def action_save(self) -> None:
        """Write the note into the file, and go back."""
        self.save(again=False)

    def action_save_next(self) -> None:
        """Write the note into the file, and begin another of the same type on the same paragraph."""
        self.save(again=True)

    async def action_change_type(self) -> None:
        """Make it a note of another type, keeping what both have."""
        counts = Counter(row.type for row in self.bench.notes)

        def take(kind: str | None) -> None:
            if kind and self.editing is not None:
                self.clear()
                self.form.change(self.form.filling.as_type(kind))
                self.last_type = kind
                self.entitle()
                self._lay(reading=False)
                self.form.focus_field()
                self.look()

        panel = type_panel(self.form.filling.type, counts, "Type of this note")
        await self.app.push_screen(panel, take)
        panel.take_keys()

    def on_note_form_folded(self, event: NoteForm.Folded) -> None:
        """The line of folded fields was pressed."""
        self.form.toggle_more()

    def action_more_fields(self) -> None:
        """Show the fields that every note may have."""
        self.form.toggle_more()

    # Keys among the notes

    def on_note_list_marked(self, event: NoteList.Marked) -> None:
        """A note was pressed twice: edit it."""
        if event.opened:
            self.action_edit_note()

    def action_edit_note(self) -> None:
        """Open the marked note in the form."""
        row = self.notes.row
        if row is None:
            return
        filling = self._filling_of(row.place)
        if filling is None:
            key = self.key_of("edit", "e")
            self.status.tell(f"There is no type {one_line(row.type)!r}; {key} opens the note in your editor.")
            return
        self.open_form(Editing(row.place, filling, row.id), filling)

    def action_delete_note(self) -> None:
        """Take the marked note out of the file, once it was asked for a second time."""
        row = self.notes.row
        if row is None:
            return
        key, cards = self.key_of("delete_note", "d"), plural(len(row.cards), "card")
        name = one_line(row.id or row.label)
        if self.asks("delete", row.id or row.place, f"Press {key} again to delete {name} and its {cards}."):
            return
        if self.attempt(lambda: self.bench.delete(row.place)):
            self.thrown_last = False
            self.show()
            self.status.tell(f"Deleted {name}; {self.key_of('undo', 'u')} takes it back.")

    def action_move(self, by: int) -> None:
        """Mark the next note, or the one before."""
        self.clear()
        self.notes.go_to(self.notes.at + by)

    def action_move_page(self, by: int) -> None:
        """Mark a note a page further."""
        self.action_move(by * self.notes.page)

    def action_go_to_note(self, index: int) -> None:
        """Mark the first note, or the last."""
        self.clear()
        self.notes.go_to(index if index >= 0 else len(self.bench.notes) + index)

    # Keys everywhere

    def action_undo(self) -> None:
        """Take back what was done last: a note thrown away comes back, what was written is unwritten."""
        thrown = self.thrown
        if thrown is not None and (self.thrown_last or not self.bench.can_undo):
            del self.trainer.unsaved[str(self.bench.path)]
            self._keeper.take_up()
            editing, filling = thrown
            place = self.bench.find(editing.name) if editing.name else None
            self.open_form(editing._replace(place=place), filling)
            self.is_back = True
            self.status.tell("Here is what was not saved.")
            return
        done: list[str] = []
        if self.attempt(lambda: done.append(self.bench.undo())):
            self.thrown_last = False
            self.show()
            said = (
                f"Took back {done[0]}." if done[0] else "Nothing was written here that could be taken back."
            )
            self.status.tell(said)

    def action_redo(self) -> None:
        """Write again what was last taken back."""
        done: list[str] = []
        if self.attempt(lambda: done.append(self.bench.redo())):
            self.show()
            self.status.tell(f"Did again {done[0]}." if done[0] else "Nothing was taken back.")

    def action_problems(self) -> None:
        """Show what is wrong in the deck."""
        if self.bench.problems:
            self.app.push_screen(problems_panel(self.bench.problems))
        else:
            self.status.tell("Nothing is wrong in this deck.")

    def action_edit(self) -> None:
        """Open the file at the marked note in the user's editor."""
        row = self.notes.row
        if self.bench.is_new:
            self.status.tell("There is no file yet: it is made when the first note is saved.")
            return
        self.trainer.edit(Span(str(self.bench.path), row.line if row else 1, 1), self._edited)

    def _edited(self) -> None:
        """Show the file as the editor left it."""
        self.read_anew()

    def action_turn(self, by: int) -> None:
        """Show the next cards, or those before."""
        self.preview.turn(by)
        self.refresh_bindings()

    def action_go_on(self, step: int) -> None:
        """To the next field; outside the form, to the other side."""
        if self.writes:
            self.form.go_on(step)
        else:
            self.action_go_to("notes" if self.focused is self.article else "article")

    def action_go_to(self, side: str) -> None:
        """From the article to the notes or the form, and back."""
        if side == "article":
            self.go_to_article()
        else:
            self.go_to_notes()

    def action_leave(self) -> None:
        """To the form; from there, throwing away what is typed once that was asked; then home."""
        if self.has_form and not self.writes:
            self.go_to_notes()
        elif self.has_form:
            if self.is_unsaved:
                key = self.key_of("save", "ctrl+s")
                question = f"Not saved: escape again throws it away, {key} saves it."
                if self.asks("leave", None, question):
                    return
                assert self.editing is not None
                self.trainer.unsaved[str(self.bench.path)] = (self.editing, self.form.filling)
                self._keeper.leave()
                self.thrown_last = not self.is_back
            thrown = self.is_unsaved
            self.close_form()
            self.status.tell(f"Thrown away; {self.key_of('undo', 'u')} brings it back." if thrown else "")
        else:
            self.trainer.leave_author(self.bench.path)

    def keeps_open(self) -> bool:
        """A note that is not saved is only lost when the key comes again."""
        question = "Not saved: the same key again quits; what is typed is kept for the next time."
        return self.is_unsaved and self.asks("quit", None, question)

    def action_help(self) -> None:
        """Explain the keys."""
        article = live_rows(self.app.screen, own_bindings(ArticlePane))
        self.app.push_screen(keys_panel([("In the article", article), *help_groups(self.app)]))

    def action_explain(self) -> None:
        """Explain the keys, where a question mark is text."""
        self.trainer.show_help()

    # Keys of the article, pressed in the line at the bottom

    def action_open(self) -> None:
        """As enter in the article."""
        self.article.action_open()

    def action_take_word(self) -> None:
        """As in the article."""
        self.article.action_take_word()

    def action_take_sentence(self) -> None:
        """As in the article."""
        self.article.action_take_sentence()

    def action_extend(self) -> None:
        """As in the article."""
        self.article.action_extend()

    def action_clear(self) -> None:
        """As in the article."""
        self.article.clear_selection()
