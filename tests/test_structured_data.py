"""The structured data of pages uses schema.org's vocabulary in valid JSON-LD and says only what the page says."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from careers import models as careers
from careers.models import Notice
from recruit_site.consent.models import Consent
from recruit_site.web.canonical_urls import in_language
from tests import factories
from tests.page_kinds import examples
from tests.page_text import listed, read
from tests.schema import checked, graph_of, node_of, nodes_of, texts_of

pytestmark = pytest.mark.django_db

SITE = settings.SITE_URL
DAY = timedelta(days=1)


def squeezed(text):
    return "".join(text.split())


def words_of(html):
    """Return the text of a page's <body> without white space, so that line breaking does not matter."""
    return squeezed(unescape(re.sub(r"<[^>]*>", "", html.split("<body")[1])))


def crumbs_of(html):
    """Return (label, address) of each step of a page's visible breadcrumb; the address of the last step is ""."""
    crumb = re.search(r'<nav class="crumb".*?</nav>', html, re.DOTALL)
    steps = re.findall(r"<li>(.*?)</li>", crumb[0], re.DOTALL) if crumb else []
    return [(unescape(re.sub(r"<[^>]*>", "", step)), (re.findall(r'href="(.*?)"', step) or [""])[0]) for step in steps]


def page(client, piece, language="ja"):
    return read(client.get(piece.get_absolute_url().replace("/ja/", f"/{language}/", 1)))


def vacancy(**fields):
    return factories.notice(
        **{
            "publish_from": datetime(2026, 11, 1, tzinfo=UTC),
            "apply_url": "https://apply.example.go.jp/",
            "apply_until": timezone.now() + DAY,
            "is_vacancy": True,
            "employment_type": "FULL_TIME",
            "job_location_ja": "東京都千代田区霞が関2-2-1",
            "job_location_en": "2-2-1 Kasumigaseki, Tokyo",
        }
        | fields
    )


@pytest.fixture
def everything():
    """The paths of live pieces of each kind, with every field that their pages can show."""
    pieces = [
        factories.briefing(online_url="https://meet.example.go.jp/a", apply_url="https://apply.example.go.jp/"),
        factories.notice(picture=factories.picture()),
        vacancy(),
        factories.interview(picture=factories.picture(), source=factories.source()),
        factories.question(text_ja="「山」と<海>&\n\n- **川**\n- [橋](/ja/)"),
    ]
    return [piece.get_absolute_url() for piece in pieces]


def test_every_kind_of_page_is_valid_and_true_to_what_it_shows(client, everything):
    faults, kinds = [], set()
    examples_by_view = examples(urlsplit(address).path for address in listed(client))
    japanese = {*everything, *(path for (_view, language), path in examples_by_view.items() if language == "ja")}
    paths = sorted(in_language(path, language) for path in japanese for language in ("ja", "en"))
    for path in paths:
        address = SITE + path
        html = read(client.get(path))
        nodes, words = nodes_of(html), words_of(html)
        graph = graph_of(html)
        kinds |= {node["@type"] for node in nodes}
        for node in nodes:
            checked(node)
        faults += [(address, text) for text in texts_of(nodes) if squeezed(text) not in words]
        trail = [
            (item["name"], urlsplit(item["item"]["@id"]).path)
            for node in nodes
            if node["@type"] == "BreadcrumbList"
            for item in node["itemListElement"]
        ]
        shown = crumbs_of(html)
        if shown and trail != [*shown[:-1], (shown[-1][0], path)]:
            faults.append((address, trail))
        itself = graph.get(address) or graph[f"{address}#website"]
        if itself["https://schema.org/inLanguage"] != [{"@value": path[1:3]}]:
            faults.append((address, itself))
    assert faults == []
    assert len(paths) > 45
    assert kinds == {
        "Article", "BreadcrumbList", "CollectionPage", "DefinedTermSet", "Event", "FAQPage", "GovernmentOrganization",
        "JobPosting", "WebPage", "WebSite",
    }  # fmt: skip


def test_translations_point_to_each_other_where_both_are_published(client):
    piece = factories.question()
    japanese, english = (f"{SITE}/{language}/faq/{piece.slug}/" for language in ("ja", "en"))
    assert node_of(page(client, piece), "FAQPage")["workTranslation"] == {"@type": "FAQPage", "@id": english}
    assert node_of(page(client, piece, "en"), "FAQPage")["translationOfWork"] == {"@type": "FAQPage", "@id": japanese}


