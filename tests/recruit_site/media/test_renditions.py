"""Renditions on pages: the right part in the right sizes, files that exist, and the picture's texts."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from PIL import Image

from interviews.models import Interview
from recruit_site.content import snapshot
from recruit_site.content.diff import changes
from recruit_site.editing.models import Revision, WorkingCopy
from recruit_site.media.models import Picture
from recruit_site.media.renditions import cut, plan_renditions, widths
from recruit_site.media.upload import redraw_as_jpeg
from tests import factories
from tests.admin_forms import admin_url, form_of, publish
from tests.page_text import read
from tests.recruit_site.editing.test_preview import preview
from tests.recruit_site.media.test_upload import GREEN, RED, close, two_halves

NAME = "pictures/0123456789abcdef0123456789abcdef/original.jpg"


@pytest.mark.parametrize(
    ("size", "proportions", "focus", "part"),
    [
        ((300, 200), (3, 2), (10, 90), (0, 0, 300, 200)),  # nothing to cut
        ((300, 200), None, (10, 90), (0, 0, 300, 200)),
        ((1000, 500), (4, 5), (50, 50), (300, 0, 700, 500)),
        ((1000, 500), (4, 5), (0, 50), (0, 0, 400, 500)),
        ((1000, 500), (4, 5), (100, 50), (600, 0, 1000, 500)),
        ((1000, 500), (4, 5), (25, 50), (150, 0, 550, 500)),
        ((400, 1000), (3, 2), (50, 0), (0, 0, 400, 267)),
        ((400, 1000), (3, 2), (50, 100), (0, 733, 400, 1000)),
        ((1, 1), (3, 2), (50, 50), (0, 0, 1, 1)),
        ((2560, 2), (4, 5), (50, 50), (1279, 0, 1281, 2)),
    ],
)
def test_part_has_the_proportions_and_keeps_the_focus(size, proportions, focus, part):
    assert cut(size, proportions, focus) == part
    left, top, right, bottom = part
    at = [side * percent / 100 for side, percent in zip(size, focus, strict=True)]
    assert (left <= at[0] <= right, top <= at[1] <= bottom) == (True, True)


@pytest.mark.parametrize(
    ("available", "widest", "found"),
    [
        (2560, 1920, [320, 640, 960, 1280, 1920]),
        (2560, 1280, [320, 640, 960, 1280]),
        (1365, 1920, [320, 640, 960, 1365]),
        (640, 1920, [320, 640]),
        (700, 1920, [320, 700]),
        (100, 1920, [100]),
    ],
)
def test_widths_never_exceed_the_picture(available, widest, found):
    assert widths(available, widest) == found


def test_focus_is_in_the_name_only_where_the_picture_is_cut():
    names = {
        shape: plan_renditions(NAME, (300, 200), (10, 90), shape)[0].name for shape in ("portrait", "wide", "whole")
    }
    folder = NAME.removesuffix("original.jpg")
    assert names == {
        "portrait": f"{folder}portrait-10-90-160.avif",
        "wide": f"{folder}whole-300.avif",
        "whole": f"{folder}whole-300.avif",
    }


def files(srcset):
    """Return {width: path} of a srcset."""
    return {int(width): path for path, width in re.findall(r"(\S+) (\d+)w", srcset)}


@pytest.mark.django_db
def test_srcset_names_files_of_the_widths_and_forms_that_it_says(client):
    picture = factories.picture((1000, 700))
    for shape, ratio in ((picture.portrait, 4 / 5), (picture.wide, 3 / 2), (picture.whole, 10 / 7)):
        named = [*shape.sources, ("image/jpeg", shape.srcset)]
        assert [kind for kind, _srcset in named] == ["image/avif", "image/webp", "image/jpeg"]
        assert abs(shape.width / shape.height - ratio) < 0.01
        for kind, srcset in named:
            assert len(files(srcset)) >= 2
            assert max(files(srcset)) == shape.width
            for width, path in files(srcset).items():
                response = client.get(path)
                image = Image.open(response.getvalue() and default_storage.open(path.removeprefix("/media/")))
                assert (response["Content-Type"], Image.MIME[image.format], image.width) == (kind, kind, width)
                assert abs(image.width / image.height - ratio) < 0.02
                image.close()


@pytest.mark.django_db
def test_focus_decides_what_is_seen():
    file = factories.file(two_halves((400, 100)))
    left, right = (factories.picture(file=redraw_as_jpeg(file), focus_x=x) for x in (0, 100))
    for picture, colour in ((left, RED), (right, GREEN)):
        with default_storage.open(picture.portrait.src.removeprefix("/media/")) as jpeg, Image.open(jpeg) as image:
            assert close(image.getpixel((image.width // 2, 50)), colour)


@pytest.mark.django_db
def test_picture_is_served_for_ever_and_as_nothing_else(client):
    picture = factories.picture()
    response = client.get(picture.whole.src)
    assert response.getvalue()[:3] == b"\xff\xd8\xff"
    assert {name: response[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "image/jpeg",
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
    }
    assert (response.has_header("Set-Cookie"), response.has_header("Content-Encoding")) == (False, False)
    head = client.head(picture.whole.src)
    assert (head.status_code, head["Content-Length"]) == (200, response["Content-Length"])
    head.close()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["original.jpg", "whole-41.jpg", "whole-40.html", "whole-40.jpg/", "../../secret.jpg"])
def test_nothing_but_renditions_is_served(client, name):
    folder = factories.picture((40, 30)).whole.src.rpartition("/")[0]
    assert client.get(f"{folder}/{name}").status_code == 404
    assert client.post(f"{folder}/whole-40.jpg").status_code in {404, 405}


def figures(html):
    return re.findall(r'<figure class="picture">.*?</figure>', html, re.DOTALL)


#: For each kind of page that shows pictures: a function that makes a piece with a picture.
PLACES = {
    "interview": lambda picture: factories.interview(picture=picture),
    "feature": lambda picture: factories.feature(picture=picture),
    "place": lambda picture: factories.place(picture=picture),
    "chapter": lambda picture: factories.chapter(picture=picture),
    "time line": lambda picture: factories.chapter(picture=picture, layout="timeline"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", PLACES)
def test_page_shows_the_picture_with_its_words(client, kind):
    picture = factories.picture(
        caption_ja="点検する職員", caption_en="Checking", credit_ja="撮影：広報", credit_en="Photo: press office"
    )
    path = PLACES[kind](picture).get_absolute_url().partition("#")[0]
    (figure,) = figures(read(client.get(path)))
    assert f'alt="{picture.alt_ja}"' in figure
    assert re.search(r'width="\d+" height="\d+"', figure)
    assert "lang=" not in figure
    assert re.search(r"<figcaption>点検する職員 <small>撮影：広報</small></figcaption>", figure)
    (figure,) = figures(read(client.get(path.replace("/ja/", "/en/"))))
    assert f'alt="{picture.alt_en}"' in figure
    assert "Photo: press office" in figure


@pytest.mark.django_db
@pytest.mark.parametrize("kind", PLACES)
def test_page_without_a_picture_has_no_frame_for_one(client, kind):
    path = PLACES[kind](None).get_absolute_url().partition("#")[0]
    assert figures(read(client.get(path))) == []


@pytest.mark.django_db
def test_missing_english_words_are_the_japanese_and_say_so(client):
    picture = factories.picture(alt_en="", caption_ja="説明", caption_en="")
    path = factories.interview(picture=picture).get_absolute_url().replace("/ja/", "/en/")
    html = read(client.get(path))
    (figure,) = figures(html)
    assert f'alt="{picture.alt_ja}" lang="ja"' in figure
    assert '<figcaption><span lang="ja">説明</span>' in figure
    assert "available only in Japanese so far" in html


@pytest.mark.django_db
def test_decorative_picture_is_silent(client):
    picture = factories.picture(alt_ja="", alt_en="", decorative=True)
    (figure,) = figures(read(client.get(factories.interview(picture=picture).get_absolute_url())))
    assert 'alt=""' in figure
    assert "figcaption" not in figure


@pytest.mark.django_db
def test_replaced_picture_is_on_every_page_and_the_old_files_stay(client):
    picture = factories.picture(colour="teal")
    pages = [factories.interview(picture=picture), factories.feature(picture=picture)]
    old = picture.whole.src
    picture.file = redraw_as_jpeg(factories.file(Image.new("RGB", (80, 80), "maroon")))
    picture.save()
    for page in pages:
        html = read(client.get(page.get_absolute_url()))
        assert (old in html, picture.file.name.split("/")[1] in html) == (False, True)
    response = client.get(old)  # a page that someone still has open
    assert response.status_code == 200
    response.close()


@pytest.mark.django_db
def test_picture_of_a_draft_is_on_no_page(client):
    picture = factories.picture()
    hidden = factories.interview(picture=picture, state="draft")
    folder = picture.file.name.split("/")[1]
    assert client.get(hidden.get_absolute_url()).status_code == 404
    for path in ("/ja/", "/ja/interviews/", "/sitemap-pages.xml", "/sitemap-interviews.xml"):
        assert folder not in read(client.get(path))


@pytest.mark.django_db
def test_renditions_that_are_gone_are_made_again():
    picture = factories.picture()
    gone = picture.portrait.src.removeprefix("/media/")
    default_storage.delete(gone)
    call_command("make_renditions")
    assert default_storage.exists(gone)


# In the admin.


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
class TestAdmin:
    def test_picture_is_chosen_in_the_preview_before_it_is_saved(self, admin):
        interview, picture = factories.interview(), factories.picture()
        _html, frames = preview(admin, admin_url(Interview, "change", interview.pk), picture=str(picture.pk))
        assert [picture.file.name.split("/")[1] in frame for frame in frames] == [True] * 4
        interview.refresh_from_db()
        assert interview.picture is None

    def test_form_of_a_piece_shows_the_picture_that_it_has(self, admin):
        picture = factories.picture()
        interview = factories.interview(picture=picture)
        html = read(admin.get(admin_url(Interview, "change", interview.pk)))
        assert '<img class="thumbnail" src="/media/pictures/' in html

    def test_uses_are_listed_with_those_of_working_copies(self, admin):
        picture = factories.picture()
        feature, draft = factories.feature(picture=picture), factories.place(picture=picture, state="draft")
        copied = factories.interview()
        WorkingCopy.objects.create(model="interviews.interview", slug=copied.slug, snapshot={"picture": picture.slug})
        html = read(admin.get(admin_url(Picture, "change", picture.pk)))
        uses = re.findall(r'<li>(\S+): <a href="(\S+)">.*?</a>( \(作業中の版\))?</li>', html)
        assert sorted(uses) == sorted(
            [
                ("読みもの", admin_url(type(feature), "change", feature.pk), ""),
                ("場所", admin_url(type(draft), "change", draft.pk), ""),
                ("インタビュー", admin_url(Interview, "change", copied.pk), " (作業中の版)"),
            ]
        )

    def test_picture_in_use_is_not_deleted_and_the_pieces_are_named(self, admin):
        picture = factories.picture()
        interview = factories.interview(picture=picture)
        url = admin_url(Picture, "delete", picture.pk)
        assert interview.title_ja in read(admin.get(url))
        admin.post(url, {"post": "yes"})
        assert Picture.objects.filter(pk=picture.pk).exists()

    def test_deleted_picture_comes_back_with_its_file(self, admin, client):
        picture = factories.picture()
        src = picture.whole.src
        admin.post(admin_url(Picture, "delete", picture.pk), {"post": "yes"})
        assert not Picture.objects.exists()
        revision = Revision.objects.get(event="deleted")
        admin.post(reverse("admin:media_picture_restore", args=(revision.pk,)))
        restored = Picture.objects.get()
        assert (restored.slug, restored.size, restored.whole.src) == (picture.slug, picture.size, src)

    def test_replaced_file_is_brought_back_from_the_history(self, admin):
        picture = factories.picture((40, 30))
        before = snapshot.take_snapshot(picture)
        picture.file = redraw_as_jpeg(factories.file(Image.new("RGB", (80, 20))))
        picture.save()
        assert [change.label for change in changes(Picture, before, snapshot.take_snapshot(picture))] == ["ファイル"]
        back = snapshot.apply(Picture, before)
        assert (back.file.name, back.size) == (before["file"], (40, 30))

    def test_file_that_is_no_longer_there_is_named(self):
        picture = factories.picture()
        with pytest.raises(snapshot.SnapshotError, match="there is no file"):
            snapshot.apply(Picture, snapshot.take_snapshot(picture) | {"file": "pictures/gone/original.jpg"})

    def test_piece_is_published_with_a_picture(self, admin, client):
        interview, picture = factories.interview(), factories.picture()
        url = admin_url(Interview, "change", interview.pk)
        admin.post(url, form_of(read(admin.get(url))) | publish(picture=str(picture.pk)))
        with translation.override("ja"):
            assert len(figures(read(client.get(interview.get_absolute_url())))) == 1

    @pytest.mark.parametrize(("group", "allowed"), [("編集者", True), ("承認者", True), ("翻訳者", False)])
    def test_groups_that_write_content_upload_pictures(self, client, django_user_model, group, allowed):
        user = django_user_model.objects.create_user("someone", is_staff=True)
        user.groups.add(*user.groups.model.objects.filter(name=group))
        client.force_login(user)
        assert (client.get(admin_url(Picture, "add")).status_code == 200) == allowed
        assert client.get(admin_url(Picture, "changelist")).status_code == 200
