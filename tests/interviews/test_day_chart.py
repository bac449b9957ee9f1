"""Tests of the chart of working days in local time: what is drawn, and that no label covers another."""

from itertools import combinations

import pytest
from django.utils.translation import override

from interviews.day_chart import day_chart
from interviews.day_drawing import DayBox, DayText, Drawing, lines_of
from interviews.models import Day
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

LONG = "在サウジアラビア日本国大使館に勤める職員の、たいへん長い題名のついた一日（入省100年目）"


def day(*entries, **fields):
    """Create a day with entries of (kind, start, end)."""
    row = factories.live(Day, **fields)
    for number, (kind, start, end) in enumerate(entries):
        row.entries.create(
            slug=f"e{number}", kind=kind, starts_at=start, ends_at=end, title_ja="項目", title_en="Entry"
        )
    return Day.objects.get(pk=row.pk)


def drawings(chart):
    return [chart.wide, *chart.tall]


def covered(drawing):
    """Return the pairs of texts that would cover one another at one of the widths of a drawing."""
    return [
        (one.words, other.words, width)
        for level, width in enumerate(drawing.widths)
        for one, other in combinations([text for text in drawing.texts if text.level <= level], 2)
        if any(box.meets(another) for box in one.boxes(width) for another in other.boxes(width))
    ]


def test_bars_stand_between_the_hours_around_the_first_and_the_last_time():
    wide = day_chart([day(("work", "9:30", "12:00"), ("work", "13:00", "14:30"))]).wide
    assert [(rect.kind, rect.x, rect.width) for rect in wide.rects] == [
        ("work", 8.333, 41.667),
        ("work", 66.667, 25.0),
    ]


def test_tall_form_has_the_same_hours_downwards():
    (tall,) = day_chart([day(("work", "9:00", "12:00"), ("work", "13:00", "14:00"))]).tall
    first, second = tall.rects
    assert first.height == pytest.approx(3 * second.height)
    assert second.y - first.bottom == pytest.approx(second.height)


def test_arrival_at_the_start_of_a_bar_gets_no_dot():
    wide = day_chart([day(("arrival", "9:00", None), ("work", "9:00", "12:00"), ("departure", "18:00", None))]).wide
    assert [dot.x for dot in wide.dots if dot.kind == "start"] == [100]


def test_day_of_starts_alone_is_framed_from_arriving_to_leaving():
    framed = day_chart([day(("arrival", "9:00", None), ("departure", "18:00", None))]).wide
    assert [(rect.kind, rect.x, rect.width) for rect in framed.rects] == [("frame", 0, 100)]
    assert day_chart([day(("work", "9:00", None))]).wide.rects == []


def test_lunch_without_an_end_is_a_dot_and_no_hatched_bar():
    wide = day_chart([day(("work", "9:00", "12:00"), ("lunch", "12:00", None))]).wide
    assert [rect.kind for rect in wide.rects] == ["work"]
    assert len([dot for dot in wide.dots if dot.kind == "start"]) == 1


@pytest.mark.parametrize(("usually", "busy"), [("18:00", "20:00"), ("20:00", "18:00")])
def test_average_leaving_times_are_a_line_from_the_earlier_to_the_later(usually, busy):
    wide = day_chart([day(("work", "10:00", "17:00"), leaves_usually=usually, leaves_when_busy=busy)]).wide
    assert [(line.x1, line.x2) for line in wide.lines if line.kind == "whisker"] == [(80, 100)]


def test_day_without_times_is_not_drawn():
    assert day_chart([day(("work", None, None))]).rows == []
    assert day_chart([]).rows == []


def test_four_days_are_drawn_in_columns_of_at_most_three():
    days = [day(("work", "9:00", "17:00"), short_title_ja="本省") for _number in range(4)]
    assert [len(tall.rects) for tall in day_chart(days).tall] == [3, 1]


def test_names_without_room_for_three_columns_get_fewer_columns():
    days = [day(("work", "9:00", "17:00"), short_title_ja="デジタルコミュニケーション") for _number in range(3)]
    assert [len(tall.rects) for tall in day_chart(days).tall] == [1, 1, 1]


HARD = {
    "bars that overlap": [("work", "9:00", "12:00"), ("work", "10:00", "13:00"), ("lunch", "11:00", "12:30")],
    "starts every ten minutes": [("work", f"{9 + n // 6}:{n % 6}0", None) for n in range(40)],
    "short bars": [("work", f"{9 + n // 4}:{n % 4 * 15:02}", f"{9 + n // 4}:{n % 4 * 15 + 14}") for n in range(30)],
    "bars and starts": [("arrival", "8:50", None), ("work", "9:00", "12:00"), ("lunch", "12:00", None)],
    "a day of 24 hours": [("work", "0:00", "12:00"), ("work", "12:00", "23:59")],
    "one minute": [("work", "9:00", "9:01")],
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("entries", HARD.values(), ids=HARD)
def test_no_label_covers_another(entries, language):
    days = [
        day(*entries, title_ja=LONG, title_en="", leaves_usually="18:15", leaves_when_busy="19:00")
        for _number in range(5)
    ]
    with override(language):
        found = [pair for drawing in drawings(day_chart(days)) for pair in covered(drawing)]
    assert found == []


def test_label_without_room_comes_in_a_wider_drawing_or_not_at_all():
    drawing = Drawing(10, 20)
    assert drawing.put(DayText("あ" * 10, 0, 1)).level == 0
    assert drawing.put(DayText("い" * 10, 50, 1)).level == 1
    assert drawing.put(DayText("う" * 10, 50, 1)) is None


def test_line_never_breaks_inside_a_phrase():
    assert lines_of("在外公館に勤める職員", 100) == ["在外公館に勤める職員"]
    assert lines_of("headquarters", 3) == []


def test_boxes_that_only_touch_do_not_meet():
    assert not DayBox(0, 0, 1, 1).meets(DayBox(1, 0, 2, 1))


def test_page_names_each_leaving_time_as_an_average_or_of_that_day_and_computes_no_hours_of_work(client):
    html = read(client.get("/ja/days/"))
    for name, time in (
        ("退庁の平均（通常期）", "18:30"),
        ("退庁の平均（繁忙期）", "20:30"),
        ("この日の退庁", "19:00"),
    ):
        assert f"<dt>{name}</dt><dd>{time}</dd>" in html


@pytest.mark.parametrize("query", ["?with=washington-tenth-year", "?with=sunday", "?with=goto,headquarters-first-year"])
def test_address_of_a_former_choice_of_days_shows_the_page(client, query):
    html = read(client.get(f"/ja/days/{query}"))
    assert [slug for slug in Day.objects.values_list("slug", flat=True) if f'id="{slug}"' not in html] == []
