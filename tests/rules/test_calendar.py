"""Working days: the lists on file, overlays, unknown years, faults told at once."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juxian.regulation.calendar import (
    CalendarError,
    Holiday,
    Overlay,
    UnknownYear,
    WorkingCalendar,
    in_words,
    load_calendar,
)
from juxian.regulation.refusal import NotReady

FOLDER = Path(__file__).parents[2] / "packs" / "calendar"
CALENDAR = load_calendar(FOLDER)

inside = st.dates(date(2018, 3, 1), date(2026, 10, 31))


def year_file(folder: Path, year: int, text: str) -> None:
    (folder / f"{year}.toml").write_text(f'year = {year}\nsource = "通知"\n{text}', "utf-8")


def test_the_lists_of_2018_to_2026_are_loaded():
    assert CALENDAR.years == frozenset(range(2018, 2027))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2018, 250),
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ],
)
def test_a_year_has_as_many_working_days_as_its_list_gives(year, days):
    assert CALENDAR.working_days_between(date(year, 1, 1), date(year, 12, 31)) == days


@pytest.mark.clause("R73")
def test_the_deadline_of_2020_is_the_first_working_day_after_a_five_day_holiday():
    assert CALENDAR.is_working_day(date(2020, 5, 6))
    assert CALENDAR.first_working_day_from(date(2020, 5, 1)) == date(2020, 5, 6)


def test_a_weekend_day_that_is_worked_and_a_weekday_that_is_off():
    assert CALENDAR.is_working_day(date(2020, 4, 26))  # a Sunday
    assert not CALENDAR.is_working_day(date(2020, 5, 4))  # a Monday
    assert not CALENDAR.is_working_day(date(2020, 5, 2))
    assert CALENDAR.is_working_day(date(2020, 5, 7))
    assert not CALENDAR.is_working_day(date(2020, 5, 10))


def test_a_year_without_a_list_is_refused_with_what_to_load():
    with pytest.raises(UnknownYear) as refused:
        CALENDAR.working_days_after(date(2026, 12, 30), 5)

    assert isinstance(refused.value, NotReady)
    assert refused.value.year == 2027
    assert str(refused.value) == (
        "2027年的节假日安排尚未载入，无法推算工作日。"
        "请先载入国务院办公厅公布的2027年节假日安排（2027.toml）。"
    )


def test_the_years_before_the_first_list_are_refused_too():
    with pytest.raises(UnknownYear, match=r"^2017年的节假日安排尚未载入"):
        CALENDAR.working_days_before(date(2018, 1, 2), 1)


def test_a_moment_is_not_taken_for_a_day():
    with pytest.raises(TypeError, match="a working day is a date"):
        CALENDAR.is_working_day(datetime(2020, 5, 1))  # noqa: DTZ001


def test_no_count_of_days_is_negative():
    with pytest.raises(ValueError, match="not negative"):
        CALENDAR.working_days_after(date(2020, 5, 6), -1)


@given(inside, st.integers(1, 40))
def test_the_nth_working_day_has_n_working_days_up_to_it(day, count):
    after = CALENDAR.working_days_after(day, count)

    assert CALENDAR.is_working_day(after)
    assert CALENDAR.working_days_between(day + timedelta(days=1), after) == count


@given(inside, st.integers(1, 40))
def test_forward_and_back_again_meet(day, count):
    back = CALENDAR.working_days_before(day, count)

    assert CALENDAR.is_working_day(back)
    assert CALENDAR.working_days_between(back, day - timedelta(days=1)) == count
    assert CALENDAR.working_days_after(back, count) == CALENDAR.first_working_day_from(day)


@given(inside)
def test_no_working_days_after_a_day_is_that_day(day):
    assert CALENDAR.working_days_after(day, 0) == CALENDAR.working_days_before(day, 0) == day
    assert CALENDAR.working_days_between(day, day - timedelta(days=1)) == 0


def test_a_regional_overlay_wins_over_the_national_list():
    overlay = Overlay(
        region="65",
        source="放假通知",
        holiday=(Holiday("古尔邦节", date(2020, 4, 25), date(2020, 4, 27)),),
        working_days=(date(2020, 5, 5), date(2020, 5, 9)),
    )

    regional = CALENDAR.with_overlay(overlay)

    changed = {
        day
        for offset in range(366)
        if regional.is_working_day(day := date(2020, 1, 1) + timedelta(days=offset))
        != CALENDAR.is_working_day(day)
    }
    assert changed == {date(2020, 4, 26), date(2020, 4, 27), date(2020, 5, 5)}


def test_the_empty_overlay_of_the_region_changes_nothing():
    assert load_calendar(FOLDER, overlays=["regional-65"]) == CALENDAR


@given(st.frozensets(inside, max_size=20), st.frozensets(inside, max_size=20))
def test_what_an_overlay_says_holds_and_nothing_else_moves(off, worked):
    worked -= off
    overlay = Overlay(
        region="65",
        source="放假通知",
        holiday=tuple(Holiday("节日", day, day) for day in off),
        working_days=tuple(worked),
    )

    regional = CALENDAR.with_overlay(overlay)

    assert not any(regional.is_working_day(day) for day in off)
    assert all(regional.is_working_day(day) for day in worked)
    for day in (date(2020, 5, 6), date(2020, 5, 1)):
        if day not in off | worked:
            assert regional.is_working_day(day) == CALENDAR.is_working_day(day)


def test_days_are_written_as_documents_write_them():
    assert in_words(date(2020, 5, 6)) == "2020年5月6日"


def test_a_year_of_its_own_is_read(tmp_path):
    year_file(
        tmp_path,
        2030,
        "working_days = [2030-01-05]\n"
        '[[holiday]]\nname = "元旦"\nfirst = 2030-01-01\nlast = 2030-01-03\n',
    )

    assert load_calendar(tmp_path) == WorkingCalendar(
        years=frozenset({2030}),
        holidays=frozenset(date(2030, 1, day) for day in (1, 2, 3)),
        extra_working_days=frozenset({date(2030, 1, 5)}),
    )


def test_every_fault_of_every_file_is_told_at_once(tmp_path):
    year_file(tmp_path, 2030, "working_days = [2030-01-02, 2031-01-04]\n")
    year_file(
        tmp_path,
        2031,
        "working_days = [2031-02-01]\n"
        '[[holiday]]\nname = "春节"\nfirst = 2031-01-30\nlast = 2031-02-01\n'
        '[[holiday]]\nname = "元旦"\nfirst = 2031-01-03\nlast = 2031-01-01\n',
    )
    (tmp_path / "2032.toml").write_text('year = 2033\nsource = "通知"\n', "utf-8")
    (tmp_path / "2034.toml").write_text('year = 2034\nsorce = "通知"\n', "utf-8")

    with pytest.raises(CalendarError) as refused:
        load_calendar(tmp_path, overlays=["regional-00"])

    assert str(refused.value).splitlines() == [
        "2030.toml：-：2031年1月4日不在2030年内，应列入2031.toml",
        "2030.toml：working_days：2030年1月2日不是周六或周日，无须列出",
        "2031.toml：holiday[2]：last 不能早于 first",
        "2031.toml：-：2031年2月1日列了2次，一天只能列一次",
        "2032.toml：year：应与文件名一致，为2032",
        "2034.toml：source：缺少这一项",
        "2034.toml：sorce：没有这一项，请检查拼写",
        "regional-00.toml：-：缺少这个文件",
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('working_days = ["2030-01-05"]', "working_days[1]"),
        ("working_days = [2030-01-05T00:00:00]", "working_days[1]"),
        ('[[holiday]]\nname = "元旦"\nfirst = 20300101\nlast = 2030-01-01', "holiday[1].first"),
    ],
)
def test_a_date_that_is_not_written_as_a_date_is_refused(tmp_path, text, key):
    year_file(tmp_path, 2030, text)

    with pytest.raises(CalendarError) as refused:
        load_calendar(tmp_path)

    assert [(problem.file, problem.key) for problem in refused.value.problems] == [
        ("2030.toml", key)
    ]


def test_a_file_that_is_not_toml_is_refused(tmp_path):
    (tmp_path / "2030.toml").write_text("year = ", "utf-8")

    with pytest.raises(CalendarError, match=r"^2030\.toml：-：不是有效的 TOML：") as refused:
        load_calendar(tmp_path)

    assert len(refused.value.problems) == 1


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CalendarError, match="没有任何年份的节假日安排"):
        load_calendar(tmp_path)
