"""Hostile data in forms of the admin: each form is saved, or comes back with errors and all that was typed."""

import re
from datetime import date
from html import unescape
from itertools import cycle, product
from urllib.parse import urlencode

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from careers.models import Notice
from faq.models import Question
from interviews.models import Interview
from recruit_site.consent.models import Consent
from recruit_site.content.models import parts_of
from recruit_site.editing.content_admin import BilingualAdmin
from recruit_site.media.models import Picture
from tests import factories
from tests.admin_forms import admin_url, form_of
from tests.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

EVERY = list(django_admin.site._registry)
CONTENT = [model for model, ours in django_admin.site._registry.items() if isinstance(ours, BilingualAdmin)]
# Kinds of fields, by their names.
TEXT = re.compile(r"_(ja|en)$")
SLUG = re.compile(r"slug$")
NUMBER = re.compile(r"order$|year$|number$|latitude$|longitude$")
DATE = re.compile(r"publish_\w+_0$|_on$")
MOMENT = re.compile(r"publish_\w+_[01]$|_at$|_on$")
CHOICE = re.compile(r"^[a-z_]*(?<!_ja)(?<!_en)(?<!slug)$|-(figure|person|stage|whose|effect)$")
KEY = re.compile(r"-id$")
TOTAL = re.compile(r"-TOTAL_FORMS$")
INITIAL = re.compile(r"-INITIAL_FORMS$")
BASE = re.compile(r"^_base$")

#: Python refuses to convert more than 4,300 digits to a number.
ENDLESS = "9" * 5000
#: The values of one request by kind of field; None leaves the fields out.
ATTACKS = [
    {TEXT: "\u202eabc\u2066\udced\udca0\udc80"},  # the last three are the bytes of half a surrogate pair
    {TEXT: "</textarea><script>alert(1)</script>{{ settings.SECRET_KEY }}{% load x %}"},
    {TEXT: "長い文章です。" * 400, SLUG: "x" * 10_000, NUMBER: "-1", MOMENT: "2026-02-30", CHOICE: "0", KEY: "0"},
    {TEXT: "a\0b", SLUG: "a\0", NUMBER: "NaN", MOMENT: "x\0", CHOICE: "x\0", KEY: "x\0"},
    {TEXT: "[" * 500 + "*" * 500, SLUG: "../../etc", NUMBER: ENDLESS, MOMENT: ENDLESS, CHOICE: ENDLESS, KEY: ENDLESS},
    {TEXT: "", SLUG: "日本", NUMBER: "1e999999", MOMENT: "25:61", CHOICE: "-1", KEY: "9" * 30},
    {NUMBER: "", MOMENT: ""},
    {DATE: "0001-01-01"},
    {DATE: "9999-12-31"},
    {TOTAL: ENDLESS, INITIAL: ENDLESS},
    {TOTAL: None, INITIAL: "-1"},
    {BASE: ENDLESS},
]


#: The makers of rows of models that the brochures have no rows of.
MAKERS = {
    Consent: lambda: Consent.objects.create(slug="consent", title_ja="山本 花", given_on=date(2024, 4, 1)),
    Notice: factories.briefing,
    Picture: factories.picture,
}


@pytest.fixture
def approver(client, django_user_model):
    user = django_user_model.objects.create_user("approver", is_staff=True)
    user.groups.add(Group.objects.get(name="承認者"))
    client.force_login(user)
    return client


def example(model):
    """Return the piece with the fewest parts among those with parts of every kind, or a new one."""
    parts = parts_of(model)
    rows = [(sum(counts), row) for row in model._default_manager.all() if all(counts := numbers(row, parts))]
    return min(rows, key=lambda pair: pair[0])[1] if rows else MAKERS[model]()


def numbers(row, parts):
    return [getattr(row, name).count() for name in parts]


def forms(approver, model):
    """Yield (URL, fields) of the forms of a model that an approver can open."""
    for address in (admin_url(model, "change", example(model).pk), admin_url(model, "add")):
        response = approver.get(address)
        if response.status_code == 200:
            yield address, {name: unescape(value) for name, value in form_of(read(response)).items()}


def send(approver, address, data):
    """Post a form as bytes, which need not be UTF-8, and roll its changes back."""
    body = urlencode(data, errors="surrogateescape")
    with transaction.atomic():
        response = approver.post(address, body, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response


def texts_returned(sent, html):
    """Return whether the form that came back has the texts of the piece that were sent."""
    shown = {name: unescape(value) for name, value in form_of(html).items()}
    own = [name for name in sent if TEXT.search(name) and "-" not in name]
    return all(shown[name] == sent[name].encode(errors="surrogateescape").decode(errors="replace") for name in own)


@pytest.mark.parametrize("model", CONTENT, ids=lambda model: model._meta.label)
def test_form_is_saved_or_comes_back_with_what_was_sent(approver, model):
    verbs = cycle(["_save", "_publish"])
    for (address, form), attack in product(forms(approver, model), ATTACKS):
        values = {name: value for kind, value in attack.items() for name in form if kind.search(name)}
        if not values:
            continue
        sent = {name: value for name, value in (form | values | {next(verbs): "1"}).items() if value is not None}
        response = send(approver, address, sent)
        if response.status_code != 302:
            html = response.content.decode()
            has_errors = "errornote" in html or "conflict-title" in html
            assert (response.status_code, has_errors, texts_returned(sent, html)) == (200, True, True), (
                address,
                attack,
            )


def test_form_that_claims_a_thousand_million_parts_is_answered(approver):
    address = admin_url(Interview, "change", factories.interview().pk)
    form = form_of(read(approver.get(address)))
    html = read(approver.post(address, form | {"answers-TOTAL_FORMS": "1000000000", "_save": "1"}))
    assert "errornote" in html
    assert html.count('name="answers-') < 1000


def test_text_of_a_megabyte_is_saved_and_compared(approver):
    question = factories.question(source=factories.source())
    address = admin_url(Question, "change", question.pk)
    form = form_of(read(approver.get(address)))
    form.pop("_base")
    for text in ("長い文章です。" * 50_000, "長い文章でした。" * 40_000):
        assert approver.post(address, form | {"_publish": "1", "text_ja": text}).status_code == 302
    question.refresh_from_db()
    assert "でした" in question.text_ja
    assert approver.get(admin_url(Question, "history", question.pk)).status_code == 200


def test_action_on_rows_that_no_list_shows_is_answered(admin):
    chosen = ["x\0", ENDLESS, "-1", "' OR 1=1--"]
    for model in EVERY:
        data = {"action": "delete_selected", "_selected_action": chosen, "index": ENDLESS, "select_across": "x\0"}
        response = admin.post(admin_url(model, "changelist"), data)
        assert response.status_code in {200, 302, 403}, model._meta.label


@pytest.mark.parametrize("name", ["auth_user_add", "auth_group_add", "password_change"])
def test_djangos_own_form_is_saved_or_comes_back(admin, name):
    path = reverse(f"admin:{name}")
    form = form_of(read(admin.get(path)))
    for value in ("x\0", ENDLESS, "\u202eabc\u2066", "<script>", "1e999999"):
        response = admin.post(path, dict.fromkeys(form, value))
        has_errors = "errornote" in response.content.decode()
        assert (response.status_code, has_errors) in {(200, True), (302, False)}, value
