"""The comparison of numbers and glossary terms between the Japanese and the English of a text."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from recruit_site.content.translated_fields import title_and_other_forms
from recruit_site.text.dates import ERAS
from recruit_site.text.term_matching import pattern_of, spelling_key


class Quantity(NamedTuple):
    """A number in a text: its value, its unit ("" if the text gives none), and its (start, end) in the text."""

    value: str
    unit: str = ""
    span: tuple = (0, 0)

    def agrees_with(self, other):
        return self.value == other.value and (self.unit == other.unit or not (self.unit and other.unit))

    def __str__(self):
        return f"{self.value} {self.unit}".strip()


class Disagreement(NamedTuple):
    """A number or term that one language of a text contains ("ja" or "en") and the other lacks.

    `span` is its (start, end) in the text that contains it.
    """

    what: str
    stands_in: str
    span: tuple = (0, 0)


IN_ENGLISH = {"令和": "Reiwa", "平成": "Heisei", "昭和": "Showa", "大正": "Taisho", "明治": "Meiji"}
FIRST_YEARS = dict(ERAS) | {IN_ENGLISH[era]: first for era, first in ERAS}
ERA_YEAR = re.compile(rf"({'|'.join(FIRST_YEARS)}) ?(元|\d{{1,4}}(?!\d))年?")
TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?![\d:])")
CLOCK_JA = re.compile(r"(?<!\d)(\d{1,2})時(?:(\d{1,2})分|(半))?(?!間)")
NAME_WITH_NUMBER = re.compile(r"(?<![A-Za-z])[A-Za-z]++-?\d++(?![.,]+\d)")
NUMBER = r"(\d+(?:,\d{3})*(?:\.\d+)?)"
JAPANESE = re.compile(NUMBER + r"(億|万|千)?(時間|分間?|週間?|か月|カ月|ヶ月|日間?|年間?|%|パーセント)?")
ENGLISH = re.compile(
    NUMBER + r"(?:st|nd|rd|th|s)?(?:[ -](million|thousand))?"
    r"(?:[ -]?(hours?|h|minutes?|min|weeks?|months?|days?|years?|%|per cent|percent))?(?![a-z])",
    re.IGNORECASE,
)
FACTORS = {"億": 10**8, "万": 10**4, "千": 1000, "million": 10**6, "thousand": 1000}
UNITS = {
    "時間": "hour", "分": "minute", "週": "week", "か月": "month", "カ月": "month", "ヶ月": "month", "日": "day",
    "年": "year", "h": "hour", "min": "minute", "%": "percent", "パーセント": "percent", "per cent": "percent",
}  # fmt: skip
KANJI = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
KANJI_NUMBER = re.compile(r"[一二三四五六七八九十百]{1,12}")
SMALL = "zero one two three four five six seven eight nine ten eleven twelve"
ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
MONTHS = "January February March April May June July August September October November December"
WORDS = (
    {word: str(value) for words in (SMALL, ORDINALS) for value, word in enumerate(words.split())}
    | {word: str(value * 10) for value, word in enumerate(TENS.split()) if value > 1}
    | {"once": "1", "twice": "2", "half": "0.5", "a": "1", "an": "1", "both": "2", "every": "1", "each": "1"}
)
MONTH_NUMBERS = {month: str(number) for number, month in enumerate(MONTHS.split(), start=1)}
ENGLISH_WORD = re.compile(
    rf"\b({'|'.join(sorted(WORDS, key=len, reverse=True))})(?:[ -](hours?|minutes?|weeks?|months?|days?|years?))?\b",
    re.IGNORECASE,
)


def canonical(number, factor=""):
    value = Decimal(number.replace(",", "")) * FACTORS.get((factor or "").lower(), 1)
    return format(value.normalize(), "f")


def unit_of(word):
    word = (word or "").lower()
    return UNITS.get(word) or UNITS.get(word.removesuffix("間")) or word.removesuffix("s")


def narrow(text):
    """Return a text with full-width digits, letters and signs in half width, each character at its old index."""
    return "".join(plain if len(plain := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in text)


def numbers(text, language):
    """Return (stated, implied): the Quantities of a text written in figures, and those written in words."""
    text = narrow(text)
    stated, implied = [], []

    def find(pattern, make):
        return [make(match)._replace(span=match.span()) for match in pattern.finditer(text)]

    def take(pattern, make):
        nonlocal text
        stated.extend(find(pattern, make))
        text = pattern.sub(lambda match: " " * len(match[0]), text)

    take(TIME, lambda match: Quantity(f"{int(match[1])}:{match[2]}", "o'clock"))
    if language == "ja":
        take(CLOCK_JA, lambda match: Quantity(f"{int(match[1])}:{minutes_of(match)}", "o'clock"))
    take(ERA_YEAR, lambda match: Quantity(western_year(match)))
    take(NAME_WITH_NUMBER, lambda match: Quantity(match[0].upper()))
    if language == "ja":
        stated += find(JAPANESE, japanese_quantity)
        implied += [Quantity(kanji_value(match)) for match in KANJI_NUMBER.findall(text)]
        implied += [Quantity("1") for _word in re.findall("翌|初|毎|最初|ひとり|もう", text)]
    else:
        stated += find(ENGLISH, lambda match: Quantity(canonical(match[1], match[2]), unit_of(match[3])))
        implied += [Quantity(WORDS[word.lower()], unit_of(unit)) for word, unit in ENGLISH_WORD.findall(text)]
        implied += [Quantity(MONTH_NUMBERS[month]) for month in re.findall("|".join(MONTH_NUMBERS), text)]
    return stated, implied


def western_year(match):
    """Return the Western year of an era year: 令和6年 → 2024."""
    return str(FIRST_YEARS[match[1]] - 1 + (1 if match[2] == "元" else int(match[2])))


def japanese_quantity(match):
    value, unit = canonical(match[1], match[2]), match[3] or ""
    return Quantity(value, "" if unit.startswith("年") and len(value) == 4 else unit_of(unit))


def minutes_of(match):
    """Return the minutes of a Japanese clock time: 9時半 → 30, 9時5分 → 05."""
    return "30" if match[3] else (match[2] or "0").zfill(2)


def kanji_value(digits):
    """Return the value of a number in kanji below a thousand: 二十五 → 25."""
    total = current = 0
    for digit in digits:
        if digit in "十百":
            total += (current or 1) * (10 if digit == "十" else 100)
            current = 0
        else:
            current = current * 10 + KANJI[digit]
    return str(total + current)


def numbers_that_disagree(japanese, english):
    """Return the Disagreements between the figures of two texts that should say the same.

    A figure in one language must also be in the other, in figures or in words. If both give a unit, the units
    must be the same. Era years count as Western years (令和6年 is 2024), 2.8万 as 28,000, 9時半 as 9:30.
    """
    stated = {"ja": numbers(japanese, "ja"), "en": numbers(english, "en")}
    disagreements = {}
    for here, there in (("ja", "en"), ("en", "ja")):
        others = [*stated[there][0], *stated[there][1]]
        for quantity in stated[here][0]:
            if not any(quantity.agrees_with(other) for other in others):
                disagreements.setdefault((str(quantity), here), Disagreement(str(quantity), here, quantity.span))
    return list(disagreements.values())


class Lexicon:
    """The glossary terms of both languages, compiled once and then looked up in many texts."""

    def __init__(self, terms):
        self.terms = {spelling_key(form): term for term in terms for form in title_and_other_forms(term, "ja")}
        self.japanese = pattern_of(self.terms)

    def disagreements(self, japanese, english):
        """Return a Disagreement for each term in the Japanese whose agreed English is missing from the English.

        A longer term hides the shorter terms inside it: 外交公電 does not count as 公電 too.
        """
        spans = {}
        for match in self.japanese.finditer(japanese) if self.japanese else ():
            spans.setdefault(self.terms[spelling_key(match[0])], match.span())
        return [
            Disagreement(term.title_ja, "ja", spans[term])
            for term in sorted(spans, key=lambda term: term.order)
            if not says(english, term)
        ]

    def english(self, title):
        """Return the agreed English of a Japanese term, "" if the glossary has none; KeyError for an unknown term."""
        return self.terms[spelling_key(title)].title_en or ""

    def without_terms(self, japanese):
        """Return a Japanese text with all glossary terms removed."""
        return self.japanese.sub("", japanese) if self.japanese else japanese


def says(english, term):
    """Return whether an English text contains the agreed English of a term, in any of its forms."""
    pattern = pattern_of(title_and_other_forms(term, "en"))
    return bool(pattern and pattern.search(english))
