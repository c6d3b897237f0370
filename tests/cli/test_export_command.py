"""`trainer export`: files and streams, formats by name, and what cannot be written."""

from __future__ import annotations

import csv
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from command_line import Trainer

from trainer.collection.exporting import formats

DECK = """\
title: A deck
notes:
  - {id: a, question: Who?, answer: me}
  - {id: b, question: "=1+1?", answer: "two, or “2”"}
  - id: c
    type: accounts
    question: How many, according to {by}?
    accounts:
      - {source: one, says: "1"}
      - {source: two, says: "2"}
"""
SOURCES = "one: {title: One, short: the One}\ntwo: {title: Two, short: the Two}\n"


@pytest.fixture
def decks(decks: Path) -> Path:
    (decks / "sources.yaml").write_text(SOURCES)
    (decks / "deck.yaml").write_text(DECK)
    return decks


def answer(trainer: Trainer, card: str = "deck/a/card", response: str = "me") -> None:
    told = trainer("answer", card, "--response", response, "--rating", "3")
    assert told.code == 0, told.err


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_without_a_file_text_goes_to_standard_output_and_nothing_else_does(trainer: Trainer) -> None:
    answer(trainer)
    for kind, usual in (("reviews", 1), ("cards", 6)):
        told = trainer("export", kind)
        assert (told.code, told.err) == (0, "")
        assert len(rows(told.out)) == usual
    assert trainer("export", "due").out.startswith("BEGIN:VCALENDAR\r\n")
    assert trainer("export", "deck", "deck", "-o", "-").data["title"] == "A deck"
    assert trainer("export", "report").out.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("kind", ["reviews", "cards", "due", "report", "deck"])
def test_the_name_of_the_file_tells_the_format(kind: str, trainer: Trainer, tmp_path: Path) -> None:
    answer(trainer)
    for name, suffixes in formats(kind).items():
        by_name, by_option = tmp_path / f"x{suffixes[0]}", tmp_path / f"{name}.txt"
        assert trainer("export", kind, "-o", str(by_name)).code == 0
        assert trainer("export", kind, "-o", str(by_option), "--format", name).code == 0
        assert by_name.stat().st_size > 0
        if name not in ("apkg", "ics", "html"):  # They tell when they were written.
            assert by_name.read_bytes() == by_option.read_bytes()


def test_a_file_is_told_of_and_holds_what_the_stream_would(trainer: Trainer, tmp_path: Path) -> None:
    answer(trainer, "deck/b/card", "=2")
    path = tmp_path / "out.csv"
    told = trainer("export", "reviews", "-o", str(path))
    assert (told.out, told.err) == (f"1 review written to {path}\n", "")
    streamed = trainer("export", "reviews").out
    assert path.read_bytes().decode() == streamed
    (row,) = rows(streamed)
    assert (row["question"], row["response"], row["answer"]) == ("'=1+1?", "'=2", "two, or “2”")


def test_only_what_is_asked_for_is_written(trainer: Trainer) -> None:
    answer(trainer)
    day = rows(trainer("export", "reviews").out)[0]["study_day"]
    assert len(rows(trainer("export", "reviews", "--since", day, "--until", day[:7]).out)) == 1
    assert rows(trainer("export", "reviews", "--until", "2001").out) == []
    assert rows(trainer("export", "reviews", "--since", "3000-02").out) == []
    assert len(rows(trainer("export", "cards", "--source", "one").out)) == 3
    told = trainer("export", "cards", "nosuch")
    assert (told.code, told.out) == (1, "") and "no such deck" in told.err


def test_what_a_table_cannot_hold_is_told(trainer: Trainer, tmp_path: Path) -> None:
    told = trainer("export", "deck", "-o", str(tmp_path / "deck.csv"))
    assert told.code == 0
    assert told.out.startswith("2 notes written to ")
    assert told.err == "note c: a table cannot hold its accounts; it is left out\n"


