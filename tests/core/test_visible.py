from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.visible import MAX_MARKS, one_line, visible

DANGEROUS = [
    *(chr(code) for code in range(0x20) if chr(code) not in "\n\t"),
    *(chr(code) for code in range(0x7F, 0xA0)),
    *(chr(code) for code in range(0x202A, 0x202F)),
    *"\u2028\u2029\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb",
    *(chr(code) for code in range(0xE0000, 0xE0080)),
    *("\ud800", "\udbff", "\udc00", "\udcff", "\udfff"),
]
hostile = st.lists(
    st.sampled_from((*DANGEROUS, "\n", "\t", "a", "é", "א", "\u0301", "\u0301" * 40, "\u2066a\u2069", "\r\n"))
    | st.characters(),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("character", DANGEROUS, ids=lambda character: f"{ord(character):04X}")
def test_a_dangerous_character_becomes_a_visible_sign(character: str) -> None:
    shown = visible(f"a{character}b")
    assert character not in shown
    assert shown.startswith("a")
    assert shown.endswith("b")
    assert shown[1:-1].isprintable()
    assert len(shown) >= 3


def test_no_two_dangerous_characters_look_the_same() -> None:
    assert len({visible(character) for character in DANGEROUS}) == len(DANGEROUS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("nul\0", "nul␀"),
        ("del\x7f", "del␡"),
        ("csi\x9b2J", "csi⟨009B⟩2J"),
        ("one\rtwo", "one␍two"),
        ("one\r\ntwo", "one\ntwo"),
        ("abc\u202etxt.exe", "abc⟨202E⟩txt.exe"),
        ("tag\U000e0041", "tag⟨E0041⟩"),
        ("half\ud83d", "half⟨D83D⟩"),
    ],
)
def test_signs_say_which_character_there_was(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain text, 13 June 2024",
        "two\n\tlines",
        "Лукашенко, Łódź, São Tomé",
        "مرحبا بالعالم",
        "\u200fשלום\u200e",
        "می\u200cخواهم",
        "👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f 🏴",
        "क्षि ที่ パリ",
        "he said \u2067שלום (hello)\u2069 to her",
        "\u2066one \u2067two\u2069\u2069",
        "e" + "\u0301" * MAX_MARKS,
        "no\u00a0break",
    ],
)
def test_honest_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u2067open", "⟨2067⟩open"),
        ("close\u2069", "close⟨2069⟩"),
        ("\u2067over\nthe line\u2069", "⟨2067⟩over\nthe line⟨2069⟩"),
        ("\u2066\u2067x\u2069", "⟨2066⟩\u2067x\u2069"),
    ],
)
def test_an_isolate_that_is_not_closed_on_its_line_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_flood_of_marks_is_cut() -> None:
    shown = visible("a" + "\u0301" * 5000 + "b" + "\u0302" * 31 + "c")
    assert shown == "a" + "\u0301" * MAX_MARKS + "⟨…⟩b" + "\u0302" * MAX_MARKS + "⟨…⟩c"


def test_invisible_joiners_do_not_break_up_a_flood_of_marks() -> None:
    flood = "a" + ("\u0301" * MAX_MARKS + "\u200d") * 5
    assert sum(character == "\u0301" for character in visible(flood)) == MAX_MARKS


def test_much_text_in_another_script_is_no_flood() -> None:
    text = "привет мир" * 10 + "漢字" * 40
    assert visible(text) == text


@given(hostile)
def test_what_comes_out_cannot_steer_a_terminal(text: str) -> None:
    shown = visible(text)
    assert not any(
        unicodedata.category(character) in ("Cc", "Cs") for character in shown if character not in "\n\t"
    )
    assert not {*shown} & {*"\u202a\u202b\u202c\u202d\u202e\u2028\u2029\ufff9\ufffa\ufffb"}
    for line in shown.split("\n"):
        opened = 0
        for character in line:
            opened += (character in "\u2066\u2067\u2068") - (character == "\u2069")
            assert opened >= 0
        assert opened == 0
    shown.encode()


@given(hostile)
def test_passing_the_gate_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(hostile)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert "\t" not in line
    assert line == line.strip()


def test_one_line_keeps_the_words() -> None:
    assert one_line("  two\n lines,\ta \x1b ") == "two lines, a ␛"
