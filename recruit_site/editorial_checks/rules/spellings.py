"""The check that a word is spelt in one way on the whole site, and the list of those spellings.

The list settles what the rules leave open. Japanese follows 公用文作成の考え方 (Council for Cultural Affairs, 2022),
English the spelling of the Japanese government's English sites. Official names keep their own spelling.
"""

import re

from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Part, Publishable
from recruit_site.editorial_checks.finding import EditorialCheck, Mark

#: The spelling to use → a pattern of the others.
JAPANESE = {
    "今": "(?<![ぁ-ん])いま(?=[、。のはもでや])",
    "誰": "だれ",
    "言葉": "ことば",
    "特に": "とくに",
    "やりがい": "やり甲斐",
    "やりとり": "やり取り",
    "たたく": "叩く",
    "たたい": "叩い",
    "わくわく": "ワクワク",
    "このサイト": "当サイト",
    "さまざま": "様々",
    "すべて": "全て",
    "たとえば": "例えば",
    "できる": "出来る",
    "ください": "下さい",
    "わかる": "分かる",
    "わから": "分から",
    "触れ": "(?<=に)ふれ(?=[る、])",
    "鍛え": "きたえ",
    "捉え": "とらえ",
    "見据え": "見すえ",
    "身につけ": "身に付け",
    "くらべ": "比べ",
    "問い合わせ": "問合せ|問合わせ",
    "申込み": "申し込み(?!ま)",
    "打ち合わせ": "打合せ|打合わせ",
    "取り組み": "取組(?!み)",
    "か月": "[カヶヵケ]月",
    "ワシントン": "ワシントンDC|ワシントンＤＣ",
    "サーバー": "サーバ(?!ー)",
    "ブラウザー": "ブラウザ(?!ー)",
    "プリンター": "プリンタ(?!ー)",
    "ユーザー": "ユーザ(?!ー)",
    "メールマガジン": "メルマガ",
    "ウェブ": r"WEB|Web(?! ?[A-Z])",
}
ENGLISH = {
    "cybersecurity": "[Cc]yber[ -]security",
    "cyberspace": "[Cc]yber[ -]space",
    "cyberattack": "[Cc]yber[ -]attack",
    "digitalisation": "digitalization",
    "email": "[Ee]-mail",
    "telework": "tele-work",
    "organis": r"\borganiz",
    "enquir": "[Ii]nquir",
    "on-premises": r"\bon-premise\b",
    "website": "web site",
    "timeline": "time[ -]line",
    "canteen": "cafeteria",
    "primary school": "elementary school",
    "who to contact": "whom to (?:ask|contact)|who to ask",
}


#: The fields that list spellings and words, instead of holding text.
LISTS_OF_WORDS = ("other_forms", "search_words")


def other_spellings(text, language):
    """Yield (match, the spelling to use) for each place in a text that is spelt in another way."""
    for preferred, pattern in (JAPANESE if language == "ja" else ENGLISH).items():
        for match in re.finditer(pattern, text):
            yield match, preferred


def spellings(place):
    """Yield Marks of other spellings; synonyms and other forms of terms are lists of them."""
    if issubclass(place.unit.model, Publishable | Part) and place.original not in LISTS_OF_WORDS:
        for match, preferred in other_spellings(place.text, place.language):
            yield Mark(*match.span(), {"plain": preferred})


CHECKS = (
    EditorialCheck(
        "spellings",
        spellings,
        _("This site spells this word in another way."),
        _("Write %(plain)s."),
    ),
)
