from __future__ import annotations

import difflib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trainer.deckfiles.emit import inline
from trainer.deckfiles.writing import Document, UneditableError
from trainer.errors import TrainerError

DECK = """\
# yaml-language-server: $schema=./deck.schema.json
title:   Elections 2024        # aligned by hand

notes:
    # first block, indented by 4
    - {id: c1, question: "Capital of Peru?", answer: Lima}   # flow style
    - id: c2
      question: 'It''s quoted'
      answer:
      - no        # the Norway problem
      - 010
      hint: >-
          folded
          text

    # about the next
    - id: c3
      question: |
         literal
         block
      answer: "tab\\tescape \\u00e9"
      as_of: 2024-06-12   # a Wednesday

# the end
"""

STYLES = {
    "unix": DECK.encode(),
    "windows": DECK.replace("\n", "\r\n").encode(),
    "with a byte order mark": b"\xef\xbb\xbf" + DECK.encode(),
    "without a last line break": DECK.removesuffix("\n# the end\n").removesuffix("\n").encode(),
}
NOTE = {"id": "new", "question": "What: this?", "answer": ["x", "y"]}


def changed(before: bytes, after: Document) -> tuple[list[str], list[str]]:
    """The lines taken away and those added, without their ends."""
    lines = difflib.ndiff(
        before.decode().splitlines(keepends=True), after.content.decode().splitlines(keepends=True)
    )
    gone, new = [], []
    for line in lines:
        if line.startswith("- "):
            gone.append(line[2:].rstrip("\r\n"))
        elif line.startswith("+ "):
            new.append(line[2:].rstrip("\r\n"))
    return gone, new


@pytest.fixture(params=STYLES, ids=list(STYLES))
def content(request: pytest.FixtureRequest) -> bytes:
    return STYLES[request.param]


def test_a_new_note_is_the_only_change(content: bytes) -> None:
    after = Document(content).with_note(NOTE)
    gone, new = changed(content, after)
    assert gone in ([], ["      as_of: 2024-06-12   # a Wednesday"])  # its line break, where there was none
    assert sorted(line for line in new if line not in gone) == [
        "",
        "      answer: [x, y]",
        '      question: "What: this?"',
        "    - id: new",
    ]
    assert [after.note(place)["id"] for place in range(4)] == ["c1", "c2", "c3", "new"]


@pytest.mark.parametrize("text", [b"title: T\n", b"title: T\nnotes: []\n", b"notes:\n- id: a\n- id: b\n"])
def test_notes_added_at_once_are_written_as_one_after_the_other(content: bytes, text: bytes) -> None:
    several = [NOTE, {**NOTE, "id": "next"}, {**NOTE, "id": "last"}]
    for before in (content, text):
        document = Document(before)
        for note in several:
            document = document.with_note(note)
        assert Document(before).with_notes(several).content == document.content


def test_a_note_can_be_put_between_others_and_before_them(content: bytes) -> None:
    for after, order in ((-1, ["new", "c1", "c2", "c3"]), (1, ["c1", "c2", "new", "c3"])):
        document = Document(content).with_note(NOTE, after=after)
        assert [document.note(place)["id"] for place in range(4)] == order
        gone, new = changed(content, document)
        assert not gone
        assert len(new) == 4


def test_only_the_changed_value_is_written_anew(content: bytes) -> None:
    document = Document(content)
    after = document.with_fields(2, {**document.note(2), "as_of": "2024-06-13"})
    assert changed(content, after) == (
        ["      as_of: 2024-06-12   # a Wednesday"],
        ["      as_of: 2024-06-13   # a Wednesday"],
    )


def test_a_value_before_a_comment_is_never_made_a_block(content: bytes) -> None:
    document = Document(content)
    long = "word " * 40 + "end"
    after = document.with_fields(2, {**document.note(2), "as_of": long})
    assert changed(content, after)[1] == [f"      as_of: {long}   # a Wednesday"]


def test_fields_are_added_in_their_place_and_taken_away(content: bytes) -> None:
    document = Document(content)
    fields = document.note(1)
    wanted = {"id": "c2", "type": "typed", "question": fields["question"], "answer": fields["answer"]}
    after = document.with_fields(1, wanted)
    assert changed(content, after) == (
        ["      hint: >-", "          folded", "          text"],
        ["      type: typed"],
    )


