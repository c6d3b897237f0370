from __future__ import annotations

import pytest

from trainer.core.grading import grade
from trainer.core.grading.distance import slips
from trainer.core.grading.telling import difference, joined, quoted
from trainer.core.prompt import Text, TypeIn

RIGHT, NEAR, WRONG = "right", "near", "wrong"

WORDS = [
    # spelling that makes no difference
    ("Yerevan", "yerevan", RIGHT),
    ("Yerevan", " YEREVAN. ", RIGHT),
    ("Yerevan", "in Yerevan", RIGHT),
    ("Yerevan", "the Yerevan", RIGHT),
    ("Nagorno-Karabakh", "Nagorno Karabakh", RIGHT),
    ("Nagorno-Karabakh", "nagornokarabakh", RIGHT),
    ("Nagorno-Karabakh", "from Nagorno Karabakh", RIGHT),
    ("France 24", "France24", RIGHT),
    ("RBC-Ukraine", "rbc ukraine", RIGHT),
    ("alphabetical order", "in alphabetical order", RIGHT),
    ("in alphabetical order", "alphabetical order", RIGHT),
    ("to Moscow", "Moscow", RIGHT),
    ("O'Brien", "OBrien", RIGHT),
    ("Lukašenka", "lukasenka", RIGHT),
    ("World War II", "World War 2", RIGHT),
    ("Chapter 12", "chapter XII", RIGHT),
    ("organisation", "organization", RIGHT),
    ("defence ministry", "defense ministry", RIGHT),
    ("labour theatre", "labor theater", RIGHT),
    # misspelt
    ("Yerevan", "Yerevn", NEAR),
    ("Yerevan", "Yereavn", NEAR),
    ("Yerevan", "Jerevan", NEAR),
    ("Azerbaijan", "Azerbajan", NEAR),
    ("Azerbaijan", "Azerbeidjan", NEAR),
    ("Azerbaijan", "zerbajan", WRONG),
    ("Kazakhstan", "Kazahstan", NEAR),
    ("Kyrgyzstan", "Kirgyzstan", NEAR),
    ("Mnatsakanyan", "Mnatzakanyan", NEAR),
    ("Nagorno-Karabakh", "Nagorno Karabak", NEAR),
    ("Nagorno-Karabakh", "in Nagorno Karabak", NEAR),
    ("foreign minister", "foreign minster", NEAR),
    ("Elizabeth II", "Elisabeth II", NEAR),
    ("Australia", "Austrailia", NEAR),
    ("Iceland", "Icland", NEAR),
    ("Slovenia", "Slovenija", NEAR),
    ("legal", "leagal", NEAR),
    ("hypotension", "hypotention", NEAR),
    ("Collective Security Treaty Organization", "Colective Securty Treaty Organisation", NEAR),
    ("representative of Armenia", "represenative of Armenia", NEAR),
    ("ambassador", "ambassadors", NEAR),
    ("orgnisation", "organization", NEAR),
    # another word than the answer, however alike
    ("Iceland", "Ireland", WRONG),
    ("Ireland", "Iceland", WRONG),
    ("Slovenia", "Slovakia", WRONG),
    ("Zambia", "Gambia", WRONG),
    ("Austria", "Australia", WRONG),
    ("Australian", "Austrian", WRONG),
    ("Niger", "Nigeria", WRONG),
    ("Nigerian", "Nigerien", WRONG),
    ("Mauritania", "Mauritius", WRONG),
    ("Iran", "Iraq", WRONG),
    ("Iran", "Irann", WRONG),
    ("India", "Indiana", WRONG),
    ("Guinea", "Guyana", WRONG),
    ("Minsk", "Pinsk", WRONG),
    ("Iceland", "Irelandd", WRONG),
    ("council", "counsel", WRONG),
    ("immigration", "emigration", WRONG),
    ("emigrant", "imigrant", WRONG),
    ("emigrant", "emigrat", NEAR),
    ("embargoes", "imbargos", NEAR),
    ("prosecution", "persecution", WRONG),
    ("foreign minister", "foreign ministry", WRONG),
    ("military", "militia", WRONG),
    # opposites
    ("legal", "illegal", WRONG),
    ("legal", "ilegal", WRONG),
    ("moral", "immoral", WRONG),
    ("moral", "amoral", WRONG),
    ("recognised", "unrecognised", WRONG),
    ("recognised", "unrecognized", WRONG),
    ("recognised", "unrecognisd", WRONG),
    ("agreement", "disagreement", WRONG),
    ("elected", "re-elected", WRONG),
    ("increase", "decrease", WRONG),
    ("import", "export", WRONG),
    ("imports", "exports", WRONG),
    ("internal", "external", WRONG),
    ("explicit", "implicit", WRONG),
    ("hypotension", "hypertension", WRONG),
    ("interstate", "intrastate", WRONG),
    ("overestimate", "underestimate", WRONG),
    ("employer", "employee", WRONG),
    ("harmless", "harmful", WRONG),
    ("nitrate", "nitrite", WRONG),
    ("chairman", "chairwoman", WRONG),
    ("communist", "communism", WRONG),
    ("majority", "minority", WRONG),
    ("inner circle", "outer circle", WRONG),
    # numbers, months, weekdays and points of the compass are exact
    ("14 ambassadors", "15 ambassadors", WRONG),
    ("Boeing737", "Boeing747", WRONG),
    ("sixteen men", "sixteeen men", WRONG),
    ("seventeen", "seventy", WRONG),
    ("million", "billion", WRONG),
    ("a million people", "a milion people", WRONG),
    ("seventh", "sevnth", WRONG),
    ("World War II", "World War III", WRONG),
    ("World War II", "World War 3", WRONG),
    ("Louis XVIII", "Louis XVIIII", WRONG),
    ("Louis XVIII", "Louis XVII", WRONG),
    ("August", "Augst", WRONG),
    ("Tuesday", "Thursday", WRONG),
    ("Thursday", "Thrusday", WRONG),
    ("northern front", "southern front", WRONG),
    ("northeast", "northwest", WRONG),
    ("102", "10 2", WRONG),
    ("10 2", "102", WRONG),
    ("1.5 litre", "1 .5 litre", WRONG),
    # short words have no room for slips
    ("Baku", "Bakuu", WRONG),
    ("TASS", "TAS", WRONG),
    ("Iran", "Oman", WRONG),
    # negation
    ("did", "did not", WRONG),
    ("did not", "did", WRONG),
    ("did not", "didn't", RIGHT),
    ("cannot", "can not", RIGHT),
    ("cannot", "can", WRONG),
    ("It will not leave", "It won't leave", RIGHT),
    ("It did not sign", "It did sign", WRONG),
    ("It did not sign", "It did not not sign", WRONG),
    ("notable", "not able", WRONG),
    ("nowhere", "now here", WRONG),
    ("without conditions", "with conditions", WRONG),
    ("never", "ever", WRONG),
    # what is missing or too much
    ("Belarusian Foreign Ministry", "Foreign Ministry", WRONG),
    ("to Moscow", "from Moscow", WRONG),
    ("Armenia", "Armenia and Belarus", WRONG),
    ("vitamin A", "vitamin B", WRONG),
    # dates and numbers in answers that are text
    ("13 June 2024", "June 13, 2024", RIGHT),
    ("13 June 2024", "2024-06-13", RIGHT),
    ("13 June 2024", "13 Jun 2024", RIGHT),
    ("13 June 2024", "13 Juny 2024", WRONG),
    ("13 February 2024", "13 Febuary 2024", RIGHT),
    ("13 June 2024", "Thursday, 13 June 2024", RIGHT),
    ("13 June 2024", "Friday, 13 June 2024", WRONG),
    ("13 June 2024", "12 June 2024", WRONG),
    ("13 June 2024", "June 2024", WRONG),
    ("13 June", "June 13", RIGHT),
    ("6 December 2024", "06/12/2024", WRONG),
    ("September 2023", "09/2023", RIGHT),
    ("August", "Augusta", WRONG),
    ("Augusta", "August", WRONG),
    ("13", "13th", WRONG),
    ("six", "6", RIGHT),
    ("6", "six", RIGHT),
    ("six weeks", "6 weeks", RIGHT),
    ("six weeks", "6 months", WRONG),
    ("2 police officers", "two police officers", RIGHT),
    ("$598,000", "598 thousand dollars", RIGHT),
    ("$598,000", "€598,000", WRONG),
    ("90 per cent", "90%", RIGHT),
    ("90 per cent", "ninety percent", RIGHT),
    ("90 per cent", "about 90%", RIGHT),
    ("by 5%", "to 5%", WRONG),
    ("at most 15%", "no more than 15%", RIGHT),
    ("at most 15%", "at least 15%", WRONG),
    ("007", "7", WRONG),
    ("5 m", "5 million", WRONG),
    ("9/11", "18/22", WRONG),
]


