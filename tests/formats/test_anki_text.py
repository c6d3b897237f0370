from __future__ import annotations

import pytest
from carried import everything
from hypothesis import given
from hypothesis import strategies as st

from trainer.formats import FORMATS
from trainer.formats.model import Imported, Options, Value
from trainer.formats.plain import plain

GOLDEN = """\
#separator:tab
#html:true
#guid column:1
#notetype column:2
#deck column:3
#tags column:6
x1\tBasic\tLang::German\t<b>Haus</b>&nbsp;&amp; Hof\t<div>house</div><div>yard</div>\tnoun leech
x2\tBasic (and reversed card)\tLang::German\tH<sub>2</sub>O\twater\t
x3\tCloze\tLang::French\tParis is the {{c1::capital::role}} of {{c2::France}}.\t"<i>said</i>
""so"" to them"\tgeo
x4\tBasic (type in the answer)\tLang::French\tone?\teins\t
"""


def read(text: str) -> Imported:
    return FORMATS["anki"].read(text, Options())


def fields(text: str) -> list[dict[str, Value]]:
    return [dict(note.fields) for note in read(text).notes]


def test_an_export_of_anki_becomes_our_notes() -> None:
    found = read(GOLDEN)
    assert [dict(note.fields) for note in found.notes] == [
        {
            "type": "basic",
            "question": "Haus & Hof",
            "answer": "house\nyard",
            "tags": ["noun", "leech", "german"],
            "id": "x1",
        },
        {"type": "reversed", "front": "H₂O", "back": "water", "tags": ["german"], "id": "x2"},
        {
            "type": "cloze",
            "text": "Paris is the {{1::capital::role}} of {{2::France}}.",
            "explanation": 'said "so" to them',
            "tags": ["geo", "french"],
            "id": "x3",
        },
        {"type": "typed", "question": "one?", "answer": "eins", "tags": ["french"], "id": "x4"},
    ]
    assert [note.line for note in found.notes] == [7, 8, 9, 11]
    assert found.left_out == ()


def test_the_one_deck_that_all_are_of_is_the_title() -> None:
    assert read("#deck:My::Words\na\tb\n").title == "Words"
    assert read("#deck column:1\nMy::Words\ta\tb\n").title == "Words"
    assert read(GOLDEN).title == ""


@pytest.mark.parametrize(("name", "sign"), [("tab", "\t"), ("Comma", ","), ("semicolon", ";"), ("|", "|")])
def test_the_separator_is_named_or_itself(name: str, sign: str) -> None:
    (note,) = fields(f"#separator:{name}\na{sign}b\n")
    assert (note["question"], note["answer"]) == ("a", "b")


def test_columns_may_be_named_and_those_that_are_no_field_are_told() -> None:
    found = read("#separator:tab\n#columns:Back\tFront\tPicture\tExtra\nb\ta\tp\te\n")
    (note,) = found.notes
    assert dict(note.fields) == {"type": "basic", "question": "a", "answer": "b", "explanation": "e"}
    assert [(left.text, left.line) for left in found.left_out] == [("Picture", 3)]


def test_media_are_left_out_with_their_line() -> None:
    found = read('#html:true\na<img src="x.jpg">\tb [sound:y.mp3]\n')
    assert [(left.line, left.text) for left in found.left_out] == [(2, "image x.jpg"), (2, "sound y.mp3")]
    assert dict(found.notes[0].fields) == {"type": "basic", "question": "a", "answer": "b"}


def test_without_html_signs_are_signs() -> None:
    (note,) = fields("#html:false\na <b> &amp;\tc\n")
    assert note["question"] == "a <b> &amp;"


@pytest.mark.parametrize("text", ["{{c1::a {{c2::b}}}}", "{{c1::}} and {{c2::x}}", "{{c1::a}}}"])
def test_holes_that_cannot_be_ours_leave_their_note_out_or_stay_whole(text: str) -> None:
    found = read(f"#notetype:Cloze\n{text}\t\n")
    carried = [note.fields["text"] for note in found.notes]
    assert carried == (["{{1::a}}}"] if text.endswith("a}}}") else [])
    assert len(found.notes) + len(found.left_out) == 1


def test_a_setting_that_says_nothing_here_is_told() -> None:
    assert [(left.line, left.text) for left in read("#if matches:keep both\na\tb\n").left_out] == [
        (1, "#if matches:keep both")
    ]


def test_a_filled_third_field_of_an_optional_card_reverses_it() -> None:
    first, second = fields("#notetype:Basic (optional reversed card)\na\tb\ty\nc\td\t\n")
    assert (first["type"], second["type"]) == ("reversed", "basic")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
        ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\nc"),
        ("x<sup>2</sup> and x<sup>ab</sup>", "x² and x^(ab)"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("vector<int> is &lt;b&gt;", "vector<int> is <b>"),
        ('<a href="http://x.y">site</a> <a href="z">z</a>', "site (http://x.y) z"),
        ("<style>b {x: y}</style>a<!-- no -->b", "ab"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("a\nb<br>c", "a b\nc"),
        ("<unclosed", "<unclosed"),
    ],
)
def test_html_becomes_plain_text(html: str, text: str) -> None:
    assert plain(html).text == text


@given(cells=st.lists(st.text("ab<>&;/\" '!-[]{}:c1", max_size=15), max_size=6))
def test_no_word_between_tags_is_dropped(cells: list[str]) -> None:
    words = [f"w{index}z" for index in range(len(cells))]
    lines = [f"{word} {cell}\t{word}\n" for word, cell in zip(words, cells, strict=True)]
    text = "".join(("#html:true\n", *lines))
    found = read(text)
    told = everything(found)
    assert [word for word in words if word not in told] == []