def test_page_that_falls_back_to_japanese_says_so_and_is_no_translation(client):
    piece = factories.question(text_en="", text_ja="日本語の答え。", title_en="A question")
    for language, languages in {"ja": "ja", "en": ["en", "ja"]}.items():
        node = node_of(page(client, piece, language), "FAQPage")
        assert node["inLanguage"] == languages
        assert {"workTranslation", "translationOfWork"} & set(node) == set()
        assert node["mainEntity"][0]["acceptedAnswer"]["text"] == "日本語の答え。"


def test_site_is_about_the_ministry_and_nobody_claims_to_publish_it(client):
    html = read(client.get("/en/"))
    assert node_of(html, "GovernmentOrganization") == {
        "@type": "GovernmentOrganization",
        "@id": f"{SITE}/#ministry",
        "name": "Ministry of Foreign Affairs of Japan",
        "url": "https://www.mofa.go.jp/",
    }
    site = node_of(html, "WebSite")
    assert (site["@id"], site["name"]) == (f"{SITE}/en/#website", "MOFA Technical Officials")
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/en/search/?q={{search_term_string}}"
    assert "publisher" not in site


def test_change_of_any_piece_shown_is_a_change_of_the_page(client):
    piece = factories.interview(picture=factories.picture())
    rows = [piece, piece.person, piece.picture]
    for day, row in enumerate(rows, start=1):
        moment = datetime(2040, 1, day, 3, tzinfo=UTC)
        type(row).objects.filter(pk=row.pk).update(updated_at=moment)
        html = page(client, piece)
        assert node_of(html, "Article")["dateModified"] == f"2040-01-0{day}T12:00:00+09:00"
        assert f'<meta property="article:modified_time" content="2040-01-0{day}T12:00:00+09:00">' in html
        sitemap = read(client.get("/sitemap-interviews.xml"))
        assert sitemap.count(f"<lastmod>2040-01-0{day}T12:00:00+09:00</lastmod>") == 2


def test_page_of_what_was_written_long_before_changed_when_it_came_out(client):
    piece = factories.question(publish_from=timezone.now() - DAY)
    type(piece).objects.filter(pk=piece.pk).update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))
    out = timezone.localtime(piece.publish_from).isoformat(timespec="seconds")
    assert node_of(page(client, piece), "FAQPage")["dateModified"] == out


def test_interview_is_about_who_is_shown_by_name(client):
    organisation = factories.live(careers.Organisation, title_ja="情報通信課")
    person = factories.live(careers.Person, is_named=True, title_ja="山田 花", organisation=organisation)
    picture = factories.picture()
    piece = factories.interview(person=person, picture=picture, source=factories.source(title_ja="案内"))
    node = node_of(page(client, piece), "Article")
    assert node["about"] == {"@type": "Person", "name": "山田 花"}
    assert node["mentions"] == {"@type": "GovernmentOrganization", "name": "情報通信課"}
    assert node["image"] == [SITE + picture.portrait.src]
    assert [source["name"] for source in node["isBasedOn"]] == ["案内"]


def test_interview_of_someone_without_a_name_is_about_the_duty(client):
    person = factories.live(careers.Person, title_ja="担当者", duty=factories.live(careers.Duty, title_ja="通信"))
    assert node_of(page(client, factories.interview(person=person)), "Article")["about"] == {
        "@type": "Thing",
        "name": "通信",
    }


def test_person_and_picture_without_consent_are_in_no_data(client):
    picture = factories.picture()
    person = factories.live(careers.Person, is_named=True, title_ja="山田花")
    feature = factories.feature(picture=picture)
    feature.participants.create(slug="hana", person=person, title_ja="役")
    consent = Consent.objects.create(slug="hana-yamada", title_ja="山田花", given_on=timezone.localdate())
    picture.shows.add(consent)
    file = picture.wide.src

    def there():
        html, sitemap = page(client, feature), read(client.get("/sitemap-features.xml"))
        return "山田花" in html, file in html, f"<image:loc>{SITE}{file}</image:loc>" in sitemap

    assert there() == (True, True, True)
    consent.withdrawn_on = timezone.localdate()
    consent.save()
    assert there() == (False, False, False)


def test_hidden_question_is_in_no_data(client):
    topic = factories.question().topic
    factories.question(topic=topic, title_ja="見えない問い", state="draft")
    assert "見えない問い" not in read(client.get("/ja/faq/"))


