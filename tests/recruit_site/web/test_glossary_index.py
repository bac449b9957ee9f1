"""The glossary stands in the order that readers of each language look terms up in."""

import re

import pytest
from django.core.exceptions import ValidationError

from recruit_site.content.models import Term
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms():
    Term.objects.all().delete()
    factories.term(slug="lan", title_ja="LAN", title_en="LAN")
    factories.term(slug="g20", title_ja="G20", title_en="G20")
    factories.term(slug="g7", title_ja="G7", title_en="G7")
    factories.term(slug="telegram", title_ja="公電", title_en="telegram", reading="こうでん")
    factories.term(slug="cipher", title_ja="暗号", title_en="cipher", reading="あんごう")
    factories.term(slug="telework", title_ja="テレワーク", title_en="telework")
    factories.term(slug="abroad", title_ja="在外", title_en="", reading="ざいがい")


def listed(client, language):
    """Return the anchors in the list of terms in their order: labels of groups and slugs."""
    html = read(client.get(f"/{language}/glossary/"))
    return re.findall(r'<(?:h2 class="node letter"|div) id="([^"]+)"', html)


def test_japanese_glossary_is_in_the_order_of_the_syllabary(client, terms):
    assert listed(client, "ja") == [
        "あ", "cipher", "か", "telegram", "さ", "abroad", "た", "telework", "A–Z", "g7", "g20", "lan",
    ]  # fmt: skip


def test_english_glossary_is_in_the_order_of_the_alphabet(client, terms):
    assert listed(client, "en") == [
        "C", "cipher", "G", "g7", "g20", "L", "lan", "T", "telegram", "telework", "Other", "abroad",
    ]  # fmt: skip


def test_index_links_to_each_group(client, terms):
    html = read(client.get("/ja/glossary/"))
    assert re.findall(r'<a href="#([^"/]+)">\1</a>', html) == ["あ", "か", "さ", "た", "A–Z"]


@pytest.mark.parametrize("reading", ["", "コウデン"])
def test_live_term_in_kanji_needs_its_reading_in_hiragana(reading):
    term = factories.term(title_ja="公電", reading=reading)
    with pytest.raises(ValidationError) as refused:
        term.full_clean(exclude=["source"])
    assert list(refused.value.message_dict) == ["reading"]


def test_term_without_kanji_needs_no_reading():
    factories.term(title_ja="LAN").full_clean(exclude=["source"])


def test_every_term_of_the_fixtures_can_be_sorted():
    for term in Term.objects.published():
        term.clean()