@pytest.mark.parametrize(("answer", "response", "kind"), WORDS, ids=lambda value: str(value))
def test_words_are_forgiven_for_spelling_and_not_for_facts(answer: str, response: str, kind: str) -> None:
    verdict = grade(TypeIn(expected=Text(answers=(answer,))), response)
    assert (verdict.kind, verdict.score) == (kind, {RIGHT: 1.0, NEAR: 0.8, WRONG: 0.0}[kind])


LUKASHENKO = Text(
    answers=("Alexander Lukashenko",),
    aliases=("Lukashenko", "Aleksander Lukashenko", "Lukashenka", "Aliaksandr Lukashenka"),
    name=True,
)
PASHINYAN = Text(answers=("Nikol Pashinyan",), aliases=("Pashinyan",), name=True)
OTHERS = {
    name: Text(answers=(name,), name=True)
    for name in (
        "Volodymyr Zelensky",
        "Tikhanovsky",
        "Ilham Aliyev",
        "Elizabeth II",
        "Yuri Khachaturov",
        "Salome Zurabishvili",
        "Nazarbayev",
        "Xi Jinping",
        "Iran",
        "General Assembly",
        "King",
        "Ivanov",
        "Kim",
        "Alexander Lapshin",
        "Fyodor Schtscherbakow",
    )
}

