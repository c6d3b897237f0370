from __future__ import annotations

from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.core.article import Article, Block
from trainer.deckfiles.web_page import blocks, parse

PAGE = """<!DOCTYPE html>
<html><head>
<title>Armenia &amp; Belarus | Asbarez</title>
<meta property="og:site_name" content="Asbarez">
<meta name="author" content="By Jane Doe">
<meta property="article:published_time" content="2018-11-20T10:00:00+04:00">
<link rel="canonical" href="https://example.org/a?b=1&amp;c=2">
<script>var a = "<p>script</p>";</script><style>p > b {}</style>
</head><body>
<header><h1>Site</h1><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
<article><header><h1>Armenia, Belarus</h1></header>
<p>The <b>fir</b>st &mdash; para&shy;graph.</p>
<figure><img src="x.jpg" alt="x"><figcaption><p>An embassy</p></figcaption></figure>
<h2>Later</h2>
<div>Loose text<br><br>and <span>more</span> of it</div>
<blockquote>Words said</blockquote>
<ul><li>an item</li></ul><pre>a
  pre</pre><table><tr><td>one</td><td>other</td></tr></table>
<aside><p>Beside</p></aside><p hidden>Hidden</p><p style="color:red; display : none">Hidden too</p>
<button>Share</button><p>The last.</p>
</article>
<article><p>A teaser</p></article>
<footer><p>Foot</p></footer>
</body></html>"""


def texts(page: str) -> list[str]:
    return [block.text for block in parse(page).blocks]


def test_the_main_content_of_a_page_is_an_article() -> None:
    assert parse(PAGE).blocks == (
        Block(kind="heading", text="Armenia, Belarus"),
        Block(number=1, text="The first — paragraph."),
        Block(kind="caption", text="An embassy"),
        Block(kind="heading", text="Later"),
        Block(number=2, text="Loose text"),
        Block(number=3, text="and more of it"),
        Block(number=4, text="Words said"),
        Block(number=5, text="an item"),
        Block(number=6, text="a pre"),
        Block(number=7, text="one"),
        Block(number=8, text="other"),
        Block(number=9, text="The last."),
    )


def test_a_page_says_what_it_is() -> None:
    article = parse(PAGE)
    assert (article.title, article.publisher, article.author) == ("Armenia & Belarus", "Asbarez", "Jane Doe")
    assert (article.date, article.url) == ("2018-11-20", "https://example.org/a?b=1&c=2")


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<meta property='og:title' content='Best'><title>Other</title><h1>Third</h1>", "Best"),
        ("<title>Other</title><h1>Third</h1>", "Other"),
        ("<body><h2>Second</h2><h1>A <i>third</i></h1>", "A third"),
        ("<svg><title>A drawing</title></svg><p>x", ""),
        ("<title>" + "long " * 1000, ""),
    ],
)
def test_the_title_is_the_best_that_there_is(page: str, title: str) -> None:
    assert parse(page).title == title


