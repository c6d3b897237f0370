"""Packages that mean harm, or are damaged: one clear line, soon, and in little memory."""

from __future__ import annotations

import os
import struct
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from anki_packages import BACK, BASIC, CLOZE, card, compress, database, kind, message, note, package, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.fsrs6 import Model
from trainer.errors import TrainerError
from trainer.formats.anki import collection_file, wire
from trainer.formats.anki import package as outside
from trainer.formats.anki.package import PackageError, is_package
from trainer.formats.anki.reading import AnkiPackage, read

GOOD = database([note(1, BASIC, "Haus", "house"), note(2, CLOZE, "{{c1::x}}", "")])
MOST_MEMORY = 300_000_000


def taken(tmp_path: Path, content: bytes) -> AnkiPackage:
    path = tmp_path / "evil.apkg"
    path.write_bytes(content)
    return read(path, day_of=lambda at: date(2024, 1, 1), model=Model())


def refused(tmp_path: Path, content: bytes) -> str:
    """The line in which a package is refused."""
    with pytest.raises(PackageError) as error:
        taken(tmp_path, content)
    line = str(error.value)
    assert "\n" not in line
    assert line.startswith(f"{tmp_path / 'evil.apkg'}: ")
    return line.partition(": ")[2]


# The zip file


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"a text", bytes(100_000)]
)
def test_what_is_no_package(tmp_path: Path, content: bytes) -> None:
    assert "package" in refused(tmp_path, content)


def test_a_package_without_a_collection_or_of_an_unknown_version(tmp_path: Path) -> None:
    assert "no collection" in refused(tmp_path, zipped({"meta": b"\x08\x02", "collection.anki2": GOOD}))
    assert "version 9" in refused(tmp_path, zipped({"meta": b"\x08\x09", "collection.anki2": GOOD}))
    assert "'meta' in it is larger" in refused(tmp_path, zipped({"meta": bytes(2_000)}))


@pytest.mark.parametrize("version", [2, 3])
def test_a_collection_that_grows_too_large(
    tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "MAX_COLLECTION", 3_000_000)
    monkeypatch.setattr(outside, "_CHUNK", 1 << 16)
    assert "larger than 3 MB" in refused(tmp_path, package(bytes(4_000_000), version))


def test_a_bomb_of_zstandard_is_ended_while_it_is_read(tmp_path: Path) -> None:
    content = zipped({"meta": b"\x08\x03", "collection.anki21b": _frame_of(600)})
    assert len(content) < 30_000
    tracemalloc.start()
    try:
        assert "larger than 200 MB" in refused(tmp_path, content)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()


def _frame_of(megabytes: int) -> bytes:
    """A small frame of Zstandard that holds so many megabytes of zeros, and does not say so.

    After RFC 8878: blocks of the kind RLE repeat a byte 128 KiB times.
    """
    header = struct.pack("<IBB", 0xFD2FB528, 0, 0x58)  # No size of the content; a window of 2 MiB.
    block = (128 * 1024 << 3 | 1 << 1).to_bytes(3, "little") + b"\0"
    last = (0 << 3 | 0 << 1 | 1).to_bytes(3, "little")
    return header + block * (megabytes * 8) + last


def test_a_size_that_is_a_lie(tmp_path: Path) -> None:
    content = bytearray(package(bytes(2_000_000), 2))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(b"collection.anki21"))
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    assert refused(tmp_path, bytes(content))


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "MAX_ENTRIES", 50)
    assert "more than 50 entries" in refused(tmp_path, package(GOOD, more={str(n): b"" for n in range(60)}))
    monkeypatch.setattr(outside, "_MAX_DIRECTORY", 2_000)
    assert "more than 50 entries" in refused(tmp_path, package(GOOD, more={str(n): b"" for n in range(60)}))


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path) -> None:
    names = {"../../evil": b"x", "/etc/evil": b"x", "C:\\evil": b"x"}
    taken(tmp_path, package(GOOD, media={"0": "../../evil"}, more=names))
    assert [each.name for each in tmp_path.rglob("*")] == ["evil.apkg"]


def test_ways_of_packing_that_anki_does_not_use(tmp_path: Path) -> None:
    assert "packed in a way" in refused(tmp_path, zipped({"collection.anki21": GOOD}, how=zipfile.ZIP_LZMA))


def test_an_encrypted_entry(tmp_path: Path) -> None:
    content = bytearray(package(GOOD))
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.rfind(sign, 0, content.rfind(b"collection.anki21"))
        content[at + flags] |= 1
    assert refused(tmp_path, bytes(content))


