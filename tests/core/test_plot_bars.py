from __future__ import annotations

import math

from trainer.core.plot import Bar, Line, Row, Stack, bars, histogram, rows, shares, short, stacked, to_text
from trainer.core.statistics import Histogram

NAMES = ("Again", "Hard", "Good", "Easy")


def texts(lines: list[Line]) -> str:
    return "".join(f"{to_text(line)}\n" for line in lines)


def test_bars_stand_over_their_labels_beside_round_numbers() -> None:
    week = [Bar("Mon", 3), Bar("Tue", 0), Bar("Wed", 12), Bar("Thu", 1)]
    assert (
        texts(bars(week, width=30, height=7, unit="reviews a day"))
        == """\
reviews a day
20┤
  │            ▃▃▃▃
10┤            ████
  │▅▅▅▅        ████  ▂▂▂▂
 0└─┬─────┬─────┬─────┬────
   Mon   Tue   Wed   Thu
"""
    )


def test_a_single_bar_and_bars_of_nothing_are_drawn() -> None:
    assert "█" in texts(bars([Bar("today", 1)], width=30, height=6))
    assert not set("▁▂▃▄▅▆▇█") & set(texts(bars([Bar("a", 0), Bar("b", 0)], width=30, height=6)))


def test_a_little_is_told_from_nothing() -> None:
    assert "▁" in texts(bars([Bar("many", 1_234_567), Bar("one", 1)], width=30, height=6))


def test_great_numbers_are_written_short() -> None:
    numbers = (0, 0.25, 1 / 3, 9.96, 123.4, 1234, 12_345, 123_456, 1_234_567, 999_999, 1e18, -12_345)
    assert [short(number) for number in numbers] == [
        *("0", "0.25", "0.33", "10", "123", "1234", "12.3k", "123k", "1.2M", "1M", "1e+18", "-12.3k"),
    ]
    assert [short(number) for number in (math.inf, -math.inf, math.nan, -0.001)] == ["∞", "-∞", "?", "0"]
    assert "1M┤" in texts(bars([Bar("a", 1_234_567)], width=30, height=9))


def test_values_that_are_no_numbers_are_nothing() -> None:
    assert texts(bars([Bar("a", math.nan), Bar("b", -3), Bar("c", 2)], width=30, height=6)) == texts(
        bars([Bar("a", 0), Bar("b", 0), Bar("c", 2)], width=30, height=6)
    )


def test_bars_that_have_no_room_are_put_together_and_that_is_told() -> None:
    many = [Bar("" if number == 0 else f"day {number}", number % 2 * 2) for number in range(50)]
    drawn = texts(bars(many, width=30, height=6, unit="reviews a day"))
    assert drawn.startswith("reviews a day, mean of 2\n")
    assert drawn.splitlines()[1] == "1┤" + "█" * 25
    assert "day 1  " in drawn


def test_labels_do_not_touch_each_other() -> None:
    many = [Bar(f"{number} November", 5) for number in range(1, 21)]
    (*_, last) = texts(bars(many, width=60, height=6)).splitlines()
    assert [label.strip() for label in last.split("  ") if label] == [
        *("1 November", "9 November", "17 November"),
    ]
    (*_, last) = texts(bars([Bar("a very long label, indeed", 5)] * 2, width=24, height=6)).splitlines()
    assert last == "  a very long label, in…"


def test_bars_without_labels_have_no_marks_at_the_axis() -> None:
    assert "┬" not in texts(bars([Bar("", 5), Bar("", 7)], width=30, height=6))


def test_percent_are_written_at_the_axis() -> None:
    assert "50 %┤" in texts(bars([Bar("a", 100)], width=30, height=7, unit="%"))


def test_a_histogram_shows_edges_and_the_median() -> None:
    values = Histogram((0, 1, 7, 30, 365), (4, 10, 6, 1), "days", 12.4)
    assert (
        texts(histogram(values, width=34, height=6))
        == """\
cards, by days  ▲ median 12.4 days
10┤        ██████
  │ ▂▂▂▂▂▂ ██████ ▆▆▆▆▆▆
  │ ██████ ██████ ██████ ▂▂▂▂▂▂
 0└┬──────┬──────┬─▲────┬──────┬
   0      1      7      30    1 y
"""
    )


def test_a_histogram_without_unit_or_median_tells_neither() -> None:
    assert texts(histogram(Histogram((0, 1), (3,), ""), width=30, height=6, what="answers")).startswith(
        "answers\n"
    )


def test_a_median_is_marked_wherever_it_lies() -> None:
    def place(middle: float, *edges: float) -> int:
        drawn = texts(histogram(Histogram(edges, (3,) * (len(edges) - 1), "", middle), width=40, height=6))
        return drawn.splitlines()[-2].index("▲") - 2

    assert place(-5, 0, 1, 2) == 0
    assert place(9, 0, 1, 2) == 16
    assert place(9, 0, 1, math.inf) == 12


