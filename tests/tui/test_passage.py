from __future__ import annotations

import os
import re
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MethodType

import pytest
from desk import NARROW, WIDE, Desk, assert_clean, front, text_of
from textual.pilot import Pilot

from trainer.config import Config
from trainer.core.session import Selection
from trainer.tui.app import TrainerApp
from trainer.tui.screens import passage
from trainer.tui.screens.passage import SourcesPanel

LONG = "The talks went on for a long time, and nobody who took part in them would say afterwards what for."
REPORT = f"""\
title: A report on two ambassadors

[1] {LONG}

[2] The ambassador left [b]Minsk[/b] on a Thursday.

[3] Nobody came to the airport.

[heading] Afterwards

[4] {LONG}

[5] Then it rained.
"""
OTHER = "title: Another\n\n[1] First things.\n\n[2] Second things.\n\n[3] Third things.\n"
SOURCES = """\
report:
  title: A report on two ambassadors
  publisher: The Daily Example
  published: 2024-06
other:
  title: Another report
  author: Jo Roe
  url: https://example.org/other?a=1
third:
  title: A third one
  url: file:///etc/passwd
"""
DECK = """\
title: Cited
notes:
  - {id: one, question: Who?, answer: me, source: report#2}
  - {id: apart, question: Who?, answer: me, source: [report#1, report#5]}
  - {id: several, question: Who?, answer: me, source: [report#2, other#2, third#1]}
  - {id: whole, question: Who?, answer: me, source: report}
  - {id: beyond, question: Who?, answer: me, source: [report#3, report#9]}
  - {id: unlinked, question: Who?, answer: me, source: report#1}
  - {id: odd, question: Who?, answer: me, source: third}
  - {id: uncited, question: Who?, answer: me}
"""


