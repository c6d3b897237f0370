"""The sources of a card: what they are, and the passages that it cites, where local copies are there."""

from __future__ import annotations

import shutil
import webbrowser
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click

from trainer.collection.sources import Passage
from trainer.core.article import Article, Block
from trainer.core.deck import Source
from trainer.core.partial_date import in_words
from trainer.core.visible import one_line
from trainer.tui.editor import lent
from trainer.tui.messages import RowPressed
from trainer.tui.screens.panels import Panel
from trainer.tui.widgets.lines import hang, wrap
from trainer.tui.widgets.sheet import NO_ROW, Sheet, SheetLine

if TYPE_CHECKING:
    from trainer.tui.app import TrainerApp

_MAX_SHOWN = 60_000
_DIGITS = range(1, 10)
_LONGEST_ADDRESS = 160
_WEB = ("http", "https")
_IN_TERMINAL = ("GenericBrowser", "Elinks")
"""What Python calls browsers that it waits for: those of the terminal, and any other that $BROWSER names."""


class SourcesPanel(Panel):
    """Each source under its heading, with the paragraphs cited and those around them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "o", "open_link", "open link", tooltip="of the source chosen, else the first", id="open_link"
        ),
        Binding("1", "choose(1)", "choose a source", key_display="1 to 9", show=False),
        *(Binding(str(number), f"choose({number})", "choose a source", show=False) for number in _DIGITS[1:]),
        Binding("pageup", "scroll_page(-1)", "scroll a page up", show=False),
        Binding("pagedown", "scroll_page(1)", "scroll a page down", show=False),
    ]
    DEFAULT_CSS = """
    SourcesPanel > Sheet {
        width: 90%; max-width: 100; height: auto; max-height: 90%;
        border: round $accent; padding: 1 2; background: $surface;
    }
    SourcesPanel.-low > Sheet { padding: 0 1; width: 100%; max-height: 100%; }
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        super().__init__("Sources", Content.empty())
        self._passages = passages
        self._chosen: int | None = None
        self._laid_out: tuple[int, list[SheetLine]] = (-1, [])
        self._places: list[tuple[int, int, int]] = []

    def compose(self) -> ComposeResult:
        """One sheet, whose border says what keys do."""
        sheet = Sheet()
        sheet.border_title = Content("Sources")
        yield sheet

    def on_mount(self) -> None:
        """Show the first paragraph that is cited."""
        self.query_one(Sheet).border_subtitle = Content(self._told_keys())
        self._show(0)

    # What is on screen

    def _show(self, index: int) -> None:
        self._laid_out = (-1, [])
        self.query_one(Sheet).show(self._lines)
        self.call_after_refresh(self._reveal, index)

    def _reveal(self, index: int) -> None:
        """Scroll to a source, and on to the first paragraph cited if both don't fit."""
        sheet = self.query_one(Sheet)
        if index < len(self._places):
            heading, cited, end = self._places[index]
            fits = end - heading <= sheet.scrollable_content_region.height
            sheet.scroll_to(y=heading if fits else cited, animate=False, immediate=True)

    def _lines(self, width: int) -> list[SheetLine]:
        """The lines for a width; where the parts of each source stand is kept for scrolling."""
        if self._laid_out[0] != width:
            lines: list[SheetLine] = []
            self._places = []
            for index, passage in enumerate(self._passages):
                lines += [SheetLine(Content.empty())] * bool(lines)
                heading = len(lines)
                lines += self._heading(passage, index, width)
                body = list(_passage_lines(passage, width))
                first = next((row for row, (_, is_first) in enumerate(body) if is_first), 0)
                length = sum(is_first for _, is_first in body) or 1
                self._places.append((heading, len(lines) + first, len(lines) + first + length))
                lines += [SheetLine(line) for line, _ in body]
            self._laid_out = (width, lines)
        return self._laid_out[1]

    def _heading(self, passage: Passage, index: int, width: int) -> list[SheetLine]:
        source, several = passage.source, len(self._passages) > 1
        mark = ("› " if index == self._chosen else "  ") + f"{index + 1}  " if several else ""
        title = hang(mark, Content(one_line(source.title)), width)
        cited = f"¶ {', '.join(map(str, passage.cited))}" if passage.cited else "the whole"
        facts = (source.publisher, source.author, in_words(source.published), f"{cited} of {source.id}")
        told = Content.styled(" · ".join(one_line(fact) for fact in facts if fact), "$muted")
        lines = [SheetLine(line.stylize("bold $text-accent")) for line in title]
        lines += [SheetLine(line) for line in hang(" " * len(mark), told, width)]
        if source.url:
            link = Content.styled(one_line(source.url), "underline")
            lines += [SheetLine(line, index) for line in hang(" " * len(mark), link, width)]
        return [*lines, SheetLine(Content.empty())]

    def _told_keys(self) -> str:
        keys = [
            self.app.get_key_display(active.binding)
            for active in self.active_bindings.values()
            if active.binding.action == "open_link"
        ]
        has_link = any(passage.source.url for passage in self._passages)
        parts = (
            "1 to 9 source" if len(self._passages) > 1 else "",
            f"{keys[0]} link" if keys and has_link else "",
            "escape closes",
        )
        return "   ".join(filter(None, parts))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Sources are chosen where there are several."""
        if action == "choose":
            return len(self._passages) > 1 and parameters[0] in range(1, len(self._passages) + 1)
        return True

    def on_click(self, event: Click) -> None:
        """A click closes the panel, but for one on a link."""
        if "row" in event.style.meta:
            event.prevent_default()  # Else any panel's way with clicks comes next.

    def on_row_pressed(self, event: RowPressed) -> None:
        """A press on a link opens it."""
        if event.row != NO_ROW:
            open_link(self.trainer, [self._passages[event.row].source], is_shown=True)

    def action_open_link(self) -> None:
        """Open the link of the source chosen, else the first that there is."""
        chosen = self._passages if self._chosen is None else [self._passages[self._chosen]]
        open_link(self.trainer, (passage.source for passage in chosen))

    def action_choose(self, number: int) -> None:
        """Bring the source of that number to the front."""
        self._chosen = number - 1
        self._show(self._chosen)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(Sheet).scroll_by(by)

    def action_scroll_page(self, by: int) -> None:
        """Scroll by what is seen, a line of it staying."""
        sheet = self.query_one(Sheet)
        sheet.scroll_by(by * max(1, sheet.scrollable_content_region.height - 1))


def open_link(app: TrainerApp, sources: Iterable[Source], *, is_shown: bool = False) -> None:
    """Open the first link of some sources in the browser, or say why not.

    It comes from a deck: its address is told first, unless it `is_shown`, and opened when asked for again.
    """
    url = next((source.url for source in sources if source.url), "")
    app.clear_notifications()
    if not url:
        app.notify("There is no link to open.", severity="warning", markup=False)
    elif not _is_web_address(url):
        app.notify(f"This is no web address: {one_line(url)}", severity="warning", markup=False)
    elif not is_shown and not app.is_meant(url):
        app.notify(f"The same key again opens {_in_brief(url)}", markup=False, timeout=10)
    elif failure := _open(app, url):
        app.notify(f"{failure}: {_in_brief(url)}", severity="warning", markup=False, timeout=12)
    else:
        app.notify(f"Opening {_in_brief(url)}", markup=False)


def _in_brief(url: str) -> str:
    """An address as far as a notice has room: where it leads, and how it ends."""
    if len(url) <= _LONGEST_ADDRESS:
        return one_line(url)
    begin, end = url[: _LONGEST_ADDRESS * 3 // 4], url[-_LONGEST_ADDRESS // 4 :]
    return f"{one_line(begin)} … {one_line(end)} ({len(url):,} characters; the sources show them all)"


def _open(app: App[Any], url: str) -> str:
    """Open an address in a browser, which gets the terminal if it needs one; what went wrong, if anything."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return "There is no browser to open this with"
    if type(browser).__name__ not in _IN_TERMINAL:
        app.open_url(url)
        return ""
    try:
        with lent(app):
            app.open_url(url)
    except SuspendNotSupported:
        return "This terminal cannot be lent to a browser"
    if shutil.which(browser.name) is None:
        return f"The browser {one_line(browser.name)} is not there; the address is"
    return ""


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = url.isprintable() and not any(map(str.isspace, url))
    return plain and parts.scheme in _WEB and bool(parts.netloc)


