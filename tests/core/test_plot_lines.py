from __future__ import annotations

from datetime import date, timedelta

from trainer.core.plot import Line, Series, calibration, heat_map, line, lines, to_text
from trainer.core.plot.year import heat_level, heat_names, heat_step

TODAY = date(2026, 11, 19)
"""A Thursday."""


def texts(drawn: list[Line]) -> str:
    return "".join(f"{to_text(each)}\n" for each in drawn)


def test_a_line_is_broken_where_a_value_is_missing() -> None:
    points = [("Mon", 80.0), ("Tue", None), ("Wed", 90.0), ("Thu", 85.0)]
    assert (
        texts(line(points, width=30, height=7, high=100, target=90, unit="%"))
        == """\
┄ desired 90 %
100 %┤
     │
 90 %┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄●⠉⠒┄⠢⠤┄⢄●
 80 %┤●
     └┬───────┬──────┬───────┬
      Mon    Tue    Wed    Thu
"""
    )


def test_a_value_that_stands_alone_is_marked_however_near_the_one_before_is() -> None:
    points = [("", 1.0), ("", None), ("", 2.0), ("", None), ("", 3.0), *[("", None)] * 35]
    assert texts(line(points, width=42, height=9)).count("●") == 3


def test_lines_are_told_apart_by_their_marks() -> None:
    series = [Series("young", (80.0, 85.0, 82.0), "○", "plain"), Series("mature", (95.0, 90.0, 97.0))]
    drawn = lines(series, labels=["Jan", "Feb", "Mar"], width=40, height=8, high=100, target=90, unit="%")
    assert (
        texts(drawn)
        == """\
○ young  ● mature  ┄ desired 90 %
100 %┤                                ⢀●
     │●⠒⠤⠤⠤⢄⣀⣀⣀              ⣀⣀⡠⠤⠤⠒⠒⠉⠉⠁
 90 %┤┄┄┄┄┄┄┄┄┄┄⠉⠉┄⠒⠒┄⠤●┄⠒⠒┄⠉┄┄┄┄┄┄┄┄┄┄┄
     │            ⣀⣀⣀⡠⠤○⠤⠤⣀⣀⣀⣀⣀⡀
 80 %┤○⣀⠤⠤⠤⠔⠒⠒⠒⠉⠉⠉             ⠈⠉⠉⠉⠉⠉⠒⠒○
     └┬────────────────┬───────────────┬
      Jan             Feb            Mar
"""
    )


def test_what_is_desired_is_seen_where_a_line_runs_along_it() -> None:
    points = [(f"{week}", 90.0) for week in range(30)]
    drawn = texts(line(points, width=60, height=9, low=80, high=100, target=90, unit="%"))
    (row,) = (each for each in drawn.splitlines() if each.startswith(" 90 %┤"))
    assert row.count("┄") > 10 and row.count("●") > 10


def test_a_title_without_room_says_less() -> None:
    series = [Series("young", (80.0,)), Series("mature", (95.0,))]
    drawn = texts(lines(series, labels=["Jan"], width=26, height=7, target=90, unit="%"))
    assert drawn.splitlines()[0] == "● young  ● mature  ┄ 90 %"


def test_a_target_without_percent_and_a_unit_are_told() -> None:
    drawn = texts(line([("a", 3.0), ("b", 8.0)], width=30, height=8, low=0, target=5.5, unit="minutes"))
    assert drawn.splitlines()[0] == "minutes  ┄ desired 5.5"
    assert "5.5┤" in drawn
    assert "  0┤" in drawn
    assert texts(line([("a", 0.0), ("b", 8.0)], width=30, height=8, target=0)).startswith("  ┄ desired 0\n")


def test_an_axis_without_round_numbers_has_its_ends() -> None:
    drawn = texts(line([("a", 2.0)], width=30, height=5, low=0.5, high=3))
    assert drawn.splitlines()[1].startswith("  3┤")
    assert drawn.splitlines()[2].startswith("0.5┤")


def test_one_value_is_a_mark_in_the_middle() -> None:
    drawn = texts(line([("today", 5.0)], width=30, height=8, unit="minutes", name="mean"))
    assert drawn.splitlines()[0] == "minutes  ● mean"
    assert drawn.count("●") == 2