def test_a_pipe_is_no_package_and_nobody_waits_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert not is_package(pipe)
    with pytest.raises(PackageError):
        read(pipe, day_of=lambda at: date(2024, 1, 1), model=Model())


@pytest.mark.parametrize("cut", [1, 5, 100])
def test_zstandard_that_is_damaged_or_cut_off(tmp_path: Path, cut: int) -> None:
    packed = compress(GOOD)
    for broken in (packed[:-cut], packed[:8] + b"\xff" * 8 + packed[16:], b"no frame at all"):
        content = zipped({"meta": b"\x08\x03", "collection.anki21b": broken})
        assert "what is packed in it" in refused(tmp_path, content)


# The media, and protobuf


@pytest.mark.parametrize("media", [b"[" * 5000, b"{", b"\xff\xfe", b'{"0": ' + b"9" * 5000 + b"}"])
def test_a_list_of_media_that_is_none(tmp_path: Path, media: bytes) -> None:
    assert "media" in refused(tmp_path, package(GOOD, media=media))


def test_a_list_of_media_that_is_too_long(tmp_path: Path) -> None:
    assert "'media' in it is larger than 8 MB" in refused(tmp_path, package(GOOD, media=bytes(9_000_000)))
    assert "'media' in it is larger than 8 MB" in refused(
        tmp_path, package(GOOD, 3, media=compress(bytes(9_000_000)))
    )


@pytest.mark.parametrize(
    "broken",
    [b"\xff" * 20, b"\x0a\xff\xff\xff\xff\x0f", b"\x09\x00", b"\x0d", b"\x0b", b"\x0a\x05abc", b"\x80"],
)
def test_protobuf_that_is_none(tmp_path: Path, broken: bytes) -> None:
    assert refused(tmp_path, package(GOOD, 3, media=compress(broken)))
    tables = "notetypes (id, name, config)", "decks (id, name, kind)", "deck_config (id, config)"
    sql = "update col set ver = 18;" + "".join(f"create table {table};" for table in tables)
    sql += f"insert into decks values (1, 'x', x'{broken.hex()}');"
    assert "damaged" in refused(tmp_path, package(database(sql=sql), 3))


def test_a_message_with_a_million_fields(tmp_path: Path) -> None:
    with pytest.raises(wire.WireError):
        wire.message(b"\x08\x00" * 1_000_000)


@given(st.binary(max_size=60))
@settings(max_examples=150)
def test_any_bytes_are_a_message_or_are_refused(content: bytes) -> None:
    try:
        found = wire.message(content)
    except wire.WireError:
        return
    wire.text(found, 1), wire.number(found, 1), wire.floats(found, 1)


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(0, 2**63) | st.binary(max_size=30)), max_size=9))
@settings(max_examples=100)
def test_a_message_says_what_was_put_into_it(fields: list[tuple[int, int | bytes]]) -> None:
    expected: dict[int, list[int | bytes]] = {}
    for number, value in fields:
        expected.setdefault(number, []).append(value)
    assert wire.message(message(*fields)) == expected


# The collection


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\0" + bytes(84), b"x" * 5000, GOOD[:4096], bytes(8192)]
)
def test_a_collection_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    assert "damaged" in refused(tmp_path, package(content))


@pytest.mark.parametrize(
    "sql",
    [
        "drop table notes; create view notes as with recursive n(id) as (select 1 union all select id + 1"
        " from n) select id, 11 as mid, '' as tags, 'x' as flds from n;",
        "drop table revlog; create virtual table revlog using fts5(id, cid, ease, ivl, factor, time, type);",
        "drop table cards; create table cards (id, nid, did, ord, type, queue, due, ivl, factor, reps,"
        " lapses, left, odue, odid, flags, data as (hex(zeroblob(10000000))));",
        "drop table cards;",
        "delete from col;",
        "update col set ver = 99;",
        "update col set models = '[' || hex(zeroblob(5000));",
        "alter table notes drop column flds;",
        "update col set conf = '" + '{"a":' * 5000 + "';",
    ],
)
def test_a_collection_that_is_not_one_of_anki(tmp_path: Path, sql: str) -> None:
    assert refused(tmp_path, package(database([note(1, BASIC, "q", "a")], sql=sql)))


def test_triggers_and_views_beside_the_tables_do_nothing(tmp_path: Path) -> None:
    sql = """
        create table evil (x);
        create trigger t after insert on notes begin insert into evil values (1); end;
        create view v as select * from notes;
    """
    assert len(taken(tmp_path, package(database([note(1, BASIC, "q", "a")], sql=sql))).decks) == 1