NAMES = [
    (LUKASHENKO, "Лукашенко", RIGHT),
    (LUKASHENKO, "Александр Лукашенко", RIGHT),
    (LUKASHENKO, "Аляксандр Лукашэнка", RIGHT),
    (LUKASHENKO, "Łukašenka", RIGHT),
    (LUKASHENKO, "Lukaschenko", RIGHT),
    (LUKASHENKO, "Lukashenko, Alexander", RIGHT),
    (LUKASHENKO, "President Lukashenko", RIGHT),
    (LUKASHENKO, "A. Lukashenko", RIGHT),
    (LUKASHENKO, "B. Lukashenko", WRONG),
    (LUKASHENKO, "Lukashneko", NEAR),
    (LUKASHENKO, "Lukashneko Alexander", NEAR),
    (LUKASHENKO, "Mr Lukashneko", NEAR),
    (LUKASHENKO, "Alexandra Lukashenko", WRONG),
    (LUKASHENKO, "not Lukashenko", WRONG),
    (LUKASHENKO, "Mr", WRONG),
    (PASHINYAN, "Pashinyan Nikol", RIGHT),
    (PASHINYAN, "Pashinyan, Nikol", RIGHT),
    (PASHINYAN, "Никол Пашинян", RIGHT),
    (PASHINYAN, "Пашинян", RIGHT),
    (PASHINYAN, "Փաշինյան", RIGHT),
    (PASHINYAN, "Pashinian", RIGHT),
    (PASHINYAN, "Pashinjan", RIGHT),
    (PASHINYAN, "Prime Minister Nikol Pashinyan", RIGHT),
    (PASHINYAN, "Premier Pashinyan", RIGHT),
    (PASHINYAN, "Pashinan", NEAR),
    (PASHINYAN, "Nikol", WRONG),
    (PASHINYAN, "Nikol Karapetyan", WRONG),
    (OTHERS["Volodymyr Zelensky"], "Volodymyr Zelenskyy", RIGHT),
    (OTHERS["Volodymyr Zelensky"], "Volodimir Zelenskij", RIGHT),
    (OTHERS["Volodymyr Zelensky"], "Володимир Зеленский", RIGHT),
    (OTHERS["Tikhanovsky"], "Tikhanovskiy", RIGHT),
    (OTHERS["Tikhanovsky"], "Tikhanovskaya", WRONG),
    (OTHERS["Ilham Aliyev"], "Ilham Aliev", RIGHT),
    (OTHERS["Ilham Aliyev"], "Ильхам Алиев", RIGHT),
    (OTHERS["Ilham Aliyev"], "Ilham Aliyeva", WRONG),
    (OTHERS["Elizabeth II"], "Queen Elizabeth II", RIGHT),
    (OTHERS["Elizabeth II"], "Elizabeth I", WRONG),
    (OTHERS["Elizabeth II"], "Elizabeth III", WRONG),
    (OTHERS["Yuri Khachaturov"], "Yury Hachaturov", RIGHT),
    (OTHERS["Yuri Khachaturov"], "Юрий Хачатуров", RIGHT),
    (OTHERS["Yuri Khachaturov"], "Jurij Khatchaturow", RIGHT),
    (OTHERS["Salome Zurabishvili"], "სალომე ზურაბიშვილი", RIGHT),
    (OTHERS["Nazarbayev"], "Nazarbaev", RIGHT),
    (OTHERS["Xi Jinping"], "习近平", WRONG),
    (OTHERS["Iran"], "Iraq", WRONG),
    (OTHERS["General Assembly"], "Assembly", WRONG),
    (OTHERS["General Assembly"], "General Assembly", RIGHT),
    (OTHERS["King"], "King", RIGHT),
    (OTHERS["Ivanov"], "Ivanova", WRONG),
    (OTHERS["Kim"], "Kym", WRONG),
    (OTHERS["Alexander Lapshin"], "Ляпшин", WRONG),
    (OTHERS["Fyodor Schtscherbakow"], "Fyodor Shchtscherbakov", RIGHT),
]


