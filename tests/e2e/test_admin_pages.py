"""Tests of the site's own admin pages in Chromium: accessible, no errors in the console, no field beyond the screen."""

import pytest

from tests.browser import DESKTOP, PHONE
from tests.quality import axe

#: Code that creates a working copy, revisions to compare and a deleted question. Readers see none of them.
TRACES = """
from faq.models import Question
from recruit_site.content.snapshot import take_snapshot
from recruit_site.editing.models import Revision, WorkingCopy
now = take_snapshot(Question.objects.get(slug="housing"))
WorkingCopy.objects.create(model="faq.question", slug="housing", snapshot=now | {"title_ja": "寮はありますか"})
for slug, event in (("housing", "replaced"), ("gone", "deleted")):
    Revision.objects.create(model="faq.question", slug=slug, event=event, snapshot=now | {"title_ja": "前の題名"})
"""
#: Pages of Django's admin with almost none of the site's code.
PLAIN = ("/admin/auth/user/1/change/", "/admin/auth/group/", "/admin/auth/group/1/history/")
PAGES = {
    "first page": "/admin/",
    "list": "/admin/faq/question/",
    "form with a working copy": "{question}",
    "form with parts": "/admin/interviews/interview/1/change/",
    "empty form": "/admin/interviews/interview/add/",
    "history": "{question}../history/",
    "share": "{question}../share/",
    "deleted": "/admin/faq/question/deleted/",
    "translations": "/admin/translations/",
    "guide": "/admin/guide/",
    "audit log": "/admin/audit/auditentry/",
    "preview": "/admin/interviews/interview/1/change/",
    "sign-in": "/admin/login/",
}
TOO_WIDE = """() => [...document.querySelectorAll("form :is(input, textarea, select)")]
    .filter(field => field.checkVisibility() && field.getBoundingClientRect().right > innerWidth - 8)
    .filter(field => !field.closest(".results"))
    .map(field => field.name)"""


@pytest.fixture(scope="package")
def question(editors_window, site):
    """Return the URL of the change form of a question with a working copy and revisions."""
    site.manage("shell", "-v0", "-c", TRACES)
    editors_window.open("/admin/faq/question/?q=housing")
    return editors_window.page.get_by_role("main").get_by_role("link", name="職員寮").get_attribute("href")


@pytest.fixture(scope="module")
def broken_by_django(editors_window):
    """Return the ids of axe's rules that Django's admin itself breaks."""
    broken = set()
    for path in PLAIN:
        editors_window.open(path)
        broken |= {rule["id"] for rule in axe.judge(editors_window.page)["violations"]}
    return broken


@pytest.fixture(scope="module", params=PAGES)
def opened(request, windows, editors_window, question, broken_by_django):
    """Open each page of PAGES and return its page with the complaints of the browser."""
    window = windows["ja"] if request.param == "sign-in" else editors_window
    assert window.open(PAGES[request.param].format(question=question.partition("?")[0])) == 200
    if request.param == "preview":
        with window.context.expect_page() as tab:
            window.page.get_by_role("button", name="保存せずにプレビュー").click()
        page = tab.value
        page.wait_for_load_state()
        yield page, window.complaints
        page.close()
    else:
        yield window.page, window.complaints


def test_page_loads_without_a_complaint(opened):
    assert opened[1] == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_page_breaks_no_rule_that_the_plain_admin_keeps(opened, width, broken_by_django):
    page, _complaints = opened
    page.set_viewport_size({"width": width, "height": 900})
    assert [fault for fault in axe.violations(page) if fault.split(":")[0] not in broken_by_django] == []


def test_page_fits_a_phone(opened):
    page, _complaints = opened
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE
    assert page.evaluate(TOO_WIDE) == []