def test_the_first_fields_can_go_and_others_come_before(content: bytes) -> None:
    document = Document(content)
    after = document.with_fields(2, {"type": "typed", "answer": "x", "as_of": "2024-06-12"})
    assert "    - type: typed" in changed(content, after)[1]
    assert after.note(2) == {"type": "typed", "answer": "x", "as_of": "2024-06-12"}


def test_a_note_in_braces_stays_on_its_line(content: bytes) -> None:
    document = Document(content)
    after = document.with_fields(0, {**document.note(0), "answer": "Lima, Peru"})
    assert changed(content, after)[1] == [
        '    - {id: c1, question: Capital of Peru?, answer: "Lima, Peru"}   # flow style'
    ]


def test_a_note_is_taken_out_with_its_lines_only(content: bytes) -> None:
    for place, first in enumerate(("    - {id: c1", "    - id: c2", "    - id: c3")):
        document = Document(content)
        after = document.without_note(place)
        gone, new = changed(content, after)
        assert not new
        assert gone[0].startswith(first) or (gone[0] == "" and gone[1].startswith(first))
        assert not any(
            "#" in line and "flow" not in line and "Norway" not in line and "Wed" not in line for line in gone
        )


def test_the_last_note_leaves_an_empty_list_that_takes_notes_again(content: bytes) -> None:
    empty = Document(content).without_note(0).without_note(0).without_note(0)
    assert empty.notes == []
    assert empty.with_note(NOTE).note(0) == NOTE


def test_the_line_for_editors_is_put_at_the_top_or_replaced(content: bytes) -> None:
    line = "# yaml-language-server: $schema=deck.schema.json"
    after = Document(content).with_modeline(line)
    assert changed(content, after)[1][-1].endswith(line)
    assert after.with_modeline(line) is after
    plain = Document(b"title: T\nnotes: []\n").with_modeline(line)
    assert plain.content == f"{line}\ntitle: T\nnotes: []\n".encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: x\n", "title: x\nnotes:\n  - id: n\n"),
        ("title: x", "title: x\nnotes:\n  - id: n\n"),
        ("title: x\nnotes: [] # c\n", "title: x\nnotes:  # c\n  - id: n\n"),
        ("title: x\nnotes:\n# c", "title: x\nnotes:\n  - id: n\n# c"),
        ("notes:\n- id: a\n- id: b\ntitle: x\n", "notes:\n- id: a\n- id: b\n- id: n\ntitle: x\n"),
        ("title: x\nnotes: [{id: a}]", "title: x\nnotes: [{id: a}, {id: n}]"),
        ("notes:\n-   id: a\n    q: b", "notes:\n-   id: a\n    q: b\n\n-   id: n\n"),
    ],
)
def test_a_note_is_added_to_whatever_list_there_is(text: str, expected: str) -> None:
    assert Document(text.encode()).with_note({"id": "n"}).content.decode() == expected


@pytest.mark.parametrize(
    "text",
    [b"", b"- a\n", b"{title: x}", b"title: [", b"title: x\ntitle: y\n", b"\xff\xfea\x00", b"title: \xff\n"],
)
def test_what_is_no_sound_mapping_in_lines_is_refused(text: bytes) -> None:
    with pytest.raises(UneditableError):
        Document(text, path="x.yaml")


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        (b"notes: x\n", lambda found: found.with_note({"id": "a"})),
        (b"notes: [{id: a}, {id: b}]\n", lambda found: found.without_note(0)),
        (b"notes:\n- a\n", lambda found: found.with_fields(0, {"id": "a"})),
        (b"notes:\n- id: a\n", lambda found: found.with_fields(0, {"question": "a"})),
        (b"notes:\n- id: a\n", lambda found: found.with_note({"id": "a", "x": "\ud800"})),
    ],
)
def test_an_edit_that_cannot_be_made_safely_is_refused(text: bytes, edit: object) -> None:
    with pytest.raises(TrainerError):
        edit(Document(text))  # type: ignore[operator]


def test_entries_are_added_to_a_file_of_sources() -> None:
    one = Document(b"a:\n  title: A\n").with_entry("b", {"title": "B", "url": "http://x"})
    assert one.content == b"a:\n  title: A\n\nb:\n  title: B\n  url: http://x\n"
    dense = Document(b"a:\n  title: A\nb:\n  title: B\n").with_entry("c", {"title": "C"})
    assert dense.content == b"a:\n  title: A\nb:\n  title: B\nc:\n  title: C\n"


