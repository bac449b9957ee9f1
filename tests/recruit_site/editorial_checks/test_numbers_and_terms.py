"""The Japanese and the English of a text must have the same numbers and the agreed terms; differences are named."""

import pytest

from recruit_site.content.models import Term
from recruit_site.editorial_checks.numbers_and_terms import Lexicon, numbers_that_disagree
from tests import factories

AGREEING = [
    ("2022年（令和4年）に入省", "joined in 2022"),
    ("令和6年", "in 2024"),
    ("令和元年度", "fiscal 2019"),
    ("明治5年4月9日（旧暦、1872年）", "the 9th day of the 4th month of Meiji 5 (1872)"),
    ("2024年1月現在", "as of January 2024"),
    ("最高2.8万円", "up to 28,000 yen"),
    ("約30万人", "about 300,000 people"),
    ("1万人を超える", "more than 10,000"),
    ("9時半に登庁", "arrives at 9:30"),
    ("12:30–13:30", "12:30 to 13:30"),
    ("年5日まで", "up to five days a year"),
    ("1日2時間以内", "within two hours a day"),
    ("50％", "50 per cent"),
    ("入省10年目", "the tenth year after joining"),
    ("週2回ほど", "about twice a week"),
    ("三つの仕事", "3 jobs"),
    ("30歳前後", "around thirty"),
    ("G7とG20", "the G7 and the G20"),
    ("２３０を超える", "more than 230"),
    ("24時間365日", "24 hours a day, 365 days a year"),
    ("全3ページの2ページ目", "part 2 of 3"),
]


@pytest.mark.parametrize(("japanese", "english"), AGREEING)
def test_same_numbers_agree_however_each_language_writes_them(japanese, english):
    assert numbers_that_disagree(japanese, english) == []


@pytest.mark.parametrize(
    ("japanese", "english", "found"),
    [
        ("153か国", "135 countries", [("153", "ja"), ("135", "en")]),
        ("令和6年", "in 2023", [("2024", "ja"), ("2023", "en")]),
        ("2週間", "two months", [("2 week", "ja")]),
        ("産後8週間", "eight days after the birth", [("8 week", "ja")]),
        ("2.8万円", "2,800 yen", [("28000", "ja"), ("2800", "en")]),
        ("18:15に退庁", "leaves at 18:45", [("18:15 o'clock", "ja"), ("18:45 o'clock", "en")]),
        ("50%", "15%", [("50 percent", "ja"), ("15 percent", "en")]),
        ("G7", "G20", [("G7", "ja"), ("G20", "en")]),
        ("230を超える拠点", "many posts", [("230", "ja")]),
        ("多くの拠点", "more than 230 posts", [("230", "en")]),
    ],
)
def test_number_that_differs_is_named_with_the_language_it_stands_in(japanese, english, found):
    assert [(item.what, item.stands_in) for item in numbers_that_disagree(japanese, english)] == found


TERMS = [
    Term(pk=1, title_ja="公電", title_en="telegram"),
    Term(pk=2, title_ja="外交公電", title_en="diplomatic telegram"),
    Term(pk=3, title_ja="在外公館", title_en="mission abroad", other_forms_en="missions"),
]


@pytest.mark.parametrize(
    ("japanese", "english", "missing"),
    [
        ("公電を送る", "sends a telegram", []),
        ("公電を送る", "sends a message", ["公電"]),
        ("外交公電を送る", "sends a Diplomatic Telegram", []),
        ("外交公電を送る", "sends a telegram", ["外交公電"]),
        ("外交公電を送る", "sends a diplomatic\ntelegram", []),
        ("在外公館で", "at missions", []),
        ("在外公館で", "at transmissions", ["在外公館"]),
        ("外で", "at missions", []),
    ],
)
def test_term_without_its_agreed_english_is_named(japanese, english, missing):
    assert [item.what for item in Lexicon(TERMS).disagreements(japanese, english)] == missing


@pytest.mark.django_db
def test_a_wrong_number_in_a_row_would_be_found():
    piece = factories.question(text_ja="153か国", text_en="135 countries")
    assert numbers_that_disagree(piece.text_ja, piece.text_en) != []