@pytest.mark.parametrize(
    ("expected", "response", "kind"), NAMES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_name_is_the_same_in_any_script_and_order(expected: Text, response: str, kind: str) -> None:
    verdict = grade(TypeIn(expected=expected), response)
    assert verdict.kind == kind


def test_transliteration_and_word_order_are_for_names_only() -> None:
    plain = TypeIn(expected=Text(answers=("Nikol Pashinyan",)))
    assert grade(plain, "Pashinyan Nikol").kind == "wrong"
    assert grade(plain, "Никол Пашинян").kind == "wrong"


def test_two_words_known_to_differ_are_not_made_one_by_transliteration() -> None:
    storm = TypeIn(expected=Text(answers=("Desert Storm",), name=True))
    assert grade(storm, "Storm Desertt").kind == "right"
    assert grade(storm, "Storm Dessert").kind == "wrong"


@pytest.mark.parametrize(
    ("answer", "response", "reason"),
    [
        ("Yerevan", "Yerevn", "“Yerevn” for “Yerevan”"),
        ("Nagorno-Karabakh", "Nagorny Karabak", "“Nagorny” for “Nagorno”, “Karabak” for “Karabakh”"),
        ("Iceland", "Ireland", "“Ireland” is not “Iceland”"),
        ("did sign", "did not sign", "“did not sign” is the opposite"),
        ("did not sign", "did sgin", "“sgin” instead of “not sign”"),
        ("13 June 2024", "12 June 2024", "“12” instead of “13”"),
        ("organisation", "organization", "right, by another spelling"),
        ("Yerevan", "x" * 5000, "far longer than the answer"),
        ("it didnt helpp", "it did not hellp", "“hellp” for “helpp”"),
    ],
)
def test_the_reason_shows_what_is_different(answer: str, response: str, reason: str) -> None:
    verdict = grade(TypeIn(expected=Text(answers=(answer,))), response)
    assert verdict.reason == reason


def test_what_is_another_answer_is_no_misspelling_of_this_one() -> None:
    form = TypeIn(expected=Text(answers=("Simonyan",)))
    assert grade(form, "Simonian").kind == "near"
    taken = grade(form, "SIMONIAN!", is_taken=lambda text: text == "simonian")
    assert (taken.kind, taken.score, taken.reason) == ("wrong", 0.0, "that is another answer")
    assert grade(form, "simonyan", is_taken=lambda text: True).kind == "right"


def test_a_misspelt_alias_is_near_as_well() -> None:
    form = TypeIn(expected=Text(answers=("Armenian parliament",), aliases=("National Assembly",)))
    assert grade(form, "National Asembly").reason == "“Asembly” for “Assembly”"


def test_blanks_do_not_make_a_response_too_long() -> None:
    form = TypeIn(expected=Text(answers=("Yerevan",)))
    assert grade(form, " " * 9000 + "Yerevan").kind == "right"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0),
        ("abc", "abc", 0),
        ("abc", "acb", 1),
        ("abc", "ab", 1),
        ("abc", "xabc", 1),
        ("abc", "axc", 1),
        ("ca", "abc", 3),
        ("abcd", "badc", 2),
        ("abcdef", "uvwxyz", 4),
        ("a" * 50, "a" * 50, 0),
        ("a" * 50, "a" * 49, 4),
    ],
)
def test_slips_are_counted_up_to_the_limit(one: str, other: str, expected: int) -> None:
    assert slips(one, other, limit=3) == expected
    assert slips(other, one, limit=3) == expected