words = st.text(st.sampled_from("ab :#-'\"[]{}\n\té😀"), min_size=1, max_size=12)
notes = st.dictionaries(st.sampled_from(["id", "q", "answer", "hint"]), words, min_size=1)
layouts = st.sampled_from(["{k}: {v}", "{k}:   {v}   # c", "{k}:\n      {v}"])


@st.composite
def decks(draw: st.DrawFn) -> bytes:
    """A deck as somebody with habits of their own might have written it."""
    lines = [*draw(st.sampled_from([["title: T"], ["# about", "title: T  # t"]])), "notes:"]
    indent = " " * draw(st.integers(0, 3))
    for note in draw(st.lists(notes, min_size=1, max_size=4)):
        dash = f"{indent}- "
        for key, value in note.items():
            entry = draw(layouts).format(k=key, v=inline(value))
            lines.append(dash + entry.replace("\n", "\n" + indent))
            dash = f"{indent}  "
            lines += draw(st.sampled_from([[], [], [f"{indent}  # more"]]))
        lines += draw(st.sampled_from([[], [""], ["", f"{indent}# next"]]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return (newline.join("\n".join(lines).split("\n")) + draw(st.sampled_from(["", newline]))).encode()


@given(decks(), st.data())
def test_every_edit_leaves_all_other_lines_as_they_were(content: bytes, data: st.DataObject) -> None:
    document = Document(content)
    place = data.draw(st.integers(0, len(document.notes) - 1))
    fields = data.draw(notes)
    assume(fields.keys() & document.note(place).keys())
    after = document.with_fields(place, fields)
    assert after.note(place).keys() == fields.keys()
    others = [document.text_of(other) for other in range(len(document.notes)) if other != place]
    assert others == [after.text_of(other) for other in range(len(after.notes)) if other != place]
    back = after.with_fields(place, document.note(place))
    assert back.note(place) == document.note(place)
    added = document.with_note(fields, after=place)
    assert added.without_note(place + 1).content.split() == content.split()


COMMENTED = b"""\
title: T
notes:
  - id: a
    question:  # asked often
      Q?
    answer: >-  # folded
      A
    tags:
      - x  # of x
      # of y
      - y
      - z  # of z
    pairs:
      A: B  # of A
      C: D
"""


@pytest.mark.parametrize(
    ("field", "value", "gone", "new"),
    [
        ("question", "R?", ["      Q?"], ["      R?"]),
        ("tags", ["x", "y", "more", "z"], [], ["      - more"]),
        ("tags", ["first", "x", "y", "z"], [], ["      - first"]),
        ("tags", ["x", "y"], ["      - z  # of z"], []),
        ("tags", ["x", "w", "z"], ["      - y"], ["      - w"]),
    ],
)
def test_comments_within_a_value_stay(field: str, value: str | list[str], gone: object, new: object) -> None:
    document = Document(COMMENTED)
    after = document.with_fields(0, {**document.note(0), field: value})
    assert changed(COMMENTED, after) == (gone, new)
    assert after.note(0)[field] == value


@pytest.mark.parametrize(
    ("field", "value"), [("answer", "B"), ("tags", "x"), ("pairs", {"A": "B", "C": "E"})]
)
def test_a_value_whose_comments_would_be_lost_is_refused(field: str, value: str | dict[str, str]) -> None:
    document = Document(COMMENTED)
    with pytest.raises(UneditableError, match=f"comments stand within '{field}'"):
        document.with_fields(0, {**document.note(0), field: value})


def test_blanks_after_a_value_do_not_become_part_of_several_lines() -> None:
    document = Document(b"title: T\nnotes:\n  - question: Q? \n    answer: A\n")
    after = document.with_fields(0, {"question": "one\ntwo", "answer": "A"})
    assert after.note(0)["question"] == "one\ntwo"


@pytest.mark.parametrize(
    "note", ["{question: Q?,  # one\n     answer: A}", "{question: Q?, answer: A  # last\n    }"]
)
def test_a_note_in_braces_whose_comments_would_be_lost_is_refused(note: str) -> None:
    document = Document(f"title: T\nnotes:\n  - {note}\n".encode())
    with pytest.raises(UneditableError, match="comments stand within the note"):
        document.with_fields(0, {"question": "Q?", "answer": "B"})