def use_browser(monkeypatch: pytest.MonkeyPatch, command: str, *, path: str = os.defpath) -> None:
    """Let Python find that browser anew; "" for none but those on the path."""
    monkeypatch.setattr(webbrowser, "_tryorder", None)
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setenv("PATH", path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    if command:
        monkeypatch.setenv("BROWSER", command)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    use_browser(monkeypatch, "true %s &")
    desk = Desk(tmp_path)
    desk.write("sources", SOURCES)
    (tmp_path / "decks" / "capitals.yaml").unlink()
    desk.write("cited", DECK)
    copies = tmp_path / "articles"
    copies.mkdir()
    (copies / "report.txt").write_text(REPORT, encoding="utf-8")
    (copies / "other.txt").write_text(OTHER, encoding="utf-8")
    desk.config = Config(articles=str(copies))
    return desk


def sitting(desk: Desk, note: str) -> TrainerApp:
    app = desk.study(Selection(cards=(f"cited/{note}/card",)))
    opened: list[str] = []

    def open_url(self: TrainerApp, url: str, *, new_tab: bool = True) -> None:
        opened.append(url)

    app.open_url = MethodType(open_url, app)  # type: ignore[method-assign]
    app.__dict__["opened"] = opened
    return app


def opened(app: TrainerApp) -> list[str]:
    """The addresses that a browser was asked for."""
    found = app.__dict__["opened"]
    assert isinstance(found, list)
    return found


async def seen_after(pilot: Pilot[None], *keys: str) -> str:
    """The screen once keys have done all that they do."""
    await pilot.press(*keys)
    for _ in "laid out", "scrolled", "painted":
        await pilot.pause()
    assert isinstance(pilot.app, TrainerApp)
    return text_of(pilot.app)


async def show_sources(pilot: Pilot[None]) -> str:
    seen = await seen_after(pilot, "enter", "s")
    assert isinstance(pilot.app.screen, SourcesPanel)
    return seen


def line_with(seen: str, words: str) -> str:
    return next(line for line in seen.splitlines() if words in line)


async def test_the_paragraph_cited_is_marked_among_its_neighbours(desk: Desk) -> None:
    app = sitting(desk, "one")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await show_sources(pilot)
        assert "┃   2  The ambassador left [b]Minsk[/b] on a Thursday." in seen
        assert "┃" not in line_with(seen, "The talks") + line_with(seen, "Nobody came")
        assert "Afterwards" not in seen and "rained" not in seen
        assert "The Daily Example · June 2024 · ¶ 2 of report" in seen
        await pilot.press("escape")
        assert front(app) == "cited/one/card"


async def test_what_is_left_out_between_two_passages_is_a_sign(desk: Desk) -> None:
    app = sitting(desk, "apart")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await show_sources(pilot)
        heads = re.findall(r"^ *│ +(?:┃ +)?(\d|…) ", seen.replace("…", "… "), re.M)
        assert heads == ["1", "2", "…", "4", "5"]


async def test_a_whole_source_shows_all_of_it_and_marks_nothing(desk: Desk) -> None:
    app = sitting(desk, "whole")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await show_sources(pilot)
        assert "the whole of report" in seen and "Afterwards" in seen and "rained" in seen
        assert "┃" not in seen


async def test_a_paragraph_that_the_copy_lacks_is_named(desk: Desk) -> None:
    app = sitting(desk, "beyond")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        assert "¶ 9 is not in the local copy" in await show_sources(pilot)


async def test_without_a_copy_it_says_how_to_get_one(desk: Desk) -> None:
    desk.config = Config()
    app = sitting(desk, "one")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await show_sources(pilot)
        assert "no local copy; the setting `articles` names a folder of them" in seen
        assert "The Daily Example" in seen


async def test_a_copy_that_cannot_be_read_says_why(desk: Desk) -> None:
    (desk.folder / "articles" / "report.txt").write_bytes(b"\xff")
    app = sitting(desk, "one")
    async with app.run_test(size=(400, 30)) as pilot:
        seen = await show_sources(pilot)
        assert "report.txt is not UTF-8" in " ".join(seen.replace("│", " ").split())


async def test_the_first_paragraph_cited_is_in_view_where_room_is_short(desk: Desk) -> None:
    text = REPORT.replace(LONG, LONG * 12)
    (desk.folder / "articles" / "report.txt").write_text(text, encoding="utf-8")
    app = sitting(desk, "one")
    async with app.run_test(size=NARROW) as pilot:
        seen = await show_sources(pilot)
        assert "┃   2  The ambassador" in seen
        assert "Daily Example" not in seen
        seen = await seen_after(pilot, *["pageup"] * 4)
        assert "Daily Example" in seen


async def test_a_passage_that_fits_is_shown_from_its_heading(desk: Desk) -> None:
    app = sitting(desk, "one")
    async with app.run_test(size=NARROW) as pilot:
        seen = await show_sources(pilot)
        assert "A report on two ambassadors" in seen and "┃   2  The ambassador" in seen


async def test_a_source_brought_to_the_front_shows_its_heading_too(desk: Desk) -> None:
    app = sitting(desk, "several")
    async with app.run_test(size=NARROW) as pilot:
        assert "Second things" not in await show_sources(pilot)
        seen = await seen_after(pilot, "2")
        assert "› 2  Another report" in seen and "┃   2  Second things." in seen
        assert "A report on two" in await seen_after(pilot, "1")


async def test_paging_passes_over_no_line(desk: Desk) -> None:
    text = "title: T\n\n" + "\n\n".join(f"[{number}] Line{number}." for number in range(1, 41))
    (desk.folder / "articles" / "report.txt").write_text(text, encoding="utf-8")
    app = sitting(desk, "whole")
    async with app.run_test(size=NARROW) as pilot:
        seen = await show_sources(pilot)
        for _ in range(9):
            seen += await seen_after(pilot, "pagedown")
        assert [number for number in range(1, 41) if f"Line{number}." not in seen] == []


async def test_a_digit_brings_a_source_to_the_front_and_o_opens_its_link(desk: Desk) -> None:
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await show_sources(pilot)
        assert "1 to 9 source   o link   escape closes" in seen
        seen = await seen_after(pilot, "3", "o")
        assert opened(app) == []
        assert "This is no web address: file:///etc/passwd" in seen
        await pilot.press("1", "o")
        assert opened(app) == []
        seen = await seen_after(pilot, "2", "o", "o")
        assert opened(app) == ["https://example.org/other?a=1"]
        assert "› 2  Another report" in seen
        seen = await seen_after(pilot, "4")
        assert "› 2  Another report" in seen


async def test_where_none_is_chosen_o_opens_the_first_link_that_there_is(desk: Desk) -> None:
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await show_sources(pilot)
        await pilot.press("o", "o")
        assert opened(app) == ["https://example.org/other?a=1"]


async def test_a_link_opens_by_the_mouse_and_a_click_elsewhere_closes(desk: Desk) -> None:
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = (await show_sources(pilot)).splitlines()
        row = next(y for y, line in enumerate(seen) if "https://" in line)
        await pilot.click(offset=(seen[row].index("https") + 2, row))
        assert opened(app) == ["https://example.org/other?a=1"]
        assert isinstance(app.screen, SourcesPanel)
        await pilot.click(offset=(1, 1))
        assert front(app) == "cited/several/card"


async def test_while_studying_o_opens_the_link_after_the_answer_only(desk: Desk) -> None:
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("o")
        assert opened(app) == []
        seen = await seen_after(pilot, "enter", "o")
        assert opened(app) == []
        assert "The same key again opens" in seen and "https://example.org/other?a=1" in seen
        seen = await seen_after(pilot, "o")
        assert opened(app) == ["https://example.org/other?a=1"]
        assert "Opening https://example.org/other?a=1" in seen


async def test_of_a_long_address_begin_and_end_are_told(desk: Desk) -> None:
    desk.write(
        "sources", SOURCES.replace("https://example.org/other?a=1", f"https://example.org/{'x' * 3_000}/end")
    )
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("enter", "o")
        (notice,) = app._notifications
        assert notice.message.startswith("The same key again opens https://example.org/xxx")
        assert notice.message.endswith("/end (3,024 characters; the sources show them all)")
        assert len(notice.message) < 300


async def test_a_held_key_opens_no_link_and_what_was_opened_once_opens_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("enter")
        monkeypatch.setattr(app, "monotonic", lambda: 100.0)
        await pilot.press("o", "o", "o")
        assert opened(app) == []
        monkeypatch.setattr(app, "monotonic", lambda: 101.0)
        await pilot.press("o")
        monkeypatch.setattr(app, "monotonic", lambda: 900.0)
        await pilot.press("o")
        assert opened(app) == ["https://example.org/other?a=1"] * 2


async def test_a_browser_of_the_terminal_is_given_the_address_and_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, asked = desk.folder / "textual-browser", desk.folder / "asked"
    script.write_text(f'#!/bin/sh\necho "$1" >> "{asked}"\n', encoding="utf-8")
    script.chmod(0o700)
    use_browser(monkeypatch, str(script), path=str(desk.folder))
    app = desk.study(Selection(cards=("cited/several/card",)))
    told: list[str] = []

    @contextmanager
    def lent(borrower: object) -> Iterator[None]:
        told.append(f"lent: {asked.exists()}")
        yield
        told.append(f"back: {asked.read_text(encoding='utf-8')}")

    monkeypatch.setattr(passage, "lent", lent)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await seen_after(pilot, "enter", "o", "o")
        assert told == ["lent: False", "back: https://example.org/other?a=1\n"]
        assert "Opening https" in seen


async def test_a_browser_that_is_not_there_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    use_browser(monkeypatch, "no-such-browser", path=str(desk.folder))
    app = desk.study(Selection(cards=("cited/several/card",)))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = " ".join((await seen_after(pilot, "enter", "o", "o")).split())
        assert "The browser no-such-browser is not there" in seen and "Opening" not in seen


async def test_where_there_is_no_browser_the_address_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_browser(monkeypatch, "", path=str(desk.folder))
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = " ".join((await seen_after(pilot, "enter", "o", "o")).split())
        assert "There is no browser to open this with" in seen and "https://example.org/other?a=1" in seen
        assert opened(app) == []


@pytest.mark.parametrize(("note", "said"), [("unlinked", "There is no link"), ("odd", "no web address")])
async def test_without_a_link_it_says_so(desk: Desk, note: str, said: str) -> None:
    app = sitting(desk, note)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await seen_after(pilot, "enter", "o")
        assert said in seen
        assert opened(app) == []


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://", "http://[", "https://a b", "ftp://example.org", "//example.org"],
)
async def test_only_web_addresses_are_opened(desk: Desk, url: str) -> None:
    desk.write("sources", SOURCES.replace("file:///etc/passwd", f"'{url}'"))
    app = sitting(desk, "odd")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await seen_after(pilot, "enter", "o")
        assert "no web address" in seen
        assert opened(app) == []


