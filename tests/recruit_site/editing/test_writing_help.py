"""The help on writing in the forms, and the Japanese of the admin."""

import re
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib import admin as django_admin
from django.db import models

from faq.models import Question
from interviews.models import Interview
from recruit_site.content.models import SiteText
from tests import factories
from tests.admin_forms import admin_url
from tests.page_text import read
from tests.recruit_site.editing.test_content_admin import OURS

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

HELP = "段落・箇条書き・リンクの書き方"


def test_texts_that_pages_render_as_markdown_are_those_with_help(editor, rf):
    request = rf.get("/")
    request.user = editor
    names, helped = set(), set()
    for model in {*OURS} & {*django_admin.site._registry}:
        model_admin = django_admin.site.get_model_admin(model)
        for kind in (model_admin, *model_admin.get_inline_instances(request)):
            for field in kind.model._meta.concrete_fields:
                if hasattr(field, "translated_field"):
                    has_help = HELP in str(kind.formfield_for_dbfield(field, request).help_text)
                    assert has_help == (isinstance(field, models.TextField) and model is not SiteText), field
                    helped |= {field.translated_field.name} if has_help else set()
    for template in (settings.BASE_DIR / "templates").rglob("*.html"):
        names |= set(re.findall(r'\|markdown:"(\w+)"', template.read_text(encoding="utf-8")))
    assert helped == names


def test_help_stands_beside_each_language_and_in_parts(admin):
    html = read(admin.get(admin_url(Interview, "change", factories.interview().pk)))
    assert html.count(HELP) == 2 * 4  # the lead, the dated note, an answer, and the answer that may be added
    assert "(/en/apply/)" in html
    assert read(admin.get(admin_url(Question, "add"), headers={"accept-language": "en"})).count("empty line") == 2 * 3


def test_texts_of_djangos_own_are_in_japanese():
    """Messages that the admin never shows may stay in English."""
    never_shown = {", ", "“%(value)s” is not a valid binary value.", "No %s matches the given query."}
    ours = settings.LOCALE_PATHS[0] / "ja/LC_MESSAGES"
    for domain in ("django", "djangojs"):
        missing = set()
        for folder in ("conf", "contrib/admin", "contrib/auth"):
            english, japanese = (
                texts(Path(django.__file__).parent / folder / f"locale/{code}/LC_MESSAGES/{domain}.po")
                for code in ("en", "ja")
            )
            missing |= set(english) - {id for id, text in japanese.items() if text}
        assert missing - never_shown - {id for id, text in texts(ours / f"{domain}.po").items() if text} == set()


def texts(path):
    """Return {message: translation} of a .po file, with the first form of plurals."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            (message.id if isinstance(message.id, str) else message.id[0]): (
                message.string if isinstance(message.string, str) else message.string[0]
            )
            for message in read_po(file)
            if message.id and not message.fuzzy
        }


def test_admins_scripts_speak_japanese(admin):
    script = admin.get("/admin/jsi18n/").content.decode()
    assert r"\u4eca\u65e5\uff08%(date)s\uff09" in script  # 今日（%(date)s）
    assert '"Choose a Time": "\\u6642\\u9593\\u3092\\u9078\\u629e"' in script
