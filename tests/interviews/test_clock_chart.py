"""Tests of two working days on one clock: the difference in time, the gaps, and the drawing."""

from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from interviews.clock_chart import clock_chart, minutes_ahead
from tests import factories
from tests.interviews.test_day_chart import LONG, covered, day
from tests.page_text import read

pytestmark = pytest.mark.django_db


def place(zone, city=""):
    return factories.place(time_zone=zone, city_ja=city, city_en=city)


def day_in(zone, start="9:00", end="18:00", **fields):
    return day(("arrival", start, None), ("work", start, end), place=place(zone, zone), **fields)


def chart_of(*zones):
    return clock_chart([day_in(zone) for zone in zones])


@pytest.mark.parametrize(
    ("home", "away", "minutes"),
    [
        ("Asia/Tokyo", "America/New_York", [840, 780]),
        ("Asia/Tokyo", "Asia/Riyadh", [360, 360]),
        ("Asia/Tokyo", "Australia/Sydney", [-60, -120]),  # its summer time is in January
        ("Asia/Tokyo", "Asia/Kolkata", [210, 210]),
    ],
)
def test_difference_is_that_of_standard_time_then_of_summer_time(home, away, minutes):
    assert minutes_ahead(ZoneInfo(home), ZoneInfo(away), 2026) == minutes


def test_days_of_the_documents_on_one_clock(client):
    html = read(client.get("/ja/days/"))
    rows = [row.partition("</tr>")[0] for row in html.partition("clock-chart__words")[2].split("<tr>")[2:10]]
    assert [[cell.partition("</td>")[0] for cell in row.split("<td>")[1:]] for row in rows] == [
        ["9:30", "前日19:30（夏は20:30）"],
        ["18:30", "4:30（夏は5:30）"],
        ["20:30", "6:30（夏は7:30）"],
        ["19:00–23:00頃（夏は19:00–22:00頃）", "5:00–9:00頃（夏は6:00–9:00頃）"],
        ["23:00頃（夏は22:00頃）", "9:00頃"],
        ["翌8:15（夏は7:15）", "18:15"],
        ["翌9:00（夏は8:00）", "19:00"],
        ["9:00–9:30（夏は8:00–9:30）", "19:00–19:30（夏は19:00–20:30）"],
    ]


def test_page_says_that_the_site_computed_the_difference_and_that_nobody_on_duty_is_named(client):
    html = read(client.get("/en/days/"))
    assert "This site has put two recorded days on one clock and computed the time of the other city." in html
    assert "Tokyo’s average when busy, 20:30, falls within them." in html
    assert "24 hours a day, 365 days a year”, but not who is on duty then." in html


def test_second_day_is_the_first_in_another_time_zone_with_known_ends():
    tokyo, seoul, open_end = day_in("Asia/Tokyo"), day_in("Asia/Seoul"), day(("work", "9:00", None))
    open_end.place = place("Europe/London")
    paris, lima = day_in("Europe/Paris"), day_in("America/Lima")
    chart = clock_chart([tokyo, seoul, open_end, paris, lima])
    assert (chart.home.day, chart.away.day) == (tokyo, paris)


def test_days_in_one_time_zone_or_without_one_are_not_put_on_a_clock():
    assert chart_of("Asia/Tokyo", "Asia/Seoul") is None
    assert clock_chart([day(("work", "9:00", "18:00")), day_in("Asia/Tokyo")]) is None
    assert clock_chart([]) is None


def test_days_that_overlap_leave_one_gap():
    assert chart_of("Asia/Tokyo", "Europe/London").gaps == [(27 * 60, 33 * 60)]  # 18:00–3:00 in Tokyo in winter


def test_day_that_ends_inside_the_other_leaves_no_gap_in_it():
    chart = clock_chart([day_in("Asia/Tokyo", end="20:00"), day_in("Asia/Riyadh", "7:00", "8:00")])
    assert chart.gaps == [(20 * 60, 33 * 60)]


def test_day_that_began_before_the_clock_is_drawn_on_the_next_morning():
    chart = chart_of("Asia/Tokyo", "Pacific/Auckland")
    assert 9 * 60 <= chart.away.start < 33 * 60


def test_time_zone_is_a_name_of_the_database():
    with pytest.raises(ValidationError):
        factories.place(time_zone="Asia/Edo").full_clean()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Asia/Kolkata", "Pacific/Auckland", "Asia/Dili"])
def test_no_label_covers_another(zone, language):
    fields = {"title_ja": LONG, "title_en": "", "leaves_usually": "18:15", "leaves_when_busy": "23:45"}
    chart = clock_chart([day_in("Asia/Tokyo", "7:00", "23:00", **fields), day_in(zone, "0:10", "23:50", **fields)])
    if chart is None:
        return
    with override(language):
        drawings = (chart.wide, chart.tall, chart.small)
    assert [pair for drawing in drawings for pair in covered(drawing)] == []


def test_small_form_has_two_cities_and_four_times():
    chart = chart_of("Asia/Tokyo", "America/New_York")
    words = [text.words for text in chart.small.texts]
    assert words == ["18:00", "9:00", "Asia/Tokyo", "18:00", "9:00", "America/New_York"]
