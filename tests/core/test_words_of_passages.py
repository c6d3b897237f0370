"""Words and sentences of a paragraph, and what is taken when some of its words are chosen."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trainer.core.article import contains
from trainer.core.passage import Passage, read

_WORDS = "... ?! .” U.S. Mr. E. No. 12. 1. 5 3.5 12 June He Armenia left allies’ isn’t $598,000"
_PIECES = (
    *"“”„‘’'\"«»‹›()[]{}（）「」『』.,;:!?…—–-%。、！      \t\n\u200d\ufe0f",
    *_WORDS.split(),
    *("安全", "カタ", "e\u0301", "ا\u064e"),
)
TEXTS = st.lists(st.sampled_from(_PIECES) | st.characters(), max_size=30).map("".join)


def sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in read(text).sentences]


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in read(text).words]


def chosen(text: str, first: str, last: str = "") -> str:
    """What is taken from the first word that is `first` to the next that is `last`."""
    passage, plain = read(text), words(text)
    start = plain.index(first)
    end = plain.index(last, start) if last else start
    return text[slice(*passage.chosen(start, end))]


# Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Armenia’s “mini-me”, they said.", ["Armenia’s", "mini-me", "they", "said"]),
        ("It owes $598,000 (30% of it)!", ["It", "owes", "$598,000", "30%", "of", "it"]),
        ("groups—backed by … 2018–2022", ["groups", "backed", "by", "2018–2022"]),
        ("from -5 to –12", ["from", "-5", "to", "–12"]),
        ("- a point – and another -", ["a", "point", "and", "another"]),
        (
            "the U.S., at 5 p.m., Mr. E. Avdaliani.",
            ["the", "U.S.", "at", "5", "p.m.", "Mr.", "E.", "Avdaliani"],
        ),
        ("So do I. And etc. there.", ["So", "do", "I", "And", "etc.", "there"]),
        ("亚美尼亚。カタカナとひらがな", [*"亚美尼亚", "カタカナ", "とひらがな"]),
        ("「Armenia」、離れ", ["Armenia", "離", "れ"]),
        ("So is plan a. Then plan B.", ["So", "is", "plan", "a", "Then", "plan", "B."]),
        ("… — “”", []),
        ("", []),
    ],
)
def test_words_leave_the_punctuation_around_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_very_long_token_is_no_shortened_word() -> None:
    assert words("a." * 30) == ["a." * 29 + "a"]


# Sentences


@pytest.mark.parametrize(
    "text",
    [
        "It happened on June 12. | The next day he left.",
        "On Feb. 28 he spoke. | In Sept. 2023 it fell.",
        "By the end of Feb. | The war was over.",
        "Mr. Pashinyan met Gen. Petrov, Dr. Ter and Ms. Zakharova. | They spoke.",
        "By E. Avdaliani, with J.K. Rowling and George W. Bush. | That was all.",
        "The U.S. Congress voted. | It was in the U.S. | He went to the U.S. and left.",
        "He came at 5 p.m. | The rest stayed until 6 a.m. on Friday.",
        "It costs 3.5 million. | It cost 2.4 before.",
        "See No. 5 and no. 6. | He said no. | Nothing came.",
        "“I will never go.” | He left. | “Why?” he asked. | She said: “No!” | Then silence.",
        "\"I remember.\" | He said so. | 'Yes.' | They left.",
        "It has risen (to 66% from 49%.) | This was new.",
        "Is it so? | Yes! | What?! | Fine.",
        "It went on… | Then it stopped. | It went on ... and on. | They left … Armenia stayed.",
        "in Armenia today. | … But what we don’t understand is this.",
        "[…] The rest (?) Armenia knew (!) Belarus.",
        "1. First comes this. | 2. Then comes that.",
        "Prices rose to 15. | Armenia paid.",
        "yahoo.com is here. | Visit it.",
        "他走了。|她留下！|“真的？”|是。",
        "Հայաստանը լքեց։ | Բելառուսը մնաց։",
        "هل هذا صحيح؟ | نعم.",
        "One.   | Two.",
        "No stop at all",
        "Inc. | But etc. | He left Acme Corp. London stayed.",
        "end. | - Next. | — Another. | ‘Third’.",
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    assert sentences(text.replace("| ", "").replace("|", "")) == expected


def test_nothing_has_no_sentences() -> None:
    assert read("").sentences == () and sentences(" ") == [""]


# What is taken


@pytest.mark.parametrize(
    ("text", "first", "last", "expected"),
    [
        ("Belarus, he said.", "Belarus", "", "Belarus"),
        ("a “de facto” freeze", "de", "facto", "de facto"),
        ("a “de facto” freeze", "a", "facto", "a “de facto”"),
        ("a “de facto” freeze", "de", "freeze", "“de facto” freeze"),
        ("“I will go,” he said.", "I", "go", "I will go"),
        ("“I will go,” he said.", "I", "said", "“I will go,” he said"),
        ("He said: “I will go.”", "He", "go", "He said: “I will go.”"),
        ("the Organization (CSTO), led", "the", "CSTO", "the Organization (CSTO)"),
        ("the Organization (CSTO), led", "CSTO", "", "CSTO"),
        ("the (“so-called”) bloc", "the", "so-called", "the (“so-called”)"),
        ("said “he was ‘here’.”", "said", "here", "said “he was ‘here’.”"),
        ('was "free to" leave', "was", "to", 'was "free to"'),
        ("was “free to leave“ it", "was", "leave", "was “free to leave“"),
        ("„nie wieder“ sagte er", "nie", "er", "„nie wieder“ sagte er"),
        ("»nie wieder« sagte er", "nie", "er", "»nie wieder« sagte er"),
        ("« jamais » dit-il", "jamais", "dit-il", "jamais » dit-il"),
        ("it 'was so' then", "was", "then", "'was so' then"),
        ("in the '90s it isn't so", "in", "90s", "in the '90s"),
        ("the allies’ plan isn’t", "the", "allies", "the allies"),
        ("Belarus' and Moscow' plan", "Belarus", "Moscow", "Belarus' and Moscow"),
        ("the U.S. left", "the", "U.S.", "the U.S."),
        ("Who left? He did.", "Who", "left", "Who left?"),
        ("Who left? He did.", "left", "", "left"),
        ("It is so. Why not? Yes.", "is", "not", "is so. Why not?"),
        ("Really? he asked. No.", "Really", "", "Really"),
        ('a "b c "d" e', "d", "e", '"d" e'),
        ("(a [b) c] d", "b", "", "b"),
        ("(a [b) c] d", "a", "c", "(a [b) c"),
        ("“open", "open", "", "open"),
    ],
)
def test_no_pair_is_torn_apart_that_could_stay_whole(text: str, first: str, last: str, expected: str) -> None:
    assert chosen(text, first, last) == expected


def test_the_sentences_around_are_given_whole() -> None:
    passage = read("  He left. She stayed on. They met. ")

    def around(first: int, last: int) -> str:
        return passage.text[slice(*passage.around(passage.chosen(first, last)))]

    assert around(0, 0) == "He left."
    assert around(1, 2) == "He left. She stayed on."
    assert around(6, 6) == "They met."


def test_a_character_belongs_to_the_word_before_it_or_around_it() -> None:
    passage = read("“De facto”, they")
    assert [passage.word_at(place) for place in (0, 1, 3, 4, 9, 10, 11, 12)] == [-1, 0, 0, 1, 1, 1, 1, 2]


def test_a_sentence_may_have_no_words() -> None:
    passage = read("!!! He left.")
    assert [[*passage.words_of(index)] for index in range(len(passage.sentences))] == [[], [0, 1]]


# Laws


def _all(passage: Passage) -> list[int]:
    return [word for index in range(len(passage.sentences)) for word in passage.words_of(index)]


@given(TEXTS)
@example("。’s")
@example("a. \x1f“B")
def test_sentences_joined_are_the_text_and_every_word_is_in_one_of_them(text: str) -> None:
    passage = read(text)
    assert "".join(text[start:end] for start, end in passage.sentences) == text
    assert _all(passage) == [*range(len(passage.words))]
    for word, (start, end) in enumerate(passage.words):
        sentence = passage.sentences[passage.sentence_of(word)]
        assert sentence.start <= start < end <= sentence.end
        assert word in passage.words_of(passage.sentence_of(word))


@given(TEXTS)
def test_words_are_in_order_and_begin_and_end_with_no_blank(text: str) -> None:
    passage = read(text)
    before = 0
    for start, end in passage.words:
        assert before <= start and text[start:end].split() == [text[start:end]]
        before = end


@given(TEXTS)
def test_marks_are_paired_both_ways_and_pairs_do_not_cross(text: str) -> None:
    pairs = read(text).pairs
    assert all(pairs[other] == place != other for place, other in pairs.items())
    inside: list[int] = []
    for place in sorted(pairs):
        if pairs[place] > place:
            inside.append(place)
        else:
            assert inside.pop() == pairs[place]


@given(TEXTS, st.data())
def test_what_is_taken_holds_the_words_and_no_loose_end(text: str, data: st.DataObject) -> None:
    passage = read(text)
    if not passage.words:
        return
    first = data.draw(st.integers(0, len(passage.words) - 1))
    last = data.draw(st.integers(first, len(passage.words) - 1))
    start, end = passage.chosen(first, last)
    assert start <= passage.words[first].start and passage.words[last].end <= end <= len(text)
    taken = text[start:end]
    assert taken == taken.strip() and (end == passage.words[last].end or taken[-1] not in ",;:.")
    assert start == 0 or passage.pairs.get(start - 1, -1) < start or passage.pairs[start - 1] >= end
    around = passage.around(passage.chosen(first, last))
    assert around.start <= start and end <= around.end
    assert text[slice(*around)] == text[slice(*around)].strip()


@given(
    st.lists(st.sampled_from(["Armenia", "“de", "facto”", "left,", "(CSTO)", "it.", "He", "isn’t", "U.S."]))
)
def test_what_is_taken_stands_in_the_paragraph_word_for_word(parts: list[str]) -> None:
    text = " ".join(parts)
    passage = read(text)
    for first in range(len(passage.words)):
        for last in range(first, len(passage.words)):
            assert contains(text, text[slice(*passage.chosen(first, last))])
