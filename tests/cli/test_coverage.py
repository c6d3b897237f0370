from __future__ import annotations

import json
from pathlib import Path

import pytest
from desk import DECK, SOURCES, Desk

from trainer.cli.main import run
from trainer.config import load

REPORT = "title: A report\n\n[1] It \x1b[31mbegins.\n\n[2] Two.\n\n[3] Three.\n\n[caption] C\n\n[4] Four.\n"
OTHER = "title: Other\n\n[1] " + "A long beginning of a paragraph, " * 9 + "\n\n[5] Five.\n"
MORE = """\
title: More of it
notes:
  - {id: one, type: reversed, front: this, back: that, source: [report#3, report#9]}
  - {id: whole, question: Who?, answer: me, source: report}
"""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.write("sources", SOURCES + "other:\n  title: Another\n")
    desk.write("more", MORE)
    articles = desk.folder / "articles"
    articles.mkdir()
    (articles / "report.txt").write_text(REPORT, encoding="utf-8")
    (articles / "other.txt").write_text(OTHER, encoding="utf-8")
    (articles / "stray.txt").write_text("[1] Nobody's.", encoding="utf-8")
    return desk


def coverage(desk: Desk, *options: str, articles: bool = True) -> int:
    named = ["--articles", str(desk.folder / "articles")] if articles else []
    return run(
        ["--data", str(desk.folder), "--decks", str(desk.folder / "decks"), "coverage", *named, *options]
    )


def counts(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    printed = json.loads(capsys.readouterr().out)
    assert all(list(each) == ["source", "paragraph", "cards"] for each in printed)
    return {f"{each['source']}#{each['paragraph']}": each["cards"] for each in printed}


def test_every_paragraph_of_every_source_is_counted_in_order(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "report#5" in DECK
    assert coverage(desk, "--json") == 0
    told = counts(capsys)
    assert told == {"report#1": 0, "report#2": 1, "report#3": 3, "report#4": 0, "other#1": 0, "other#5": 0}
    assert list(told) == ["report#1", "report#2", "report#3", "report#4", "other#1", "other#5"]


def test_decks_can_be_named(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage(desk, "--json", "more") == 0
    assert counts(capsys)["report#3"] == 2
    assert coverage(desk, "nonsense") == 1


def test_the_lines_name_what_is_not_cited_and_what_is_not_there(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coverage(desk) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "report  4 ¶, 2 cited, 5 cards"
    assert lines[1].split() == ["¶", "1", "2", "3", "4"]
    assert lines[2].split() == ["cards", "·", "1", "3", "·"]
    assert lines[3].split(maxsplit=2) == ["uncited", "1", "It ␛[31mbegins."]
    assert lines[4].split() == ["uncited", "4", "Four."]
    assert lines[5] == "  cited, but not there: ¶ 5, 9"
    assert lines[6:8] == ["", "other  2 ¶, 0 cited, 0 cards"]
    assert lines[10].endswith("…") and len(lines[10]) < 90


def test_a_long_article_is_told_in_several_rows(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\n\n".join(f"[{number}] Words." for number in range(1, 41))
    (desk.folder / "articles" / "report.txt").write_text(text)
    assert coverage(desk) == 0
    rows = [line.split()[1:] for line in capsys.readouterr().out.splitlines() if line.startswith("  ¶")]
    assert [int(number) for row in rows[:3] for number in row] == [*range(1, 41)]


def test_a_source_without_a_copy_is_told_beside_the_data(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk.folder / "articles" / "other.txt").unlink()
    (desk.folder / "articles" / "report.txt").chmod(0o600)
    assert coverage(desk, "--json") == 0
    said = capsys.readouterr()
    assert "other: there is no local copy" in said.err
    assert {each["source"] for each in json.loads(said.out)} == {"report"}


def test_the_copies_are_found_by_the_setting_too(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    (desk.folder / "config.toml").write_text('articles = "articles"\n')
    assert coverage(desk, "--json", articles=False) == 0
    assert len(counts(capsys)) == 6


def test_the_copies_are_found_where_the_sources_say(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write("sources", SOURCES + "  file: ../articles/report.txt\n")
    assert coverage(desk, "--json", articles=False) == 0
    assert len(counts(capsys)) == 4


def test_without_any_copy_it_fails_and_says_what_to_do(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coverage(desk, articles=False) == 1
    assert "there is no local copy of an article (--articles names a folder" in capsys.readouterr().err
    for name in ("report", "other"):
        (desk.folder / "articles" / f"{name}.txt").unlink()
    assert coverage(desk) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert str(desk.folder / "articles") in said.err


def test_a_folder_that_is_not_there_is_wrong_usage(desk: Desk) -> None:
    assert coverage(desk, "--articles", str(desk.folder / "nowhere"), articles=False) == 2


@pytest.mark.parametrize(
    ("written", "meant"), [("", None), ("copies", "{}/copies"), ("/srv/copies", "/srv/copies")]
)
def test_the_setting_is_seen_from_its_file(written: str, meant: str | None, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'articles = "{written}"\n')
    folder = load(tmp_path / "config.toml").articles_folder
    assert folder == (Path(meant.format(tmp_path)) if meant else None)
