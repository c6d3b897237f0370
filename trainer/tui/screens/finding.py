"""Finding cards: typed for, filtered, sorted; the marked one is shown beside the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content

from trainer.collection.browsing import PART, Browsing
from trainer.collection.shelf import Shelf
from trainer.core.catalogue import COLUMNS, Column, Filter, Row
from trainer.core.deck import Card
from trainer.core.wording import capital
from trainer.errors import TrainerError
from trainer.tui.messages import CardMarked, CardTicked, ColumnPressed
from trainer.tui.screens.base import GAP, CarefulScreen
from trainer.tui.screens.browse_filters import Word, chips, choices, chosen, with_choice
from trainer.tui.screens.panels import Panel
from trainer.tui.screens.pick import Choice, PickPanel
from trainer.tui.screens.working import EVERY
from trainer.tui.widgets.bars import KeyHints
from trainer.tui.widgets.browse_lines import Chips, Count, SearchLine, Status
from trainer.tui.widgets.card_preview import CardPreview, in_brief, in_full
from trainer.tui.widgets.card_table import CardTable
from trainer.tui.widgets.page import text


class FindingScreen(CarefulScreen):
    """A line to search with, the filters, the cards, and the marked one below or beside them.

    While it is held, nothing is read of the file: it would have to wait for what is being written.
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide"), (130, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (14, "-low"), (20, "-high")]  # noqa: RUF012
    DEFAULT_CSS = """
    FindingScreen #searching { height: 1; background: $surface; }
    FindingScreen #cards { height: 1fr; }
    FindingScreen #cards > Vertical { height: 3fr; }
    FindingScreen CardPreview { height: 2fr; }
    FindingScreen.-broad #cards { layout: horizontal; }
    FindingScreen.-broad #cards > Vertical { width: 3fr; height: 1fr; }
    FindingScreen.-broad CardPreview { width: 2fr; height: 1fr; }
    FindingScreen.-tiny KeyHints { max-height: 1; }
    """

    def __init__(self, browsing: Browsing, wanted: Filter) -> None:
        super().__init__()
        self.browsing, self._wanted = browsing, wanted
        self.shelf = Shelf(browsing)
        self.selected: set[str] = set()
        self._how_read = ""
        self._is_left = False
        self.card: Card | None = None
        self.is_stale = False
        self._turn = self._readings = 0
        self.is_reading = self.is_held = False
        self.table, self._preview = CardTable(), CardPreview()
        self.status, self._chips, self._count = Status(), Chips(), Count()

    def compose(self) -> ComposeResult:
        """The search above, the cards, the marked one."""
        with Horizontal(id="searching"):
            yield SearchLine(self._wanted.words)
            yield self._count
        yield self._chips
        with Container(id="cards"):
            with Vertical():
                yield self.table
                yield self.status
            yield self._preview
        yield KeyHints()

    def on_mount(self) -> None:
        """Show the frame first, as there may be many cards."""
        self.query_one(SearchLine).focus()
        self.trainer.after_painting(self.read)

    def on_screen_resume(self) -> None:
        """Cards may have been studied, a new day have begun, or another session have changed something."""
        listing, today = self.shelf.listing, self.trainer.collection.now().day
        changed = self.is_stale or listing.day != today or self.browsing.changed_elsewhere()
        is_missing = self._readings > 0 and not listing.rows and not self.is_reading
        if is_missing or (listing.rows and changed):
            self.is_stale = False
            self.read()

    # Finding

    def read(self, then: Callable[[], object] = lambda: None) -> None:
        """Read all cards anew, many in parts; those that are shown stay until then, when `then` is called."""
        self._readings += 1
        self.is_reading = True
        parts: list[Iterator[list[Row]]] = []
        if self.attempt(lambda: parts.append(self.browsing.in_parts())):
            self._read_on(self._readings, parts[0], [], then)
        else:
            self.is_reading = False

    def _read_on(
        self, reading: int, parts: Iterator[list[Row]], rows: list[Row], then: Callable[[], object]
    ) -> None:
        """Read a part; a newer reading takes the place of this one."""
        if reading != self._readings or not self.is_attached:
            return
        if self.is_held:
            self.set_timer(EVERY, lambda: self._read_on(reading, parts, rows, then))
            return
        before = len(rows)
        if not self.attempt(lambda: rows.extend(next(parts))):
            self.is_reading = False
        elif len(rows) - before == PART:
            if not self.shelf.listing.rows:
                self._count.show(f"{len(rows):,} …")
            self.set_timer(GAP, lambda: self._read_on(reading, parts, rows, then))
        else:
            self.is_reading = False
            self._take(rows)
            then()

    def release(self) -> None:
        """Read again from now on, the marked card first."""
        self.is_held = False
        self.trainer.after_painting(self._show_preview, self.table.row)

    def _take(self, rows: Sequence[Row]) -> None:
        """Show the cards as they are now, the same one marked, or the nearest that is there still."""
        collection = self.trainer.collection
        titles = {deck.deck: deck.title for deck in collection.decks}
        known, at = collection.known(), self.table.at
        old, found = self.shelf.listing.rows, self.shelf.found
        near = (old[place].id for places in (found[at:], found[:at][::-1]) for place in places)
        if self.attempt(lambda: self.shelf.take(rows, self._wanted, known=known, titles=titles)):
            places = map(self.shelf.listing.place_of, near)
            self.selected.intersection_update([row.id for row in rows] if self.selected else [])
            self.table.select(self.selected)
            self.find(keep=True, nearest=next((place for place in places if place is not None), None))

    def find(self, *, keep: bool, nearest: int | None = None) -> None:
        """Show what is found by now, and go on finding.

        `keep` marks the same card, if it is there; else the one at the place `nearest`.
        """
        self._turn += 1
        row = self.table.row if keep else None
        marked = self.shelf.listing.place_of(row.id) if row else None
        marked = nearest if marked is None else marked
        key_of = self.trainer.collection.config.keys.get
        self._chips.show(chips(self.shelf.listing, lambda name, key: key_of(name, key).split(",")[0]))
        self._go_on(self._turn, marked, self.table.at if keep else 0, None)

    def _go_on(self, turn: int, marked: int | None, at: int, shown: object) -> None:
        """Do a step; a newer search takes the place of this one."""
        if turn != self._turn or not self.is_attached:
            return
        if self.is_held:
            self.set_timer(EVERY, lambda: self._go_on(turn, marked, at, shown))
            return
        is_left = self._is_left = self.shelf.step()
        found = self.shelf.found
        if found is not shown:
            at = found.index(marked) if marked in found else at
            were_some = self.table.row is not None
            self.table.show(self.shelf.listing, found, at=at)
            if not is_left:
                self._say_how_read()
            if were_some != (self.table.row is not None):
                self.refresh_bindings()
        self._show_count(is_left=is_left)
        if is_left:
            self.set_timer(GAP, lambda: self._go_on(turn, marked, at, found))

    def _show_count(self, *, is_left: bool) -> None:
        found, all_rows = len(self.shelf.found), len(self.shelf.listing.rows)
        ticked = f"●{len(self.selected):,}  " if self.selected else ""
        total = "" if found == all_rows else f"{found:,} of "
        self._count.show(f"{ticked}{total}{all_rows:,}{' …' if is_left else ''}")

    def _say_how_read(self) -> None:
        """Tell which words were taken for others, once; take it back where that is so no more."""
        read = [
            f"no “{word}”, but {' or '.join(near)}" if near else f"no “{word}”"
            for word, near in self.shelf.read_as.items()
        ]
        if (told := "; ".join(read)) != self._how_read:
            self._how_read = told
            self.status.tell(told)

    @property
    def is_searching(self) -> bool:
        """Whether the cards on screen are going to be replaced by those that the words find."""
        return self._is_left and bool(self._wanted.words.strip())

    def on_input_changed(self) -> None:
        """Search while words are typed."""
        self._take_words()

    def _take_words(self) -> None:
        """Search for the words as they are by now; a message about them may be late."""
        words = self.query_one(SearchLine).value
        if words != self._wanted.words:
            self._narrow(replace(self._wanted, words=words), keep=False)

    async def on_input_submitted(self) -> None:
        """To the cards."""
        await self.action_to_cards()

    def _narrow(self, wanted: Filter, *, keep: bool = True) -> None:
        self._wanted, self._how_read = wanted, ""
        self.clear()
        if self.attempt(lambda: self.shelf.filter(wanted)):
            self.find(keep=keep)

    # What is on screen

    def on_card_marked(self, event: CardMarked) -> None:
        """Show the card in full, or below once the table has been painted."""
        if event.opened:
            self.action_show_card()
        else:
            self.trainer.after_painting(self._show_preview, self.table.row)

    def _show_preview(self, row: Row | None) -> None:
        if row is not self.table.row or self.is_held or not self.is_attached:
            return  # The mark has gone on, or the card is shown once what is done to it is done.
        self.card = None
        if row is None:
            self._preview.show(text(Content.styled(self._why_none(), "$muted")))
        elif self.attempt(lambda: self._look_at(row)) and self.card is None:
            self._preview.show(text(Content.styled("This card is in no deck any more.", "$muted")))

    def _look_at(self, row: Row) -> None:
        self.card = self.browsing.card(row.id)
        if self.card is not None:
            self._preview.show(
                in_brief(self.card, row, self.browsing.history(row.id), known=self.shelf.listing.known)
            )

    def _why_none(self) -> str:
        if self.is_reading:
            return "Reading the cards …"
        if self.is_searching:
            return "Searching …"
        if self.shelf.listing.rows:
            return "No card is like that."
        return "There is no card in these decks."

    def attempt(self, does: Callable[[], object]) -> bool:
        """Do something; if it cannot be done, say why not."""
        try:
            does()
        except TrainerError as error:
            self.refuse(error)
            return False
        return True

    def refuse(self, error: TrainerError) -> None:
        """Say why something cannot be done."""
        self.status.warn(f"{capital(str(error))}. Nothing was changed.")

    # Keys: moving and choosing

    def action_search(self) -> None:
        """Type words."""
        self.set_focus(self.query_one(SearchLine))

    async def action_to_cards(self) -> None:
        """From the search to the cards, once all that was typed before is searched for."""
        line, is_typed = self.query_one(SearchLine), asyncio.Event()
        if line.call_later(is_typed.set):
            await is_typed.wait()
        self.set_focus(self.table)
        self._take_words()

    def action_leave(self) -> None:
        """Take the selection back, then the words; then leave."""
        if self.selected:
            self.selected.clear()
            self._show_ticks()
        elif self._wanted.words:
            self.query_one(SearchLine).value = ""
        else:
            self.action_home()

    def action_home(self) -> None:
        """To the decks."""
        self.trainer.go_home()

    def action_move(self, by: int) -> None:
        """Mark another card; from the search to the cards."""
        if self.focused is not self.table:
            self.set_focus(self.table)
            return
        self.clear()
        self.table.go_to(self.table.at + by)

    def action_move_page(self, by: int) -> None:
        """Mark a card a page further."""
        self.clear()
        self.table.go_to(self.table.at + by * self.table.page)

    def action_go_to(self, index: int) -> None:
        """Mark the first card, or the last."""
        self.clear()
        self.table.go_to(index if index >= 0 else len(self.shelf.found) + index)

    def on_card_ticked(self, event: CardTicked) -> None:
        """The signs before a card were pressed."""
        self._tick()

    def action_select(self) -> None:
        """Select the marked card, or no more, and go to the next."""
        self._tick()
        self.table.go_to(self.table.at + 1)

    def _tick(self) -> None:
        if self.table.row is not None:
            self.selected ^= {self.table.row.id}
            self._show_ticks()

    def action_select_all(self) -> None:
        """Select all cards that are found, or none of them."""
        if self.still_searches():
            return
        rows = self.shelf.listing.rows
        found = {rows[place].id for place in self.shelf.found}
        self.selected = self.selected - found if found <= self.selected else self.selected | found
        self._show_ticks()

    def still_searches(self) -> bool:
        """Whether the cards on screen are soon others, so that nothing should be done to them; says so."""
        if self.is_searching:
            self.status.tell("Still searching: nothing was done. Once more, when the cards are there.")
        return self.is_searching

    def _show_ticks(self) -> None:
        self.clear()
        self.table.select(self.selected)
        self._show_count(is_left=not self.shelf.is_prepared)

    # Keys: filters and order

    async def action_filter(self, word: Word) -> None:
        """Choose what the cards must have; keys that follow at once go to the choices already."""
        leech = self.trainer.collection.config.leech_lapses
        found: list[Choice] = []
        if not self.attempt(
            lambda: found.extend(choices(word, self.browsing, self.shelf.listing, leech_lapses=leech))
        ):
            return

        def take(value: str | None) -> None:
            if value is not None:
                self._narrow(with_choice(self._wanted, word, value, leech_lapses=leech))

        now = chosen(self._wanted, word)
        panel = PickPanel(capital(word), found, chosen=now, all_of=f"any {word}")
        await self.app.push_screen(panel, take)
        panel.take_keys()

    def action_sort(self) -> None:
        """Sort by the next column."""
        at = COLUMNS.index(self.shelf.listing.column)
        self._sort(COLUMNS[(at + 1) % len(COLUMNS)], reverse=False)

    def action_sort_back(self) -> None:
        """Sort the other way round."""
        self._sort(self.shelf.listing.column, reverse=not self.shelf.listing.reverse)

    def on_column_pressed(self, event: ColumnPressed) -> None:
        """A heading was pressed: sort by it, or the other way round."""
        listing = self.shelf.listing
        self._sort(event.column, reverse=event.column == listing.column and not listing.reverse)

    def _sort(self, column: Column, *, reverse: bool) -> None:
        self.clear()
        self.shelf.sort(column, reverse=reverse)
        self.find(keep=False)

    def action_show_card(self) -> None:
        """Show everything about the marked card."""
        row, card = self.table.row, self.card
        if row is None or card is None or card.id != row.id:
            return
        width = max(10, min(self.app.size.width * 9 // 10, 100) - 7)
        block = in_full(card, row, self.browsing.history(card.id), known=self.shelf.listing.known)
        self.app.push_screen(Panel(self.trainer.deck_title(card.deck), Content("\n").join(block(width))))
