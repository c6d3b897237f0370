"""Whatever is in the decks, what commands print steers no terminal, and what they write is what they say."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command_line import Told, Trainer

from hostile.room import laid_out
from hostile.texts import CONTROLS, HARMFUL, TEXTS
from trainer.core.visible import visible

COMMANDS = (
    "list",
    "check",
    "due",
    "stats",
    "next",
    "timeline",
    "coverage",
    "where",
    "doctor",
    "preview harmful",
)
_VOID = {"meta", "link", "br", "hr", "input", "img", "col", "wbr", "path", "rect", "line", "circle"}


@pytest.fixture
def decks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = laid_out(tmp_path, every=5)
    monkeypatch.setenv("TRAINER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TRAINER_DECKS", str(place))
    monkeypatch.chdir(tmp_path)
    return place


def studied(trainer: Trainer) -> Told:
    """Some cards answered, by texts that are harmful too."""
    typed = [text for answer in (*TEXTS.values(), *CONTROLS.values()) for text in (answer[:200], "1")]
    return trainer("study", "--plain", "--cram", "--limit", "40", piped="\n".join(typed) + "\n")


def assert_harmless(told: Told) -> None:
    for text in (told.out, told.err):
        assert not (bad := HARMFUL.search(text)), ascii(bad)
        assert visible(text) == text, ascii(next(line for line in text.split("\n") if visible(line) != line))
    assert told.code in (0, 1, 2)


def exported(trainer: Trainer, what: str, format_name: str) -> str:
    """What is written to a file."""
    told = trainer("export", *what.split(), "-o", f"out.{format_name}", "--force")
    assert_harmless(told)
    assert told.code == 0, told.err
    return Path(f"out.{format_name}").read_bytes().decode("utf-8-sig")


def test_every_command_prints_harmless_text(trainer: Trainer, decks: Path) -> None:
    assert_harmless(studied(trainer))
    for command in COMMANDS:
        told = trainer(*command.split())
        assert told.out
        assert_harmless(told)


def test_json_is_in_ascii_and_loses_nothing(trainer: Trainer, decks: Path) -> None:
    studied(trainer)
    for command in ("list", "check", "due", "stats", "next", "timeline", "coverage"):
        told = trainer(*command.split(), "--json")
        assert told.out.isascii() and all(character >= " " or character == "\n" for character in told.out)
        json.loads(told.out)
    cards = trainer("list", "--json").out
    assert json.dumps(TEXTS["an override"])[1:-1] in cards


COMPLAINING = ("study --plain", "preview", "import", "answer", "help", "timeline", "list", "")


def test_what_is_complained_of_is_shown_harmlessly(trainer: Trainer, decks: Path) -> None:
    for number, text in enumerate((*CONTROLS.values(), *TEXTS.values())):
        command = COMPLAINING[number % len(COMPLAINING)]
        told = trainer(*command.split(), "--", f"no {text.replace(chr(0), '')[:300]}")
        assert_harmless(told)
        assert told.err and told.code in (1, 2), command


def test_tests_in_lines_are_harmless(trainer: Trainer, decks: Path) -> None:
    lines = "\n".join(text[:100] for text in TEXTS.values())
    assert_harmless(trainer("quiz", "--plain", "--count", "30", piped=lines))


class Elements(HTMLParser):
    """The elements of a page, and what of it could run or fetch something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.bad: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.bad += [
            f"{tag} {name}" for name, value in attrs if name.startswith("on") or _leads_away(name, value)
        ]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open and self.open.pop() == tag


def _leads_away(name: str, value: str | None) -> bool:
    if name in ("href", "src", "action", "xlink:href"):
        return not re.match(r"https?://|#|data:image/", value or "")
    return False


@pytest.mark.parametrize("what", ["deck harmful", "report"])
def test_pages_hold_no_element_of_a_deck(trainer: Trainer, decks: Path, what: str) -> None:
    studied(trainer)
    text = exported(trainer, what, "html")
    page = Elements(text)
    assert page.open == [] and page.bad == []
    assert not page.names & {"script", "img", "iframe", "object", "embed", "form", "base", "marquee"}
    assert "alert(1)" in text or what == "report"


def test_no_cell_of_a_table_is_a_formula(trainer: Trainer, decks: Path) -> None:
    studied(trainer)
    for what in ("cards", "reviews", "deck harmful"):
        text = exported(trainer, what, "csv")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len({len(row) for row in rows}) == 1
        cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)]
        assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]


def test_a_calendar_has_short_lines_and_no_event_of_a_deck(trainer: Trainer, decks: Path) -> None:
    studied(trainer)
    text = exported(trainer, "due", "ics")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert {line.partition(":")[0].partition(";")[0] for line in unfolded if line} <= {
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND"),
        *("SUMMARY", "DESCRIPTION", "TRANSP", "X-WR-CALNAME", "DURATION", "NAME"),
    }


@pytest.mark.parametrize("format_name", ["csv", "json", "md", "apkg"])
def test_what_is_written_comes_back(trainer: Trainer, decks: Path, tmp_path: Path, format_name: str) -> None:
    file = tmp_path / f"out.{format_name}"
    assert trainer("export", "deck", "harmful", "-o", str(file)).code == 0
    told = trainer("import", str(file), "back", "--dry-run", "--json")
    assert told.code == 0, told.err
    assert told.out.isascii()
