"""Decks made and edited from the command line: new, add, preview, edit, schema."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Told, Trainer
from desk import DECK, NAMES, SOURCES

from trainer.cli.schema import KINDS
from trainer.collection.checking import check
from trainer.config import bundled_decks
from trainer.core.form import fields_of
from trainer.core.questions import TYPES
from trainer.deckfiles.schema import SCHEMAS, modeline, schema_text


@pytest.fixture
def decks(decks: Path) -> Path:
    for name, text in (("capitals", DECK), ("sources", SOURCES), ("names", NAMES)):
        (decks / f"{name}.yaml").write_text(text, encoding="utf-8")
    return decks


def notes_of(told: Told) -> list[str]:
    return [line.rpartition("/")[2] for line in told.out.splitlines()]


# schema


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_printed_or_written(kind: str, trainer: Trainer, tmp_path: Path) -> None:
    target = tmp_path / "made.json"
    target.write_text("old")
    assert trainer("schema", kind) == Told(0, schema_text(kind), "")
    told = trainer("schema", kind, "-o", str(target))
    assert (told.code, told.out) == (0, "")
    assert target.read_text(encoding="utf-8") == schema_text(kind)


def test_without_a_kind_the_schema_is_that_of_decks(trainer: Trainer) -> None:
    assert trainer("schema").out == schema_text("deck")


def test_there_is_a_schema_of_every_kind() -> None:
    assert set(KINDS) == set(SCHEMAS)


# new


def test_a_new_deck_goes_to_the_first_folder_with_a_schema_beside_it(trainer: Trainer, decks: Path) -> None:
    told = trainer("new", "csto-wars", "--description", "Two wars.", "--tag", "csto", "--tag", "2023")
    assert told.code == 0
    assert told.out.splitlines() == [str(decks / "csto-wars.yaml"), str(decks / "deck.schema.json")]
    text = (decks / "csto-wars.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        f"{modeline('deck')}\ntitle: Csto wars\ndescription: Two wars.\ntags: [csto, 2023]\n#"
    )
    assert (decks / "deck.schema.json").read_text(encoding="utf-8") == schema_text("deck")
    assert [problem.code for problem in check([decks / "csto-wars.yaml"]).problems] == ["no-notes"]
    assert "trainer add csto-wars" in told.err


def test_several_words_are_the_title_of_a_new_deck(trainer: Trainer, decks: Path) -> None:
    told = trainer("new", "Who said: what?", "--json")
    assert told.data["file"] == str(decks / "who-said-what.yaml")
    assert "title: 'Who said: what?'" in (decks / "who-said-what.yaml").read_text().replace('"', "'")


@pytest.mark.parametrize("name", sorted(TYPES))
def test_the_note_that_a_new_deck_shows_works_once_it_is_no_comment(
    name: str, trainer: Trainer, decks: Path
) -> None:
    trainer("new", "shown", "--type", name)
    path = decks / "shown.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("# notes:")
    assert lines.pop() == "notes: []"
    path.write_text("\n".join(lines[:start] + [line[2:] for line in lines[start:]]), encoding="utf-8")
    for registry in ("sources.yaml", "names.yaml"):
        (decks / registry).write_bytes((bundled_decks() / registry).read_bytes())
    checked = check([path])
    assert [problem for problem in checked.problems if problem.severity == "error"] == []
    assert checked.cards


def test_without_a_folder_of_ones_own_a_new_deck_makes_one_that_is_used(
    trainer: Trainer, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRAINER_DECKS")
    made = trainer("new", "mine", "--title", "My own").out.splitlines()
    assert [Path(path).name for path in made] == [
        "mine.yaml",
        "sources.yaml",
        "sources.schema.json",
        "deck.schema.json",
    ]
    assert {Path(path).parent for path in made} == {data / "decks"}
    assert "My own" in trainer("due").out
    assert [problem.code for problem in check([data / "decks"]).problems] == ["no-notes"]


def test_a_deck_in_a_sub_folder_is_served_by_the_sources_above(trainer: Trainer, decks: Path) -> None:
    told = trainer("new", str(decks / "deep" / "er" / "x.yaml"))
    assert [Path(path).name for path in told.out.splitlines()] == ["x.yaml", "deck.schema.json"]
    assert "not among your decks" not in told.err


def test_a_deck_elsewhere_is_told_to_be_elsewhere(trainer: Trainer, tmp_path: Path) -> None:
    told = trainer("new", str(tmp_path / "elsewhere" / "x.yaml"))
    assert f"trainer --decks {tmp_path / 'elsewhere'}" in told.err


def test_a_file_that_is_there_is_not_replaced(trainer: Trainer, decks: Path) -> None:
    told = trainer("new", "capitals")
    assert (told.code, told.out) == (2, "")
    assert "trainer edit" in told.err
    assert (decks / "capitals.yaml").read_text(encoding="utf-8") == DECK


def test_a_deck_that_would_have_the_id_of_another_is_refused(
    trainer: Trainer, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRAINER_DECKS")
    taken = next(bundled_decks().glob("2-*.yaml")).stem
    told = trainer("new", taken)
    assert (told.code, told.out) == (2, "")
    assert "already" in told.err
    assert not (data / "decks").exists()


@pytest.mark.parametrize(
    "name",
    ["", " ", "sources", "names", ".hidden", "~x.yaml", "a\x1bb", ".", "..", "/", "./", "~", "a/", "x" * 300],
)
def test_a_name_that_no_deck_can_have_is_refused(name: str, trainer: Trainer, decks: Path) -> None:
    before = sorted(decks.iterdir())
    assert trainer("new", name).code == 2
    assert sorted(decks.iterdir()) == before


def test_what_is_told_to_be_next_can_be_copied_into_a_shell(trainer: Trainer, tmp_path: Path) -> None:
    told = trainer("new", str(tmp_path / "o'clock $HOME" / "x.yaml"))
    commands = [shlex.split(command) for command in re.findall(r"`(trainer .*?)`", told.err)]
    assert commands[0] == ["trainer", "add", str(tmp_path / "o'clock $HOME" / "x.yaml")]
    assert commands[-1] == ["trainer", "--decks", str(tmp_path / "o'clock $HOME")]


def test_a_name_that_would_be_an_option_is_refused(trainer: Trainer, decks: Path) -> None:
    assert trainer("new", "--", "-x").code == 2
    assert not (decks / "-x.yaml").exists()


def test_no_new_deck_becomes_part_of_the_program(trainer: Trainer) -> None:
    assert trainer("new", str(bundled_decks() / "mine.yaml")).code == 2
    assert not (bundled_decks() / "mine.yaml").exists()


def test_at_a_terminal_the_title_is_asked_for(trainer: Trainer, decks: Path) -> None:
    told = trainer("new", "x", typed="The title\nA line\none, two\n")
    assert str(decks / "x.yaml") in told.err
    text = (decks / "x.yaml").read_text(encoding="utf-8")
    assert "title: The title\ndescription: A line\ntags: [one, two]\n" in text


def test_bytes_of_another_encoding_do_not_end_the_questions(trainer: Trainer, decks: Path) -> None:
    trainer("new", "x", typed="\udce9t\udce9\n\n\n")
    assert "title: \ufffdt\ufffd\n" in (decks / "x.yaml").read_text(encoding="utf-8")


def test_enter_takes_what_is_proposed_and_the_end_of_the_input_makes_nothing(
    trainer: Trainer, decks: Path
) -> None:
    trainer("new", "x-y", typed="\n\n\n")
    assert "title: X y\n#" in (decks / "x-y.yaml").read_text(encoding="utf-8")
    assert trainer("new", "z", typed="").code == 130
    assert not (decks / "z.yaml").exists()


# add


def test_a_note_from_options_is_added_as_the_last_and_nothing_else_changes(
    trainer: Trainer, decks: Path
) -> None:
    told = trainer(
        *("add", "capit", "--type", "typed", "--question", "What is the capital of Belarus?"),
        *("--answer", "Minsk", "--answer", "Mensk", "--source", "report#2", "--tag", "a"),
    )
    assert told == Told(0, f"{decks / 'capitals.yaml'}:23: capitals/what-is-the-capital-of-belarus\n", "")
    text = (decks / "capitals.yaml").read_text(encoding="utf-8")
    assert text.startswith(DECK.rstrip("\n"))
    assert text[len(DECK) :].split("\n") == [
        "  - id: what-is-the-capital-of-belarus",
        "    type: typed",
        "    question: What is the capital of Belarus?",
        "    answer: [Minsk, Mensk]",
        "    tags: a",
        "    source: report#2",
        "",
    ]


def test_an_id_that_is_taken_gets_a_number(trainer: Trainer) -> None:
    note = ("--question", "Capital?", "--answer", "A", "--source", "report#1")
    made = [notes_of(trainer("add", "capitals", *note, "--tag", tag)) for tag in ("one", "two")]
    assert made == [["capital-2"], ["capital-3"]]


def test_the_holes_of_a_text_are_words_of_its_id(trainer: Trainer) -> None:
    told = trainer("add", "capitals", "--type", "cloze", "--set", "text=He left {{1::Minsk::city}} {{now}}")
    assert notes_of(told) == ["he-left-minsk-now"]


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_can_be_added_by_set(name: str, trainer: Trainer, decks: Path) -> None:
    (decks / "sources.yaml").write_text(f"{SOURCES}freeze:\n  title: The freeze\n", encoding="utf-8")
    given = {
        "text": ["x = y"],
        "truth": ["yes"],
        "lines": ["Minsk"],
        "list": ["one", "two"],
        "parts": ["one | eins", "two"],
        "pairs": ["a = b", "c = d"],
        "accounts": ["report#1 = before", "freeze#1 = after"],
    }
    own = [field for field in fields_of(TYPES[name]) if field.own and field.needed]
    told_of = {field.name: given[field.kind] for field in own} or {"who": ["A"], "did": ["left"]}
    special = {"date": {"answer": ["2024-06-13"]}, "number": {"answer": ["36"]}}
    special |= {"choice": {"distractors": ["Moscow"]}, "cloze": {"text": ["In {{Minsk}}."]}}
    told_of |= special.get(name, {})
    options = [
        part for key, values in told_of.items() for value in values for part in ("--set", f"{key}={value}")
    ]
    told = trainer("add", "capitals", "--type", name, *options, "--set", "source=report#1", "--json")
    assert told.code == 0, told.err
    assert told.data["cards"] == [
        card["id"] for card in trainer("list", "--json").data if card["note"] == told.data["note"]
    ]
    assert told.data["cards"]


@pytest.mark.parametrize(
    "text",
    [
        "question: Q?\nanswer: 2024\nsource: report#1\n",
        "- question: Q?\n  answer: 2024\n  source: report#1\n",
        "title: Not used\nnotes:\n  - {question: Q?, answer: 2024, source: report#1}\n",
        '{"question": "Q?", "answer": 2024, "hint": null, "source": "report#1"}',
        '[{"question": "Q?",\t"answer": "2024", "source": ["report#1"]}]',
        "\ufeffquestion: Q?\nanswer: 2024\nsource: report#1\n",
    ],
)
def test_a_note_is_read_from_standard_input(text: str, trainer: Trainer) -> None:
    assert notes_of(trainer("add", "capitals", piped=text)) == ["q"]
    (card,) = [card for card in trainer("list", "--json").data if card["note"] == "q"]
    assert (card["answers"], card["sources"]) == (["2024"], ["report#1"])


def test_json_text_arrives_as_it_was_meant(trainer: Trainer) -> None:
    note = {"type": "true-false", "statement": 'A "😀" / \\ é', "answer": True, "source": "report#1"}
    assert trainer("add", "capitals", piped=json.dumps(note)).code == 0
    (card,) = [card for card in trainer("list", "--json").data if card["type"] == "true-false"]
    assert card["question"].endswith('A "😀" / \\ é')


def test_several_notes_are_added_all_or_none(trainer: Trainer, decks: Path) -> None:
    good = {"question": "One?", "answer": "A", "source": "report#1"}
    told = trainer("add", "capitals", piped=json.dumps([good, {**good, "question": "Two?"}]))
    assert notes_of(told) == ["one", "two"]
    before = (decks / "capitals.yaml").read_bytes()
    told = trainer(
        "add", "capitals", piped=json.dumps([{**good, "question": "Three?"}, {"question": "Four?"}])
    )
    assert (told.code, told.out) == (1, "")
    assert (decks / "capitals.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--question", "Q?"], "a note of type basic needs 'answer'"),
        (["--question", "Q?", "--answer", "A", "--set", "answr=B"], "answr: unknown key 'answr'"),
        (["--question", "Q?", "--answer", "A", "--source", "none#1"], "source: there is no source 'none'"),
        (["--question", "Q?", "--answer", "A", "--set", "as_of=May"], "as_of: 'as_of' is not a date"),
        (["--question", "Q?", "--answer", "A", "--id", "why"], "id: the id 'why' is already taken"),
        (["--type", "true-false", "--set", "statement=S", "--answer", "perhaps"], "answer: true or false"),
        (
            ["--answer", "A", "--set", "question=a", "--set", "question=b"],
            "question: is given more than once",
        ),
    ],
)
def test_what_the_deck_cannot_have_is_refused_by_field_and_nothing_is_written(
    options: list[str], said: str, trainer: Trainer, decks: Path
) -> None:
    told = trainer("add", "capitals", *options)
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert (decks / "capitals.yaml").read_text(encoding="utf-8") == DECK


def test_warnings_are_told_and_keep_nothing_from_being_written(trainer: Trainer) -> None:
    told = trainer("add", "capitals", "--question", "Q?", "--answer", "A")
    assert told.code == 0
    assert told.err.startswith("warning: ")
    assert "q" in {card["note"] for card in trainer("list", "--json").data}


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no note"), ("just words", "no note"), ("[1, 2]", "no note"), ("a: [", "standard input:")],
)
def test_an_input_without_a_note_is_wrong_usage(text: str, said: str, trainer: Trainer) -> None:
    told = trainer("add", "capitals", piped=text)
    assert (told.code, told.out) == (2, "")
    assert said in told.err


def test_bytes_that_are_no_text_are_refused(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    told = trainer("add", "capitals", "--question", "Q?", "--answer", "a\x1b[31mb")
    assert told.code == 1
    assert "U+001B" in told.err


def test_a_dry_run_shows_the_yaml_and_writes_nothing(trainer: Trainer, decks: Path) -> None:
    told = trainer(
        "add", "capitals", "--question", "Q: x?", "--answer", "A", "--source", "report#1", "--dry-run"
    )
    assert told.out == '  - id: q-x\n    question: "Q: x?"\n    answer: A\n    source: report#1\n'
    assert (decks / "capitals.yaml").read_text(encoding="utf-8") == DECK


def test_nothing_is_added_to_a_deck_with_an_error_or_to_one_of_the_program(
    trainer: Trainer, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (decks / "capitals.yaml").write_text(DECK + "  - {type: typd}\n", encoding="utf-8")
    told = trainer("add", "capitals", "--question", "Q?", "--answer", "A")
    assert told.code == 1 and "mend that first" in told.err
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: decks)
    told = trainer("add", "capitals", "--question", "Q?", "--answer", "A")
    assert told.code == 1 and "--anyway" in told.err


def test_at_a_terminal_a_note_is_asked_for_shown_and_saved(trainer: Trainer) -> None:
    answers = ["typed", "", "Who?", "me", "I", "", "", "report#1", "", "Why so.", "", "", "y", "who-is", ""]
    typed = "\n".join([*answers, "", "", "", "", "y", ""])
    told = trainer("add", "capitals", typed=typed)
    assert told.code == 0, told.err
    (card,) = [card for card in trainer("list", "--json").data if card["note"] == "who-is"]
    assert (card["question"], card["answers"], card["sources"]) == ("Who?", ["me", "I"], ["report#1"])
    assert "Answer: me" in told.err


def test_at_a_terminal_a_mistake_is_told_and_that_field_asked_again(trainer: Trainer) -> None:
    typed = ["A statement", "perhaps", "", "", "", "", "", "n", "yes", "n", ""]
    told = trainer("add", "capitals", "--type", "true-false", typed="\n".join(typed))
    assert "Answer: true or false" in told.err
    assert "answer is: perhaps" in told.err
    assert told.out == ""


# preview


def test_a_preview_has_every_card_as_it_is_asked_and_answered(trainer: Trainer) -> None:
    told = trainer("preview", "capitals")
    assert told.code == 0
    assert "What is the capital of Armenia?\nType the answer.\nHint: It lies on the Hrazdan.\n" in told.out
    assert "Answer: Yerevan" in told.out and "Parliament sits there." in told.out
    assert "3  " in told.out.partition("Whose ambassador")[2]


def test_a_preview_of_one_note_has_its_cards_only(trainer: Trainer) -> None:
    shown = trainer("preview", "capitals", "sent", "--json").data
    assert [card["id"] for card in shown["cards"]] == ["capitals/sent-home/card"]
    assert sorted(shown["cards"][0]["options"]) == ["Azerbaijan", "Belarus", "Russia", "Ukraine"]
    assert trainer("preview", "capitals", "nothing").code == 1
    assert trainer("preview", "nothing").code == 1


def test_a_preview_of_a_broken_deck_says_what_is_wrong(trainer: Trainer, decks: Path) -> None:
    (decks / "capitals.yaml").write_text(DECK + "  - {id: x, type: typd}\n", encoding="utf-8")
    told = trainer("preview", "capitals")
    assert told.code == 1
    assert "no question type 'typd'" in told.out


# edit


@pytest.fixture
def opened(trainer: Trainer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The words that an editor like vi was called with; it adds what $ADDED says to the file."""
    script = tmp_path / "vi"
    script.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        f"open({str(tmp_path / 'words')!r}, 'a').write(' '.join(sys.argv[1:]) + '\\n')\n"
        "open(sys.argv[-1], 'a').write(os.environ.get('ADDED', ''))\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    words = tmp_path / "words"
    return lambda: words.read_text().splitlines() if words.exists() else []


