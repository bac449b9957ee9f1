"""Related pieces: links that editors choose, with the reason in words."""

import pytest

from interviews.models import Interview
from recruit_site.content.models import OldSlug, RelatedLink
from recruit_site.content.models.related_link import PieceField, linkable_models
from recruit_site.content.related import with_related
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


def related(piece):
    """Return the related pieces of a piece, as readers see them."""
    rows = type(piece).objects.filter(pk=piece.pk).with_published("related_links")
    return [found.piece for found in with_related(rows)[0].related]


def test_piece_has_the_related_pieces_that_its_editors_chose_in_their_order():
    piece, first, second = factories.question(), factories.interview(), factories.training()
    factories.link(piece, second, order=2)
    factories.link(piece, first, order=1)
    assert related(piece) == [first, second]
    assert related(first) == []


def test_link_to_a_piece_that_readers_may_not_see_is_not_shown():
    piece = factories.question()
    factories.link(piece, factories.interview(state="draft"))
    assert related(piece) == []


def test_link_follows_a_renamed_piece():
    piece, target = factories.question(), factories.question(slug="before")
    factories.link(piece, target)
    target.slug = "after"
    target.save()
    assert OldSlug.objects.get(slug="before").current == "after"
    assert related(piece) == [target]


def test_link_leads_to_a_heading_of_the_piece():
    piece, target = factories.question(), factories.interview()
    factories.link(piece, target, heading="why")
    (found,) = with_related(type(piece).objects.filter(pk=piece.pk).with_published("related_links"))[0].related
    assert found.url == f"{target.get_absolute_url()}#why"


@pytest.mark.parametrize("number", [1, 3])
def test_pieces_take_a_query_for_each_kind_of_target(number, django_assert_num_queries):
    pieces = [factories.question() for _number in range(number)]
    for piece in pieces:
        factories.link(piece, factories.question())
        factories.link(piece, factories.interview())
    rows = type(pieces[0]).objects.filter(pk__in=[piece.pk for piece in pieces]).with_published("related_links")
    with django_assert_num_queries(2 + 1 + 2):  # the pieces with their links, the former slugs, two kinds of targets
        with_related(rows)


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/ja/training/", factories.training),
        ("/ja/work-life/", factories.programme),
        ("/ja/faq/", factories.question),
        ("/ja/interviews/", factories.voice),
    ],
)
def test_list_shows_the_reason_as_the_link(client, path, make):
    piece, target = make(), factories.question(title_ja="行き先")
    factories.link(piece, target, text_ja="ここに理由がある")
    assert f'<a href="{target.get_absolute_url()}">ここに理由がある</a> <small>行き先</small>' in read(client.get(path))


@pytest.mark.parametrize("make", [factories.question, factories.interview, factories.feature])
def test_page_of_a_piece_shows_the_reason_as_the_link(client, make):
    piece, target = make(), factories.question()
    factories.link(piece, target, text_ja="ここに理由がある")
    expected = f'<a href="{target.get_absolute_url()}">ここに理由がある</a>'
    assert expected in read(client.get(piece.get_absolute_url()))


def test_form_offers_the_published_pieces_of_every_kind_with_an_address():
    shown, hidden = factories.interview(), factories.interview(state="draft")
    groups = dict(list(PieceField("leads to", max_length=180).formfield().choices)[1:])
    offered = dict(groups[Interview._meta.verbose_name_plural])
    keys = [f"interviews.interview:{piece.slug}" for piece in (shown, hidden)]
    assert (len(groups), [key in offered for key in keys]) == (len(linkable_models()), [True, False])


def test_every_link_of_the_fixtures_leads_to_a_published_piece_and_a_heading_on_its_page(client):
    owners = [kind._meta.get_field(kind.parent_field).related_model for kind in RelatedLink.__subclasses__()]
    links = [
        (link, found.url)
        for owner in owners
        for piece in with_related(owner.objects.published().with_published("related_links"))
        for link, found in zip(piece.related_links.all(), piece.related, strict=True)
    ]
    assert len(links) > 10
    for link, address in links:
        path, _sign, heading = address.partition("#")
        response = client.get(path)
        assert (response.status_code, link.text_en != "") == (200, True), address
        assert not heading or f' id="{heading}"' in read(response), address