async def test_another_key_can_open_the_link(desk: Desk) -> None:
    desk.config = desk.config._replace(keys={"open_link": "w"})
    app = sitting(desk, "several")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        assert "w link" in await show_sources(pilot)
        await pilot.press("w", "w", "escape", "w")
        assert opened(app) == ["https://example.org/other?a=1"] * 2


async def test_help_names_the_key_of_the_link(desk: Desk) -> None:
    app = sitting(desk, "one")
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("enter", "question_mark")
        assert line_with(text_of(app), "open link").strip(" │").startswith("o ")


async def test_text_that_means_harm_is_shown_as_it_is(desk: Desk) -> None:
    text = REPORT.replace("Nobody", "\x1b]0;owned\x07\u202e[bold red]Nobody")
    (desk.folder / "articles" / "report.txt").write_text(text, encoding="utf-8")
    app = sitting(desk, "one")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        seen = await show_sources(pilot)
        assert_clean(seen)
        assert "[bold red]Nobody" in seen


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (20, 50), (200, 5), (200, 50)])
async def test_every_size_is_survived(desk: Desk, size: tuple[int, int]) -> None:
    app = sitting(desk, "several")
    async with app.run_test(size=size) as pilot:
        await show_sources(pilot)
        await pilot.press("2", "down", "pagedown")
        await pilot.resize_terminal(30, 10)
        await pilot.press("1", "pageup", "escape")
        assert front(app) == "cited/several/card"
