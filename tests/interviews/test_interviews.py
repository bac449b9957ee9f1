"""The page of all interviews, and the interviews with a page of their own."""

import re
from urllib.parse import urldefrag

import pytest

from careers.career_paths import FEWEST_DATED_POSTS
from careers.models import Duty, Person
from interviews.models import Interview
from recruit_site.search.entries import entries_of
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

TECHNICAL, MINISTRY = Person.Group.TECHNICAL, Person.Group.MINISTRY


@pytest.fixture
def empty():
    Interview.objects.all().delete()


def test_short_interview_stands_whole_on_the_page_of_all(client):
    voice = factories.voice()
    voice.answers.create(slug="more", title_ja="二つ目の問い", text_ja="二つ目の答え。")
    html = read(client.get("/ja/interviews/"))
    assert [text in html for text in (f'<article class="voice" id="{voice.slug}"', "理由。", "二つ目の答え。")] == [
        True
    ] * 3
    assert f'id="{voice.slug}-more"' in html


@pytest.mark.parametrize("language", ["ja", "en"])
def test_address_of_a_short_interview_leads_to_its_place_on_the_page_of_all(client, language):
    voice = factories.voice()
    response = client.get(f"/{language}/interviews/{voice.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/{language}/interviews/#{voice.slug}")
    share = client.get(f"/{language}/interviews/{voice.slug}/share.png")
    assert (share.status_code, share["Location"]) == (301, f"/{language}/interviews/share.png")


def test_former_address_of_a_short_interview_leads_there_too(client):
    voice = factories.voice(slug="before")
    voice.slug = "after"
    voice.save()
    assert client.get("/ja/interviews/before/?a=b")["Location"] == "/ja/interviews/?a=b#after"


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_address_of_a_short_interview_that_is_not_live_leads_nowhere(client, state):
    voice = factories.voice(state=state)
    assert client.get(f"/ja/interviews/{voice.slug}/").status_code == {"draft": 404, "archived": 410}[state]


def test_short_interview_is_at_its_place_in_feed_search_api_and_structured_data(client):
    voice = factories.voice(title_ja="声の題", lead_ja="声の要約")
    place = f"/ja/interviews/#{voice.slug}"
    assert place in read(client.get("/ja/interviews/feed.xml"))
    assert {entry.place for entry in entries_of(voice) if entry.language == "ja"} == {place, f"{place}-why"}
    assert place in read(client.get("/api/content.json"))
    assert re.search(rf'"@type":"Article","@id":"[^"]*{re.escape(place)}"', read(client.get("/ja/interviews/")))


def test_short_interview_is_not_in_the_sitemap(client):
    voice, interview = factories.voice(), factories.interview()
    sitemap = read(client.get("/sitemap-interviews.xml"))
    assert (voice.slug in sitemap, interview.slug in sitemap) == (False, True)


def test_neighbours_are_interviews_with_a_page(client, empty):
    first, _voice, second = factories.interview(), factories.voice(), factories.interview()
    html = read(client.get(first.get_absolute_url()))
    assert re.findall(r'href="([^"]+)" rel="(?:prev|next)"', html) == [second.get_absolute_url()]


def test_people_are_listed_by_group_and_each_group_with_its_name(client, empty):
    ministry, technical = (
        factories.interview(person=factories.live(Person, group=group, joined_year=year))
        for group, year in ((MINISTRY, 2024), (TECHNICAL, 2001))
    )
    html = read(client.get("/ja/interviews/"))
    listed = [urldefrag(ministry.get_absolute_url()).url, technical.get_absolute_url()]
    assert re.findall(r'interview-table__group"[^>]*>([^<]+)</p>', html) == [TECHNICAL.label, MINISTRY.label]
    assert html.index(listed[1]) < html.index(listed[0])


def test_interviews_with_a_page_come_first_in_their_group(empty):
    person = factories.live(Person, group=TECHNICAL, joined_year=2001)
    voice, interview = factories.voice(), factories.interview(person=person)
    assert list(Interview.objects.by_group()) == [interview, voice]


def test_whole_interviews_are_ordered_by_duty_then_by_the_year_of_joining(empty):
    second, first = factories.live(Duty, order=2), factories.live(Duty, order=1)
    people = [
        factories.live(Person, duty=duty, joined_year=year)
        for duty, year in ((second, 2020), (first, 2019), (None, 2024), (first, 2021))
    ]
    voices = [factories.voice(person=person) for person in people]
    assert list(Interview.objects.voices_by_duty()) == [voices[3], voices[1], voices[0], voices[2]]


def test_row_says_what_the_person_does_and_when_they_joined_but_not_the_headline(client, empty):
    person = factories.live(Person, group=TECHNICAL, joined_year=2022, joined_fiscal=True)
    interview = factories.interview(person=person, title_ja="見出しの言葉", lead_ja="LANの刷新")
    for path in ("/ja/interviews/", "/ja/"):
        row = read(client.get(path)).split(f'<a href="{interview.get_absolute_url()}">')[1].split("</a>")[0]
        assert (
            re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip()
            == f"{person.title_ja} 2022年度（令和4年度）入省 LANの刷新"
        )


@pytest.mark.parametrize(("group", "labels"), [(MINISTRY, [MINISTRY.label]), (TECHNICAL, [])])
def test_page_of_an_interview_says_whose_official_the_person_is_outside_the_two_guides(client, group, labels):
    person = factories.live(Person, group=group)
    html = read(client.get(factories.interview(person=person).get_absolute_url()))
    assert re.findall(r'<dd data-terms="unmarked">([^<]+)</dd>', html) == labels


@pytest.mark.parametrize(
    ("group", "joined", "year", "compares"),
    [
        (TECHNICAL, 2014, 2016, True),
        (TECHNICAL, 2014, None, False),
        (TECHNICAL, None, 2016, False),
        (MINISTRY, 2014, 2016, False),
    ],
)
def test_only_dated_careers_of_technical_staff_are_compared_with_the_model(client, group, joined, year, compares):
    person = factories.live(Person, group=group, joined_year=joined)
    for number in range(FEWEST_DATED_POSTS):
        person.career_steps.create(slug=f"step-{number}", kind="abroad", year=year, title_ja="職")
    html = read(client.get(factories.interview(person=person).get_absolute_url()))
    assert (f"?with=model,{person.slug}" in html) == compares


def test_technical_people_are_those_whom_the_documents_call_so():
    people = [factories.live(Person, group=group) for group in (TECHNICAL, MINISTRY, Person.Group.OTHER_MINISTRY)]
    assert list(Person.objects.technical().filter(pk__in=[person.pk for person in people])) == people[:1]


def test_everyone_in_the_fixtures_belongs_to_a_group():
    groups = dict(Person.objects.values_list("slug", "group"))
    assert "" not in groups.values()
    assert {slug for slug, group in groups.items() if group != TECHNICAL} == {
        "deputy-director-o", "osumi", "ozaki", "ishida",
    }  # fmt: skip


def test_message_to_future_diplomats_is_found_from_its_old_place(client):
    html = read(client.get("/ja/mission/"))
    assert 'id="message"><a class="go" href="/ja/features/two-questions/#message">' in html
    assert 'id="message"' in read(client.get("/ja/features/two-questions/"))
