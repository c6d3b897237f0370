from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.core.article import Article, Block, contains, numbered, parse

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
    assert parse(text).blocks == ()


@pytest.mark.parametrize(
    ("block", "read"),
    [
        ("[1] one", Block(number=1, text="one")),
        ("[1]", Block(number=1, text="")),
        ("[12]one", Block(number=1, text="[12]one")),
        ("[0] none", Block(number=1, text="[0] none")),
        ("[1234567] far too many", Block(number=1, text="[1234567] far too many")),
        ("[heading] H", Block(kind="heading", text="H")),
        ("[CSTO] an insertion", Block(number=1, text="[CSTO] an insertion")),
        ("a: colon\nbut no head", Block(number=1, text="a: colon but no head")),
        ("Yerevan: no head either", Block(number=1, text="Yerevan: no head either")),
    ],
)
def test_a_block_is_what_it_begins_with(block: str, read: Block) -> None:
    assert parse(block).blocks == (read,)


def test_line_ends_of_other_systems_make_no_difference() -> None:
    assert parse(TEXT.replace("\n", "\r\n")) == ARTICLE == parse("\ufeff" + TEXT.replace("\n", "\r"))


# Texts without numbers


def test_the_paragraphs_of_a_text_without_numbers_are_counted() -> None:
    article = parse("title: any\n\nOne.\n\n[heading] H\n\nTwo\nlines.\n\n[caption] C\n\nThree.")
    assert shown(article.blocks) == [1, "heading", 2, "caption", 3]
    assert article.paragraph(2) == "Two lines."


def test_one_number_is_enough_for_nothing_to_be_counted() -> None:
    assert shown(parse("One.\n\n[7] Seven.\n\nAnother.").blocks) == ["paragraph", 7, "paragraph"]


def test_blocks_are_counted_once() -> None:
    blocks = (Block(text="a"), Block(kind="heading", text="h"), Block(text="b"))
    assert shown(numbered(blocks)) == [1, "heading", 2]
    assert numbered(numbered(blocks)) == numbered(blocks)


# The head


def test_the_head_says_what_an_article_is() -> None:
    article = parse(
        "Headline: A report: on two\nPublisher: Asbarez\nAuthor: By Adam  Morrow\nDate: 13 June 2024\n"
        "URL: https://example.org/a\nMood: grave\n\nText."
    )
    assert (article.title, article.publisher, article.author) == (
        "A report: on two",
        "Asbarez",
        "Adam Morrow",
    )
    assert (article.date, article.url) == ("2024-06-13", "https://example.org/a")
    assert article.head["mood"] == "grave"
    assert shown(article.blocks) == [1]


def test_what_the_head_does_not_state_is_empty() -> None:
    article = parse(
        "title: (no headline in the text)\npublisher: not stated (Reuters contributed)\nauthor: unknown\n"
        "date: not stated; the latest date in the text is June 20\nurl: javascript:alert(1)\n\n[1] Text."
    )
    assert (article.title, article.publisher, article.author, article.date, article.url) == ("",) * 5
    assert article.head["publisher"] == "not stated (Reuters contributed)"


def test_an_article_without_a_head_states_nothing() -> None:
    assert parse("Only words.").head == {}
    assert Article().title == Article().date == ""


def test_a_key_that_comes_twice_loses_nothing() -> None:
    assert parse("author: One\nauthor: Two\n").author == "One, Two"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2024-06-13", "2024-06-13"),
        ("2024-06-13T23:30:00+04:00", "2024-06-13"),
        ("2024-06-13 10:00", "2024-06-13"),
        ("June 13, 2024 at 10:30 AM", "2024-06-13"),
        ("Thu, 13 Jun 2024 10:30:00 GMT", "2024-06-13"),
        ("June 2024", "2024-06"),
        ("2024", "2024"),
        ("13/06/2024", "2024-06-13"),
        ("06/06/2024", "2024-06-06"),
        ("06/12/2024", ""),
        ("13 June", ""),
        ("31 June 2024", ""),
        ("2024-13-01T10:00:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_date_is_told_only_where_it_is_sure(given: str, read: str) -> None:
    assert Article(head={"date": given}).date == read


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


@given(st.text(st.sampled_from("ab[]1:\n \r\t\ufeff")) | st.text())
@example("title: a\ntitle: b\n\nc")
@example("[1]\n\n[2] b\n\n[heading]")
def test_no_word_of_a_plain_text_is_lost(text: str) -> None:
    article = parse(text)
    labels = [f"[{block.number}]" if block.number else f"[{block.kind}]" for block in article.blocks]
    said = " ".join(
        f"{label} {block.text}" for label, block in zip(labels, article.blocks, strict=True)
    ).split()
    left = iter(said)
    body = [] if article.head else "".join(text.removeprefix("\ufeff")).split()
    assert all(word in left for word in body)
    told = [word for value in article.head.values() for word in value.replace(",", " ").split()]
    values = text.partition("\n\n")[0] if article.head else ""
    assert all(word in values for word in told)


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