def test_an_address_is_no_author() -> None:
    page = '<meta property="article:author" content="https://example.org/me">'
    assert parse(page).author == ""
    assert parse(page + '<meta name="author" content="Me">').author == "Me"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<article>a</article><article>longer</article><main>the longest of all</main>", ["longer"]),
        ("<main><p>main</p><nav>n</nav></main><p>longer than main</p>", ["main"]),
        ("<header>h</header><nav>n</nav><p>body</p><aside>a</aside><footer>f</footer>", ["body"]),
        ("<form><article><p>in a form</p></article><p>x</p></form>", ["in a form"]),
        ("<form><p>nothing but a form</p></form>", ["nothing but a form"]),
        ("<ul><li><a href=x>Home</a></li></ul><p>body <a href=y>link</a></p>", ["body link"]),
        ("<article><ul><li><a href=x>Member</a></li></ul></article>", ["Member"]),
        ("bare words", ["bare words"]),
    ],
)
def test_what_is_beside_the_main_content_is_left_out(page: str, found: list[str]) -> None:
    assert texts(page) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>one<p>two<h2>three<p>four", ["one", "two", "three", "four"]),
        ("<p hidden>one<p>two", ["two"]),
        ("<p>one <noscript><div>x</div></noscript> goes on</p>", ["one goes on"]),
        ("<p>one <script>if (a</p>)</script> goes on</p>", ["one goes on"]),
        ("<p>one</div></article></b> goes on</p>", ["one goes on"]),
        ("<p>one<br>goes on<br> <br>two", ["one goes on", "two"]),
        ("<p class=it's title='a > b' data-x>one</p>", ["one"]),
        ("<p>1 < 2 &lt; 3 &amp;amp; 4&nbsp;5 &#8220;6&#x201d;</p>", ["1 < 2 < 3 &amp; 4 5 “6”"]),
        ("<P>one</P ><!-- <p>no --><p>two</p>", ["one", "two"]),
        ("<p>one<!-- open <p>two", ["one"]),
        ("<p>one<a href='open <p>two", ["one"]),
        ("<template><p>x</p></template><svg/><select><option>x</select><p>one", ["one"]),
        ("<p>a\0b</p>", ["a\ufffdb"]),
        ("<dialog>x</dialog><dialog open>y</dialog>", ["y"]),
        ("[1] a number<p>[caption] a kind", ["[1] a number", "[caption] a kind"]),
    ],
)
def test_sloppy_pages_are_read_as_browsers_read_them(page: str, found: list[str]) -> None:
    assert texts(page) == found


def test_a_heading_left_open_ends_where_a_paragraph_begins() -> None:
    assert [block.kind for block in parse("<h2>H<div><p>one").blocks] == ["heading", "paragraph"]
    assert [block.kind for block in parse("<h2>H<p>one</p>two").blocks] == [
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_line_ends_and_a_mark_at_the_beginning_make_no_difference() -> None:
    assert parse("\ufeff" + PAGE.replace("\n", "\r\n")) == parse(PAGE)


@pytest.mark.parametrize("page", ["", " \n ", "<html>", "<p></p><br><br>", "<", "</", "<!", "&"])
def test_a_page_without_words_has_hardly_a_block(page: str) -> None:
    assert len(parse(page).blocks) <= 1


def test_a_piece_of_a_page_has_no_numbers() -> None:
    assert blocks("<div>one</div>") == (Block(text="one"),)


def seconds(page: str) -> float:
    began = process_time()
    parse(page)
    return process_time() - began


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<", "<a ", "<a b='", "<!--", "<!-- --", "</a ", "<![CDATA[", "<p><b>", "<p hidden>", "<svg>"],
)
def test_hostile_pages_take_time_in_proportion_to_their_length(unit: str) -> None:
    seconds(unit)
    assert seconds(unit * 160_000) < 0.2 + 80 * max(seconds(unit * 10_000), 0.002)


def test_ends_of_what_never_began_are_cheap() -> None:
    def page(times: int) -> str:
        return "<i><div>" + "<span>" * times + "</i>" * times + "</x>" * times

    assert parse(page(10)) == Article()
    assert seconds(page(16_000)) < 0.2 + 80 * max(seconds(page(1_000)), 0.002)


TAGS = [
    "<p>",
    "</p>",
    "<div hidden>",
    "</div>",
    "<article>",
    "</article>",
    "<h1>",
    "<a href='",
    "<svg>",
    "<title>",
]


@given(st.text() | st.lists(st.sampled_from([*TAGS, "x", "<br>", "<!--", "-->", "&#0;", "&"])).map("".join))
@example("<title>")
@example("</title><h1><p></h1>")
def test_any_text_is_a_page(page: str) -> None:
    article = parse(page)
    assert tuple(article.paragraphs) == tuple(range(1, len(article.paragraphs) + 1))
    assert all(block.text == " ".join(block.text.split()) != "" for block in article.blocks)


@given(st.lists(st.text("ab cö", min_size=1).filter(str.strip), max_size=6))
def test_the_paragraphs_of_a_plain_page_all_stand_in_it(said: list[str]) -> None:
    page = "<nav>x</nav>" + "".join(f"<p>{text}</p>" for text in said)
    expected = [" ".join(text.split()) for text in said]
    assert texts(page) == (expected or ["x"])