def _passage_lines(passage: Passage, width: int) -> Iterator[tuple[Content, bool]]:
    """The lines of a passage, each with whether it belongs to the first paragraph that is cited."""
    article = passage.article
    if article is None:
        said = passage.failure or "no local copy; the setting `articles` names a folder of them"
        yield from ((line, False) for line in wrap(Content.styled(one_line(said), "$muted"), width))
        return
    blocks = article.passage(passage.cited) if passage.cited else article.blocks
    before = 0
    first = next((block.number for block in blocks if block.number in passage.cited), 0)
    for block in _bounded(blocks):
        if before and block.number > before + 1:
            yield Content.styled("     …", "$muted"), False
        before = block.number or before
        for line in _block_lines(block, width, cited=block.number in passage.cited):
            yield line, block.number == first > 0
    for number in _absent(passage.cited, article):
        told = f"¶ {number} is not in the local copy"
        yield from ((line, False) for line in wrap(Content.styled(told, "$text-warning"), width))


def _absent(cited: Sequence[int], article: Article) -> list[int]:
    return [number for number in cited if number not in article.paragraphs]


def _bounded(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks up to the length that a screen can bear."""
    length = 0
    for block in blocks:
        if length >= _MAX_SHOWN:
            return
        length += len(block.text)
        yield block


def _block_lines(block: Block, width: int, *, cited: bool) -> list[Content]:
    """A paragraph beside its number; one that is cited is marked by a bar and in bold."""
    head = f"{block.number or '':>3}  "
    lines = hang(head, Content(one_line(block.text[:_MAX_SHOWN])), width - 2)
    if cited:
        return [Content.assemble(("┃ ", "$accent"), line.stylize("bold")) for line in lines]
    return [Content("  ") + line.stylize("$muted") for line in lines]
