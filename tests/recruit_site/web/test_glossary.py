"""The first use of a term on a page links to its explanation; the rest of the HTML is unchanged."""

import pytest
from django.utils import translation

from recruit_site.content.models import Term
from recruit_site.web.glossary import mark_terms
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def terms():
    Term.objects.all().delete()
    factories.term(
        slug="lan", title_ja="LAN", title_en="LAN", stands_for_ja="構内通信網", stands_for_en="local area network"
    )
    factories.term(slug="telegram", title_ja="公電", title_en="telegram", other_forms_en="telegrams")
    factories.term(slug="diplomatic", title_ja="外交公電", title_en="diplomatic telegram")


LAN = '<a class="term" href="/ja/glossary/#lan"><abbr title="構内通信網">LAN</abbr></a>'
TELEGRAM = '<a class="term" href="/ja/glossary/#telegram"><dfn>公電</dfn></a>'
DIPLOMATIC = '<a class="term" href="/ja/glossary/#diplomatic"><dfn>外交公電</dfn></a>'


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>LANと公電</p>", f"<p>{LAN}と{TELEGRAM}</p>"),
        ("<p>LAN、LAN</p><p>LAN</p>", f"<p>{LAN}、LAN</p><p>LAN</p>"),
        ("<p>外交公電</p><p>公電</p>", f"<p>{DIPLOMATIC}</p><p>{TELEGRAM}</p>"),
        ("<p>PLANET</p>", "<p>PLANET</p>"),
        ("<h2>LAN</h2><p>LAN</p>", f"<h2>LAN</h2><p>{LAN}</p>"),
        ('<a href="/LAN/">LAN</a> LAN', f'<a href="/LAN/">LAN</a> {LAN}'),
        ('<a href="#"><b>LAN</b> LAN</a>', '<a href="#"><b>LAN</b> LAN</a>'),
        ('<img alt="LAN"><p title="LAN">x</p>', '<img alt="LAN"><p title="LAN">x</p>'),
        ('<p lang="en">LAN</p>', '<p lang="en">LAN</p>'),
        ('<dl data-terms="explained"><dd>LAN</dd></dl>LAN', f'<dl data-terms="explained"><dd>LAN</dd></dl>{LAN}'),
        ('<div aria-hidden="true"><div>LAN</div></div>LAN', f'<div aria-hidden="true"><div>LAN</div></div>{LAN}'),
        ("<!-- LAN -->", "<!-- LAN -->"),
        ("<p>&lt;LAN&gt;</p>", f"<p>&lt;{LAN}&gt;</p>"),
    ],
)
def test_first_use_in_running_text_is_marked(html, marked):
    assert mark_terms(html) == marked


def test_english_page_marks_english_forms_in_any_case():
    with translation.override("en"):
        html = mark_terms("<p>Telegrams and telegrams. 公電</p>")
    assert html == '<p><a class="term" href="/en/glossary/#telegram"><dfn>Telegrams</dfn></a> and telegrams. 公電</p>'


def test_form_of_two_words_is_found_across_a_line_end():
    with translation.override("en"):
        assert "<dfn>diplomatic\ntelegram</dfn>" in mark_terms("<p>A diplomatic\ntelegram</p>")


def test_term_that_is_not_live_is_not_marked():
    Term.objects.update(state="draft")
    assert mark_terms("<p>LAN</p>") == "<p>LAN</p>"


def test_expansion_is_escaped():
    Term.objects.filter(slug="lan").update(stands_for_ja='"><script>')
    assert "<script>" not in mark_terms("<p>LAN</p>")


def test_page_marks_its_terms_and_the_glossary_explains_them(client):
    factories.question(slug="wires", text_ja="LANの話。", text_en="On the LAN.")
    assert LAN in read(client.get("/ja/faq/wires/"))
    assert 'id="lan"' in read(client.get("/ja/glossary/"))
    assert LAN not in read(client.get("/ja/glossary/"))
