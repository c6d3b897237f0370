from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats import FORMATS, recognise
from trainer.formats.model import Format, Imported, Options, UnreadableError, as_id, as_tag, hole, tidy

SAMPLES = {
    "anki": "#separator:tab\n#html:true\nWho?\tme\n",
    "csv": "question,answer\nWho?,me\n",
    "gift": "::A title:: Who? {=me ~you}\n",
    "json": '{"notes": [{"question": "Who?", "answer": "me"}]}',
    "markdown": "Q: Who?\nA: me\n",
}
WORDS = st.text("abcXYZ0 \t\n\r\"',;|:=~#{}[]<>&\\-/%!`$\ufeff\u2028é", max_size=60)


def test_every_format_has_a_sample() -> None:
    assert set(FORMATS) == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_is_recognised_by_its_content_alone(name: str) -> None:
    found = recognise("cards.txt", SAMPLES[name])
    assert found is not None and found.name == name


@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_reads_its_sample_into_one_note_that_asks_who(name: str) -> None:
    (note,) = FORMATS[name].read(SAMPLES[name], Options()).notes
    assert note.fields["question"] == "Who?"
    assert note.fields["answer"] == "me"


def test_prose_is_no_format() -> None:
    assert recognise("letter.txt", "Dear all,\nthis is a letter.\n") is None


@pytest.mark.parametrize("found", FORMATS.values(), ids=list(FORMATS))
def test_an_empty_file_has_no_notes_and_nothing_left_out(found: Format) -> None:
    try:
        assert found.read("", Options()) == Imported()
    except UnreadableError as error:
        assert found.name == "json" and error.line == 1


@pytest.mark.parametrize("found", FORMATS.values(), ids=list(FORMATS))
@given(text=WORDS | st.text(max_size=60))
def test_whatever_a_file_holds_is_read_or_refused_with_a_line(found: Format, text: str) -> None:
    for each in (text, SAMPLES[found.name] + text):
        try:
            imported = found.read(each, Options())
        except UnreadableError as error:
            assert found.name == "json" and error.line >= 1
            continue
        lines = each.count("\n") + each.count("\r") + 1
        assert all(1 <= note.line <= lines for note in imported.notes)
        assert all(1 <= left.line <= lines and left.reason for left in imported.left_out)


@pytest.mark.parametrize(
    ("hidden", "hint", "expected"),
    [
        ("a", "", "{{1::a}}"),
        ("a", "b", "{{1::a::b}}"),
        ("std::vector", "", ""),
        ("a}", "", ""),
        ("{{a", "", ""),
        (" ", "", ""),
    ],
)
def test_a_hole_that_ours_cannot_hold_is_none(hidden: str, hint: str, expected: str) -> None:
    assert hole(1, hidden, hint) == expected


def test_line_breaks_of_every_kind_become_one() -> None:
    assert tidy("\ufeff a \r\nb\rc\u2028d\x0be\t\n ") == "a\nb\nc\nd\ne"


def test_headings_become_tags_and_questions_ids() -> None:
    assert as_tag("  The First Republic (1918)! ") == "the-first-republic-1918"
    assert as_id("Wer schrieb «Größe»?") == "wer-schrieb-grosse"
    assert as_id("Лукашенко") == "lukashenko"
    assert as_id("?!") == "note"
    assert len(as_id("word " * 50)) <= 40
