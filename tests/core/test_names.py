from __future__ import annotations

from factories import make_name

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
