"""Scenes: each has a drawing, is described in the language of the page, and gives way to an uploaded picture."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from careers.models import Organisation
from interviews.models import Feature
from recruit_site.content.models import Chapter, Passage, Scene
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

DRAWINGS = {path.stem: path for path in Path(settings.BASE_DIR, "templates/scenes").glob("*.svg")}


@pytest.fixture
def scene():
    return Scene.objects.get(slug="sea")


@pytest.fixture
def notices(scene):
    """Return the chapter that opens the page of notices, which has no other drawing, with the scene."""
    chapter = Chapter.objects.get(slug="notices")
    chapter.scene = scene
    chapter.save()
    return chapter


def labels(client, path):
    """Return the texts that stand for the drawings of a page."""
    return re.findall(r'<div class="scene" role="img" aria-label="([^"]*)"', client.get(path).text)


def test_each_scene_of_the_fixtures_has_a_drawing_and_each_drawing_a_scene():
    records = yaml.safe_load(Path(settings.BASE_DIR, "fixtures/scenes.yaml").read_text())["content.scene"]
    assert {record["slug"] for record in records} == set(DRAWINGS)


@pytest.mark.parametrize("name", sorted(DRAWINGS))
def test_drawing_takes_its_colours_from_the_page(name):
    """A page may hold a drawing twice, so it has no ids; the policy forbids style attributes."""
    attributes = set(re.findall(r' ([\w:-]+)="', DRAWINGS[name].read_text()))
    assert attributes & {"id", "style", "class", "href"} == set()
    colours = set(re.findall(r' (?:fill|stroke)="([^"]+)"', DRAWINGS[name].read_text()))
    assert colours <= {"none", "currentColor", "var(--scene-paper,#f7f8f5)", "var(--scene-cable,#c2321a)"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_page_shows_its_scene_with_words_in_its_language(client, notices, scene, language):
    assert labels(client, f"/{language}/notices/") == [getattr(scene, f"alt_{language}")]


def test_uploaded_picture_takes_the_place_of_the_scene(client, notices):
    notices.picture = factories.picture()
    notices.save()
    assert labels(client, "/ja/notices/") == []


def test_page_is_not_complete_in_english_while_its_scene_is_not(client, notices, scene):
    english = '<link rel="alternate" hreflang="en"'
    assert english in client.get("/ja/notices/").text
    scene.alt_en = ""
    scene.save()
    assert english not in client.get("/ja/notices/").text


def test_scenes_are_neither_added_nor_deleted_in_the_admin(admin, scene):
    assert admin.get(f"/admin/content/scene/{scene.pk}/delete/").status_code == 403
    assert admin.get("/admin/content/scene/add/").status_code == 403


def test_undated_station_without_a_caption_says_so(client):
    chapter = factories.chapter(section="mission", layout=Chapter.Layout.TIMELINE)
    chapter.passages.create(slug="a", title_ja="電信", moment=Passage.Moment.UNDATED)
    assert '<p class="history__caption">年の記載なし</p>' in read(client.get("/ja/mission/"))


@pytest.mark.parametrize(
    ("number", "with_scene", "long"), [(1, True, False), (2, True, True), (2, False, False), (3, False, True)]
)
def test_chapter_is_long(scene, number, with_scene, long):
    chapter = Chapter.objects.create(slug="new", section="mission", scene=scene if with_scene else None)
    for slug in "abc"[:number]:
        chapter.passages.create(slug=slug, text_ja="文。")
    assert chapter.is_long is long


def test_feature_shows_published_organisations_beside_its_chart(client):
    top, beside = factories.live(Organisation, title_ja="本部"), factories.live(Organisation, title_ja="有志")
    feature = factories.live(Feature, kind="article", chart=top)
    feature.beside_chart.add(beside, Organisation.objects.create(slug="hidden", title_ja="未公開の組織"))
    html = read(client.get(feature.get_absolute_url()))
    assert re.findall(r'<ul class="beside">\s*<li><b>(.*?)</b>', html, re.S) == ["有志"]
    assert "未公開の組織" not in html