def test_what_lies_outside_is_drawn_at_the_edge() -> None:
    drawn = texts(line([("a", 500.0), ("b", -7.0)], width=30, height=8, low=0, high=10))
    assert drawn.splitlines()[1].startswith("10┤●")
    assert drawn.splitlines()[-3].startswith(" 0┤")
    assert drawn.splitlines()[-3].endswith("●")


def test_many_values_share_columns() -> None:
    points = [(f"{number}", float(number % 7)) for number in range(500)]
    assert all(len(row) <= 40 for row in texts(line(points, width=40, height=8)).splitlines())


def test_a_calibration_plot_has_a_diagonal_and_sizes() -> None:
    bins = [(0.55, 0.6, 5), (0.75, 0.7, 20), (0.95, 0.96, 300), (0.1, 0.1, 0)]
    assert (
        texts(calibration(bins, width=30, height=9))
        == """\
remembered ↑ predicted →
100 %┤                     ●··
 90 %┤                 ····
 80 %┤            ·····
 70 %┤       ·····○
 60 %┤  ∘····
 50 %┤···
     └┬────────┬────────┬─────
      50 %    70 %     90 %
"""
    )
    assert "∘ under 10  ○ under 100  ● more" in texts(calibration(bins, width=70, height=9))


def test_a_calibration_plot_begins_where_the_points_do() -> None:
    assert " 20 %┤" in texts(calibration([(0.3, 0.25, 1)], width=60, height=9))
    assert "  0 %┤" in texts(calibration([(0.02, 0.9, 1)], width=60, height=9))
    assert " 90 %┤" in texts(calibration([(1.0, 1.0, 1)], width=60, height=9))


def test_a_year_has_months_weekdays_signs_and_numbers() -> None:
    days = {TODAY - timedelta(days=ago): ago % 6 * 5 for ago in range(80)}
    assert (
        texts(heat_map(days, today=TODAY, width=30))
        == """\
     Jun  Jul Aug  Sep Oct Nov
Mon ···············▂·▆▄▄▂▂·▆▄▄
    ··············▂·▆▄▄▂▂·▆▄▄▂
Wed ···············▆▄▄▂▂·▆▄▄▂▂
    ··············▆▄▄▂▂·▆▄▄▂▂·
Fri ··············▄▄▂▂·▆▄▄▂▂·
    ··············▄▂▂·▆▄▄▂▂·▆
Sun ··············▂▂·▆▄▄▂▂·▆▄
    · none  ▂ 1–10  ▄ 11–20
    ▆ 21–30  █ 31 and more
    980 on 66 days
    Sep 375 · Oct 380
    Nov 225
"""
    )


def test_a_whole_year_has_room_from_57_columns_on_and_is_spread_from_110() -> None:
    days = {TODAY: 1}
    assert [
        len(texts(heat_map(days, today=TODAY, width=width)).splitlines()[1]) for width in (57, 60, 110, 200)
    ] == [*(57, 57, 109, 109)]


def test_the_first_month_is_named_where_it_has_room() -> None:
    monday = date(2026, 11, 30)
    assert texts(heat_map({monday: 1}, today=monday, width=30)).startswith("    Jun")


def test_the_signs_of_a_year_stand_for_round_numbers() -> None:
    assert heat_step({}) == heat_step({TODAY: 1}) == 1
    assert heat_names(1) == ("none", "1", "2", "3", "4 and more")
    usual = {TODAY - timedelta(days=ago): 40 for ago in range(99)}
    assert heat_step(usual | {TODAY: 100_000}) == 10
    assert heat_step({TODAY: 1_234_567}) == 400_000
    assert heat_names(400_000) == ("none", "1–400k", "400k–800k", "800k–1.2M", "1.2M and more")
    assert [heat_level(count, 10) for count in (-1, 0, 1, 10, 11, 30, 31, 500)] == [0, 0, 1, 1, 2, 3, 4, 4]


def test_nothing_is_told_in_place_of_a_plot() -> None:
    assert texts(line([("a", None)], width=60, height=9)) == "Nothing yet.\n"
    assert texts(lines([], labels=[], width=60, height=9)) == "Nothing yet.\n"
    assert texts(calibration([], width=60, height=9)) == "Nothing yet.\n"
    assert texts(heat_map({TODAY: 0}, today=TODAY, width=60)) == "Nothing yet.\n"
    assert texts(heat_map({TODAY: 1}, today=TODAY, width=20)) == "too narrow\n"
