"""The page of the accessibility test shows what `make a11y` recorded, and every criterion once."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import translation

from recruit_site.web.accessibility import results
from recruit_site.web.accessibility.criteria import JIS, WCAG_2_1_AND_2_2
from tests.page_text import read

pytestmark = pytest.mark.django_db

LANGUAGES = ("ja", "en")

RECORD = {
    "started": "2026-11-20",
    "finished": "2026-11-22",
    "browser": {"name": "Chromium", "version": "156.0.1", "system": "Linux"},
    "tools": [{"name": "axe-core", "version": "4.14.1"}],
    "widths": [320, 1280],
    "pages": ["/en/", "/ja/", "/ja/work/"],
    "criteria": {
        "1.1.1": {"absent": False, "checks": ["image-alt", "svg-img-alt"], "pages": {"violations": 1, "passes": 2}},
        "1.2.1": {"absent": True, "checks": [], "pages": {}},
        "1.3.1": {"absent": False, "checks": [], "pages": {"inapplicable": 3}},
        "1.4.10": {"absent": False, "checks": ["reflow"], "pages": {"passes": 3}},
    },
}


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """A function that replaces the recorded test by a given record, or removes it for None."""

    def put(record):
        path = tmp_path / "results.json"
        if record:
            path.write_text(json.dumps(record), encoding="utf-8")
        monkeypatch.setattr(results, "RECORD", path)

    return put


def page(client, language):
    with translation.override(language):
        return read(client.get(reverse("accessibility_test")))


def cells(html):
    """Return {number: texts of the other cells} of each criterion's row in the page's tables."""
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    texts = [
        [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]
        for row in rows
    ]
    return {row[0]: row[1:] for row in texts if re.match(r"\d", row[0])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_criterion_has_one_row(client, language):
    numbers = re.findall(r"<td>(\d\.\d\.\d+)</td>", page(client, language))
    assert numbers == [criterion.number for criterion in (*JIS, *WCAG_2_1_AND_2_2)]


def test_criteria_are_those_of_the_standards():
    assert (len(JIS), len(WCAG_2_1_AND_2_2)) == (38, 18)
    assert [sum(criterion.level == level for criterion in JIS) for level in ("A", "AA")] == [25, 13]
    assert len({criterion.number for criterion in (*JIS, *WCAG_2_1_AND_2_2)}) == 56


def test_what_the_tools_found_is_said_of_each_criterion(client, recorded):
    recorded(RECORD)
    rows = cells(page(client, "en"))
    by_people = "A manual check is needed."
    assert {number: rows[number][2:] for number in ("1.1.1", "1.2.1", "1.3.1", "1.3.2", "1.4.10")} == {
        "1.1.1": [
            "Applicable",
            "Violations on 1 page. No violation found on 2 pages. A manual check is needed too. "
            "(by 2 rules of axe-core)",
        ],
        "1.2.1": ["Not applicable", "No page has anything of the kind."],
        "1.3.1": ["Not judged", by_people],
        "1.3.2": ["Not judged", by_people],
        "1.4.10": [
            "Applicable",
            "No violation found on 3 pages. A manual check is needed too. (by the width on a narrow screen)",
        ],
    }


@pytest.mark.parametrize(
    ("language", "period", "number"),
    [
        ("ja", "2026年11月20日から2026年11月22日まで", "選び出さず、サイトマップの全3ページを試験"),
        ("en", "20 November 2026 to 22 November 2026", "All 3 pages of the sitemap, without sampling"),
    ],
)
def test_facts_of_the_test_are_those_of_the_record(client, recorded, language, period, number):
    recorded(RECORD)
    facts = [
        re.sub(r"<[^>]+>|\s+", " ", fact).strip() for fact in re.findall(r"<dd>.*?</dd>", page(client, language), re.S)
    ]
    for fact in (period, number, "Chromium 156.0.1 (Linux)", "axe-core 4.14.1"):
        assert fact in facts


def test_test_of_one_day_names_the_day_once(client, recorded):
    recorded(RECORD | {"started": "2026-11-22"})
    assert "<dd>22 November 2026</dd>" in page(client, "en")


def test_pages_tested_are_listed(client, recorded):
    recorded(RECORD)
    listed = re.findall(r"<li><code>(/.*?)</code></li>", page(client, "ja"))
    assert listed == RECORD["pages"]


@pytest.mark.parametrize(
    ("language", "notice"), [("ja", "試験の記録はまだありません。"), ("en", "No test has been recorded yet.")]
)
def test_page_without_a_record_says_so(client, recorded, language, notice):
    recorded(None)
    html = page(client, language)
    assert html.count(notice) == 1
    assert "<table" not in html


def test_record_of_the_repository_is_of_every_language_and_of_known_criteria():
    record = results.record()
    assert {path[:4] for path in record["pages"]} == {"/ja/", "/en/"}
    numbers = {criterion.number for criterion in (*JIS, *WCAG_2_1_AND_2_2)}
    assert {number for number in record["criteria"] if number not in numbers} == set()
    for result in record["criteria"].values():
        assert result["absent"] or sum(result["pages"].values()) == len(record["pages"])


def test_footer_of_every_page_links_to_policy_and_results(client):
    html = client.get("/en/").content.decode().split("<footer")[1]
    for path, label in (("", "Accessibility policy"), ("results/", "Accessibility test results")):
        assert html.count(f'<a href="/en/accessibility/{path}">{label}</a>') == 1
