"""A word is spelt in one way in the content, the interface, the error pages and the staff's guide."""

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from faq.models import Question
from recruit_site.content import snapshot
from recruit_site.editorial_checks.registry import findings
from recruit_site.editorial_checks.rules.spellings import ENGLISH, JAPANESE, other_spellings
from recruit_site.search.models import Synonyms
from tests import factories

MESSAGES = settings.BASE_DIR / "recruit_site" / "locale" / "ja" / "LC_MESSAGES" / "django.po"
TEXTS = [
    *settings.BASE_DIR.glob("templates/50?.html"),
    *settings.BASE_DIR.glob("deploy/errors/*.html"),
    settings.BASE_DIR / "docs" / "editing.md",
]
#: Texts that name another spelling as an example of one.
ABOUT_SPELLINGS = ("サーバとサーバー", "サーバ and サーバー", "「サーバ」", "「取組」")


def others(text, language):
    for example in ABOUT_SPELLINGS:
        text = text.replace(example, "")
    return [match[0] for match, _preferred in other_spellings(text, language)]


@pytest.mark.parametrize(("language", "spellings"), [("ja", JAPANESE), ("en", ENGLISH)])
def test_spelling_to_use_is_not_one_of_the_others(language, spellings):
    assert [preferred for preferred in spellings if others(preferred, language)] == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("いまはサーバを使います。", "ja", ["いま", "サーバ"]),
        ("今はサーバーを使っています。", "ja", []),
        ("叩いて、問合せる。", "ja", ["叩い", "問合せ"]),
        ("Cyber security and digitalization", "en", ["Cyber security", "digitalization"]),
        ("Office for Promotion of Digitalization", "en", []),
    ],
)
def test_other_spellings_are_found(text, language, found):
    assert sorted(others(text, language)) == sorted(found)


def test_interface_spells_each_word_in_one_way():
    with MESSAGES.open(encoding="utf-8") as file:
        messages = [message for message in read_po(file, locale="ja") if message.id]
    texts = [(form, "en") for message in messages for form in forms(message.id)]
    texts += [(form, "ja") for message in messages for form in forms(message.string)]
    assert [(found, text) for text, language in texts for found in others(text, language)] == []


def forms(message):
    return [message] if isinstance(message, str) else message


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_other_texts_spell_each_word_in_one_way(path):
    text = path.read_text(encoding="utf-8")
    assert others(text, "ja") + others(text, "en") == []


@pytest.mark.django_db
def test_editors_see_the_spelling_to_use():
    row = factories.question(text_ja="サーバの仕事です。", source=factories.source())
    (finding,) = (one for one in findings(Question, snapshot.take_snapshot(row)) if one.check == "spellings")
    assert (finding.marked, finding.values) == ("サーバ", {"plain": "サーバー"})


@pytest.mark.django_db
def test_synonyms_may_hold_every_spelling():
    row = Synonyms.objects.create(slug="servers", title_ja="サーバ, サーバー", title_en="server")
    assert findings(Synonyms, snapshot.take_snapshot(row)) == []
