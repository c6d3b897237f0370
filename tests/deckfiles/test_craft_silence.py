"""Comments that silence, and findings of a single note."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.collection.checking import check
from trainer.deckfiles.craft import note_findings
from trainer.deckfiles.folder import find
from trainer.deckfiles.reader import read_decks

SOURCES = "s: {title: A report}\n"
VAGUE = "Who recently left?"


class Folder:
    """A folder with one deck, `deck.yaml`, and a source that it cites."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("sources.yaml", SOURCES)

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")

    def codes(self, text: str, *, whole: bool = False) -> list[str]:
        """Line, column and code of each problem of a deck."""
        self.write("deck.yaml", text)
        problems = check([self.path if whole else self.path / "deck.yaml"]).problems
        return [f"{each.span.line}:{each.span.column} {each.code}" for each in problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def deck(*notes: str, head: str = "") -> str:
    """A deck; each note is the lines after its dash, the comment before it included."""
    return f"{head}title: A deck\nnotes:\n" + "".join(notes)


def plain(id: str = "a", *, question: str = VAGUE, before: str = "", after: str = "") -> str:
    return f"{before}  - id: {id}\n    question: {question}{after}\n    answer: Ann.\n    source: s#1\n"


IGNORE = "# trainer: ignore vague-time"


def test_without_a_comment_it_is_found(folder: Folder) -> None:
    assert folder.codes(deck(plain())) == ["4:15 vague-time"]


@pytest.mark.parametrize(
    "text",
    [
        deck(plain(after=f"  {IGNORE}")),
        deck(plain(after=f"  {IGNORE} because it is a quote")),
        deck(plain(after=f"  {IGNORE} (so)")),
        deck(plain(before=f"  {IGNORE}\n")),
        deck(plain(before=f"{IGNORE}\n  # and more\n")),
        deck(plain(), head=f"{IGNORE}\n"),
        deck(plain(), head=f"# A deck.\n{IGNORE}: all of it\n\n"),
        deck(plain(question=f">-  {IGNORE}\n      {VAGUE}")),
        deck(plain(question=f'"{VAGUE}"', after=f"  {IGNORE}")),
        deck(plain(question="Who\n      recently left?", after=f"  {IGNORE}")),
        deck(f"  {IGNORE}\n  -\n    id: a\n    question: {VAGUE}\n    answer: Ann.\n    source: s#1\n"),
        deck(f"  - id: a\n    {IGNORE}\n    question: {VAGUE}\n    answer: Ann.\n    source: s#1\n"),
        deck(f"  - {{id: a, question: {VAGUE}, answer: Ann., source: s#1}}  {IGNORE}\n"),
        deck(plain(after=f"  {IGNORE}")).replace("\n", "\r\n"),
        "\ufeff" + deck(plain(after=f"  {IGNORE}")),
    ],
)
def test_a_comment_silences_its_line_its_note_or_its_file(text: str, folder: Folder) -> None:
    assert folder.codes(text) == []


def test_a_comment_above_a_note_ends_with_the_note(folder: Folder) -> None:
    text = deck(plain("a", before=f"  {IGNORE}\n"), plain("b", question="Who recently came?"))
    assert folder.codes(text) == ["9:15 vague-time"]


@pytest.mark.parametrize(
    "text",
    [
        deck(plain(question=f'"{VAGUE}  {IGNORE}"')),
        deck(plain(question=f"'{VAGUE}  {IGNORE}'")),
        deck(plain(question=f"|\n      {IGNORE}\n      {VAGUE}")),
    ],
)
def test_what_stands_in_a_text_is_no_comment(text: str, folder: Folder) -> None:
    assert folder.codes(text) == ["4:15 vague-time"]


def test_several_codes_are_told_apart(folder: Folder) -> None:
    text = deck(plain(question="Did Eve recently leave?", after=f"  {IGNORE}, yes-no-question , long-answer"))
    assert folder.codes(text) == ["4:88 unused-ignore"]


def test_a_comment_that_silences_nothing_is_told_of(folder: Folder) -> None:
    assert folder.codes(deck(plain(question="Who left?", after=f"  {IGNORE}"))) == ["4:44 unused-ignore"]


def test_a_code_that_does_not_exist_is_told_of_with_what_was_meant(folder: Folder) -> None:
    folder.write("deck.yaml", deck(plain(question="Who left?", after="  # trainer: ignore vage-time")))
    (problem,) = check([folder.path / "deck.yaml"]).problems
    assert (problem.code, problem.hint) == ("unknown-code", "did you mean 'vague-time'?")


def test_an_error_cannot_be_silenced(folder: Folder) -> None:
    text = deck(
        "  - {id: a, question: Who left?, answer: Ann, source: t#1}  # trainer: ignore unknown-source\n"
    )
    assert folder.codes(text) == ["3:55 unknown-source"]


def test_warnings_of_files_can_be_silenced(folder: Folder) -> None:
    text = deck("  # trainer: ignore no-source\n  - {id: a, question: Who left?, answer: Ann.}\n")
    assert folder.codes(text) == []


def test_what_was_perhaps_not_looked_for_is_no_needless_comment(folder: Folder) -> None:
    text = deck(plain(question="Who left?", before="  # trainer: ignore near-duplicate\n"))
    assert folder.codes(text) == []
    assert folder.codes(text, whole=True) == ["3:21 unused-ignore"]


def test_entries_of_registries_can_be_silenced(folder: Folder) -> None:
    unused = "{name: Bob, kind: person}\n"
    folder.write(
        "names.yaml", f"# trainer: ignore unused-name\nbob: {unused}\neve: {unused.replace('Bob', 'Eve')}"
    )
    text = deck(plain(question="Who left?"))
    folder.write("deck.yaml", text)
    problems = check([folder.path]).problems
    assert [(Path(each.span.path).name, each.span.line, each.code) for each in problems] == [
        ("names.yaml", 4, "unused-name")
    ]


def test_what_is_unused_is_not_told_of_a_single_file_or_beside_an_error(folder: Folder) -> None:
    folder.write("names.yaml", "bob: {name: Bob, kind: person}\n")
    text = deck(plain(question="Who left?"))
    assert folder.codes(text) == []
    assert folder.codes(text, whole=True) == ["1:1 unused-name"]
    folder.write("other.yaml", "title: Broken\n")
    folder.write("broken.yaml", "notes: []\n")
    assert "1:1 unused-name" not in folder.codes(text, whole=True)


def test_a_part_of_a_list_has_its_own_place(folder: Folder) -> None:
    text = deck(
        "  - id: a\n    type: choice\n    question: Which body?\n    answer: the parliament of Armenia\n"
        "    distractors:\n      - a summit\n      - the parliament\n    source: s#1\n"
    )
    assert folder.codes(text) == ["9:9 two-right-options"]


def test_what_has_no_place_of_its_own_is_told_of_at_the_note(folder: Folder) -> None:
    answer = "{id: b, type: event, who: Bob, did: " + "left " * 31 + ", answers: a, source: s#1, skip: what}"
    text = deck("  - {id: a, type: event, who: Ann, did: came, source: s#1}\n", f"  - {answer}\n")
    assert folder.codes(text) == ["4:5 long-answer"]


def test_an_entry_that_is_not_sound_is_not_unused_as_well(folder: Folder) -> None:
    folder.write("names.yaml", "bob: {name: Bob}\n")
    assert folder.codes(deck(plain(question="Who left?")), whole=True) == ["1:6 missing-key"]


def test_cards_that_ask_the_same_are_found_in_two_decks(folder: Folder) -> None:
    folder.write("a.yaml", deck(plain(question="Who left the town?")))
    text = deck(plain(question="Who left the town?"))
    assert folder.codes(text, whole=True) == ["4:15 near-duplicate"]


def test_a_note_alone_is_looked_at_beside_its_deck(folder: Folder) -> None:
    question = "Who recently left the town?"
    folder.write(
        "deck.yaml",
        deck(
            plain("a", question=question),
            plain("b", question=question),
            plain("c", question="Who recently came?", after=f"  {IGNORE}"),
        ),
    )
    (reading,) = read_decks(find([folder.path / "deck.yaml"]), keep=True)
    codes = {note: sorted(each.code for each in note_findings(reading, note)) for note in "abc"}
    assert codes == {"a": ["vague-time"], "b": ["near-duplicate", "vague-time"], "c": []}


def test_in_a_deck_of_very_many_notes_a_note_is_looked_at_by_itself(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Who recently left the town?"
    folder.write("deck.yaml", deck(plain("a", question=question), plain("b", question=question)))
    (reading,) = read_decks(find([folder.path / "deck.yaml"]), keep=True)
    assert sorted(each.code for each in note_findings(reading, "b")) == ["near-duplicate", "vague-time"]
    monkeypatch.setattr("trainer.deckfiles.craft._MOST_BESIDE", 1)
    assert [each.code for each in note_findings(reading, "b")] == ["vague-time"]


def test_a_deck_that_was_not_kept_or_not_read_has_no_findings(folder: Folder) -> None:
    folder.write("deck.yaml", deck(plain()))
    (reading,) = read_decks(find([folder.path / "deck.yaml"]))
    assert note_findings(reading, "a") == ()
    folder.write("deck.yaml", "title: [\n")
    (reading,) = read_decks(find([folder.path / "deck.yaml"]), keep=True)
    assert note_findings(reading, "a") == ()


def test_very_many_comments_are_matched_in_little_time(folder: Folder) -> None:
    head = f"{IGNORE}\n" * 3_000
    notes = (
        plain(f"n{n}", question=f"Who recently left w{n}x?", before=f"  {IGNORE}\n") for n in range(3_000)
    )
    found = folder.codes(deck(*notes, head=f"{head}\n"))
    assert found[:2] == ["2:19 unused-ignore", "3:19 unused-ignore"]
    assert {code.partition(" ")[2] for code in found} == {"unused-ignore", "too-many-problems"}
