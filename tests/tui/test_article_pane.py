"""The article beside its cards: marking paragraphs, selecting words, by keys and with the mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

import pytest
from desk import NARROW, TINY, Desk, assert_clean, text_of
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp, MouseUp
from textual.pilot import Pilot
from textual.widgets import Static

from trainer.core.article import Article, Block, parse
from trainer.tui.app import TrainerApp
from trainer.tui.screens.base import TrainerScreen
from trainer.tui.widgets.article_pane import ArticlePane, Words

TALL = (60, 30)
TEXT = """\
[caption] Two ministers at a table

[1] Armenia will leave the alliance. The date is open.

[standfirst] All about the quarrel

[2] “I will never visit Belarus as long as he is its president,” Pashinyan told members. “In general, no \
official of Armenia will visit Belarus at this point.” That was on June 12. Mr. Glaz of the U.S. office \
asked: why?

[heading] What came next

[3] Belarus recalled its ambassador.

[4] An end.
"""
CITED = {1: 3, 2: 7, 3: 0, 4: 2}
SECOND = parse(TEXT).paragraphs[2]


class Reading(TrainerScreen):
    """The article alone, what it says, and whether escape came through."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back")]

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.pane = ArticlePane()
        self._article = article
        self.marked: list[int] = []
        self.selected: list[str | None] = []
        self.opened: list[int] = []
        self.left = 0

    def compose(self) -> ComposeResult:
        yield self.pane
        below = Static("below")
        below.styles.height = 1
        yield below

    def on_mount(self) -> None:
        self.pane.show(self._article, lambda number: CITED.get(number, 0), name="report.txt")
        self.pane.focus()

    def on_article_pane_marked(self, event: ArticlePane.Marked) -> None:
        self.marked.append(event.number)

    def on_article_pane_selected(self, event: ArticlePane.Selected) -> None:
        self.selected.append(event.words and event.words.text)

    def on_article_pane_opened(self, event: ArticlePane.Opened) -> None:
        self.opened.append(event.number)

    def action_leave(self) -> None:
        self.left += 1


class Sight:
    """A screen with an article, and what is to be seen and pressed there."""

    def __init__(self, app: TrainerApp, pilot: Pilot[None], screen: Reading) -> None:
        self.app, self.pilot, self.screen, self.pane = app, pilot, screen, screen.pane

    @property
    def lines(self) -> list[str]:
        return text_of(self.app).splitlines()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def where(self, text: str) -> tuple[int, int]:
        """Column and row of the first of a text."""
        return next((line.index(text), y) for y, line in enumerate(self.lines) if text in line)

    async def click(self, text: str, *, times: int = 1, at: int = 0) -> None:
        x, y = self.where(text)
        await self.pilot.click(ArticlePane, offset=(x + at, y), times=times)
        await self.pilot.pause()

    async def drag(self, start: tuple[int, int], *through: tuple[int, int]) -> None:
        await self.pilot.mouse_down(ArticlePane, offset=start)
        for place in through:
            await self.pilot.hover(ArticlePane, offset=place)
        await self.pilot._post_mouse_events([MouseUp, Click], ArticlePane, offset=through[-1], button=1)
        await self.pilot.pause()

    def styled(self, name: str) -> str:
        """What is painted bold, italic, underlined or the like."""
        strips = (self.pane.render_line(y) for y in range(self.pane.size.height))
        return "".join(part.text for strip in strips for part in strip if getattr(part.style, name)).strip()

    @property
    def text(self) -> str | None:
        """The words selected."""
        return self.pane.selection and self.pane.selection.text

    @property
    def rows(self) -> list[str]:
        """The lines of the article."""
        return self.lines[1 : self.pane.size.height]

    async def wheel(self, kind: type[MouseScrollDown | MouseScrollUp], times: int) -> None:
        for _ in range(times):
            await self.pilot._post_mouse_events([kind], ArticlePane, offset=(9, 3), button=0)
        await self.pilot.pause()


@asynccontextmanager
async def reading(
    desk: Desk, article: Article | str = TEXT, *, size: tuple[int, int] = TALL
) -> AsyncIterator[Sight]:
    app = desk.home()
    async with app.run_test(size=size) as pilot:
        screen = Reading(parse(article) if isinstance(article, str) else article)
        await app.push_screen(screen)
        await pilot.pause()
        yield Sight(app, pilot, screen)