@pytest.mark.parametrize(
    ("wanted", "line"),
    [
        ("capitals", 1),
        ("capitals/sent-home/card", 11),
        ("capitals/sent-home", 11),
        ("sent-home", 11),
        ("capit/sent", 11),
        ("AMBASSADOR WENT", 11),
        ("capitals and recalls", 1),
        ("capitals/gap/c1", 20),
    ],
)
def test_what_is_named_is_opened_at_its_line(
    wanted: str, line: int, trainer: Trainer, opened: Callable[[], list[str]], decks: Path
) -> None:
    told = trainer("edit", wanted)
    assert told.code == 0, told.err
    assert opened() == [f"+{line} {decks / 'capitals.yaml'}"]


def test_a_path_is_opened_and_may_have_a_line(
    trainer: Trainer, opened: Callable[[], list[str]], decks: Path
) -> None:
    trainer("edit", str(decks / "sources.yaml"))
    trainer("edit", f"{decks / 'capitals.yaml'}:7:3")
    assert opened() == [f"+1 {decks / 'sources.yaml'}", f"+7 {decks / 'capitals.yaml'}"]


@pytest.mark.parametrize("wanted", ["nothing there", "capitals/x", "aps", ""])
def test_what_fits_nothing_or_several_opens_nothing(
    wanted: str, trainer: Trainer, opened: Callable[[], list[str]], decks: Path
) -> None:
    (decks / "maps.yaml").write_text("title: Maps and caps\nnotes: []\n", encoding="utf-8")
    (decks / "gaps.yaml").write_text("title: Gaps\nnotes: []\n", encoding="utf-8")
    assert trainer("edit", wanted).code == 1
    assert opened() == []


