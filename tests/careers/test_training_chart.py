"""Tests of the overview of the training: bars stand at their years, and training without a year has none."""

import pytest

from careers.models import TrainingProgramme
from careers.training_chart import training_chart
from tests.page_text import read


def drawn(*years):
    chart = training_chart([TrainingProgramme(from_year=first, to_year=last) for first, last in years])
    return [(row.x, row.width) for row in chart.rows], [year for year, _x in chart.years]


def test_bars_stand_at_their_years_and_the_axis_ends_with_the_last():
    assert drawn((1, 2), (5, None), (None, None), (10, None)) == (
        [("0.00%", "20.00%"), ("40.00%", "10.00%"), (None, None), ("90.00%", "10.00%")],
        list(range(1, 11)),
    )


def test_long_axis_names_every_fifth_year():
    assert drawn((38, 40))[1] == [1, 5, 10, 15, 20, 25, 30, 35, 40]


def test_year_stands_in_the_middle_of_its_column():
    chart = training_chart([TrainingProgramme(from_year=1), TrainingProgramme(from_year=2)])
    assert (chart.years, chart.borders) == ([(1, "25.00%"), (2, "75.00%")], ["0.00%", "50.00%", "100.00%"])


def test_training_without_any_year_has_no_axis():
    assert training_chart([TrainingProgramme()]) is None


@pytest.mark.django_db
def test_every_programme_is_listed_with_what_is_known_of_its_time(client):
    overview = read(client.get("/ja/training/")).split('class="training-overview"')[1].split("</ol>")[0]
    assert overview.count("<li>") == TrainingProgramme.objects.published().count()
    assert overview.count("<rect") == 3
    assert overview.count("時期は資料にありません。") == 4


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_course_that_the_faq_describes_too_links_to_its_question(client, language):
    html = read(client.get(f"/{language}/training/"))
    for slug in ("language-training-content", "external-training-content"):
        assert html.count(f'href="/{language}/faq/{slug}/"') == 1