def test_reading_ends_when_sqlite_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection_file, "MAX_SECONDS", -1.0)
    monkeypatch.setattr(collection_file, "_STEPS", 1)
    assert "takes too long" in refused(tmp_path, package(GOOD))


def test_too_much_of_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, what in (("MAX_CARDS", "cards"), ("MAX_REVIEWS", "reviews"), ("MAX_TEXT", "characters")):
        with monkeypatch.context() as patch:
            patch.setattr(collection_file, name, -1)
            assert what in refused(tmp_path, package(GOOD))


def test_a_note_with_a_million_fields_and_names(tmp_path: Path) -> None:
    content = database([note(1, BASIC, *["x"] * 1_000_000)])
    assert len(taken(tmp_path, package(content)).decks) == 1
    kinds = {9: kind("Many", [f"f{number}" for number in range(100_000)], (("{{f0}}", "{{f1}}"),))}
    content = database([note(1, 9, "q", "a")], kinds=kinds)
    assert len(taken(tmp_path, package(content)).decks) == 1


@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("{{Front}}" * 100_000, BACK),
        ("{{#Front}}" * 100_000, BACK),
        ("{{" * 100_000, "}}" * 100_000),
        ("<" * 200_000, "{{Back}}"),
        ("{{Front}}" * 300, "{{Back}}"),
    ],
)
def test_templates_that_multiply_are_left_out(tmp_path: Path, front: str, back: str) -> None:
    kinds = {9: kind("Evil", templates=((front, back),))}
    found = taken(tmp_path, package(database([note(1, 9, "q" * 5_000, "a")], kinds=kinds)))
    assert len(found.left_out) + len(found.decks) == 1


def test_invalid_utf8_and_values_of_other_kinds(tmp_path: Path) -> None:
    sql = """
        update notes set flds = cast(x'ff1f61' as text), tags = x'ff00';
        update cards set data = x'ff', did = 'nowhere', ord = 0.5;
        update col set models = replace(models, '"type": 0', '"type": "x"');
    """
    found = taken(tmp_path, package(database([note(1, BASIC, "q", "a")], sql=sql)))
    assert [each.fields["question"] for deck in found.decks for each in deck.notes] == ["\ufffd"]


def test_json_of_other_shapes(tmp_path: Path) -> None:
    shapes: list[Any] = [None, 5, "x", [], {"flds": 5, "tmpls": {"a": 1}}, {"flds": [1, None], "tmpls": [[]]}]
    for shape in shapes:
        content = database([note(1, 9, "q", "a")], kinds={9: shape}, presets={1: shape})
        assert taken(tmp_path, package(content)).decks == ()
    for column in ("models", "decks", "dconf", "conf"):
        content = database([note(1, BASIC, "q", "a")], sql=f"update col set {column} = '5';")
        taken(tmp_path, package(content))


@pytest.mark.parametrize("version", [1, 2, 3])
@given(data=st.data())
@settings(max_examples=60)
def test_a_damaged_package_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, version: int, data: st.DataObject
) -> None:
    content = bytearray(package(GOOD, version, media=compress(b"") if version == 3 else {}))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    read_or_refused(tmp_path_factory.getbasetemp(), bytes(content))


@given(data=st.data())
@settings(max_examples=100)
def test_a_damaged_collection_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 12))):
        page = data.draw(st.integers(0, len(content) // 4096 - 1)) * 4096
        content[page + data.draw(st.integers(0, 200) | st.integers(0, 4095))] = data.draw(st.integers(0, 255))
    read_or_refused(tmp_path_factory.getbasetemp(), package(bytes(content)))


def read_or_refused(folder: Path, content: bytes) -> None:
    try:
        taken(folder, content)
    except TrainerError as error:
        assert "\n" not in str(error)


def test_a_good_package_is_read(tmp_path: Path) -> None:
    assert len(taken(tmp_path, package(GOOD)).decks[0].notes) == 2


@pytest.mark.parametrize("created", [2**63 - 1, -(2**63), 253_402_300_799])
def test_days_that_no_calendar_has_are_brought_within_it(tmp_path: Path, created: int) -> None:
    studied: dict[str, Any] = {
        "type": 2,
        "queue": 2,
        "due": 10**12,
        "ivl": 10**12,
        "reps": 1,
        "data": '{"s": 1e9, "d": 5, "lrt": 1e11}',
    }
    content = database([note(1, BASIC, "q", "a")], [card(1, **studied)], created=created)
    found = taken(tmp_path, package(content))
    assert [past.state is not None for past in found.pasts.values()] == [True]