# What is seen


async def test_each_paragraph_stands_beside_its_number_and_a_dot_for_each_card(desk: Desk) -> None:
    async with reading(desk) as sight:
        lines = sight.lines
        assert lines[0].split() == ["report.txt", "4", "¶,", "3", "cited"]
        assert lines[1].startswith(" caption") and "Two ministers" in lines[1]
        assert lines[3].startswith("›¶ 1 ●●●") and "Armenia will leave" in lines[3]
        assert any(line.startswith(" ¶ 2 ●×7") for line in lines)
        assert any(line.startswith(" ¶ 3 ○ ") for line in lines)
        assert any(line.startswith(" standfirst") for line in lines)
        assert "this point.” That was on June 12. Mr. Glaz" in " ".join(" ".join(lines).split())


async def test_dots_stand_below_the_number_where_it_is_narrow(desk: Desk) -> None:
    async with reading(desk, size=(48, 24)) as sight:
        column, row = sight.where("›¶ 1")
        assert sight.lines[row + 1].startswith(" ●●●") and column == 0
        column, row = sight.where("stand-")
        assert sight.lines[row + 1].startswith(" first")
        await sight.press("end")
        column, row = sight.where("An end.")
        assert sight.lines[row + 1].startswith(" ●●")
        column, row = sight.where("Belarus recalled")
        assert sight.lines[row + 3].startswith("›¶ 4")
        column, row = sight.where("What came next")
        assert sight.lines[row + 2].startswith(" ¶ 3")


async def test_another_width_wraps_anew_and_keeps_the_mark_in_view(desk: Desk) -> None:
    async with reading(desk, LONG, size=(100, 20)) as sight:
        sight.pane.mark(9)
        for width in (60, 120):
            await sight.pilot.resize_terminal(width, 20)
            while sight.pane.size.width != width:
                await sight.pilot.pause()
            assert width - 6 < max(len(row.rstrip(" ▐")) for row in sight.rows) < width
            assert any(row.startswith("›¶ 9") for row in sight.rows)


async def test_the_cursor_is_underlined_and_what_is_selected_stands_out(desk: Desk) -> None:
    text = "one\u202e two \x1bthree four five"
    async with reading(desk, Article(blocks=(Block(number=1, text=text),))) as sight:
        await sight.press("left")
        assert sight.styled("underline") == "five"
        await sight.press("shift+left")
        assert sight.styled("underline") == "four" and "four five" in sight.styled("bold")


async def test_with_little_room_only_the_marked_paragraph_is_in_full(desk: Desk) -> None:
    async with reading(desk, size=(39, 20)) as sight:
        assert [row[:5] for row in sight.rows[:4]] == [" cap.", "›1 ●3", "     ", " sta."]
        assert "“I will" in sight.rows[4] and sight.rows[4].endswith("…") and sight.rows[5][:5] == " hea."
        await sight.press("down", "down")
        assert any("asked: why?" in row for row in sight.rows)
        assert sum("…" in row for row in sight.rows) == 2
        await sight.press("down", "down")
        assert not any("asked: why?" in row for row in sight.rows)
        assert sight.pane.number == 3 and any(row.startswith(" 4 ●2") for row in sight.rows)


@pytest.mark.parametrize("size", [(60, 7), (36, 5), (60, 3)])
async def test_the_mark_is_seen_however_low_the_pane_is(desk: Desk, size: tuple[int, int]) -> None:
    async with reading(desk, LONG, size=size) as sight:
        for key in ("end", "up", "up", "pageup", "home", "down", "pagedown", "pagedown", "end"):
            await sight.press(key)
            assert sum("›" in line for line in sight.lines) == 1, key


@pytest.mark.parametrize("size", [(20, 5), (24, 6), (20, 60), (200, 5), TINY, NARROW, (200, 60)])
async def test_no_size_is_too_small_or_large(desk: Desk, size: tuple[int, int]) -> None:
    async with reading(desk, size=size) as sight:
        await sight.press("down", "s", "shift+down", "pagedown", "pageup", "end", "left", "v", "up", "home")
        await sight.pilot.click(ArticlePane)
        await sight.pilot.resize_terminal(30, 9)
        await sight.pilot.resize_terminal(*size)
        sight.pane.mark(1)
        await sight.press("shift+left", "space", "space")
        assert sight.text is not None and sight.text in parse(TEXT).paragraphs[1]


