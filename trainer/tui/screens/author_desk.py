"""The author's desk: the article, the notes beside it or the form of one, and below the cards they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import starmap

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.events import DescendantFocus

from trainer.collection.authoring import Bench, ChangedOutsideError
from trainer.collection.beginning import near_home
from trainer.core.visible import one_line
from trainer.core.wording import capital, plural
from trainer.errors import TrainerError
from trainer.tui.screens.author_panels import conflict_panel
from trainer.tui.screens.base import CarefulScreen
from trainer.tui.widgets.article_pane import ArticlePane
from trainer.tui.widgets.bars import KeyHints
from trainer.tui.widgets.browse_lines import Status
from trainer.tui.widgets.draft_preview import DraftPreview
from trainer.tui.widgets.note_form import NoteForm
from trainer.tui.widgets.note_list import NoteList

_TAKING = (("take_answer", "a"), ("take_cloze", "c"), ("take_quote", "q"))
_HOW = """

It cites the paragraph that is marked. Words of it that you select, with the mouse, or with the arrows and \
shift, become an answer with {0}, a hole in their sentence with {1}, a quote with {2}."""


class AuthorDesk(CarefulScreen):
    """Where things lie, what they show, and what is said when something cannot be done."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]  # noqa: RUF012
    DEFAULT_CSS = """
    AuthorDesk #desk { height: 2fr; layout: horizontal; }
    AuthorDesk ArticlePane { width: 1fr; }
    AuthorDesk #side { width: 1fr; border-left: vkey $rule; }
    AuthorDesk DraftPreview { height: 1fr; }
    AuthorDesk.-formed #desk { height: 9fr; }
    AuthorDesk.-formed DraftPreview { height: 4fr; }
    AuthorDesk NoteForm { display: none; }
    AuthorDesk.-formed NoteForm { display: block; }
    AuthorDesk.-formed NoteList { display: none; }
    AuthorDesk.-alone ArticlePane { display: none; }
    AuthorDesk.-alone #side, AuthorDesk.-narrow #side { border-left: none; }
    AuthorDesk.-narrow.-reading #side { display: none; }
    AuthorDesk.-narrow.-writing ArticlePane { display: none; }
    AuthorDesk.-low.-reading DraftPreview { display: none; }
    AuthorDesk.-low KeyHints { max-height: 1; }
    AuthorDesk.-low NoteForm _About { height: 1; }
    """

    look_every = 1.0
    """Seconds between looks at whether the file was changed outside."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.trouble = ""
        self.article = ArticlePane()
        self.notes, self.form = NoteList(), NoteForm()
        self.status, self.preview = Status(), DraftPreview()

    def compose(self) -> ComposeResult:
        """The article on the left, the notes or the form on the right, what was done, the cards, the keys."""
        with Container(id="desk"):
            yield self.article
            with Vertical(id="side"):
                yield self.notes
                yield self.form
        yield self.status
        yield self.preview
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin in the article, or where there is none among the notes."""
        self.set_class(not self.has_article, "-alone")
        self.form.more_key = self.key_of("more_fields", "f3")
        self.show()
        self.go_to_article()
        self.show_citing(self.article.number)
        self.set_interval(self.look_every, self.look_outside)

    @property
    def has_article(self) -> bool:
        """Whether there is an article to read."""
        return bool(self.bench.article.blocks)

    @property
    def has_form(self) -> bool:
        """Whether a note is being written."""
        return self.has_class("-formed")

    @property
    def writes(self) -> bool:
        """Whether keys are typed into a field."""
        return self.has_form and self.form.has_focus_within

    @property
    def file_name(self) -> str:
        """The name of the deck file."""
        return self.bench.path.name

    # What is shown

    def show(self) -> None:
        """Show the notes as they are now, and how many cards cite each paragraph."""
        bench = self.bench
        wrong = sum(any(each.severity == "error" for each in row.problems) for row in bench.notes)
        beside = plural(len(bench.notes), "note") + (f", {wrong} with errors" if wrong else "")
        new = self.key_of("new_note", "n")
        why = self.shortly(self.trouble) or f"No note yet. {new} starts one."
        if self.has_article:
            why += _HOW.format(*starmap(self.key_of, _TAKING))
        self.notes.show(
            bench.notes,
            title=self.file_name + (f" (new, in {near_home(bench.path.parent)})" if bench.is_new else ""),
            beside=f"! {self.shortly(self.trouble)}" if self.trouble else beside,
            why_none=why,
        )
        name = bench.article_path.name if bench.article_path else ""
        self.article.show(bench.article, bench.cards_citing, name=name)
        self.show_citing(self.article.number, go=False)
        self.show_marked()
        self.refresh_bindings()

    def show_marked(self) -> None:
        """Show the cards of the marked note."""
        row = self.notes.row
        if self.has_form:
            return
        if row is None:
            self.preview.show(
                (), Content.styled("The cards of a note are shown here as they are asked.", "$muted")
            )
            return
        said = [
            Content.styled(
                f"{'✗' if each.severity == 'error' else '!'} {one_line(each.message)}"
                + (f" ({one_line(each.hint)})" if each.hint else ""),
                "$text-error" if each.severity == "error" else "$text-warning",
            )
            for each in row.problems
        ]
        self.preview.show(row.cards, Content("\n").join(said))
        self.refresh_bindings()

    def show_citing(self, number: int, *, go: bool = True) -> None:
        """Show which notes cite a paragraph, and mark the first of them."""
        source = self.bench.source
        cited = f"{source.id}#{number}" if source and number else ""
        places = [row.place for row in self.bench.notes if cited and cited in row.cited]
        self.notes.cite(frozenset(places))
        if go and places and self.notes.at not in places:
            self.notes.go_to(places[0])

    def on_article_pane_marked(self, event: ArticlePane.Marked) -> None:
        """Another paragraph is read."""
        self.show_citing(event.number)

    def on_article_pane_selected(self, event: ArticlePane.Selected) -> None:
        """Words can be taken while some are selected."""
        self.refresh_bindings()

    def on_note_list_marked(self, event: NoteList.Marked) -> None:
        """Another note is marked."""
        if not event.opened:
            self.show_marked()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Where there is room for one pane only, it is the one in which keys are typed."""
        self._lay(reading=event.widget is self.article)

    def _lay(self, *, reading: bool) -> None:
        self.set_class(reading, "-reading")
        self.set_class(not reading, "-writing")

    # Where keys go

    def go_to_article(self) -> None:
        """To the article, or where there is none to the notes."""
        if self.has_article:
            self._lay(reading=True)
            self.set_focus(self.article)
        else:
            self.go_to_notes()

    def go_to_notes(self) -> None:
        """To the notes, or the form of one."""
        self._lay(reading=False)
        if self.has_form:
            self.form.focus_field()
        else:
            self.set_focus(self.notes)

    # What is said

    def warn(self, error: TrainerError) -> None:
        """Say what was not done, and what can be done about it."""
        hint = f" ({error.hint})" if error.hint else ""
        told = self.shortly(f"{error}{hint}")
        self.status.warn(told if told.startswith(self.file_name) else capital(told))

    def shortly(self, text: str) -> str:
        """A text with the deck called by its name: there is no room for long paths."""
        return text.replace(str(self.bench.path), self.file_name)

    def attempt(self, does: Callable[[], object], *, again: Callable[[], object] | None = None) -> bool:
        """Write to the file; where somebody else has written to it, show what, and where it fails say why.

        `again` reads the file anew; without it, what is on screen is simply read anew.
        """
        try:
            does()
        except ChangedOutsideError:
            self.show_conflict(again or self.read_anew)
            return False
        except TrainerError as error:
            self.warn(error)
            return False
        return True

    def show_conflict(self, read: Callable[[], object]) -> None:
        """Show how the file differs from what is on screen."""
        try:
            changes: Sequence[str] = self.bench.changes_outside()
        except TrainerError as error:
            self.warn(error)
            return
        self.status.warn(f"Not saved: {one_line(self.file_name)} was changed outside.")
        self.app.push_screen(conflict_panel(self.file_name, changes, read=read))

    # Changes outside

    def look_outside(self) -> None:
        """Take up what somebody else has written, unless something unsaved would be lost with it."""
        if self.app.screen is not self or self.has_form:
            return
        try:
            changed = self.bench.has_changed_outside()
        except TrainerError as error:
            if self.trouble != str(error):
                self.has_trouble(error)
            return
        if changed and self.read_anew(quietly=True):
            self.status.tell(f"{one_line(self.file_name)} was changed outside, and is shown as it is now.")

    def read_anew(self, *, quietly: bool = False) -> bool:
        """Show the file as it is now; where it cannot be read, say why and keep what was shown.

        Done quietly, the same is not said again.
        """
        row = self.notes.row
        try:
            self.bench.read()
        except TrainerError as error:
            if not quietly or self.trouble != str(error):
                self.has_trouble(error)
            return False
        self.trouble = ""
        at = self.bench.find(row.id) if row and row.id else None
        self.show()
        if at is not None and at != self.notes.at:
            self.notes.go_to(at)
        self.status.tell("")
        return True

    def has_trouble(self, error: TrainerError) -> None:
        """Say why the file cannot be read; the notes stay as they were."""
        self.trouble = str(error)
        self.warn(error)
        self.show()
