"""Editors move pieces up and down among their siblings with two buttons in the changelist."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import Contact, LifeStage, Organisation, Person, Place, Project
from faq.models import Question, Topic
from interviews.models import Interview
from recruit_site.content.models import Chapter, Source
from tests import factories
from tests.admin_forms import admin_url
from tests.page_text import read
from tests.recruit_site.editing.test_content_admin import PIECES

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def questions():
    """Make three questions of one topic and two of the next the only questions; return them by name."""
    Question.objects.all().delete()
    first, second = factories.live(Topic, order=2000), factories.live(Topic, order=1000)
    return {
        name: factories.question(slug=name, topic=topic, order=order, title_ja=f"問い{name}")
        for name, topic, order in (
            ("d", first, 10),
            ("e", first, 20),
            ("a", second, 10),
            ("b", second, 20),
            ("c", second, 30),
        )
    }


def buttons(response):
    """Return {title of a row: accessible names of its move buttons}, in the order of the list."""
    rows = re.findall(r'class="field-__str__"><a[^>]*>(.*?)</a>.*?class="field-move">(.*?)</td>', read(response))
    return {title: re.findall(r'aria-label="([^"]*)">[^<]+</button>', cell) for title, cell in rows}


def press(browser, row, direction, query=""):
    url = admin_url(type(row), "changelist") + query
    return browser.post(url, {"_move": f"{direction}:{row.pk}"}, follow=True)


def order_of(topic):
    return [question.slug for question in topic.questions.all()]


def test_list_shows_groups_in_reading_order_and_buttons_within_them(admin, questions):
    assert buttons(admin.get(admin_url(Question, "changelist"))) == {
        "問いa": ["「問いa」を下へ"],
        "問いb": ["「問いb」を上へ", "「問いb」を下へ"],
        "問いc": ["「問いc」を上へ"],
        "問いd": ["「問いd」を下へ"],
        "問いe": ["「問いe」を上へ"],
    }


def test_button_carries_the_word_that_it_is_called_by_and_stands_in_the_form(admin, questions):
    html = read(admin.get(admin_url(Question, "changelist")))
    form = html[html.index('<form id="changelist-form" method="post"') :].split("</form>")[0]
    key = questions["a"].pk
    assert f'<button name="_move" value="down:{key}" aria-label="「問いa」を下へ">下へ</button>' in form


def test_moving_swaps_with_the_neighbour_of_the_same_group(admin, client, questions):
    topic, other = questions["a"].topic, questions["d"].topic
    response = press(admin, questions["c"], "up")
    assert "「問いc」を移動しました。" in read(response)
    assert (order_of(topic), order_of(other)) == (["a", "c", "b"], ["d", "e"])
    press(admin, questions["a"], "down")
    assert (order_of(topic), order_of(other)) == (["c", "a", "b"], ["d", "e"])
    text = read(client.get("/ja/faq/"))
    assert text.index("問いc") < text.index("問いa") < text.index("問いb")


def test_moving_leads_back_to_the_row_and_is_in_its_history(admin, questions):
    row = questions["b"]
    response = admin.post(admin_url(Question, "changelist") + "?p=1", {"_move": f"up:{row.pk}"})
    assert (response.status_code, response["Location"]) == (
        302,
        f"{admin_url(Question, 'changelist')}?p=1#row-{row.pk}",
    )
    assert "並び順" in read(admin.get(admin_url(Question, "history", row.pk)))


def test_moving_among_equal_numbers_changes_what_readers_see(admin, questions):
    topic = questions["a"].topic
    topic.questions.update(order=50)
    press(admin, questions["c"], "up")
    assert order_of(topic) == ["a", "c", "b"]
    assert sorted(topic.questions.values_list("order", flat=True)) == [10, 20, 30]
    assert sorted(questions["d"].topic.questions.values_list("order", flat=True)) == [10, 20]


@pytest.mark.parametrize(("name", "direction"), [("a", "up"), ("c", "down"), ("d", "up")])
def test_row_at_the_end_of_its_group_stays(admin, questions, name, direction):
    before = list(Question.objects.values_list("pk", "order"))
    assert "すでに端にある" in read(press(admin, questions[name], direction))
    assert list(Question.objects.values_list("pk", "order")) == before


@pytest.mark.parametrize("value", ["up:999999", "down:x", "up", "", "sideways:{a}", ":{a}"])
def test_unknown_row_or_direction_is_said(admin, questions, value):
    before = list(Question.objects.values_list("pk", "order"))
    url = admin_url(Question, "changelist")
    response = admin.post(url, {"_move": value.format(a=questions["a"].pk)}, follow=True)
    assert (response.status_code, "並び順は変わっていません" in read(response)) == (200, True)
    assert list(Question.objects.values_list("pk", "order")) == before


def test_who_may_only_look_gets_no_buttons_and_is_refused(client, django_user_model, questions):
    looker = django_user_model.objects.create_user("looker", password="a long enough password", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_question"))
    client.force_login(looker)
    assert not any(buttons(client.get(admin_url(Question, "changelist"))).values())
    assert press(client, questions["b"], "up").status_code == 403
    assert order_of(questions["a"].topic) == ["a", "b", "c"]


def test_reader_is_sent_to_sign_in(client, questions):
    response = client.post(admin_url(Question, "changelist"), {"_move": f"up:{questions['b'].pk}"})
    assert response["Location"].split("?")[0] == "/admin/login/"
    assert order_of(questions["a"].topic) == ["a", "b", "c"]


@pytest.mark.parametrize("query", ["?q=問い", "?o=1", "?state__exact=live"])
def test_list_that_hides_the_order_offers_no_buttons_and_says_where_they_are(admin, questions, query):
    response = admin.get(admin_url(Question, "changelist") + query)
    assert not any(buttons(response).values())
    assert "上下の移動は、全件を表示した一覧でできます。" in read(response)
    assert "上下の移動は" not in read(admin.get(admin_url(Question, "changelist")))


def test_list_of_one_group_offers_its_buttons(admin, questions):
    query = f"?topic__id__exact={questions['a'].topic_id}"
    names = buttons(admin.get(admin_url(Question, "changelist") + query))
    assert {title: len(found) for title, found in names.items()} == {"問いa": 1, "問いb": 2, "問いc": 1}
    press(admin, questions["c"], "up", query)
    assert order_of(questions["a"].topic) == ["a", "c", "b"]


def test_button_of_a_list_that_was_filtered_meanwhile_moves_among_all_siblings(admin, questions):
    Question.objects.filter(pk=questions["b"].pk).update(state="draft")
    press(admin, questions["c"], "up", "?state__exact=live")
    assert order_of(questions["a"].topic) == ["a", "c", "b"]


def test_ends_are_the_groups_not_the_pages(admin, monkeypatch, questions):
    monkeypatch.setattr("recruit_site.editing.content_admin.ContentAdmin.list_per_page", 2)
    names = [buttons(admin.get(admin_url(Question, "changelist"), {"p": page})) for page in (1, 2)]
    assert [{title[-1]: len(found) for title, found in page.items()} for page in names] == [
        {"a": 1, "b": 2},
        {"c": 1, "d": 1},
    ]


def test_number_can_still_be_typed(admin, questions):
    assert 'name="order"' in read(admin.get(admin_url(Question, "change", questions["a"].pk)))


@pytest.mark.parametrize(
    "model", [*(model for model in PIECES if model.ordered_by_hand), Source], ids=lambda model: model._meta.label
)
def test_every_list_has_the_column_and_costs_the_same_queries_with_more_rows(admin, model):
    made = {
        Question: factories.question,
        Interview: factories.interview,
        Project: factories.project,
        Source: factories.source,
        Place: factories.place,
        Chapter: factories.chapter,
        Organisation: lambda: factories.live(Organisation, parent=factories.live(Organisation)),
    }.get(model, lambda: model.objects.create(**copy_of(model)))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            html = read(admin.get(admin_url(model, "changelist")))
        assert 'class="field-move"' in html
        return len(captured)

    made()
    before = queries()
    made()
    made()
    assert queries() == before


def copy_of(model):
    row = model.objects.first()
    fields = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    number = next(factories.numbers)
    return fields | {"id": None, "slug": f"copy-{number}"}


def test_chapters_stand_in_the_order_of_the_menu_and_move_within_their_page(admin):
    Chapter.objects.all().delete()
    rows = [
        factories.chapter(section=section, order=order, title_ja=f"{section}{order}")
        for section, order in (("about", 1), ("work", 2), ("mission", 4), ("mission", 3))
    ]
    assert list(buttons(admin.get(admin_url(Chapter, "changelist")))) == ["mission3", "mission4", "work2", "about1"]
    press(admin, rows[2], "up")
    assert list(buttons(admin.get(admin_url(Chapter, "changelist")))) == ["mission4", "mission3", "work2", "about1"]


def test_interviews_move_among_those_of_the_same_year_as_readers_see_them(admin):
    Interview.objects.all().delete()
    rows = {
        name: factories.interview(title_ja=name, person=factories.live(Person, joined_year=year))
        for name, year in (("unknown", None), ("new", 2024), ("old one", 2019), ("old two", 2019))
    }
    names = buttons(admin.get(admin_url(Interview, "changelist")))
    assert {title: len(found) for title, found in names.items()} == {"new": 0, "old one": 1, "old two": 1, "unknown": 0}
    assert list(names) == [piece.title_ja for piece in Interview.objects.newest_first()]
    press(admin, rows["old two"], "up")
    assert [piece.title_ja for piece in Interview.objects.newest_first()] == ["new", "old two", "old one", "unknown"]


def test_column_of_the_group_is_named_in_japanese(admin):
    html = read(admin.get(admin_url(Interview, "changelist")))
    assert re.search(r'column-group">\s*<div class="text"><a[^>]*>入省の年</a>', html)
    assert admin.get(admin_url(Interview, "changelist"), {"o": "2"}).status_code == 200


def test_rows_without_a_parent_are_siblings_too(admin):
    tops = [factories.live(Organisation, order=10_000 * number) for number in (1, 2)]
    children = [factories.live(Organisation, order=10 * number, parent=tops[0]) for number in (1, 2)]
    names = buttons(admin.get(admin_url(Organisation, "changelist")))
    assert [len(names[str(row)]) for row in (*tops, *children)] == [2, 1, 1, 1]
    press(admin, tops[1], "up")
    assert list(Organisation.objects.filter(parent=None).reverse()[:2]) == tops


def test_rows_of_a_model_without_groups_move_among_all(admin):
    Question.objects.update(contact=None)
    Contact.objects.all().delete()
    rows = [factories.live(Contact, order=10 * number) for number in (1, 2, 3)]
    press(admin, rows[2], "up")
    assert list(Contact.objects.all()) == [rows[0], rows[2], rows[1]]


def test_title_is_escaped_in_the_names_of_the_buttons(admin, questions):
    Question.objects.filter(pk=questions["a"].pk).update(title_ja='<b onclick="x">')
    html = read(admin.get(admin_url(Question, "changelist")))
    assert ('<b onclick="x">' in html, "「&lt;b onclick=&quot;x&quot;&gt;」を下へ" in html) == (False, True)


def test_move_after_which_a_use_would_end_before_it_starts_is_refused(admin):
    use = factories.programme().uses.get()  # from the last life stage but one to the last
    before = list(LifeStage.objects.values_list("pk", "order"))
    answer = press(admin, use.to_stage, "up")
    assert f"この並び順では、次の利用の終わりが始まりより前になります：{use}" in read(answer)
    assert list(LifeStage.objects.values_list("pk", "order")) == before