def test_errors_after_the_edit_are_told_and_are_the_exit_code(
    trainer: Trainer, opened: Callable[[], list[str]], decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADDED", "  - {id: x, type: typd, question: Q}\n")
    told = trainer("edit", "why")
    assert told.code == 1
    assert f"{decks / 'capitals.yaml'}:23:" in told.out
    monkeypatch.setenv("ADDED", "")
    assert trainer("edit", "capitals/x").code == 1
    assert opened()[-1].startswith("+23 ")


def test_at_a_terminal_a_file_with_an_error_can_be_edited_again_at_the_error(
    trainer: Trainer, opened: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADDED", "  - {type: typd}\n")
    assert trainer("edit", "why", typed="y\nn\n").code == 1
    assert [words.split()[0] for words in opened()] == ["+17", "+23"]


def test_without_a_terminal_no_editor_is_guessed(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    told = trainer("edit", "capitals")
    assert (told.code, told.out) == (1, "")
    assert "$EDITOR" in told.err


def test_an_editor_that_fails_is_told(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c 'raise SystemExit(3)'")
    told = trainer("edit", "why")
    assert told.code == 1
    assert "ended with exit code 3" in told.err and "capitals.yaml:17" in told.err


def test_a_deck_of_the_program_is_opened_only_if_that_is_meant(
    trainer: Trainer, opened: Callable[[], list[str]], decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.config.bundled_decks", lambda: decks)
    assert "part of the program" in trainer("edit", "why").err
    trainer("edit", "why", typed="\n")
    assert opened() == []
    trainer("edit", "why", typed="y\n")
    trainer("edit", "why", "--anyway")
    assert len(opened()) == 2


@pytest.mark.parametrize("command", ["schema", "new", "add", "edit"])
def test_no_authoring_command_loads_the_interface(command: str) -> None:
    import subprocess

    code = f"import sys, trainer.cli.{command}; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env=os.environ).returncode == 0
