"""The guide for editors and its pictures, in the admin and in the repository."""

import re

import pytest
from django.conf import settings

from recruit_site.editing.guide import GUIDE
from tests.page_text import read

pytestmark = pytest.mark.ignore_template_errors
FOLDER = settings.BASE_DIR / "static" / "editing" / "guide"
PICTURES = re.findall(r"!\[(.*)\]\((.*)\)", GUIDE.read_text(encoding="utf-8"))


def test_every_picture_is_shown_once_and_small():
    named = [(GUIDE.parent / address).resolve() for _text, address in PICTURES]
    assert sorted(named) == sorted(FOLDER.iterdir())
    assert [path.name for path in named if path.stat().st_size > 40_000] == []


def test_every_picture_is_told_in_words():
    assert [address for text, address in PICTURES if len(text) < 20] == []


@pytest.mark.django_db
def test_pictures_show_in_the_admin(admin):
    shown = re.findall(r'<img src="([^"]*)" alt="([^"]*)"', read(admin.get("/admin/guide/")))
    assert [alt for _address, alt in shown] == [text for text, _address in PICTURES]
    for address, _alt in shown:
        response = admin.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert response.getvalue()[8:12] == b"WEBP"
        response.close()
