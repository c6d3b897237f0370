"""The commands that print: what goes to stdout, what to stderr, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from command_line import Told, Trainer
from desk import DECK, NAMES, SOURCES
from factories import RIGHT

from trainer import __version__
from trainer.collection import Collection
from trainer.config import Config, load, places
from trainer.core.review import Rating
from trainer.core.session import Selection

TIDES = """\
title: Tides
notes:
  - id: moon
    type: reversed
    front: Spring tide
    back: the tide at new and full moon
    source: report#1
    tags: [sea]
"""


@pytest.fixture
def decks(decks: Path) -> Path:
    for name, text in (("capitals", DECK), ("tides", TIDES), ("sources", SOURCES), ("names", NAMES)):
        (decks / f"{name}.yaml").write_text(text, encoding="utf-8")
    return decks


def configure(data: Path, text: str | bytes) -> None:
    data.mkdir(exist_ok=True)
    (data / "config.toml").write_bytes(text if isinstance(text, bytes) else text.encode())


def answer(data: Path, count: int, rating: Rating = Rating.EASY, selection: Selection | None = None) -> None:
    """Rate the first cards of a sitting."""
    collection = Collection(places(data=str(data)), Config())
    session = collection.start(selection or Selection())
    for _ in range(count):
        session = collection.rate(session, rating, verdict=RIGHT, response="", milliseconds=900)
    collection.close()


# due


def test_due_is_a_table_with_a_line_a_deck_and_a_total(trainer: Trainer) -> None:
    assert trainer("due") == Told(
        0,
        "                        new  learning    due\n"
        "Capitals and recalls      4         0      0\n"
        "Tides                     1         0      0\n"
        "Today, all decks          5         0      0\n",
        "",
    )


def test_due_behind_options_prints_the_same(trainer: Trainer, decks: Path, data: Path) -> None:
    for json_or_not in ([], ["--json"]):
        plain = trainer("due", *json_or_not)
        assert trainer("--decks", str(decks), "--data", str(data), "due", *json_or_not) == plain


def test_due_as_json_has_the_study_day_the_decks_and_the_total(trainer: Trainer, data: Path) -> None:
    told = trainer("due", "--json")
    day = Collection(places(data=str(data)), Config()).now().day
    assert (told.code, told.err) == (0, "")
    assert told.data == {
        "study_day": day.isoformat(),
        "decks": [
            {"deck": "capitals", "title": "Capitals and recalls", "new": 4, "learning": 0, "due": 0},
            {"deck": "tides", "title": "Tides", "new": 1, "learning": 0, "due": 0},
        ],
        "total": {"new": 5, "learning": 0, "due": 0},
    }


def test_a_deck_shows_what_it_could_give_alone_and_the_total_keeps_the_daily_limit(
    trainer: Trainer, data: Path
) -> None:
    configure(data, "new_per_day = 3")
    told = trainer("due", "--json").data
    assert [deck["new"] for deck in told["decks"]] == [3, 1]
    assert told["total"]["new"] == 3


def test_what_was_answered_is_no_longer_new_and_counts_against_the_limit(
    trainer: Trainer, data: Path
) -> None:
    configure(data, "new_per_day = 3")
    answer(data, 1, Rating.EASY)
    answer(data, 1, Rating.GOOD)
    told = trainer("due", "--json").data
    assert told["total"] == {"new": 1, "learning": 1, "due": 0}


def test_of_siblings_one_a_day_is_counted(trainer: Trainer, data: Path) -> None:
    answer(data, 1, Rating.EASY, Selection(decks=("tides",)))
    assert trainer("due", "--json").data["decks"][1] == {
        "deck": "tides",
        "title": "Tides",
        "new": 0,
        "learning": 0,
        "due": 0,
    }


def test_a_folder_without_decks_is_no_mistake(trainer: Trainer, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    told = trainer("--decks", str(tmp_path / "empty"), "due", "--json")
    assert (told.code, told.data["decks"]) == (0, [])
    assert trainer("--decks", str(tmp_path / "empty"), "due").code == 0
    assert trainer("--decks", str(tmp_path / "empty"), "list") == Told(0, "", "")


def test_a_title_over_several_lines_takes_one(trainer: Trainer, decks: Path) -> None:
    (decks / "tides.yaml").write_text(TIDES.replace("title: Tides", 'title: "Tides\\n\\tand moons"'))
    assert "\nTides and moons " in trainer("due").out


# list


def test_list_is_a_line_a_card(trainer: Trainer) -> None:
    told = trainer("list")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "capitals/capital/card  [typed]  What is the capital of Armenia?  →  Yerevan",
        "capitals/sent-home/card  [choice]  Whose ambassador went home from Yerevan?  →  Belarus",
        "capitals/why/card  [basic]  Why was the ambassador recalled?  →  Over arms sold to a neighbour.",
        "capitals/gap/c1  [cloze]  The ambassador left [city] in June.  →  Minsk",
        "tides/moon/forward  [reversed]  Spring tide  →  the tide at new and full moon",
        "tides/moon/backward  [reversed]  the tide at new and full moon  →  Spring tide",
    ]


def test_list_as_json_has_every_card_in_full(trainer: Trainer, decks: Path) -> None:
    told = trainer("list", "--json")
    assert (told.code, told.err, len(told.data)) == (0, "", 6)
    assert told.data[0] == {
        "id": "capitals/capital/card",
        "deck": "capitals",
        "note": "capital",
        "type": "typed",
        "form": "TypeIn",
        "question": "What is the capital of Armenia?",
        "answers": ["Yerevan"],
        "points": [],
        "sources": ["report#2", "report#3"],
        "accounts": [],
        "tags": [],
        "names": ["Yerevan"],
        "superseded_by": "",
        "file": str(decks / "capitals.yaml"),
        "line": 4,
    }
    assert (told.data[4]["form"], told.data[4]["tags"]) == ("Reveal", ["sea"])


# check


def test_check_of_good_decks_says_nothing_on_stdout(trainer: Trainer, decks: Path) -> None:
    (decks / "capitals.yaml").unlink()
    (decks / "names.yaml").unlink()
    assert trainer("check") == Told(0, "", "1 deck, 2 cards: 0 errors, 0 warnings\n")
    assert trainer("check", "--json") == Told(0, "[]\n", "")


def test_check_says_every_problem_of_every_file_and_exits_with_1(trainer: Trainer, decks: Path) -> None:
    (decks / "a.yaml").write_text(
        "title: A\nnotes:\n  - {id: x, qestion: Who?, answer: me, source: report}\n"
    )
    (decks / "b.yaml").write_text("title: B\nnotes: [\n")
    (decks / "c.yaml").write_text("title: C\ntitle: D\nnotes: []\n")
    told = trainer("check")
    lines = told.out.splitlines()
    assert told.code == 1
    assert f"{decks}/a.yaml:3:5: error: a note of type basic needs 'question' [missing-key]" in lines
    assert all(any(line.startswith(f"{decks}/{name}.yaml:") for line in lines) for name in "abc")
    places = [re.match(r"(.*):(\d+):(\d+): (error|warning): .", line) for line in lines]
    found = [(place[1], int(place[2]), int(place[3])) for place in places if place]
    assert len(found) == len(lines) and found == sorted(found)
    assert told.err.startswith("5 decks, ") and "error" in told.err


def test_check_as_json_has_a_place_a_code_and_a_hint(trainer: Trainer, decks: Path) -> None:
    (decks / "a.yaml").write_text(
        "title: A\nnotes:\n  - {id: x, qestion: Who?, answer: me, source: report}\n"
    )
    told = trainer("check", "--json", str(decks / "a.yaml"))
    assert (told.code, told.err) == (1, "")
    assert all(
        set(problem) == {"file", "line", "column", "severity", "code", "message", "hint"}
        for problem in told.data
    )
    first = told.data[0]
    assert (first["file"], first["line"], first["severity"]) == (str(decks / "a.yaml"), 3, "error")
    assert isinstance(first["column"], int) and first["code"] and first["message"]


def test_warnings_alone_do_not_fail(trainer: Trainer, decks: Path) -> None:
    told = trainer("check", str(decks / "capitals.yaml"))
    assert told.code == 0
    assert ": warning: " in told.out and ": error: " not in told.out
    assert "0 errors" in told.err


def test_check_of_a_path_that_is_not_there_is_wrong_usage(trainer: Trainer) -> None:
    told = trainer("check", "/no/such\x1b[31m/decks")
    assert (told.code, told.out) == (2, "")
    assert "no such decks folder or deck file" in told.err


def test_a_broken_deck_does_not_stop_the_others(trainer: Trainer, decks: Path) -> None:
    (decks / "capitals.yaml").write_text("title: [\n")
    assert [deck["deck"] for deck in trainer("due", "--json").data["decks"]] == ["tides"]
    assert len(trainer("list").out.splitlines()) == 2


# where, version, help, usage


def test_where_prints_the_paths(trainer: Trainer, decks: Path, data: Path) -> None:
    assert trainer("where") == Told(
        0,
        f"progress  {data / 'progress.db'}\nsettings  {data / 'config.toml'}\ndecks     {decks}\n",
        "",
    )
    assert trainer("where", "--json").data == {
        "progress": str(data / "progress.db"),
        "settings": str(data / "config.toml"),
        "decks": [str(decks)],
    }
    assert not data.exists()


def test_options_before_the_command_win_over_the_environment(trainer: Trainer, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    told = trainer("--data", str(tmp_path / "x"), "--decks", str(one), "--decks", str(two), "where", "--json")
    assert told.data["progress"] == str(tmp_path / "x" / "progress.db")
    assert told.data["decks"] == [str(one), str(two)]


def test_several_decks_folders_come_from_the_environment(
    trainer: Trainer, tmp_path: Path, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_DECKS", f"{decks}{os.pathsep}{tmp_path}")
    assert trainer("where", "--json").data["decks"] == [str(decks), str(tmp_path)]


def test_version_and_help_are_data(trainer: Trainer) -> None:
    assert trainer("--version") == Told(0, f"trainer, version {__version__}\n", "")
    for arguments in (["--help"], ["-h"], ["study", "--help"], ["due", "-h"]):
        told = trainer(*arguments)
        assert (told.code, told.err) == (0, "") and told.out.startswith("Usage: trainer")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stduy"], "Did you mean 'study'?"),
        (["stud\x1b]0;y"], "Did you mean 'study'?"),
        (["bogus"], "No such command 'bogus'"),
        (["--bogus", "due"], "--bogus"),
        (["due", "--jsn"], "--jsn"),
        (["due", "extra"], "extra"),
        (["study", "--limit", "0"], "--limit"),
        (["study", "--new", "-1"], "--new"),
        (["study", "--limit", "many"], "--limit"),
        (["--decks"], "--decks"),
        (["--decks", "/no/such/\x1b[31mfolder", "due"], "no such decks folder"),
        (["--decks", "/no/such/folder", "where"], "no such decks folder"),
    ],
)
def test_wrong_usage_is_told_on_stderr_with_exit_code_2(
    trainer: Trainer, arguments: list[str], said: str
) -> None:
    told = trainer(*arguments)
    assert (told.code, told.out) == (2, "")
    assert said in told.err


@pytest.mark.parametrize("arguments", [[], ["study"], ["study", "capitals", "--cram"]])
def test_without_a_terminal_the_full_screen_is_refused_in_one_line(
    trainer: Trainer, data: Path, arguments: list[str]
) -> None:
    told = trainer(*arguments)
    assert (told.code, told.out) == (2, "")
    assert told.err.count("\n") == 1 and "needs a terminal" in told.err
    assert not data.exists()


# settings


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("bogus = 1", "unknown setting 'bogus'"),
        ('"b\\u001bogus" = 1', "unknown setting"),
        ('new_per_day = "ten"', "new_per_day must be a number"),
        ("new_per_day = -1", "new_per_day must be a number"),
        ("rollover_hour = 24", "rollover_hour must be an hour"),
        ("rollover_hour = true", "rollover_hour must be an hour"),
        ("desired_retention = 1.0", "desired_retention must be a share"),
        ("maximum_interval = 0", "maximum_interval must be days"),
        ('learning_steps = "1m"', "learning_steps must be a list"),
        ('learning_steps = ["soon"]', "learning_steps must be a list"),
        ("relearning_steps = [10]", "relearning_steps must be a list"),
        ('fuzz = "no"', "fuzz must be true or false"),
        ('theme = "pink"', "theme must be"),
        ('date_order = "ymd"', "date_order must be"),
        ("good_from = 1.5", "good_from must be a share"),
        ('hard_from = "half"', "hard_from must be a share"),
        ("easy_within = -1", "easy_within must be seconds"),
        ("hard_after = true", "hard_after must be seconds"),
        ("keys = 1", "keys must be a table"),
        ("[keys]\nundo = 1", "keys must be a table"),
        ("new_per_day = ten", "line 1"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file_and_exit_code_2(
    trainer: Trainer, data: Path, text: str | bytes, named: str
) -> None:
    configure(data, text)
    for command in ("due", "list"):
        told = trainer(command)
        assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
        assert str(data / "config.toml") in told.err and named in told.err


def test_scores_and_time_propose_ratings_as_set(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        "good_from = 0.7\nhard_from = 0\neasy_within = 3.5\nhard_after = 0\n"
    )
    rules = load(tmp_path / "config.toml").rating_rules()
    assert (rules.good_from, rules.hard_from, rules.easy_within, rules.hard_after) == (0.7, 0, 3.5, 0)


def test_check_and_where_need_no_settings(trainer: Trainer, data: Path) -> None:
    configure(data, "bogus = 1")
    assert trainer("where").code == trainer("check").code == 0


# the progress file


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 99")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE theirs (what)")


def _text(path: Path) -> None:
    path.write_text("This is no database at all.\n" * 100)


def _torn(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("spoil", [_newer, _foreign, _text, _torn])
def test_a_progress_file_that_is_not_fit_is_refused_in_one_line_and_left_as_it_is(
    trainer: Trainer, data: Path, spoil: Callable[[Path], None]
) -> None:
    trainer("due")
    path = data / "progress.db"
    spoil(path)
    before, beside = path.read_bytes(), sorted(data.iterdir())
    for command in ("due", "list"):
        told = trainer(command)
        assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
        assert str(path) in told.err
    assert (path.read_bytes(), sorted(data.iterdir())) == (before, beside)


def test_where_no_data_folder_can_be_made_looking_still_works(trainer: Trainer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    below = str(tmp_path / "file" / "data")
    for arguments in (["due"], ["due", "--json"], ["list"], ["list", "--json"]):
        told = trainer("--data", below, *arguments)
        assert (told.code, told.err) == (0, "") and told.out
        assert told.out == trainer("--data", str(tmp_path / "fine"), *arguments).out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root")
def test_in_a_read_only_data_folder_looking_still_works(
    trainer: Trainer, data: Path
) -> None:  # pragma: no cover
    answer(data, 1, Rating.EASY)
    before = trainer("due")
    (data / "progress.db").chmod(0o400)
    data.chmod(0o500)
    try:
        assert trainer("due") == before
        assert trainer("list").code == 0
    finally:
        data.chmod(0o700)


def test_looking_writes_no_review(trainer: Trainer, data: Path) -> None:
    for command in ("due", "list"):
        trainer(command)
    with closing(sqlite3.connect(data / "progress.db")) as file:
        assert file.execute("SELECT count(*) FROM log").fetchone() == (0,)


# hostile text

HOSTILE = "\x1b]0;owned\x07\x9b2J"


def test_a_hostile_file_name_is_printed_visibly(trainer: Trainer, decks: Path) -> None:
    evil = decks / f"e{HOSTILE}.yaml"
    evil.write_text(TIDES)
    told = trainer("list")
    assert "e␛]0;owned␇⟨009B⟩2J/moon/forward" in told.out
    assert trainer("where").code == trainer("due").code == 0
    evil.write_text("title: [")
    told = trainer("check")
    assert told.code == 1 and "␛]0;owned␇" in told.out
    assert json.loads(trainer("check", "--json").out)[-1]["file"]
    told = trainer("--decks", f"{decks}/{HOSTILE}", "due")
    assert told.code == 2 and "␛]0;owned␇" in told.err


def test_direction_overrides_in_a_deck_are_printed_visibly(trainer: Trainer, decks: Path) -> None:
    (decks / "tides.yaml").write_text(
        TIDES.replace("Tides", '"Ti\\u202Edes"').replace("Spring tide", '"Spring\\u202E"')
    )
    for command in ("due", "list", "check"):
        assert "\u202e" not in "".join(map(str, trainer(command)))


def test_file_names_that_are_not_utf8_break_nothing(trainer: Trainer, decks: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(decks) + b"/bad\xff.yaml")).write_text(TIDES)
    except OSError:  # pragma: no cover - macOS refuses such names
        pytest.skip("this file system keeps only UTF-8 names")
    assert trainer("due").code == trainer("list").code == 0
    told = trainer("check")
    assert told.code == 1 and "not UTF-8" in told.out


# the process


def python_m_trainer(*arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "trainer", *arguments],
        env={**os.environ, **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_python_m_trainer_is_the_command(trainer: Trainer) -> None:
    done = python_m_trainer("due")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == trainer("due").out
    assert python_m_trainer("bogus").returncode == 2


def test_a_terminal_of_few_characters_gets_what_it_can_show(trainer: Trainer) -> None:
    done = python_m_trainer("list", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"[typed]  What is the capital of Armenia?  ?  Yerevan" in done.stdout


def test_a_reader_that_has_seen_enough_hears_no_complaint(trainer: Trainer, decks: Path) -> None:
    notes = "".join(f"  - {{id: n{number}, question: q{number}, answer: a}}\n" for number in range(5000))
    (decks / "tides.yaml").write_text(f"title: Tides\nnotes:\n{notes}")
    program = subprocess.Popen(
        [sys.executable, "-m", "trainer", "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout is not None and program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    with program.stderr:
        assert program.stderr.read() == b""
    assert program.wait(timeout=60) == 0