async def test_an_empty_article_takes_every_key(desk: Desk) -> None:
    async with reading(desk, "") as sight:
        await sight.press(
            *("down", "up", "pagedown", "home", "end", "enter", "space", "s", "v"),
            *("left", "right", "shift+left", "shift+down", "escape"),
        )
        await sight.pilot.click(ArticlePane, offset=(20, 1))
        sight.pane.action_take_word()
        assert "There is no text in this file." in sight.rows[0]
        assert (sight.pane.number, sight.text, sight.screen.left) == (0, None, 1)


# The mark


async def test_keys_mark_one_paragraph_after_another_and_say_so(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("down", "j", "k", "enter")
        assert sight.pane.number == 0 and sight.screen.opened == [0]
        await sight.press("down", "enter")
        assert sight.pane.number == 2 and sight.screen.opened == [0, 2]
        await sight.press("G", "down")
        assert sight.pane.number == 4
        await sight.press("g", "up")
        assert sight.screen.marked == [1, 0, 2, 0, 2, 4, 0]
        assert sight.rows[0].startswith("›caption")


LONG = "\n\n".join(
    f"[{number}] " + " ".join(f"Fact {number}-{fact} is told in so many words." for fact in range(1, 31))
    for number in range(1, 13)
)


def facts(rows: list[str], number: int) -> list[int]:
    """Which facts of a paragraph are not to be read in some rows."""
    told = "".join(f"{row[12:].strip(' ▐')} " for row in rows)
    return [fact for fact in range(1, 31) if f"Fact {number}-{fact} is" not in told]


async def test_a_paragraph_longer_than_the_pane_is_read_to_its_end_first(desk: Desk) -> None:
    async with reading(desk, LONG, size=NARROW) as sight:
        seen: list[str] = []
        while sight.pane.number == 1:
            assert sight.rows[0].startswith("›¶ 1 ")
            seen += sight.rows
            await sight.press("down")
        assert facts(seen, 1) == [] and sight.rows[0].startswith("›¶ 2 ")
        await sight.press("up")
        assert sight.pane.number == 1 and "1-30" in "".join(sight.rows)
        seen = sight.rows
        while "Fact 1-1 is" not in sight.rows[0]:
            await sight.press("up")
            seen = sight.rows + seen
        assert sight.pane.number == 1 and facts(seen, 1) == []


async def test_pages_pass_over_no_line_and_the_mark_goes_along(desk: Desk) -> None:
    async with reading(desk, LONG, size=NARROW) as sight:
        seen = sight.rows
        for _ in range(30):
            await sight.press("pagedown")
            assert any("›" in row for row in sight.rows)
            seen += sight.rows
        assert sight.pane.number == 12
        assert [facts(seen, number) for number in range(1, 13)] == [[]] * 12
        seen = sight.rows
        for _ in range(30):
            await sight.press("pageup")
            seen = sight.rows + seen
        assert sight.pane.number == 1
        assert [facts(seen, number) for number in range(1, 13)] == [[]] * 12


async def test_a_page_that_folds_the_paragraph_before_leaves_no_hole(desk: Desk) -> None:
    async with reading(desk, f"[1] {'word ' * 200}\n\n[2] Two.\n\n[3] Three.", size=(39, 14)) as sight:
        while sight.pane.number == 1:
            await sight.press("pagedown")
        assert [row[:4].rstrip() for row in sight.rows[:4]] == [" 1 ●", "›2 ●", " 3 ○", ""]


async def test_where_all_fits_a_page_leads_to_the_end(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("pagedown")
        assert sight.pane.number == 4
        await sight.press("pageup")
        assert sight.pane.number == 0 and sight.rows[0].startswith("›caption")


async def test_the_mark_is_kept_in_view_and_can_be_put_anywhere(desk: Desk) -> None:
    async with reading(desk, LONG, size=NARROW) as sight:
        for number in (7, 3, 12, 1):
            sight.pane.mark(number)
            await sight.pilot.pause()
            assert sight.pane.number == number
            assert any(line.startswith(f"›¶ {number} ") for line in sight.lines)
        sight.pane.mark(99)
        sight.pane.mark(0)
        assert sight.pane.number == 1


async def test_the_mark_and_what_is_selected_stay_when_counts_or_other_paragraphs_change(desk: Desk) -> None:
    async with reading(desk) as sight:
        sight.pane.mark(2)
        await sight.press("right", "space")
        sight.pane.show(parse(TEXT), lambda number: 9 if number == 2 else 0)
        await sight.pilot.pause()
        assert (sight.pane.number, sight.text) == (2, "I") and "●×9" in "".join(sight.lines)
        assert sight.lines[0].split()[0] == "report.txt"
        sight.pane.show(parse("[heading] More\n\n" + TEXT), lambda number: 0)
        assert (sight.pane.number, sight.text) == (2, "I")
        sight.pane.show(parse(TEXT.replace("never visit", "visit")), lambda number: 0)
        assert (sight.pane.number, sight.text) == (2, None)
        sight.pane.show(parse("[7] Another."), lambda number: 0)
        await sight.pilot.pause()
        assert sight.pane.number == 7
        assert sight.screen.selected == ["I", None] and sight.screen.marked == [1, 2, 7]
        sight.pane.show(parse("[caption] b\n\n[caption] c\n\n[7] a"), lambda number: 0)
        await sight.press("up")
        sight.pane.show(parse("[caption] b\n\n[7] a"), lambda number: 0)
        assert sight.pane.number == 7
        sight.pane.show(Article(), lambda number: 0)
        assert sight.pane.number == 0


# Words, by keys


async def test_arrows_move_a_word_cursor_and_shift_selects(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("right", "right")
        assert sight.text is None
        await sight.press("shift+right", "shift+right")
        assert sight.text == "will leave the"
        await sight.press("shift+left", "shift+left", "shift+left")
        assert sight.text == "Armenia will"
        await sight.press("right")
        assert sight.text is None
        await sight.press("h", "h", "h", "l", "space")
        assert sight.text == "will"
        assert sight.screen.selected[0] == "will leave" and None in sight.screen.selected


async def test_left_begins_at_the_end_and_shift_at_once_with_a_word(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("left", "space")
        assert sight.text == "open"
        await sight.press("escape", "shift+right")
        assert sight.text == "Armenia"
        await sight.press("escape", "shift+left", "shift+left")
        assert sight.text == "is open"


async def test_v_selects_where_shift_does_not_arrive(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("v", "right", "l", "h")
        assert sight.text == "Armenia will"
        await sight.press("down")
        assert sight.text == "Armenia will leave the alliance. The date is open" and sight.pane.number == 1
        await sight.press("v")
        assert sight.text is not None
        await sight.press("left")
        assert sight.text is None
        await sight.press("v", "s", "left")
        assert sight.text is None


async def test_space_takes_the_word_and_gives_it_back(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("space")
        assert sight.pane.selection == Words(
            number=1,
            text="Armenia",
            sentence="Armenia will leave the alliance.",
            paragraph="Armenia will leave the alliance. The date is open.",
            place=0,
        )
        await sight.press("space")
        assert sight.text is None


async def test_s_takes_the_sentence_and_then_the_next_one_too(desk: Desk) -> None:
    async with reading(desk) as sight:
        sight.pane.mark(2)
        await sight.press("s")
        assert sight.text == SECOND[: SECOND.index(" told members.")] + " told members"
        await sight.press("s")
        assert sight.text == SECOND[: SECOND.index(" That was")]
        await sight.press("s", "s", "s")
        assert sight.text == SECOND
        await sight.press("right", "left", "left", "s")
        assert sight.text == "Mr. Glaz of the U.S. office asked: why?"
        words = sight.pane.selection
        assert words is not None and words.sentence[words.place :].startswith(words.text)


async def test_words_know_their_place_in_the_sentence(desk: Desk) -> None:
    async with reading(desk, "[1] One. Belarus and Belarus left.") as sight:
        await sight.press("left", "left", "space")
        words = sight.pane.selection
        assert words is not None
        assert (words.text, words.sentence, words.place) == ("Belarus", "Belarus and Belarus left.", 12)


async def test_quotation_marks_are_left_where_both_are_outside(desk: Desk) -> None:
    async with reading(desk) as sight:
        sight.pane.mark(2)
        await sight.press("right", "shift+right", "shift+right")
        assert sight.text == "I will never"
        assert sight.pane.selection is not None
        assert sight.pane.selection.sentence.startswith("“I will never visit")


async def test_among_words_up_and_down_go_by_lines_and_on_to_other_paragraphs(desk: Desk) -> None:
    async with reading(desk) as sight:
        sight.pane.mark(2)
        await sight.pilot.pause()
        first = sight.where("“I will")
        await sight.press("right", "down", "space")
        assert sight.text == _word_at(sight.lines[first[1] + 1], first[0] + 1)
        await sight.press("up", "up", "up")
        assert sight.pane.number == 1 and sight.text is None
        await sight.press("space")
        assert sight.text == "open"


def _word_at(line: str, column: int) -> str:
    start = line.rfind(" ", 0, column + 1) + 1
    return line[start:].split(maxsplit=1)[0].strip("“”.,")


async def test_shift_and_arrows_select_lines_to_the_ends_of_the_paragraph(desk: Desk) -> None:
    async with reading(desk) as sight:
        sight.pane.mark(2)
        await sight.press("right", *["shift+down"] * 9)
        assert sight.text == SECOND and sight.pane.number == 2
        await sight.press(*["shift+up"] * 9)
        assert sight.text == "I"


async def test_escape_clears_what_is_selected_and_only_then_comes_through(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("s", "escape")
        assert (sight.text, sight.screen.left) == (None, 0)
        await sight.press("right", "escape")
        assert sight.screen.left == 0
        await sight.press("escape")
        assert sight.screen.left == 1


async def test_another_paragraph_means_nothing_is_selected(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.press("s", "end")
        assert sight.text is None and sight.screen.selected[-1] is None
        await sight.press("home", "s")
        assert sight.pane.selection is not None and sight.pane.selection.number == 0


async def test_the_word_cursor_is_kept_in_view(desk: Desk) -> None:
    async with reading(desk, LONG, size=NARROW) as sight:
        await sight.press(*["s"] * 30)
        assert "1-30" in "".join(sight.rows)
        await sight.press(*["shift+up"] * 40)
        assert "Fact 1-1 is" in sight.rows[0]


# The mouse


async def test_a_click_marks_a_paragraph_and_escape_leaves_at_once(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.click("recalled")
        assert (sight.pane.number, sight.text) == (3, None)
        await sight.press("escape")
        assert sight.screen.left == 1


async def test_keys_go_on_from_the_word_that_was_clicked(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.click("general")
        await sight.press("s")
        assert sight.text == "In general, no official of Armenia will visit Belarus at this point"


async def test_two_clicks_take_the_word_and_three_the_sentence(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.click("members", times=2, at=3)
        assert sight.text == "members"
        await sight.click("June", times=3)
        assert sight.text == "That was on June 12"
        await sight.click("recalled")
        assert sight.text is None


async def test_two_clicks_before_the_text_open_the_paragraph(desk: Desk) -> None:
    async with reading(desk) as sight:
        await sight.click("¶ 3", times=2)
        assert sight.screen.opened == [3] and sight.text is None


async def test_dragging_selects_whole_words_either_way(desk: Desk) -> None:
    async with reading(desk) as sight:
        never, (x, y) = sight.where("never"), sight.where("Belarus")
        await sight.drag((never[0] + 2, never[1]), (x + 1, y), (x + 3, y))
        assert sight.text == "never visit Belarus"
        await sight.drag((x + 3, y), (never[0] + 4, never[1]))
        assert sight.text == "never visit Belarus"
        await sight.drag((x + 3, y), (x + 4, y))
        assert sight.text == "Belarus"
        await sight.drag((x, y), (1, 1))
        assert sight.text == "I will never visit Belarus"
        await sight.drag((x, y), (x, sight.where("An end")[1]))
        assert sight.text is not None and sight.text.endswith("asked: why?")


async def test_a_click_on_a_folded_paragraph_shows_it_in_full(desk: Desk) -> None:
    async with reading(desk, LONG, size=(120, 8)) as sight:
        await sight.wheel(MouseScrollDown, 4)
        await sight.click("Fact 5-2")
        assert sight.pane.number == 5 and sight.rows[0].startswith("›¶ 5 ")
        assert "Fact 5-10" in " ".join(sight.rows)
        await sight.press("space")
        assert sight.text == "Fact"


async def test_what_moves_under_the_mouse_is_not_dragged(desk: Desk) -> None:
    async with reading(desk, size=(39, 20)) as sight:
        sight.pane.mark(2)
        await sight.pilot.pause()
        x, y = sight.where("Belarus recalled")
        await sight.drag((x + 9, y), (x + 10, y))
        assert (sight.pane.number, sight.text) == (3, None)
        await sight.press("space")
        assert sight.text == "recalled"


async def test_a_press_on_a_mark_that_begins_a_line_is_one_on_the_word_after_it(desk: Desk) -> None:
    text = "a" * 40 + " “Bravo” followed at once."
    async with reading(desk, Article(blocks=(Block(number=1, text=text),))) as sight:
        await sight.click("“Bravo", times=2)
        assert sight.text == "Bravo"


async def test_dragging_over_the_edge_scrolls(desk: Desk) -> None:
    async with reading(desk, LONG, size=NARROW) as sight:
        await sight.drag((20, 5), *[(x, 14) for x in range(20, 26)])
        assert "Fact 1-1 is" not in sight.rows[0] and sight.pane.number == 1
        assert sight.text is not None and sight.text.count("Fact 1-") > 6
        await sight.drag((20, 5), *[(x, 0) for x in range(20, 30)])
        assert "Fact 1-1 is" in sight.rows[0] and sight.text is not None


async def test_the_wheel_scrolls_and_the_mark_stays(desk: Desk) -> None:
    async with reading(desk, LONG, size=NARROW) as sight:
        before = sight.lines
        await sight.wheel(MouseScrollDown, 9)
        assert sight.pane.number == 1 and "›" not in "".join(sight.rows)
        await sight.wheel(MouseScrollUp, 9)
        assert sight.lines == before


async def test_the_scroll_bar_leads_anywhere(desk: Desk) -> None:
    async with reading(desk, LONG, size=NARROW) as sight:
        assert sight.rows[0].endswith("▐") and not sight.rows[-1].endswith("▐")
        await sight.pilot.click(ArticlePane, offset=(59, 13))
        await sight.pilot.pause()
        assert sight.rows[-1].endswith("▐") and "¶ 12" in "".join(sight.lines)
        assert sight.pane.number == 1


# Foreign text


async def test_signs_do_not_shift_what_is_selected(desk: Desk) -> None:
    text = "one\u202e two \x1b[31mthree\x07 four e\u0301" + "\u0301" * 40 + " five"
    async with reading(desk, Article(blocks=(Block(number=1, text=text),))) as sight:
        assert "⟨202E⟩" in sight.rows[0] and "⟨…⟩" in sight.rows[0]
        assert_clean("\n".join(sight.lines))
        await sight.click("three", times=2, at=4)
        assert sight.text is not None and sight.text.endswith("[31mthree\x07")
        x = sight.rows[0].index("four")
        await sight.pilot.click(ArticlePane, offset=(x + 1, 1), times=2)
        assert sight.text == "four"
        x = cell_len(sight.rows[0][: sight.rows[0].index("five")])
        await sight.pilot.click(ArticlePane, offset=(x, 1), times=2)
        assert sight.text == "five"


async def test_wide_characters_keep_their_places(desk: Desk) -> None:
    text = "亚美尼亚 leaves 联盟 ok, e\u0301te\u0301 fin"
    async with reading(desk, Article(blocks=(Block(number=1, text=text),))) as sight:
        gutter = sight.rows[0].index("亚")
        for column, word in (
            (0, "亚"),
            (1, "亚"),
            (2, "美"),
            (9, "leaves"),
            (14, "leaves"),
            (17, "联"),
            (19, "盟"),
        ):
            await sight.pilot.click(ArticlePane, offset=(gutter + column, 1), times=2)
            await sight.pilot.pause()
            assert sight.text == word
        await sight.press("escape", "end", "left", "left", "space")
        assert sight.text == "e\u0301te\u0301"
