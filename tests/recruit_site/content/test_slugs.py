"""Slugs: the site suggests one, editors may change it, and the old address redirects while the piece is live."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.utils import timezone

from careers.models import Duty, Place
from faq.models import Question, Topic
from interviews.models import Feature, Interview
from recruit_site.content.models import Chapter, OldSlug, Source
from tests import factories
from tests.admin_forms import admin_url, form_of, publish
from tests.page_text import read
from tests.test_visibility import HIDDEN, PAGES_OF_PIECES

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def add(browser, model, **fields):
    """Fill in the form of a new row as an editor does. Return the row, or None if the form refused it."""
    url = admin_url(model, "add")
    old_keys = set(model.objects.values_list("pk", flat=True))
    response = browser.post(url, form_of(read(browser.get(url))) | {"title_ja": "新しい"} | fields)
    assert response.status_code in (200, 302)
    return model.objects.exclude(pk__in=old_keys).first()


def rename(piece, *names):
    for name in names:
        piece.slug = name
        piece.save()
    return piece


def old_slugs():
    return dict(OldSlug.objects.values_list("slug", "current"))


# New slugs


def test_new_piece_without_a_slug_is_named_by_its_english_title(admin):
    assert add(admin, Duty, title_en="Networks & Security: 2026!").slug == "networks-security-2026"


def test_named_alike_gets_a_number(admin):
    assert [add(admin, Duty, title_en="The Same").slug for _time in range(3)] == [
        "the-same",
        "the-same-2",
        "the-same-3",
    ]


def test_suggestion_is_no_longer_than_a_slug_may_be(admin):
    long = "word " * 16  # the title of a Duty has at most 80 characters
    slugs = [add(admin, Duty, title_en=long.strip()).slug for _time in range(2)]
    assert slugs == [("word-" * 16)[:79], f"{('word-' * 16)[:78]}-2"]
    assert max(map(len, slugs)) <= 80


@pytest.mark.parametrize("title", ["", "日本語だけ", "?!"])
def test_new_piece_without_an_english_title_is_named_by_its_kind_and_a_random_part(admin, title):
    assert re.fullmatch(r"duty-[a-z0-9]{6}", add(admin, Duty, title_en=title).slug)


def test_suggestion_takes_only_what_a_slug_may_hold(admin):
    assert add(admin, Duty, title_en="Œuvre d’été_Straße").slug == "uvre-dete-strae"


def test_suggestion_leaves_old_slugs_alone(admin):
    rename(factories.live(Duty, slug="cables"), "lines")
    assert add(admin, Duty, title_en="Cables").slug == "cables-2"


def test_slug_that_is_written_stays_and_is_checked(admin):
    assert add(admin, Duty, slug="by-hand", title_en="Else").slug == "by-hand"
    assert add(admin, Duty, slug="By Hand", title_en="Else") is None


def test_form_says_what_becomes_of_an_empty_slug_and_of_a_changed_one(admin):
    piece, entry = factories.question(), factories.place()
    assert "空欄なら英語の題名から自動で作ります" in read(admin.get(admin_url(Question, "add")))
    assert "新しいアドレスに自動で移ります" in read(admin.get(admin_url(Question, "change", piece.pk)))
    assert "直接のリンクはページの先頭を開く" in read(admin.get(admin_url(Place, "change", entry.pk)))


def test_source_without_a_slug_is_named_too(admin):
    assert add(admin, Source, title_en="Guide", publisher_ja="発行者", publisher_en="Publisher").slug == "guide"


# Old slugs


def test_editor_changes_the_slug_of_a_live_piece_and_the_old_address_leads_to_the_new_one(admin, client):
    piece = factories.question(slug="before")
    url = admin_url(Question, "change", piece.pk)
    assert admin.post(url, form_of(read(admin.get(url))) | publish(slug="after")).status_code == 302
    for language in ("ja", "en"):
        response = client.get(f"/{language}/faq/before/")
        assert (response.status_code, response["Location"]) == (301, f"/{language}/faq/after/")
        assert response["Cache-Control"] == "no-cache"  # the slug may be changed back
        assert client.get(response["Location"]).status_code == 200


def test_slug_of_a_known_piece_may_not_be_emptied(admin):
    piece = factories.question(slug="before")
    url = admin_url(Question, "change", piece.pk)
    assert admin.post(url, form_of(read(admin.get(url))) | {"slug": ""}).status_code == 200
    assert Question.objects.get(pk=piece.pk).slug == "before"


def test_query_is_kept(client):
    piece = rename(factories.interview(slug="before"), "after")
    response = client.get(f"/en/interviews/before/?duty={piece.person.duty.slug}&x=%E7%95%99%26")
    assert response["Location"] == f"/en/interviews/after/?duty={piece.person.duty.slug}&x=%E7%95%99%26"


@pytest.mark.parametrize("make", PAGES_OF_PIECES)
def test_every_page_of_a_piece_and_its_share_picture_lead_on(client, make):
    piece = make(slug="before")
    old = piece.get_absolute_url()
    new = rename(piece, "after").get_absolute_url()
    for end in ("", "share.png"):
        response = client.get(f"{old}{end}")
        assert (response.status_code, response["Location"]) == (301, f"{new}{end}")
        assert client.get(f"{new}{end}").status_code == 200


def test_chain_is_flattened(client):
    rename(factories.question(slug="a"), "b", "c")
    assert old_slugs() == {"a": "c", "b": "c"}
    assert [client.get(f"/ja/faq/{slug}/")["Location"] for slug in "ab"] == ["/ja/faq/c/", "/ja/faq/c/"]


def test_going_back_to_a_former_slug_removes_what_would_loop(client):
    rename(factories.question(slug="a"), "b", "c", "a")
    assert old_slugs() == {"b": "a", "c": "a"}
    assert client.get("/ja/faq/a/").status_code == 200
    assert [client.get(f"/ja/faq/{slug}/")["Location"] for slug in "bc"] == ["/ja/faq/a/", "/ja/faq/a/"]


def test_saving_without_a_new_slug_remembers_nothing():
    piece = factories.question(slug="a")
    piece.save()
    piece.slug = "b"
    piece.save(update_fields=["order"])
    assert old_slugs() == {}


def test_same_old_slug_of_another_kind_leads_nowhere_else(client):
    rename(factories.question(slug="a"), "b")
    assert client.get("/ja/features/a/").status_code == 404
    assert factories.feature(slug="a").slug == "a"
    assert client.get("/ja/features/a/").status_code == 200
    assert client.get("/ja/faq/a/")["Location"] == "/ja/faq/b/"


@pytest.mark.parametrize("make", PAGES_OF_PIECES)
@pytest.mark.parametrize("condition", HIDDEN)
def test_old_address_of_a_piece_that_is_not_live_answers_as_the_piece_and_tells_nothing(client, make, condition):
    piece = make(slug="before", title_ja="見えない題名", **HIDDEN[condition](timezone.now()))
    old = piece.get_absolute_url()
    new = rename(piece, "unseen-name").get_absolute_url()
    responses = [client.get(url) for url in (new, old)]
    assert [response.status_code for response in responses] == [
        410 if condition in ("archived", "expired") else 404
    ] * 2
    assert ("unseen-name" in read(responses[1]), "見えない題名" in read(responses[1])) == (False, False)
    assert not responses[1].has_header("Location")
    assert client.get(f"{old}share.png").status_code == responses[1].status_code


def test_old_address_of_a_question_of_a_hidden_topic_is_not_found(client):
    rename(factories.question(slug="before", topic=factories.live(Topic, state="draft")), "after")
    assert client.get("/ja/faq/before/").status_code == 404


@pytest.mark.parametrize("make", [lambda **fields: factories.question(**fields), None])
def test_old_slug_of_another_piece_is_refused_in_plain_words(admin, make):
    rename(factories.question(slug="before", title_ja="もとの質問"), "after")
    other = make(slug="other") if make else None
    url = admin_url(Question, "change", other.pk) if other else admin_url(Question, "add")
    topic = str(factories.live(Topic).pk)
    fields = {"slug": "before", "title_ja": "別の質問", "text_ja": "答え", "topic": topic}
    response = admin.post(url, form_of(read(admin.get(url))) | fields)
    assert response.status_code == 200
    assert "これは「もとの質問」が以前使っていた名前で" in read(response)
    assert (old_slugs(), Question.objects.filter(slug="before").exists()) == ({"before": "after"}, False)


def test_live_piece_is_never_hidden_behind_an_old_slug(client):
    rename(factories.question(slug="a"), "b")
    factories.question(slug="a", title_ja="いまの質問")  # a form would refuse this slug
    assert "いまの質問" in read(client.get("/ja/faq/a/"))
    assert old_slugs() == {}


def test_slug_of_a_live_piece_is_no_new_name():
    factories.question(slug="taken")
    piece = factories.question(slug="mine")
    piece.slug = "taken"
    with pytest.raises(ValidationError) as raised:
        piece.full_clean()
    assert set(raised.value.message_dict) == {"slug"}
    assert old_slugs() == {}


def test_deleted_piece_frees_its_old_slugs_and_they_lead_to_nobody_who_takes_its_last_one(client):
    rename(factories.question(slug="a"), "b").delete()
    assert client.get("/ja/faq/a/").status_code == 404
    factories.question(slug="b")
    assert (client.get("/ja/faq/a/").status_code, old_slugs()) == (404, {})
    Question(slug="a", topic=Topic.objects.first(), title_ja="問い", text_ja="答え").full_clean()


def test_deleted_piece_lets_another_be_renamed_to_its_old_slug():
    rename(factories.question(slug="a"), "b").delete()
    other = factories.question(slug="x")
    other.slug = "a"
    other.full_clean()
    other.save()
    assert old_slugs() == {"x": "a"}


def test_name_of_the_chapter_that_opens_a_page_is_fixed(admin):
    opening = Chapter.objects.get(slug="work", section="work")
    assert 'name="slug"' not in read(admin.get(admin_url(Chapter, "change", opening.pk)))
    assert 'name="slug"' in read(admin.get(admin_url(Chapter, "change", factories.chapter().pk)))


def test_who_may_only_look_cannot_change_a_slug(client, django_user_model):
    piece = factories.feature(slug="before")
    looker = django_user_model.objects.create_user("looker", password="a long enough password", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_feature"))
    client.force_login(looker)
    assert client.post(admin_url(Feature, "change", piece.pk), {"slug": "after"}).status_code == 403
    assert Feature.objects.get(pk=piece.pk).slug == "before"


def test_way_through_the_siblings_names_the_new_slug(client):
    Interview.objects.all().delete()
    first, second = factories.interview(), rename(factories.interview(slug="before"), "after")
    assert second.get_absolute_url() in read(client.get(first.get_absolute_url()))
