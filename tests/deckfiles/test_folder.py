from __future__ import annotations

import os
from pathlib import Path
from threading import Thread

import pytest

from trainer.deckfiles import folder
from trainer.deckfiles.folder import DeckFile, find, read


def write(path: Path, content: str = "title: T\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def decks(*roots: Path) -> list[str]:
    return [file.deck for file in find(roots)]


def only(root: Path) -> DeckFile:
    [file] = find([root])
    return file


def test_decks_come_in_the_order_of_their_names_with_sub_folders_after(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "10.yaml", "2.yaml", "inner/a.yaml", "inner/deep/x.yaml", "also/z.yaml"):
        write(tmp_path / name)
    assert decks(tmp_path) == ["10", "2", "a", "b", "also/z", "inner/a", "inner/deep/x"]


def test_only_yaml_files_are_decks(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.txt", "c.yaml.bak", "d.json", "README.md"):
        write(tmp_path / name)
    assert decks(tmp_path) == ["a"]


@pytest.mark.parametrize(
    "name",
    [".a.yaml", ".hidden/a.yaml", "~a.yaml", "a.yaml~", ".a.yaml.swp", "a.sync-conflict-20240613-x.yaml"],
)
def test_hidden_files_and_leavings_of_editors_are_passed_over(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    write(tmp_path / "kept.yaml")
    assert decks(tmp_path) == ["kept"]


def test_registries_are_no_decks_and_serve_their_folder_and_those_below(tmp_path: Path) -> None:
    for name in (
        "a.yaml",
        "sources.yaml",
        "names.yaml",
        "inner/b.yaml",
        "inner/sources.yaml",
        "other/c.yaml",
    ):
        write(tmp_path / name, name)
    served = {
        file.deck: (
            [Path(source.path).relative_to(tmp_path).as_posix() for source in file.sources],
            [Path(names.path).relative_to(tmp_path).as_posix() for names in file.names],
        )
        for file in find([tmp_path])
    }
    assert served == {
        "a": (["sources.yaml"], ["names.yaml"]),
        "inner/b": (["sources.yaml", "inner/sources.yaml"], ["names.yaml"]),
        "other/c": (["sources.yaml"], ["names.yaml"]),
    }


def test_a_single_file_is_a_deck_with_the_registries_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "sources.yaml", "s")
    write(tmp_path / "names.yaml", "n")
    file = only(write(tmp_path / "a.yaml", "content"))
    assert (file.deck, file.file.content) == ("a", b"content")
    assert [source.content for source in file.sources] == [b"s"]
    assert [names.content for names in file.names] == [b"n"]


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    failure = only(tmp_path / "none.yaml").file.failure
    assert failure.startswith("cannot be read")


def test_the_content_is_given_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xff\x00\r\n")
    assert only(tmp_path).file.content == b"\xff\x00\r\n"


def test_a_link_out_of_the_folder_is_passed_over(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside.yaml", "secret")
    write(tmp_path / "decks" / "a.yaml")
    (tmp_path / "decks" / "link.yaml").symlink_to(outside)
    assert decks(tmp_path / "decks") == ["a"]


def test_a_link_within_the_folder_is_read(tmp_path: Path) -> None:
    target = write(tmp_path / "decks" / "inner" / "a.yaml", "content")
    (tmp_path / "decks" / "link.yaml").symlink_to(target)
    assert decks(tmp_path / "decks") == ["link", "inner/a"]


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "b.yaml")
    write(tmp_path / "decks" / "a.yaml")
    (tmp_path / "decks" / "self").symlink_to(".")
    (tmp_path / "decks" / "up").symlink_to("..")
    (tmp_path / "decks" / "there").symlink_to(tmp_path / "elsewhere")
    assert decks(tmp_path / "decks") == ["a"]


def test_a_link_that_leads_nowhere_or_to_itself_does_no_harm(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "gone.yaml").symlink_to("nothing.yaml")
    failures = {file.deck: file.file.failure for file in find([tmp_path])}
    assert failures["a"] == ""
    assert all(failure for deck, failure in failures.items() if deck != "a")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)
    found: list[DeckFile] = []
    reading = Thread(target=lambda: found.extend(find([tmp_path])), daemon=True)
    reading.start()
    reading.join(30)
    assert [file.file.failure for file in found] == ["is not a regular file"]


def test_a_device_is_refused() -> None:
    assert read(Path("/dev/zero")).failure == "is not a regular file"


def test_a_folder_with_the_name_of_a_deck_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml" / "b.yaml")
    assert decks(tmp_path) == ["a.yaml/b"]


def test_a_folder_with_the_name_of_a_registry_says_so(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml")
    (tmp_path / "sources.yaml").mkdir()
    (deck,) = find([tmp_path])
    assert [file.failure for file in deck.sources] == ["is not a regular file"]


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(folder.MAX_BYTES + 1)
    found = only(tmp_path).file
    assert (found.content, found.failure) == (b"", "is larger than 32 MB")


def test_folders_are_searched_to_a_depth(tmp_path: Path) -> None:
    path = tmp_path
    for _ in range(folder.MAX_DEPTH + 1):
        path = path / "d"
    write(path / "deep.yaml")
    write(path.parent / "reached.yaml")
    assert [deck.rpartition("/")[2] for deck in decks(tmp_path)] == ["reached"]


def test_a_folder_given_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml")
    assert decks(tmp_path, tmp_path) == ["a"]


def test_the_key_stays_while_nothing_changes(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml")
    write(tmp_path / "names.yaml")
    assert only(tmp_path).key == only(tmp_path).key


@pytest.mark.parametrize("name", ["a.yaml", "names.yaml", "sources.yaml"])
def test_the_key_changes_when_a_file_that_matters_does(tmp_path: Path, name: str) -> None:
    for each in ("a.yaml", "names.yaml", "sources.yaml"):
        write(tmp_path / each, "before")
    before = only(tmp_path).key
    write(tmp_path / name, "after")
    assert only(tmp_path).key != before


@pytest.mark.parametrize("name", ["names.yaml", "sources.yaml"])
def test_the_key_changes_when_a_registry_comes_or_goes(tmp_path: Path, name: str) -> None:
    write(tmp_path / "a.yaml")
    before = only(tmp_path).key
    write(tmp_path / name, "")
    assert only(tmp_path).key != before


def test_the_key_does_not_depend_on_other_decks(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml")
    before = only(tmp_path).key
    write(tmp_path / "b.yaml")
    assert find([tmp_path])[0].key == before
