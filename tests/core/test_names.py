from __future__ import annotations

from factories import make_name

from trainer.core.deck import Source
from trainer.core.names import Names

LUKASHENKO = make_name("Alexander Lukashenko", "Aliaksandr Lukašenka", "Lukashenko")
PASHINYAN = make_name("Nikol Pashinyan", "Pashinyan")
KHACHATUROV = make_name("Yuri Khachaturov")
MINSK = make_name("Minsk", "Miensk", kind="place")
NAMES = Names([LUKASHENKO, PASHINYAN, KHACHATUROV, MINSK])


def test_a_name_is_found_under_every_spelling() -> None:
    assert NAMES.find("aliaksandr LUKASENKA") is LUKASHENKO
    assert NAMES.find("Lukashenko") is LUKASHENKO
    assert NAMES.find("The Minsk") is MINSK
    assert NAMES.find("Alexander") is None
    assert Names().find("Minsk") is None


def test_the_first_entry_keeps_a_spelling_that_two_share() -> None:
    first, second = make_name("Georgia", kind="country"), make_name("Georgia", kind="state")
    assert Names([first, second]).find("georgia") is first


def test_other_spellings_are_those_not_given() -> None:
    assert NAMES.other_spellings(["Lukashenko"]) == ("Alexander Lukashenko", "Aliaksandr Lukašenka")
    assert NAMES.other_spellings(["Minsk", "Miensk"]) == ()
    assert NAMES.other_spellings(["lukashenko"]) == LUKASHENKO.spellings
    assert NAMES.other_spellings(["Nobody"]) == ()
    assert NAMES.other_spellings([]) == ()


def test_each_other_spelling_comes_once() -> None:
    assert NAMES.other_spellings(["pashinyan", "NIKOL PASHINYAN"]) == PASHINYAN.spellings


def test_names_of_the_same_kind_leave_out_the_name_itself_and_other_kinds() -> None:
    assert NAMES.of_the_same_kind("Lukashenko", unless_in="Who?") == ("Nikol Pashinyan", "Yuri Khachaturov")
    assert NAMES.of_the_same_kind("Minsk", unless_in="Where?") == ()


def test_names_that_the_question_mentions_are_no_distractors() -> None:
    asked = "Whom did PASHINYAN accuse?"
    assert NAMES.of_the_same_kind("Lukashenko", unless_in=asked) == ("Yuri Khachaturov",)
    part_of_a_word = "Whom did the Pashinyans accuse?"
    assert len(NAMES.of_the_same_kind("Lukashenko", unless_in=part_of_a_word)) == 2


def test_an_unknown_name_has_no_kind() -> None:
    assert NAMES.of_the_same_kind("Nobody", unless_in="") == ()


def test_the_surname_alone_is_as_good_as_the_name_of_a_person() -> None:
    assert NAMES.other_spellings(["Yuri Khachaturov"]) == ("Khachaturov",)
    assert NAMES.other_spellings(["Khachaturov"]) == ()
    hyphenated = make_name("Tigran Ter-Margaryan")
    other = make_name("Anna Margaryan")
    assert Names([hyphenated, other]).other_spellings(["Tigran Ter-Margaryan"]) == ("Ter-Margaryan",)


def test_a_surname_that_another_entry_has_is_not_enough() -> None:
    first = make_name("Vladimir Karapetyan")
    for other in (
        make_name("Anna Karapetyan"),
        make_name("Anna", "A. KARAPETYAN"),
        make_name("Karapetyan Square"),
    ):
        assert Names([first, other]).other_spellings(["Vladimir Karapetyan"]) == ()


def test_only_persons_of_two_words_have_a_surname() -> None:
    entries = [
        make_name("Nor Nork", kind="place"),
        make_name("Pele"),
        make_name("Elizabeth II"),
        make_name("Martin King Jr."),
        make_name("Kim Il"),
    ]
    names = Names(entries)
    assert [names.other_spellings([entry.name]) for entry in entries] == [()] * len(entries)


def test_an_answer_is_a_name_if_an_entry_has_it() -> None:
    assert NAMES.is_name("LUKASHENKO")
    assert NAMES.is_name("Miensk")
    assert not NAMES.is_name("Khachaturov")


def test_every_spelling_leads_to_the_name_and_a_surname_alone_as_well() -> None:
    found = NAMES.by_spelling()
    assert found["aliaksandr lukasenka"] == "Alexander Lukashenko"
    assert found["khachaturov"] == "Yuri Khachaturov"
    assert found["miensk"] == "Minsk"


def test_a_text_mentions_names_under_any_spelling_in_the_order_of_the_entries() -> None:
    text = "In Miensk, LUKASHENKO's man met Khachaturov; alexander the Great and Minskers did not."
    assert NAMES.mentioned(text) == ("Alexander Lukashenko", "Yuri Khachaturov", "Minsk")
    assert NAMES.mentioned("Nikol’s brother met Pashinyan’s.") == ("Nikol Pashinyan",)
    assert NAMES.mentioned("") == () == Names().mentioned("Minsk")


def test_short_capitals_are_mentioned_in_capitals_only() -> None:
    names = Names([make_name("United States", "US", kind="country"), make_name("NATO Council", "NATO")])
    assert names.mentioned("They told us.") == ()
    assert names.mentioned("The US told them.") == ("United States",)
    assert names.mentioned("the united states and NATO") == ("United States", "NATO Council")


def test_a_source_is_called_by_what_the_registry_has_of_it() -> None:
    sources = [
        Source(id="a", title="A long title", publisher="The Paper", author="Somebody", short="the report"),
        Source(id="b", title="A long title", publisher="The Paper", author="Somebody"),
        Source(id="c", title="A long title", author="Somebody"),
        Source(id="d", title="A long title"),
    ]
    names = Names(sources=sources)
    assert [names.called(f"{source.id}#3") for source in sources] == [
        "the report",
        "The Paper",
        "Somebody",
        "“A long title”",
    ]
    assert names.called("unknown#1") == "unknown"


def test_people_are_told_apart_from_places() -> None:
    names = Names([make_name("Ann Example"), make_name("Minsk", kind="place")])
    assert names.people == {"Ann Example"}
