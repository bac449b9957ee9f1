"""Days on one clock, with what can be reckoned from them."""

from datetime import time

import pytest

from interviews.clock import clock, drawn
from interviews.models import Day
from tests import factories

pytestmark = pytest.mark.django_db


def day(*entries, **fields):
    """Make a day with entries of (kind, start, end)."""
    made = factories.live(Day, **fields)
    for number, (kind, start, end) in enumerate(entries):
        made.entries.create(
            slug=f"e{number}", kind=kind, starts_at=start, ends_at=end, title_ja="項目", title_en="Entry"
        )
    return Day.objects.get(pk=made.pk)


def test_hours_are_reckoned_without_lunch_to_the_usual_leaving_time():
    made = day(("arrival", "9:30", None), ("lunch", "12:30", "13:30"), leaves_usually="18:30")
    assert (made.arrives_at, made.leaves_at) == (time(9, 30), time(18, 30))
    assert (made.lunch_minutes, made.present_minutes, made.working_minutes) == (60, 540, 480)


def test_departure_of_the_day_counts_where_no_average_is_given():
    made = day(("arrival", "9:20", None), ("lunch", "12:30", None), ("departure", "19:00", None))
    assert (made.leaves_at, made.present_minutes, made.lunch_minutes, made.working_minutes) == (
        time(19),
        580,
        None,
        None,
    )


def test_day_without_times_reckons_nothing():
    made = day(("work", None, None))
    assert (made.arrives_at, made.leaves_at, made.present_minutes, made.working_minutes) == (None, None, None, None)
    assert clock([made]) == []


def test_clock_runs_over_all_hours_of_the_days():
    first, second = day(("work", "9:30", "12:30")), day(("work", "11:00", None), ("work", "11:15", None))
    hours = [(hour.hour, [len(entries) for _day, entries in columns]) for hour, columns in clock([first, second])]
    assert hours == [(9, [1, 0]), (10, [0, 0]), (11, [0, 2])]


def test_drawing_puts_every_entry_with_a_time_on_the_axis():
    made = day(("arrival", "6:00", None), ("work", "6:00", "18:00"), ("work", None, None), leaves_usually="18:00")
    drawing = drawn([made, made])
    first, second = drawing.rows
    assert [(mark.x, mark.width) for mark in first.marks] == [("25.000%", None), ("25.000%", "50.000%")]
    assert (first.usual, first.busy) == ("75.000%", None)
    assert second.top - first.top == drawing.height - second.top
    assert drawn([day(("arrival", "6:00", None), ("departure", "18:00", None))]).rows[0].frame == ("25.000%", "50.000%")
    assert (first.frame, drawn([day(("work", "6:00", None))]).rows[0].frame) == (None, None)
    assert drawing.hours[0] == (0, "0.000%")
    assert drawing.hours[-1] == (24, "100.000%")


def test_days_page_draws_the_chosen_days_and_says_the_same_in_a_table(client):
    html = client.get("/ja/days/?with=headquarters-first-year").content.decode()
    assert html.count('class="chart__name"') == 1
    assert '<div class="chart" aria-hidden="true">' in html
    assert '<table class="twin clock">' in html


def shown(client, query):
    html = client.get(f"/ja/days/{query}").content.decode()
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


def test_days_of_the_documents_are_reckoned_from_their_times():
    reckoned = {made.slug: (made.working_minutes, made.lunch_minutes) for made in Day.objects.all()}
    assert reckoned == {
        "headquarters-first-year": (480, 60),
        "washington-tenth-year": (465, 90),
        "goto": (None, None),
    }
    assert Day.objects.get(slug="goto").present_minutes == 580


def test_hours_are_written_in_the_language_of_the_page(client):
    assert "7時間45分" in client.get("/ja/days/").content.decode()
    assert "7 h 45 min" in client.get("/en/days/").content.decode()
