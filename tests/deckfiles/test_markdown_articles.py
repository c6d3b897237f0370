from __future__ import annotations

from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.core.article import Block
from trainer.deckfiles.markdown import parse

TEXT = """\
---
title: "A: report"
Authors: [Jane Doe, Adam Morrow]
date: 2024-06-13
tags: {a: b}
---

# The *headline*

The **first** [paragraph](http://x "t"), with [a reference][r] &amp; `code`
goes over two lines.

![An *embassy*](x.jpg)

- one
- two
  goes on
1. three
2. four

Later
-----

> Words said
> > and an answer

```py
a = *b*

c
```

| a | b |
|---|---|
| 1 | 2 \\| 3 |

<div>raw <b>page</b></div>

[r]: http://y
***
## The end ##
"""


def texts(text: str) -> list[str]:
    return [block.text for block in parse(text).blocks]


def test_markdown_becomes_numbered_paragraphs_without_marks() -> None:
    assert parse(TEXT).blocks == (
        Block(kind="heading", text="The headline"),
        Block(number=1, text="The first paragraph, with a reference & code goes over two lines."),
        Block(kind="caption", text="An embassy"),
        Block(number=2, text="one"),
        Block(number=3, text="two goes on"),
        Block(number=4, text="three"),
        Block(number=5, text="four"),
        Block(kind="heading", text="Later"),
        Block(number=6, text="Words said"),
        Block(number=7, text="and an answer"),
        Block(number=8, text="a = *b* c"),
        Block(number=9, text="a"),
        Block(number=10, text="b"),
        Block(number=11, text="1"),
        Block(number=12, text="2 | 3"),
        Block(number=13, text="raw page"),
        Block(kind="heading", text="The end"),
    )


def test_the_front_matter_is_the_head() -> None:
    article = parse(TEXT)
    assert (article.title, article.author, article.date) == (
        "A: report",
        "Jane Doe, Adam Morrow",
        "2024-06-13",
    )
    assert "tags" not in article.head


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    assert parse("---\ntitle: One: two\nauthor: Me\n---\nText.").title == "One: two"
    assert parse("---\nauthor: Me\ntitle: One: two\n---\nText.").title == "One: two"


def test_a_line_across_is_no_front_matter() -> None:
    article = parse("---\nWords.\n\n---\nMore.")
    assert (article.head, texts("---\nWords.\n\n---\nMore.")) == ({}, ["Words.", "More."])


def test_the_first_headline_of_the_first_level_is_the_title() -> None:
    assert parse("## Site\n\n# One *two*\n\n# Three").title == "One two"
    assert parse("One\n===\n\ntext").title == "One"
    assert parse("---\ntitle: Other\n---\n# One").title == "Other"
    assert parse("## Only\n\ntext").title == ""


def test_numbered_text_in_a_markdown_file_keeps_its_numbers() -> None:
    article = parse("title: A report\n\n[3] Three, *he* said.\n\n[caption] An embassy\n\nNo number.")
    assert article.title == "A report"
    assert article.blocks == (
        Block(number=3, text="Three, he said."),
        Block(kind="caption", text="An embassy"),
        Block(text="No number."),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as it was in\n2024. It went on", ["as it was in 2024. It went on"]),
        ("2024. It began", ["2024. It began"]),
        ("on the\n19. of June", ["on the 19. of June"]),
        ("1. one\n2. two", ["one", "two"]),
        ("said\n- a dash", ["said", "a dash"]),
        ("> one\nlazy", ["one lazy"]),
        ("one\n> two", ["one", "two"]),
        ("> ```\n> code\n> ```\nafter", ["> code", "after"]),
        ("~~~\nopen", ["open"]),
        ("<!-- a\n\ncomment -->\n\nafter", ["after"]),
        ("<script>\na\n\nb\n</script>\nafter", ["after"]),
        ("<b>bold</b> and<br>more", ["bold and more"]),
        ("<https://example.org> is it", ["https://example.org is it"]),
        ("5 * 3 * 2 and a_b_c", ["5 * 3 * 2 and a_b_c"]),
        ("a | b\nc | d", ["a | b c | d"]),
        ("~~gone~~ \\*kept\\*", ["gone *kept*"]),
        ("#hashtag", ["#hashtag"]),
        ("one\\\ntwo  \nthree", ["one two three"]),
        ("[^1]: A note", ["[^1]: A note"]),
        ("\tcode", ["code"]),
        ("", []),
        ("\n \t\n", []),
    ],
)
def test_blocks_are_found_line_by_line(text: str, found: list[str]) -> None:
    assert texts(text) == found


def test_line_ends_and_a_mark_at_the_beginning_make_no_difference() -> None:
    assert parse("\ufeff" + TEXT.replace("\n", "\r\n")) == parse(TEXT)


def test_a_paragraph_of_endless_length_keeps_its_marks() -> None:
    assert texts("*a* " * 6_000)[0].startswith("*a* *a*")
    assert texts("*a* " * 100)[0].startswith("a a")


def test_a_text_of_endless_length_keeps_its_marks_towards_the_end() -> None:
    found = texts(("*a* " * 4_000 + "\n\n") * 40)
    assert (found[0][:3], found[-1][:3]) == ("a a", "*a*")


@pytest.mark.parametrize(
    "unit",
    [
        ">",
        "> ",
        "> ```\na\n",
        "- ",
        "- 1. ",
        "[",
        "![",
        "[a][",
        "[a]: b\n",
        "|a\n|-\n",
        "<!--\n",
        "a: b\n",
        "a\n---\n",
    ],
)
def test_hostile_texts_take_time_in_proportion_to_their_length(unit: str) -> None:
    def seconds(characters: int) -> float:
        text = unit * (characters // len(unit))
        began = process_time()
        parse(text)
        return process_time() - began

    seconds(1_000)
    assert seconds(640_000) < 0.2 + 80 * max(seconds(40_000), 0.002)


def test_a_hundred_thousand_quotes_are_no_paragraph() -> None:
    assert texts(">" * 100_000) == []


@given(st.text() | st.text(st.sampled_from("ab>-*#`|[]()!<:=1. \n\t\\_~\"'")))
@example("---\n---\n")
@example("---\n\ud800: a\n---\n")
@example("\ud800")
def test_any_text_is_markdown(text: str) -> None:
    article = parse(text)
    assert all(block.text == " ".join(block.text.split()) for block in article.blocks)
    assert {*article.paragraphs} == {block.number for block in article.blocks} - {0}


@given(st.lists(st.text("ab öж", min_size=1).filter(str.strip), max_size=6))
def test_words_without_marks_all_stay(said: list[str]) -> None:
    assert texts("\n\n".join(said)) == [" ".join(text.split()) for text in said]