def test_text_cannot_leave_its_element(client):
    evil = "</script><script>alert(1)</script>&<!--"
    html = page(client, factories.question(title_ja=evil))
    assert html.count("<script") == 1
    assert node_of(html, "FAQPage")["name"] == evil


@pytest.mark.parametrize(
    ("fields", "status", "mode", "places", "offered"),
    [
        ({}, "Scheduled", "Offline", [{"@type": "Place", "name": "会場"}], True),
        (
            {"venue_ja": "", "venue_en": "", "online_url": "https://meet.example/a"},
            "Scheduled",
            "Online",
            [{"@type": "VirtualLocation", "name": "オンライン", "url": "https://meet.example/a"}],
            True,
        ),
        (
            {"online_url": "https://meet.example/a", "cancelled": True},
            "Cancelled",
            "Mixed",
            [{"@type": "Place", "name": "会場"}, {"@type": "VirtualLocation", "name": "オンライン"}],
            False,
        ),
    ],
)
def test_briefing_is_an_event(client, fields, status, mode, places, offered):
    start = datetime(2040, 12, 3, 5, tzinfo=UTC)
    deadline = start - DAY
    piece = factories.briefing(
        **{"starts_at": start, "ends_at": start + timedelta(hours=2), "text_ja": "話を**します**。"}
        | {"apply_url": "https://apply.example/", "apply_until": deadline}
        | fields
    )
    html = page(client, piece)
    address = f"{SITE}/ja/notices/{piece.slug}/"
    offer = {"@type": "Offer", "url": "https://apply.example/", "validThrough": "2040-12-02T14:00:00+09:00"}
    assert node_of(html, "WebPage")["mainEntity"] == {"@type": "Event", "@id": f"{address}#event"}
    assert node_of(html, "Event") == {
        "@type": "Event",
        "@id": f"{address}#event",
        "name": piece.title_ja,
        "description": "話をします。",
        "startDate": "2040-12-03T14:00:00+09:00",
        "endDate": "2040-12-03T16:00:00+09:00",
        "eventStatus": f"https://schema.org/Event{status}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": places,
        "inLanguage": "ja",
    } | ({"offers": offer} if offered else {})


def test_vacancy_is_a_posting_while_it_takes_applications(client):
    piece = vacancy(apply_until=datetime(2040, 12, 3, 5, tzinfo=UTC))
    html = page(client, piece)
    assert node_of(html, "JobPosting") == {
        "@type": "JobPosting",
        "@id": f"{SITE}/ja/notices/{piece.slug}/#vacancy",
        "title": piece.title_ja,
        "description": piece.text_ja,
        "datePosted": "2026-11-01T09:00:00+09:00",
        "validThrough": "2040-12-03T14:00:00+09:00",
        "employmentType": "FULL_TIME",
        "hiringOrganization": {
            "@type": "GovernmentOrganization",
            "@id": f"{SITE}/#ministry",
            "name": "外務省",
            "url": "https://www.mofa.go.jp/",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "JP",
                "streetAddress": "東京都千代田区霞が関2-2-1",
            },
        },
    }
    Notice.objects.filter(pk=piece.pk).update(apply_until=timezone.now())
    html = page(client, piece)
    assert [node["@type"] for node in nodes_of(html)] == ["BreadcrumbList", "Article"]
    assert "東京都千代田区霞が関2-2-1" in html


@pytest.mark.parametrize("make", [factories.notice, factories.briefing])
def test_notice_that_staff_have_not_marked_is_no_posting(client, make):
    piece = make(apply_url="https://apply.example/", apply_until=timezone.now() + DAY, job_location_ja="東京")
    assert "JobPosting" not in page(client, piece)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"apply_until": None}, "apply_until"),
        ({"apply_url": ""}, "apply_url"),
        ({"employment_type": ""}, "employment_type"),
        ({"job_location_ja": ""}, "job_location_ja"),
        ({"starts_at": timezone.now() + 2 * DAY, "venue_ja": "会場"}, "is_vacancy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_incomplete_vacancy_is_not_published(fields, field):
    piece = vacancy(**fields)
    with pytest.raises(ValidationError) as raised:
        piece.full_clean()
    assert set(raised.value.message_dict) == {field}
    piece.state = "draft"
    piece.full_clean()


def test_page_of_an_error_says_nothing(client):
    assert nodes_of(read(client.get("/ja/nowhere/"))) == []
