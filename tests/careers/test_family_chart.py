"""Tests of the family time line and of the page on work and family."""

import re

import pytest

from careers.family_chart import family_chart, place_uses, published_uses
from careers.models import LifeStage, ProgrammeUse, WorkLifeProgramme
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


def chart_of_the_documents():
    stages = list(LifeStage.objects.published())
    return family_chart(stages, place_uses(stages, published_uses()))


def bars(side):
    return [bar for track in side for cell in track for bar in cell.bars]


def test_both_parents_have_their_side_of_the_line():
    chart = chart_of_the_documents()
    assert {bar.piece.whose for bar in bars(chart.above)} == {"employee"}
    assert {bar.piece.whose for bar in bars(chart.below)} == {"spouse"}
    assert (len(chart.above), len(chart.below), len(chart.moments)) == (4, 2, 7)


def test_tall_form_has_one_column_for_each_parent():
    chart = chart_of_the_documents()
    assert (len(chart.left), len(chart.right)) == (1, 1)
    assert len(bars(chart.left)) == len(bars(chart.above))


def test_every_bar_names_its_rule_and_says_where_no_length_is_stated(client):
    html = read(client.get("/ja/work-life/")).partition('<table class="bar-chart__wide">')[2].partition("</table>")[0]
    drawn = re.findall(r'<div class="bar".*?</div>', html, re.DOTALL)
    uses = list(published_uses())
    assert len(drawn) == len(uses)
    assert [bar for bar in drawn if not re.search(r"<span>.{4,}</span>", bar)] == []
    assert sum("記載なし" in bar for bar in drawn) == sum(not use.programme.states_length for use in uses) > 0


def test_silence_names_what_is_missing_by_the_effect():
    silent, stated = WorkLifeProgramme(states_length=False), WorkLifeProgramme()
    assert ProgrammeUse(programme=silent, effect="days").silence == "日数は記載なし"
    assert ProgrammeUse(programme=silent, effect="away").silence == "期間は記載なし"
    assert ProgrammeUse(programme=stated, effect="days").silence == ""


def test_leave_whose_time_is_not_stated_is_an_absence_with_faded_ends():
    found = {bar.piece.programme.slug: (bar.fill, bar.start, bar.end) for bar in bars(chart_of_the_documents().below)}
    assert found["family-care-leave"] == ("away", "unknown", "unknown")
    assert found["childcare-leave"] == ("away", "unknown", "known")


def test_ages_stand_in_the_note_alone(client):
    html = read(client.get("/ja/work-life/"))
    chart, words = html.partition('<div class="bar-chart"')[2].partition('<ul class="key">')[::2]
    assert "2歳" not in chart
    assert "「Aさんが仕事に復帰」：2歳" in words
    assert "年齢を定めた規則ではありません" in words


def test_each_programme_tells_in_words_who_uses_it_when(client):
    html = read(client.get("/en/work-life/"))
    entry = html.partition('id="early-late-hours"')[2].partition("</div>")[0]
    words = re.sub(r"<[^>]+>", "", entry.partition('class="programme-use">')[2].partition("</p>")[0])
    assert words == (
        "Ms A, an official of the ministry · After returning to work · "
        "Example: Arrives and leaves 30 minutes earlier every day · how long the rule allows is not stated"
    )


def test_leave_to_accompany_a_spouse_is_listed(client):
    assert "配偶者同行休業" in read(client.get("/ja/work-life/"))


def test_use_between_moments_that_are_not_live_or_in_another_order_is_left_out():
    fetched = list(factories.programme().uses.all())
    first, last = LifeStage.objects.order_by("-pk")[:2][::-1]
    assert [row.use for row in place_uses([first, last], fetched)] == fetched
    assert place_uses([first], fetched) == []
    assert place_uses([last, first], fetched) == []


def test_page_without_a_programme_in_use_has_no_chart(client):
    ProgrammeUse.objects.all().delete()
    html = read(client.get("/ja/work-life/"))
    assert ("bar-chart" in html, "介護休業" in html) == (False, True)