@pytest.mark.parametrize(
    ("given", "answer", "words"),
    [
        ("12 June 2024", "13 June 2024", "“12” instead of “13”"),
        ("June 2024", "13 June 2024", "“13” is missing"),
        ("13 of June 2024", "13 June 2024", "“of” is too much"),
        ("the 12 june", "13 June 2024", "“12” instead of “13”, “2024” is missing"),
        ("Minsk", "Yerevan", "not the answer as written"),
        ("10 2", "102", "not the answer as written"),
        ("JUNE", "june", "not the answer as written"),
        ("a " * 500, "a b", "not the answer as written"),
    ],
)
def test_a_difference_is_told_word_by_word(given: str, answer: str, words: str) -> None:
    assert difference(given, answer) == words


def test_long_quotations_are_cut() -> None:
    assert quoted("x" * 61) == "“" + "x" * 59 + "…”"
    assert quoted(" a\n b ") == "“a b”"


def test_a_series_is_joined_by_and() -> None:
    assert [joined(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("answer", "response"),
    [
        ("offensive", "defensive"),
        ("deported", "reported"),
        ("killed", "billed"),
        ("ratified", "gratified"),
        ("bilateral", "trilateral"),
        ("repatriated", "expatriated"),
        ("elected", "erected"),
        ("Russia", "Prussia"),
        ("Armenian", "Armenia"),
    ],
)
def test_another_word_is_no_misspelling(answer: str, response: str) -> None:
    form = TypeIn(expected=Text(answers=(answer,)))
    assert grade(form, response).kind == "wrong"
    assert grade(TypeIn(expected=Text(answers=(response,))), answer).kind == "wrong"
