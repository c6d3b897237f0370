"""Notes added to a deck file that others write to as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.collection.adding import Note, RefusedError, add, deck_file, note_of
from trainer.config import Places
from trainer.deckfiles.report import MAX_PROBLEMS
from trainer.deckfiles.saving import ChangedOutsideError
from trainer.errors import DecksError, UsageError

DECK = "title: Towns\nnotes:\n  - {id: a, question: Q?, answer: A}\n"
NOTE = {"question": "Which town?", "answer": "Minsk"}


class Meddling(list[Note]):
    """Notes; whoever looks at them finds that the file has been written to in the meantime."""

    def __init__(self, path: Path, *texts: str) -> None:
        super().__init__([NOTE])
        self._path, self._texts = path, [*texts]

    def __iter__(self) -> Iterator[Note]:
        if self._texts:
            self._path.write_text(self._texts.pop(0), encoding="utf-8")
        return super().__iter__()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    deck = tmp_path / "towns.yaml"
    deck.write_text(DECK, encoding="utf-8")
    return deck


@pytest.fixture
def places(path: Path) -> Places:
    return Places(path.parent / "progress.db", path.parent / "config.toml", (path.parent,))


def test_what_somebody_else_wrote_in_the_meantime_stays(places: Places, path: Path) -> None:
    theirs = DECK + "  - {id: which-town, question: Theirs?, answer: B}\n"
    added = add(places, "towns", Meddling(path, theirs))
    text = path.read_text(encoding="utf-8")
    assert text.startswith(theirs)
    assert added.notes[0].id == "which-town-2"
    assert text.splitlines()[added.notes[0].line - 1] == "  - id: which-town-2"


def test_who_is_overtaken_three_times_gives_up_and_writes_nothing(places: Places, path: Path) -> None:
    theirs = [f"{DECK}# {number}\n" for number in range(3)]
    with pytest.raises(ChangedOutsideError):
        add(places, "towns", Meddling(path, *theirs))
    assert path.read_text(encoding="utf-8") == theirs[-1]


def test_a_reason_names_the_field_of_the_note_that_it_is_about(places: Places) -> None:
    with pytest.raises(RefusedError) as refused:
        add(places, "towns", [NOTE, {**NOTE, "superseded_by": "nothing"}])
    assert [field for field, _ in refused.value.reasons] == ["superseded_by"]


def test_a_deck_is_meant_by_path_id_part_or_title(places: Places, path: Path) -> None:
    (path.parent / "sub").mkdir()
    (path.parent / "sub" / "towns.yaml").write_text("title: Villages\nnotes: []\n", encoding="utf-8")
    for wanted, deck in (("towns", "towns"), ("sub/", "sub/towns"), ("VILL", "sub/towns")):
        assert deck_file(places, wanted).deck == deck
    assert deck_file(places, str(path.parent / "sub" / "towns.yaml")).deck == "sub/towns"
    for wanted in ("wns", "nothing"):
        with pytest.raises(DecksError, match=r"fits several decks|no such deck"):
            deck_file(places, wanted)


def test_a_deck_elsewhere_is_meant_by_its_path(
    places: Places, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("elsewhere") / "other.yaml"
    other.write_text(DECK, encoding="utf-8")
    assert add(places, str(other), [NOTE]).deck == "other"
    assert "Minsk" in other.read_text(encoding="utf-8")


def test_a_deck_is_not_meant_by_nothing_though_there_is_only_one(places: Places) -> None:
    for name in ("", " "):
        with pytest.raises(UsageError, match="no deck is named"):
            deck_file(places, name)


def test_only_warnings_about_the_new_note_are_told_where_the_deck_has_too_many(
    places: Places, path: Path
) -> None:
    notes = "".join(f"  - {{id: n{n}, question: Q{n}?, answer: A}}\n" for n in range(MAX_PROBLEMS + 10))
    path.write_text(f"title: Towns\nnotes:\n{notes}", encoding="utf-8")
    assert not add(places, "towns", [NOTE]).warnings


def test_what_is_poor_about_a_new_note_is_told_as_check_would(places: Places) -> None:
    poor = {"type": "typed", "question": "Which town is Minsk?", "answer": "Minsk"}
    codes = {problem.code for problem in add(places, "towns", [poor]).warnings}
    assert codes == {"no-source", "answer-in-question"}


def test_an_answer_of_several_is_one_of_the_answers() -> None:
    note = note_of("list", {"question": ["Which?"], "answer": ["a", "b | c"]})
    assert note == {"type": "list", "question": "Which?", "answers": ["a", ["b", "c"]]}
    assert "answers" not in note_of("event", {"answer": ["a"]})