def test_bins_that_have_no_room_are_put_together() -> None:
    values = Histogram(tuple(range(41)), (1, 0) * 20, "", 3)
    drawn = texts(histogram(values, width=30, height=6))
    assert drawn.splitlines()[1] == "2┤" + " █" * 10
    assert drawn.splitlines()[-1].split() == ["0", "8", "16", "24", "32", "40"]


def test_a_histogram_ends_with_its_last_filled_bin_where_it_could_go_on_for_ever() -> None:
    edges, counts = (0, 30, 365, 730, 1825, 36_500), (2, 1, 0, 1, 0)
    drawn = texts(histogram(Histogram(edges, counts, "days"), width=60, height=6))
    assert drawn.splitlines()[-1].split("  ")[-1].strip() == "5 y"
    assert "1 y     2 y" in drawn.replace("      ", "     ")
    assert texts(histogram(Histogram((0, 5, 10), (3, 0), ""), width=60, height=6)).rstrip().endswith("10")


def test_rows_have_a_bar_a_number_and_a_share() -> None:
    drawn = rows(
        shares([("Yerevan", 30), ("Minsk", 10)]), width=40, heading="City", columns=("reviews", "share")
    )
    assert (
        texts(drawn)
        == """\
City                      reviews  share
Yerevan  ███████████████       30   75 %
Minsk    █████                 10   25 %
"""
    )


def test_rows_may_have_nothing_but_a_bar() -> None:
    assert texts(rows([Row("a", 1), Row("b", 0.5, ("x",))], width=30, top=2)) == (
        "a  " + "█" * 12 + "\nb  " + "█" * 6 + " " * 18 + "  x\n"
    )


def test_a_row_of_a_little_is_told_from_one_of_nothing() -> None:
    assert "▏" in texts(rows(shares([("a", 1_000_000), ("b", 1)]), width=40)).splitlines()[1]


def test_rows_of_nothing_have_no_bar() -> None:
    assert texts(rows(shares([("a", 0), ("b", 0)]), width=30)) == (
        "a" + " " * 23 + "0  0 %\n" + "b" + " " * 23 + "0  0 %\n"
    )


def test_where_there_is_little_room_labels_then_columns_then_bars_give_way() -> None:
    row = Row("Where the accounts disagree", 5, ("87 %", "1,234,567", "12.3"))
    heads = ("score", "answers", "seconds")
    assert texts(rows([row], width=24, heading="Deck", columns=heads)) == (
        "Deck          score\nWhere the a…   87 %\n"
    )
    assert "…" not in texts(rows([row], width=80, heading="Deck", columns=heads))
    huge = Row("Minsk", 5, ("1,234,567,890,123,456",))
    assert texts(rows([huge], width=24)) == "…  1,234,567,890,123,456\n"


def test_foreign_labels_cannot_break_a_row() -> None:
    drawn = texts(
        rows([Row("evil\x1b[2J\nname", 1, ("1",)), Row("東京のとても長いデッキ", 1, ("2",))], width=24)
    )
    assert "\x1b" not in drawn
    assert drawn.count("\n") == 2


def test_parts_of_a_bar_are_told_apart_by_signs_and_shares() -> None:
    stacks = [Stack("young", (1, 2, 6, 1)), Stack("mature", (0, 0, 0, 0))]
    assert (
        texts(stacked(stacks, width=60, names=NAMES, unit="reviews"))
        == """\
        ░ Again  ▒ Hard   ▓ Good   █ Easy   reviews
young   10 %     20 %     60 %     10 %     of 10
        ░░░░▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓████
mature  –        –        –        –        of 0

"""
    )


def test_a_narrow_stack_has_its_label_above() -> None:
    assert (
        texts(stacked([Stack("young", (1, 2, 6, 1))], width=30, names=NAMES))
        == """\
░Again ▒Hard  ▓Good  █Easy
young of 10
10 %   20 %   60 %   10 %
░░░▒▒▒▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓███
"""
    )


def test_nothing_is_told_and_so_is_too_little_room() -> None:
    assert texts(bars([], width=60, height=9)) == "Nothing yet.\n"
    assert texts(histogram(Histogram((0, 1), (0,), "days"), width=60, height=9)) == "Nothing yet.\n"
    assert texts(rows([], width=60)) == "Nothing yet.\n"
    assert texts(stacked([Stack("a", (0, 0))], width=60, names=NAMES)) == "Nothing yet.\n"
    assert texts(bars([Bar("a", 1)], width=20, height=9)) == "too narrow\n"
    assert texts(bars([Bar("a", 1)], width=5, height=9)) == "too …\n"
