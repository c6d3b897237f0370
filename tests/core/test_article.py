from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.core.article import Article, Block, contains, parse

TEXT = """\
source: report
title: A report: on two ambassadors
date: not stated

[standfirst] Two go home.

[1] The first paragraph.

[2] The second
    goes over two lines.

[heading] Later

[3] The third.

[caption] An embassy

Words without a number.

[5] The fifth, as there is no fourth.
"""
ARTICLE = parse(TEXT)


def shown(blocks: tuple[Block, ...]) -> list[int | str]:
    """The numbers of blocks, or what kind of block it is that has none."""
    return [block.number or block.kind for block in blocks]


def test_the_head_is_no_part_of_the_article_and_every_block_keeps_its_place() -> None:
    assert shown(ARTICLE.blocks) == ["standfirst", 1, 2, "heading", 3, "caption", "paragraph", 5]
    assert ARTICLE.blocks[0].text == "Two go home."


def test_a_paragraph_is_found_by_its_number_on_one_line() -> None:
    assert ARTICLE.paragraph(2) == "The second goes over two lines."
    assert tuple(ARTICLE.paragraphs) == (1, 2, 3, 5)


@pytest.mark.parametrize("number", [4, 6, 0, -1])
def test_a_number_that_no_paragraph_has_finds_nothing(number: int) -> None:
    assert ARTICLE.paragraph(number) is None


def test_of_two_paragraphs_with_one_number_the_first_counts() -> None:
    article = parse("[1] one\n\n[1] other")
    assert article.paragraph(1) == "one"
    assert tuple(article.paragraphs) == (1,)


@pytest.mark.parametrize("text", ["", "\n\n \n", "title: only a head", "\ufefftitle: only a head\n\n"])
def test_nothing_but_a_head_is_an_article_without_blocks(text: str) -> None:
    assert parse(text) == Article()


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("[1] one", Block(number=1, text="one")),
        ("[1]", Block(number=1, text="")),
        ("[12]one", Block(text="[12]one")),
        ("[0] none", Block(text="[0] none")),
        ("[1234567] far too many", Block(text="[1234567] far too many")),
        ("[heading] H", Block(kind="heading", text="H")),
        ("[CSTO] an insertion", Block(text="[CSTO] an insertion")),
        ("a: colon\nbut no head", Block(text="a: colon but no head")),
    ],
)
def test_a_block_is_what_it_begins_with(block: str, read: Block) -> None:
    assert parse(block).blocks == (read,)


def test_line_ends_of_other_systems_make_no_difference() -> None:
    assert parse(TEXT.replace("\n", "\r\n")) == ARTICLE == parse("\ufeff" + TEXT.replace("\n", "\r"))


# The passage around what is cited


@pytest.mark.parametrize(
    ("numbers", "around", "found"),
    [
        ([2], 1, [1, 2, "heading", 3]),
        ([2], 0, [2]),
        ([1], 1, [1, 2]),
        ([5], 1, ["paragraph", 5]),
        ([1, 5], 0, [1, 5]),
        ([1, 3], 1, [1, 2, "heading", 3, "caption", "paragraph"]),
        ([2], 9, [1, 2, "heading", 3, "caption", "paragraph", 5]),
        ([4], 1, []),
        ([0], 1, []),
        ([], 1, []),
    ],
)
def test_a_passage_is_what_is_cited_and_its_neighbours(
    numbers: list[int], around: int, found: list[int | str]
) -> None:
    assert shown(ARTICLE.passage(numbers, around=around)) == found


# Quotes

SAID = "“I won’t go,” he said.  The pact — or what is left of it … is not\nfree, and costs 598,000."


@pytest.mark.parametrize(
    "quote",
    [
        "I won't go",
        '"I won\'t go," he said',
        "he said. The pact",
        "left of it … is not free",
        "I won’t … The pact",
        "…he said. …",
        "I … he … free",
        "costs 598,000.",
        "598,000",
        "— or what",
    ],
)
def test_a_quote_is_found_word_for_word(quote: str) -> None:
    assert contains(SAID, quote)


@pytest.mark.parametrize(
    "quote",
    [
        "i won't go",
        "I will not go",
        "he … I won't",
        "he said … he said",
        "on't go",
        "he sai",
        "- or what",
        "",
        "…",
        " … … ",
        "I won't go … nowhere",
    ],
)
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    assert not contains(SAID, quote)


def test_a_part_of_a_word_is_passed_over_until_the_word_comes() -> None:
    assert contains("a party, the art", "art")
    assert not contains("a party, the arts", "art")


def test_how_an_accent_is_stored_makes_no_difference() -> None:
    assert contains("a cafe\u0301 in Minsk", "caf\u00e9")


# Laws

WORDS = st.text(st.characters(codec="utf-8"), max_size=40).map(lambda text: " ".join(text.split()))


@given(st.text())
@example("[1]\n\n[heading]\n\n:")
@example("\ud800: \x00\n\n[1] \udfff")
def test_any_text_is_an_article(text: str) -> None:
    article = parse(text)
    numbers = [block.number for block in article.blocks]
    assert {*article.paragraphs} == {*numbers} - {0}
    assert all(article.paragraph(number) is not None for number in article.paragraphs)
    assert all(block.text == " ".join(block.text.split()) for block in article.blocks)


@given(st.lists(WORDS, max_size=8))
def test_every_numbered_paragraph_is_found(texts: list[str]) -> None:
    blocks = [f"[{number}] {text}" for number, text in enumerate(texts, 1)]
    article = parse("\n\n".join(["title: any", *blocks]))
    assert tuple(article.paragraphs) == tuple(range(1, len(texts) + 1))
    assert [article.paragraph(number) for number in article.paragraphs] == texts


@given(st.text(), st.text())
def test_looking_for_a_quote_never_fails(text: str, quote: str) -> None:
    assert contains(text, quote) in (True, False)


@given(st.lists(st.sampled_from(["one", "two,", "“three”", "4", "fünf"]), min_size=1), st.data())
def test_words_that_follow_each_other_are_a_quote(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    assert contains(" ".join(words), "  ".join(words[start:end]))


@given(st.lists(st.integers(1, 30), max_size=5), st.integers(0, 4))
def test_a_passage_keeps_the_order_and_what_is_cited(numbers: list[int], around: int) -> None:
    article = Article(blocks=tuple(Block(number=number, text="x") for number in range(1, 21)))
    found = [block.number for block in article.passage(numbers, around=around)]
    assert all(one < other for one, other in pairwise(found))
    assert {*found} >= {number for number in numbers if number <= 20}
    assert all(any(abs(one - number) <= around for number in numbers) for one in found)