def test_a_file_that_is_there_stays_unless_force_is_told(trainer: Trainer, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("mine")
    told = trainer("export", "cards", "-o", str(path))
    assert (told.code, path.read_text()) == (2, "mine")
    assert told.err == f"trainer: {path} is there already (--force replaces it)\n"
    assert trainer("export", "cards", "-o", str(path), "--force").code == 0
    assert len(json.loads(path.read_text())) == 6


@pytest.mark.parametrize(
    ("arguments", "reason", "code"),
    [
        (("cards", "-o", "{}/none/x.csv"), "there is no such folder", 1),
        (("cards", "-o", "{}", "--format", "csv"), "it is a folder", 1),
        (("cards", "-o", "/dev/null", "--format", "csv"), "it is no regular file", 1),
        (("cards", "-o", "{}/x.xlsx"), "--format says it: csv, json, jsonl", 2),
        (("cards", "-o", "{}/x"), "its name does not tell which format", 2),
        (("reviews", "--format", "ics"), "there are csv, json, jsonl", 2),
        (("reviews", "--since", "yesterday"), "'yesterday' is no date", 2),
        (("due", "--days", "0"), "0 is not in the range", 2),
        (("deck", "--format", "apkg"), "-o FILE.apkg says where", 2),
        (("deck", "--progress"), "--progress is for --format apkg only", 2),
        (("deck", "-o", "{}/\udcff\x1b.json", "--tag", "none"), "no card has such a tag", 1),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_nothing(
    trainer: Trainer, tmp_path: Path, arguments: tuple[str, ...], reason: str, code: int
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    told = trainer("export", *(each.replace("{}", str(place)) for each in arguments))
    assert (told.code, told.out) == (code, "")
    assert reason in told.err
    assert list(place.iterdir()) == []


def test_a_terminal_is_not_steered_by_what_is_exported(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(trainer, response="\x1b[2J\x9b\u202e")
    monkeypatch.setattr("_pytest.capture.CaptureIO.isatty", lambda stream: True, raising=False)
    for name in ("json", "csv", "jsonl"):
        told = trainer("export", "reviews", "--format", name)
        assert told.code == 0
        assert not {sign for sign in told.out if ord(sign) < 32 or sign in "\x9b\u202e"} - {"\n"}
    assert "␛[2J⟨009B⟩" in trainer("export", "reviews").out


def test_where_there_is_no_deck_nothing_is_written(trainer: Trainer, decks: Path, tmp_path: Path) -> None:
    (decks / "deck.yaml").unlink()
    told = trainer("export", "deck", "-o", str(tmp_path / "x.json"))
    assert (told.code, told.out) == (1, "")
    assert told.err == "trainer: there is no deck to export\n"
    assert not (tmp_path / "x.json").exists()


def test_who_reads_only_the_beginning_is_not_told_of_a_fault(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        told = trainer("export", "cards")
        assert (told.code, told.err) == (0, "")


def test_without_a_subcommand_the_exports_are_listed(trainer: Trainer) -> None:
    told = trainer("export", "--help")
    assert told.code == 0
    assert all(f"\n  {kind} " in told.out for kind in ("cards", "deck", "due", "report", "reviews"))


@pytest.mark.parametrize("name", ["progress.db", "progress.db-journal", "config.toml", "link", "twin"])
def test_no_export_takes_the_place_of_progress_or_settings(
    name: str, trainer: Trainer, data: Path, tmp_path: Path
) -> None:
    answer(trainer)
    before = (data / "progress.db").read_bytes()
    (tmp_path / "link").symlink_to(data / "progress.db")
    (tmp_path / "twin").hardlink_to(data / "progress.db")
    path = (tmp_path if name in ("link", "twin") else data) / name
    told = trainer("export", "reviews", "-o", str(path), "--format", "csv", "--force")
    assert (told.code, told.out) == (2, "") and "file of the program's own" in told.err
    assert (data / "progress.db").read_bytes() == before


def test_no_export_writes_a_deck_file(trainer: Trainer, decks: Path) -> None:
    for name in ("deck.yaml", "new.yml"):
        told = trainer("export", "deck", "-o", str(decks / name), "--format", "json", "--force")
        assert (told.code, told.out) == (2, "") and "would be a deck file" in told.err
    assert (decks / "deck.yaml").read_text() == DECK
    assert not (decks / "new.yml").exists()


@pytest.mark.parametrize("kind", ["reviews", "report"])
def test_a_period_that_ends_before_it_begins_is_refused(kind: str, trainer: Trainer) -> None:
    told = trainer("export", kind, "--since", "2026-10-01", "--until", "2026-09")
    assert (told.code, told.out) == (2, "") and "ends before it begins" in told.err


@pytest.mark.parametrize(("file", "said"), [("", "needs the name"), ("~nobody-here/x.csv", "no such home")])
def test_a_file_that_can_be_none_is_refused(file: str, said: str, trainer: Trainer) -> None:
    told = trainer("export", "cards", "-o", file)
    assert told.code == 2 and said in told.err


def test_a_folder_is_told_as_one(trainer: Trainer, tmp_path: Path) -> None:
    assert "it is a folder" in trainer("export", "cards", "-o", str(tmp_path)).err
