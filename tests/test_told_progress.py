"""Laws of long work: how far it is grows and comes to the whole; broken off, it leaves nothing half done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from desk import NAMES, SOURCES, Clock
from factories import make_moment, make_outcome, make_review

from trainer.collection import Collection
from trainer.collection.adding import add
from trainer.collection.checking import check
from trainer.collection.doctor import examine
from trainer.collection.fixing import fix
from trainer.collection.importing import prepare
from trainer.collection.ledger import Ledger, Write
from trainer.collection.moving import move
from trainer.collection.placing import place_of
from trainer.collection.previewing import preview
from trainer.config import Config, Places
from trainer.core.progress import Advance, unseen
from trainer.core.quiz import Request
from trainer.core.scheduling import Scheduler, SchedulingSettings
from trainer.core.session import Selection

EVENTS = "".join(
    f"  - {{id: e{n}, type: event, what: Line {n}, who: Armenia, when: '20{n:02}', source: report#{n}}}\n"
    for n in range(1, 9)
)
NUMBERS = "".join(f"  - {{id: n{n}, question: Question {n}, answer: It is {n}}}\n" for n in range(9))


class StoppedError(Exception):
    """Nobody waits for it any longer."""


class Told:
    """Keeps what it is told of progress, or ends the work at the first word of it, or at the last."""

    def __init__(self, stop: str = "") -> None:
        self._stop = stop
        self.how_far: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.how_far.append((done, total))
        if self._stop == "first" or (self._stop == "last" and done == total):
            raise StoppedError

    def assert_whole(self) -> None:
        shares = [done / total for done, total in self.how_far if total]
        assert shares == sorted(shares)
        assert shares[0] < shares[-1] == 1.0


class Room(NamedTuple):
    """A folder with two decks, what is studied of them, and what else can take long."""

    folder: Path

    @property
    def decks(self) -> Path:
        return self.folder / "decks"

    @property
    def places(self) -> Places:
        return Places(self.folder / "progress.db", self.folder / "config.toml", (self.decks,))

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    @contextmanager
    def collection(self) -> Iterator[Collection]:
        collection = Collection(self.places, Config(), clock=Clock())
        try:
            yield collection
        finally:
            collection.close()

    def files(self) -> dict[str, bytes]:
        """All files but the index and what is studied."""
        every = (path for path in self.folder.rglob("*") if path.is_file() and "progress" not in path.name)
        return {str(path): path.read_bytes() for path in every}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    room = Room(tmp_path)
    room.write("decks/sources.yaml", SOURCES)
    room.write("decks/names.yaml", NAMES)
    room.write("decks/events.yaml", f"title: Events\nnotes:\n{EVENTS}")
    room.write("decks/numbers.yaml", f"title: Numbers\nnotes:\n{NUMBERS}")
    room.write("words.csv", "question,answer\n" + "".join(f"Word {n},It means {n}\n" for n in range(9)))
    room.write("articles/report.txt", "First.\n\nSecond.\n")
    with room.collection() as collection:
        for n in range(9):
            for minutes in range(3):
                collection.store.append_review(
                    make_outcome(
                        make_review(f"numbers/n{n}/card", moment=make_moment(minutes=minutes)),
                        *collection.store.memory([f"numbers/n{n}/card"]).values(),
                    )
                )
    return room


def edited(room: Room, collection: Collection) -> None:
    room.write("decks/events.yaml", f"title: Changed\nnotes:\n{EVENTS}")
    room.write("decks/more.yaml", f"title: More\nnotes:\n{NUMBERS}")


def renamed(room: Room, collection: Collection) -> None:
    room.write("decks/other.yaml", f"title: Other\nnotes:\n{NUMBERS}")
    collection.reload()


def gone(room: Room, collection: Collection) -> None:
    room.write("decks/numbers.yaml", "title: Numbers\nnotes:\n  - {question: a, answer: b}\n")
    collection.reload()


def nothing(room: Room, collection: Collection) -> None:
    pass


class Long(NamedTuple):
    """Work over a collection: what happens before it, and whether it changes the progress file."""

    before: Callable[[Room, Collection], None]
    work: Callable[[Collection, Advance], object]
    writes: bool = True


OVER_A_COLLECTION = {
    "reading the decks": Long(edited, Collection.reload),
    "scheduling anew": Long(
        nothing,
        lambda collection, advance: collection.store.rebuild(
            "other", Scheduler(SchedulingSettings(desired_retention=0.8)).replay, advance=advance
        ),
    ),
    "moving": Long(
        renamed,
        lambda collection, advance: move(collection, "numbers", "other", anyway=True, advance=advance),
    ),
    "quiz": Long(nothing, lambda collection, advance: collection.quizzes.begin(Request(), advance=advance)),
    "doctor": Long(gone, lambda collection, advance: examine(collection, advance=advance), writes=False),
    "list": Long(
        nothing,
        lambda collection, advance: collection.selected(Selection(), advance=advance),
        writes=False,
    ),
    "timeline": Long(
        nothing, lambda collection, advance: collection.events(Selection(), advance=advance), writes=False
    ),
    "coverage": Long(
        nothing,
        lambda collection, advance: collection.coverage(
            collection.places.progress.parent / "articles", advance=advance
        ),
        writes=False,
    ),
}


@pytest.mark.parametrize("long", OVER_A_COLLECTION.values(), ids=OVER_A_COLLECTION)
@pytest.mark.parametrize("stop", ["first", "last"])
def test_broken_off_the_progress_file_is_as_it_was_and_done_it_was_told_whole(
    room: Room, long: Long, stop: str
) -> None:
    with room.collection() as collection:
        long.before(room, collection)
        before = [*collection.store.connection.iterdump()]
        with pytest.raises(StoppedError):
            long.work(collection, Told(stop))
        assert [*collection.store.connection.iterdump()] == before
        long.work(collection, told := Told())
        told.assert_whole()
        assert ([*collection.store.connection.iterdump()] != before) is long.writes


OVER_FILES: dict[str, Callable[[Room, Advance], object]] = {
    "check": lambda room, advance: check([room.decks], articles=room.folder / "articles", advance=advance),
    "import": lambda room, advance: prepare(room.folder / "words.csv", room.places, advance=advance),
    "add": lambda room, advance: add(
        room.places, "numbers", [{"question": "New?", "answer": "Yes."}], advance=advance
    ),
    "preview": lambda room, advance: preview(room.places, "events", advance=advance),
    "edit": lambda room, advance: place_of(room.places, "Question 3", advance=advance),
}


@pytest.mark.parametrize("work", OVER_FILES.values(), ids=OVER_FILES)
@pytest.mark.parametrize("stop", ["first", "last"])
def test_broken_off_no_file_has_changed_and_done_it_was_told_whole(
    room: Room, work: Callable[[Room, Advance], object], stop: str
) -> None:
    before = room.files()
    with pytest.raises(StoppedError):
        work(room, Told(stop))
    assert room.files() == before
    work(room, told := Told())
    told.assert_whole()


def test_an_import_whose_notes_are_left_out_is_told_whole_too(room: Room) -> None:
    room.write("words.csv", "question,answer,id\nOne,1,a\nTwo,,b\nThree,3,c\n")
    prepare(room.folder / "words.csv", room.places, advance=(told := Told()))
    told.assert_whole()


@pytest.mark.parametrize("content", ["", "title: [", "title: Nothing yet\n", "notes: []\n"])
def test_a_deck_that_cannot_be_read_is_done_too(room: Room, content: str) -> None:
    room.write("decks/wrong.yaml", content)
    preview(room.places, "wrong", advance=(told := Told()))
    assert told.how_far[-1][0] == told.how_far[-1][1]
    assert told.how_far == sorted(told.how_far)


def test_repairs_broken_off_are_whole_files_and_those_are_told(room: Room) -> None:
    before = room.files()
    repaired: list[str] = []
    with pytest.raises(StoppedError):
        repaired.extend(each.path for each in fix([room.decks], advance=Told("first")))
    after = room.files()
    changed = [path for path, content in before.items() if after[path] != content]
    assert changed == [str(room.decks / "events.yaml")]
    assert after[changed[0]].endswith(before[changed[0]])


class BrokenOff(list[Write]):
    """Files to write, of which the last are never come to."""

    def __iter__(self) -> Iterator[Write]:
        yield from super().__iter__()
        raise KeyboardInterrupt


def test_files_written_as_one_act_are_put_back_where_it_is_broken_off(tmp_path: Path) -> None:
    (path := tmp_path / "deck.yaml").write_bytes(b"before")
    ledger = Ledger()
    with pytest.raises(KeyboardInterrupt):
        ledger.write("repairs", BrokenOff([Write(path, b"before", b"after")]))
    assert path.read_bytes() == b"before"
    assert not ledger.can_undo


def test_repairs_are_told_file_by_file(room: Room) -> None:
    told = Told()
    repaired = [Path(each.path).name for each in fix([room.decks], advance=told)]
    assert repaired == ["events.yaml", "names.yaml", "numbers.yaml", "sources.yaml"]
    assert told.how_far == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_start_says_what_takes_long(room: Room) -> None:
    said: list[str] = []

    @contextmanager
    def watch(what: str) -> Iterator[Advance]:
        said.append(what)
        yield unseen

    config = Config(desired_retention=0.8)
    Collection(room.places, config, clock=Clock(), watch=watch).close()
    Collection(room.places, config, clock=Clock(), watch=watch).close()
    assert said == ["Reading the decks", "Scheduling anew", "Reading the decks"]
