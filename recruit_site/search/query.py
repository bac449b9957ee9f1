"""A reader's search, parsed into terms that must all be found, each in any of its forms."""

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from recruit_site.search.folding import folded
from recruit_site.search.models import Synonyms
from recruit_site.text.sanitising import sanitised
from recruit_site.text.term_matching import split_forms

MOST_TERMS = 8
LONGEST_TERM = 64
#: How many characters of a search are read at all, before it is split.
LONGEST = 2000

#: Control characters: like spaces, they separate words.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: Quotation marks, brackets and punctuation around a word are not part of it.
AROUND = "「」『』“”\"'（）()、。，．,.?？!！:;：；"

_COMMON = (
    "a an the any many much",  # articles, quantities
    "i me my we our you your they their them it's its this that there s",  # pronouns
    "am are is was be do does did has have can could must should will would get need",  # verbs
    "about as at by for from in of on to with and if or",  # prepositions, conjunctions
    "how what when where which who why",  # question words
)
#: English words that are in every sentence; left out while other words remain.
COMMON = frozenset(word for line in _COMMON for word in line.split())

#: How questions end in Japanese.
QUESTION = re.compile(r"(か|かな|の|ください|下さい|たい|とは)$")
#: Words of Japanese questions that say nothing about their subject.
ASKING = frozenset(["必要", "大丈夫", "可能", "教", "何", "質問", "場合", "本当"])
CONTENT = re.compile(r"[\u3400-\u9fff々]+|[ァ-ヺー]+|[A-Za-z0-9]+")
#: Ends of questions in kana alone; their subject stands before.
PLAIN_ENDING = re.compile(
    r"(は|が|を|って|には?)(ひつよう|あり|ある|でき|どう|いくら|なん|だいじょうぶ).*$|(です|ます)か$"
)
SHORTEST_QUESTION = 4
LATIN_END = re.compile(r"([a-z0-9]+) $")
KANA_RUN = re.compile(r"([ぁ-ゖー]{3,})(?=[^ぁ-ゖー])")


class TermForm(NamedTuple):
    """One way in which a term may stand in a text: folded, and the synonym that it is, "" for the word itself."""

    text: str
    synonym: str = ""


class SearchTerm(NamedTuple):
    text: str
    forms: tuple

    def texts(self, own=False):
        """Return the folded texts of its forms, any of which may be found; with `own` those that are no synonyms.

        A text that holds another one is left out: whatever holds it holds the other one too.
        """
        texts = [form.text for form in self.forms if not (own and form.synonym)]
        return tuple(text for text in texts if not any(other in text and other != text for other in texts))


class Group(NamedTuple):
    """Words of one meaning with their folded forms: `known` of every language, `wanted` of the search's own."""

    known: dict
    wanted: dict


class Query:
    """A search in a language (the active one): `text` as shown, its `terms`, and whether it was `cut`.

    Any text makes a Query; one without terms finds nothing. `synonyms` is what read_synonyms() returns, which is asked
    where nothing is given and there are words.
    """

    def __init__(self, text, language=None, synonyms=None):
        self.language = language or get_language()
        words = sanitised(CONTROLS.sub(" ", text[:LONGEST])).split()
        self.cut = len(text) > LONGEST or len(words) > MOST_TERMS or any(len(word) > LONGEST_TERM for word in words)
        words = [word[:LONGEST_TERM] for word in words[:MOST_TERMS]]
        self.text = " ".join(words)
        if synonyms is None:
            synonyms = read_synonyms() if words else []
        self.synonyms = synonyms
        groups = groups_of(synonyms, self.language)
        self.terms = [SearchTerm(word, tuple(forms_of(word, groups))) for word in split(words, groups)]

    def __bool__(self):
        return bool(self.terms)

    def other(self, text=None, language=None):
        """Return a search for another text, or in another language, with the same synonyms."""
        return Query(self.text if text is None else text, language or self.language, self.synonyms)

    @cached_property
    def folded(self):
        return folded(self.text).strip()

    @cached_property
    def texts(self):
        """The folded texts of each term, with synonyms."""
        return [term.texts() for term in self.terms]

    @cached_property
    def own_texts(self):
        """The folded texts of each term, without synonyms."""
        return [term.texts(own=True) for term in self.terms]


def split(words, groups):
    """Return the terms in the words of a search: synonyms of several words stay together, common words go."""
    phrases, rest = take_phrases(" ".join(word.strip(AROUND) or word for word in words), groups)
    rest = [part for word in rest.split() if folded(word).strip() for part in subject_of(word)]
    terms = phrases + [word for word in rest if word.casefold() not in COMMON]
    return list(dict.fromkeys(terms or rest))


def take_phrases(text, groups):
    """Return the synonyms of several words that a text holds, the longest first, and the rest of the text."""
    known = dict.fromkeys(word for group in groups for word in group.known if " " in word)
    found, text = [], f" {text} "
    for phrase in sorted(known, key=len, reverse=True):
        if phrase.casefold() in text.casefold():
            match = re.search(rf"\s{re.escape(phrase)}\s", text, re.IGNORECASE)
            if match:
                found.append(match[0].strip())
                text = f"{text[: match.start()]} {text[match.end() :]}"
    return found, text


def subject_of(word):
    """Return the words that a Japanese question is about: 英語 of 英語は必要ですか. What is no question stays whole."""
    if not (QUESTION.search(word) and len(word) > SHORTEST_QUESTION):
        return [word]
    told = [part for part in CONTENT.findall(unicodedata.normalize("NFKC", word)) if part not in ASKING]
    return [part for part in told if len(part) > 1] or told or [PLAIN_ENDING.sub("", word) or word]


def forms_of(word, groups):
    """Return the TermForms of a term: itself, then its synonyms, each with and without an optional long vowel."""
    own = folded(word)
    found = dict.fromkeys(spellings_of(own), "")
    for group in groups:
        inside = max((form for form in group.known.values() if form in own), key=len, default=None)
        if inside:
            for other, form in group.wanted.items():
                for text in spellings_of(own.replace(inside, form)):
                    found.setdefault(text, other)
    return [TermForm(text, synonym) for text, synonym in found.items()]


def spellings_of(text):
    """Return the folded texts to look for: Latin words of more than three letters are found by their start.

    A long vowel at the end of a word of four kana or more may be missing (JIS Z 8301), also inside the term.
    """
    text = LATIN_END.sub(lambda match: match[0].rstrip() if len(match[1]) > 3 else match[0], text)
    if re.search("[ぁ-ゖ]{1}[ぁ-ゖー]{2,}ー$", text):
        text = text.removesuffix("ー")
    texts = [text]
    if match := KANA_RUN.search(text):
        run = match[1]
        other = run.removesuffix("ー") if run.endswith("ー") else f"{run}ー"
        texts.append(text[: match.start()] + other + text[match.end() :])
    return texts


def read_synonyms():
    """Return the groups of words that staff keep, each a dictionary of language, word and its folded form."""
    columns = {code: build_localized_fieldname("title", code) for code, _name in settings.LANGUAGES}
    return [
        {code: fold_words(text or "") for code, text in zip(columns, texts, strict=True)}
        for texts in Synonyms.objects.values_list(*columns.values())
    ]


@lru_cache(maxsize=1024)
def fold_words(text):
    """Return the words in a text that commas separate, with their folded forms."""
    return {word: folded(word) for word in split_forms(text)}


def groups_of(synonyms, language):
    """Return the Groups for a search in a language, from what read_synonyms() returns."""
    return [
        Group({word: form for words in one.values() for word, form in words.items()}, one[language]) for one in synonyms
    ]
