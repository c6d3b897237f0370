"""Writing a note at the author's desk: its form, what it comes to as it is typed, and saving it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from textual.content import Content

from trainer.collection import beginning
from trainer.collection.authoring import Bench, Drafted
from trainer.collection.unfinished import Keeper, Unfinished
from trainer.config import is_bundled
from trainer.core.filling import ACCOUNTS, CLOZE, MOST, Filling, begun, merged, with_hole
from trainer.core.visible import one_line
from trainer.core.wording import plural
from trainer.errors import TrainerError
from trainer.tui.drafting import PAUSE, Drafting
from trainer.tui.screens.author_desk import AuthorDesk
from trainer.tui.screens.author_panels import bundled_panel, completions_of
from trainer.tui.widgets.article_pane import Words
from trainer.tui.widgets.note_field import FieldText, Noted
from trainer.tui.widgets.note_form import NoteForm

_MANY = 600
"""Notes from which on writing takes long enough to be announced."""


_WIDE, _LONGEST = 100, 40
"""Cells from which on the file is named, and characters of an id that are told."""


class Editing(NamedTuple):
    """A note in the form: where it stands, None for a new one, and what it was before anything was typed.

    `name` is its id in the file, also where the file names none; empty for a new one.
    """

    place: int | None
    base: Filling
    name: str = ""


class WritingScreen(AuthorDesk):
    """A desk at which one note at a time is in the form."""

    keep_every = 3.0
    """Seconds after which what was typed meanwhile is kept, whatever may end the program."""

    draft_after = PAUSE
    """Seconds without a key before what was typed is looked at."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench)
        self.editing: Editing | None = None
        self._from_article = True
        self.last_type = "typed"
        self._is_saving = self._is_refused = self._has_taken = False
        self.thrown_last = self.is_back = False
        self._may_write = not is_bundled(bench.path)
        self._drafting = Drafting(self._show_draft, pause=self.draft_after)
        self._keeper = Keeper(bench.collection.places, bench.path)

    def on_mount(self) -> None:
        """Say what waits here from before."""
        if self.thrown is None and (left := self._keeper.left()) is not None:
            self.trainer.unsaved[str(self.bench.path)] = self._taken_up(left)
        if self.bench.article_path is not None and not self.has_article:
            self.status.tell(f"There is no text in {one_line(self.bench.article_path.name)}.")
        if self.thrown is not None:
            key = self.key_of("undo", "u")
            self.status.tell(f"A note that was not saved is still here: {key} brings it back.")
        self.set_interval(self.keep_every, self.keep)

    def on_unmount(self) -> None:
        """However the program ends, what is typed is kept."""
        if self.is_unsaved:
            self.trainer.note_left = self.keep() or "the note in the form is kept for the next time"

    # What is not saved

    def keep(self) -> str:
        """Keep what is typed and not saved; why that cannot be, empty if all is well."""
        if self.editing is None or not self.is_unsaved:
            return ""
        try:
            self._keeper.keep(Unfinished(self.editing.name, self.form.filling))
        except TrainerError as error:
            return f"the note in the form could not be kept: {error}"
        return ""

    def _taken_up(self, left: Unfinished) -> tuple[Editing, Filling]:
        place = self.bench.find(left.note) if left.note else None
        written = None if place is None else self._filling_of(place)
        return Editing(place, written or Filling(type=left.filling.type), left.note), left.over(written)

    # Beginning

    def begin(self, kind: str, words: Words | None = None, *, quoted: bool = False) -> None:
        """Open the form of a new note that cites the marked paragraph."""
        source = self.bench.source
        number = words.number if words else self.article.number
        cited = f"{source.id}#{number}" if source and number and self.has_article else ""
        filling = base = begun(kind, cited=cited)
        if words is not None and quoted:
            filling = base.with_text("quote", words.text)
        elif words is not None:
            filling = begun(kind, cited=cited, words=words.text, sentence=words.sentence, place=words.place)
        self.open_form(Editing(None, base), filling)
        self.article.clear_selection()

    def put(self, name: str, text: str) -> None:
        """Put words into a field: on a line of their own, or in place of what it has."""
        filling = self.form.filling
        if name in filling.kept:
            self.status.tell(f"The {name} is written in a way that only your editor can change.")
            return
        before, text = filling.text(name), text[:MOST]
        row = self.form.row(name)
        if before.strip() and row is not None and row.input.takes_many:
            text = f"{before.rstrip()}\n{text}"
        self.change(filling.with_text(name, text), name)

    def change(self, filling: Filling, name: str) -> None:
        """Show the note with words put into a field."""
        self.form.change(filling)
        self.took(name)

    def make_hole(self, words: Words) -> None:
        """Show the note as a cloze with words as one hole more."""
        cloze = self.form.filling.as_type(CLOZE)
        filling = with_hole(cloze, words.text, sentence=words.sentence, place=words.place)
        if filling == cloze:
            self.status.tell("These words are in a hole already, or cannot be one.")
        else:
            self.change(filling, "text")

    def took(self, name: str) -> None:
        """Say where the words went, and cite the paragraph that they are from."""
        key = self.key_of("other_side", "f2")
        cited = self._cite()
        self.status.tell(f"Put into the {name.replace('_', ' ')}{cited}; {key} goes to the form.")
        self.article.rest()
        self.look()

    def _cite(self) -> str:
        """Cite the paragraph of the words taken; what there is to tell of that.

        A new note of which nothing was taken yet cites it in place of the one where it was begun.
        """
        words, source, editing = self.article.selection, self.bench.source, self.editing
        filling = self.form.filling
        if words is None or source is None or editing is None or not words.number:
            return ""
        first, self._has_taken = not self._has_taken, True
        cited, begun_with = f"{source.id}#{words.number}", editing.base.text("source")
        untouched = editing.place is None and filling.text("source") == begun_with
        moves = first and untouched and filling.type != ACCOUNTS
        after = filling.with_text("source", cited) if moves else filling.citing(cited)
        if after == filling:
            return ""
        self.form.change(after)
        return f", and ¶ {words.number} is cited"

    # The form

    def open_form(self, editing: Editing, filling: Filling, *, focus: str = "") -> None:
        """Show the form of a note."""
        self.clear()
        self._from_article = self.focused is self.article
        self._has_taken = editing.place is None and filling != editing.base
        self.is_back = False
        self.editing = editing
        self.add_class("-formed")
        written = {name: self.bench.as_yaml({name: value}) for name, value in filling.kept.items()}
        self.form.show(filling, as_written=written, completions=completions_of(self.bench))
        self.form.propose("made of what is asked")
        self.entitle()
        self._lay(reading=False)
        self.form.focus_field(focus)
        self.look()

    def entitle(self) -> None:
        """Say above the form which note it is."""
        editing = self.editing
        if editing is None:
            return
        kind = self.form.filling.type
        what = "New note" if editing.place is None else one_line(self.bench.notes[editing.place].id or "Note")
        keys = f"{self.key_of('save', 'ctrl+s')} saves"
        self.form.entitle(f"{what} · {kind}", keys)

    def close_form(self) -> None:
        """Back from the form to where it was opened."""
        self.editing = None
        self._keeper.drop()
        self._drafting.forget()
        self.remove_class("-formed")
        self.show()
        if self._from_article:
            self.go_to_article()
        else:
            self.go_to_notes()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed that is not in the file."""
        if self.editing is None:
            return False
        mine, base, is_new = self.form.filling, self.editing.base, self.editing.place is None
        return mine.meaning != base.meaning or (mine.type != base.type and not is_new)

    async def settled(self) -> None:
        """Wait until what was typed has been looked at."""
        await self._drafting.settled()

    def on_note_form_typed(self, event: NoteForm.Typed) -> None:
        """Look at the note as it is now; what was asked before holds no more."""
        if event.by_key and (self.has_asked or self._is_refused):
            self._is_refused = False
            self.clear()
        self.look()

    def on_field_text_too_much(self, event: FieldText.TooMuch) -> None:
        """Say that what was pasted was cut."""
        self.status.warn(
            f"{event.pasted:,} characters are too many for a field: only its beginning was put in."
        )

    def look(self) -> None:
        """Find out what the note comes to."""
        editing = self.editing
        if editing is None:
            return
        fields, wrong = self.form.filling.values()
        if wrong:
            self._drafting.forget()
            self._tell({name: [Noted("error", text)] for name, text in wrong.items()}, Drafted())
        else:
            self._drafting.ask(partial(self.bench.draft, fields, index=editing.place))

    def _show_draft(self, drafted: Drafted) -> None:
        """Show the cards, and what is wrong, field by field."""
        if self.editing is None or not self.is_attached:
            return
        noted: dict[str, list[Noted]] = {}
        filling = self.form.filling
        missing = filling.missing()
        for each in drafted.problems:
            if each.field in missing or (each.severity == "error" and each.field == "" and missing):
                continue
            hint = f" ({each.hint})" if each.hint else ""
            kind = Noted("error" if each.severity == "error" else "warning", f"{each.message}{hint}")
            noted.setdefault(each.field if self.form.row(each.field) else "", []).append(kind)
        self._tell(noted, drafted)

    def _tell(self, noted: dict[str, list[Noted]], drafted: Drafted) -> None:
        editing = self.editing
        filling = self.form.filling
        missing = filling.missing()
        said: list[Content] = []
        if missing:
            said.append(Content.styled(f"Still needed: {', '.join(missing)}.", "$accent"))
        elif filling.is_empty:
            said.append(Content.styled("Nothing is typed yet.", "$muted"))
        else:
            for each in noted.pop("", ()):
                sign = "✗" if each.severity == "error" else "!"
                style = "$text-error" if each.severity == "error" else "$text-warning"
                said.append(Content.styled(f"{sign} {one_line(self.shortly(each.text))}", style))
        if drafted.alone:
            told = "Other notes of this deck have errors: this one is looked at by itself."
            said.append(Content.styled(told, "$muted"))
        if editing and editing.place is not None and filling.text("id") != editing.base.text("id"):
            told = "history stays with the old id: after saving, `trainer move` takes it along"
            noted.setdefault("id", []).insert(0, Noted("warning", told))
        self.form.tell(noted)
        if drafted.cards and not filling.text("id"):
            self.form.propose(drafted.cards[0].note)
        if not said and not drafted.cards:
            said.append(Content.styled("No card yet: something is wrong above.", "$muted"))
        self.preview.show(drafted.cards, Content("\n").join(said), keep=True)
        self.refresh_bindings()

    # Saving

    def save(self, *, again: bool) -> None:
        """Write the note into the file; with `again`, begin another of its type on the same paragraph."""
        editing = self.editing
        if editing is None or self._is_saving:
            return
        filling = self.form.filling
        _, wrong = filling.values()
        first = next(iter((*filling.missing(), *wrong)), "")
        if first:
            told = f"{first}: {wrong[first]}" if first in wrong else f"{first} is still needed"
            self._is_refused = True
            self.status.warn(f"Not saved: {told}.")
            self._lay(reading=False)
            self.form.focus_field(first)
            self.look()
        elif not self._may_write:
            self._ask_whose(again=again)
        elif len(self.bench.notes) >= _MANY:
            self._is_saving = True
            self.status.tell("Saving …")
            self.trainer.after_painting(self._write, editing, filling, again)
        else:
            self._write(editing, filling, again)

    def _write(self, editing: Editing, filling: Filling, again: bool) -> None:
        self._is_saving = False
        fields, _ = filling.values()
        places: list[int] = []
        done = self.attempt(
            lambda: places.append(self.bench.save(fields, index=editing.place)), again=self._read_below_form
        )
        if not done:
            self._is_refused = True
            self.look()
            return
        self.trainer.unsaved.pop(str(self.bench.path), None)
        self.close_form()
        self.notes.go_to(places[0])
        row = self.bench.notes[places[0]]
        undo, new = self.key_of("undo", "u"), self.key_of("new_note", "n")
        where = f" to {self.file_name}" if self.app.size.width >= _WIDE else ""
        told = f"Saved {one_line(row.id)[:_LONGEST]}{where}: {plural(len(row.cards), 'card')}"
        if again:
            self.begin(filling.type)
            self.status.tell(f"{told}; the next one")
        else:
            self.status.tell(f"{told} · {undo} takes it back · {new} next note")

    def _ask_whose(self, *, again: bool) -> None:
        """The deck is part of the program: propose one of one's own."""
        own = beginning.own_deck(self.trainer.collection, self.bench.path)

        def new() -> None:
            made: list[Bench] = []
            article, title = self.bench.article_path, f"My {self.bench.title}"
            if self.attempt(
                lambda: made.append(Bench(self.trainer.collection, own, article=article, title=title))
            ):
                self.bench, self._may_write = made[0], True
                self._keeper.drop()
                self._keeper = Keeper(self.trainer.collection.places, own)
                if self.editing is not None and self.editing.place is not None:
                    self.editing = Editing(None, self.editing.base)
                self.save(again=again)

        def write() -> None:
            self._may_write = True
            self.save(again=again)

        self.app.push_screen(bundled_panel(self.file_name, str(own), new=new, write=write))

    def _read_below_form(self) -> None:
        """Take the file as it is now, and keep what is typed in the form."""
        editing = self.editing
        if editing is None:
            self.read_anew()
            return
        mine = self.form.filling
        try:
            self.bench.read()
        except TrainerError as error:
            self.has_trouble(error)
            return
        place = self.bench.find(editing.name) if editing.name else None
        if place is None:
            gone = (
                " The note itself is gone from it: saving adds it anew." if editing.place is not None else ""
            )
            self.editing = Editing(None, editing.base)
            told = f"{self.file_name} is read anew; what you have typed is not saved yet.{gone}"
        else:
            theirs = self._filling_of(place) or editing.base
            filling, both = merged(editing.base, mine, theirs)
            self.editing = Editing(place, theirs, editing.name)
            self.form.change(filling)
            also = f" Changed on both sides, yours is shown: {', '.join(both)}." if both else ""
            told = f"{self.file_name} is read anew; what you have typed is not saved yet.{also}"
        self.trouble = ""
        self.article.show(self.bench.article, self.bench.cards_citing)
        self.entitle()
        self.status.tell(told)
        self.look()

    def _filling_of(self, place: int) -> Filling | None:
        """The form of a note as it is in the file; None where there is no such question type."""
        try:
            return Filling.of(self.bench.fields(place))
        except KeyError:
            return None

    @property
    def thrown(self) -> tuple[Editing, Filling] | None:
        """A note of this file that was left without saving it."""
        return self.trainer.unsaved.get(str(self.bench.path))
