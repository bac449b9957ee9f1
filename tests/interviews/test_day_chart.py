"""Tests of working days: the table of hours, the drawing, and the lengths computed from the entries."""

from datetime import time

import pytest

from interviews.day_chart import day_chart, day_table
from interviews.models import Day
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


def day(*entries, **fields):
    """Create a day with entries of (kind, start, end)."""
    row = factories.live(Day, **fields)
    for number, (kind, start, end) in enumerate(entries):
        row.entries.create(
            slug=f"e{number}", kind=kind, starts_at=start, ends_at=end, title_ja="項目", title_en="Entry"
        )
    return Day.objects.get(pk=row.pk)


def test_presence_ends_at_the_usual_leaving_time():
    row = day(("arrival", "9:30", None), ("lunch", "12:30", "13:30"), leaves_usually="18:30")
    assert (row.arrives_at, row.leaves_at) == (time(9, 30), time(18, 30))
    assert (row.lunch_minutes, row.present_minutes) == (60, 540)


def test_departure_of_the_day_counts_where_no_average_is_given():
    row = day(("arrival", "9:20", None), ("lunch", "12:30", None), ("departure", "19:00", None))
    assert (row.leaves_at, row.present_minutes, row.lunch_minutes) == (time(19), 580, None)


def test_day_without_times_reckons_nothing():
    row = day(("work", None, None))
    assert (row.arrives_at, row.leaves_at, row.present_minutes) == (None, None, None)
    assert day_table([row]) == []


def test_table_runs_over_all_hours_of_the_days():
    first, second = day(("work", "9:30", "12:30")), day(("work", "11:00", None), ("work", "11:15", None))
    hours = [(hour.hour, [len(entries) for _day, entries in columns]) for hour, columns in day_table([first, second])]
    assert hours == [(9, [1, 0]), (10, [0, 0]), (11, [0, 2])]


def test_drawing_puts_every_entry_with_a_time_on_the_axis():
    row = day(("arrival", "6:00", None), ("work", "6:00", "18:00"), ("work", None, None), leaves_usually="18:00")
    drawing = day_chart([row, row])
    first, second = drawing.rows
    assert [(mark.at.x, mark.at.width) for mark in first.marks] == [("25.000%", None), ("25.000%", "50.000%")]
    assert first.leaving is None
    assert second.top - first.top == drawing.height - second.top


def test_drawing_down_has_the_same_hours_in_pixels():
    drawing = day_chart([day(("work", "6:00", "18:00"))])
    at = drawing.rows[0].marks[0].at
    hours = dict(drawing.hours)
    assert (at.y, at.y + at.height) == (hours[6].y, hours[18].y)
    assert (hours[24].y < drawing.depth, hours[24].x) == (True, "100.000%")


def test_day_of_starts_alone_is_framed_from_arriving_to_leaving():
    framed = day_chart([day(("arrival", "6:00", None), ("departure", "18:00", None))]).rows[0].frame
    assert (framed.x, framed.width) == ("25.000%", "50.000%")
    assert day_chart([day(("work", "6:00", None))]).rows[0].frame is None
    assert (
        day_chart([day(("arrival", "6:00", None), ("work", "7:00", "8:00"), ("departure", "9:00", None))]).rows[0].frame
        is None
    )


@pytest.mark.parametrize(("usually", "busy"), [("18:30", "20:30"), ("20:30", "18:30")])
def test_leaving_reaches_from_the_earlier_to_the_later_time(usually, busy):
    leaving = day_chart([day(("work", "9:00", None), leaves_usually=usually, leaves_when_busy=busy)]).rows[0].leaving
    assert (leaving.start, leaving.length) == (18 * 60 + 30, 120)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_columns_of_the_drawing_down_stay_on_the_page_and_their_names_in_their_column(number):
    title = "在サウジアラビア日本国大使館職員の長い一日、Permanent representation 入省100年目"
    rows = day_chart([day(title_ja=title) for _number in range(number)]).rows
    edges = [(float(row.left[:-1]), float(row.left[:-1]) + float(row.width[:-1])) for row in rows]
    assert edges == sorted(edges)
    assert edges[-1][1] <= 100
    assert all(len(row.name) <= 4 for row in rows)


def test_days_page_draws_the_chosen_days_and_says_the_same_in_a_table(client):
    html = read(client.get("/ja/days/?with=headquarters-first-year"))
    assert html.count('class="chart__name"') == 1
    assert '<div class="chart day-chart" aria-hidden="true">' in html
    assert '<table class="twin day-table">' in html


def shown(client, query):
    html = read(client.get(f"/ja/days/{query}"))
    return html, [
        slug for slug in Day.objects.values_list("slug", flat=True) if f'<section class="day" id="{slug}">' in html
    ]


def test_address_chooses_the_days(client):
    assert shown(client, "?with=washington-tenth-year")[1] == ["washington-tenth-year"]
    assert sorted(shown(client, "?with=goto,headquarters-first-year")[1]) == ["goto", "headquarters-first-year"]


def test_unknown_day_is_ignored_with_a_note(client):
    html, slugs = shown(client, "?with=sunday")
    assert len(slugs) == 3
    assert "見つからないため、次の指定は使いませんでした：sunday" in html


def test_comparison_says_of_each_leaving_time_whether_it_is_an_average_and_gives_no_working_hours(client):
    html, _slugs = shown(client, "?with=goto,headquarters-first-year")
    assert [time in html for time in ("18:30（平均）", "20:30（平均）", "19:00（この日）")] == [True] * 3
    assert "勤務時間" not in html.partition('<table class="twin day-table">')[2].partition("</table>")[0]


def test_hours_are_written_in_the_language_of_the_page(client):
    assert "1時間30分" in read(client.get("/ja/days/"))
    assert "1 h 30 min" in read(client.get("/en/days/"))
