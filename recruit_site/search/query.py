"""What a reader searches for: terms that must all be found, each in any of its forms."""

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import BooleanField, F, Func, IntegerField
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from recruit_site.search.entries import Entry
from recruit_site.search.folding import folded
from recruit_site.search.index import is_piece
from recruit_site.search.synonyms import Synonyms
from recruit_site.spellings import split_forms
from recruit_site.unseen import seen

MOST_TERMS = 8
LONGEST_TERM = 64
#: What is read of a search at all, before it is split.
LONGEST = 2000

#: What separates words besides spaces: nobody types it.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: What people put around words and does not belong to them.
AROUND = "「」『』“”\"'（）()、。，．,.?？!！:;：；"
#: English words that are in every sentence; left out while other words remain.
COMMON = frozenset(
    [
        "a",
        "about",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it's",
        "its",
        "many",
        "me",
        "much",
        "must",
        "my",
        "need",
        "of",
        "on",
        "or",
        "our",
        "s",
        "should",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
#: How questions end in Japanese, and what stands in them and is not asked about.
QUESTION = re.compile(r"(か|かな|の|ください|下さい|たい|とは)$")
ASKING = frozenset(["必要", "大丈夫", "可能", "教", "何", "質問", "場合", "本当"])
CONTENT = re.compile(r"[\u3400-\u9fff々]+|[ァ-ヺー]+|[A-Za-z0-9]+")
#: Questions in kana alone: what is asked about stands before one of these.
PLAIN_ENDING = re.compile(
    r"(は|が|を|って|には?)(ひつよう|あり|ある|でき|どう|いくら|なん|だいじょうぶ).*$|(です|ます)か$"
)
SHORTEST_QUESTION = 4
LATIN_END = re.compile(r"([a-z0-9]+) $")
KANA_RUN = re.compile(r"([ぁ-ゖー]{3,})(?=[^ぁ-ゖー])")


class Form(NamedTuple):
    """One way in which a term may stand in a text: folded, and the synonym that it is, "" for the word itself."""

    text: str
    synonym: str = ""


class Term(NamedTuple):
    text: str
    forms: tuple

    def texts(self, own=False):
        """Return the folded texts of its forms, of which any may stand; of `own`, those without its synonyms."""
        texts = [form.text for form in self.forms if not (own and form.synonym)]
        return tuple(text for text in texts if not any(other in text and other != text for other in texts))


def held(columns, terms, connection):
    """Return the SQL, with parameters, for each of some terms standing in one of these columns in one of its texts."""
    at = "STRPOS" if connection.vendor == "postgresql" else "INSTR"
    either = " OR ".join(f"{at}({column}, %s) > 0" for column in columns)
    sql = " AND ".join(f"({' OR '.join([either] * len(term))})" for term in terms)
    return sql, [text for term in terms for text in term for _column in columns]


class Holds(Func):
    """Whether a text holds each of some terms in one of its texts."""

    output_field = BooleanField()

    def __init__(self, column, terms):
        super().__init__(column)
        self.terms = terms

    def as_sql(self, compiler, connection):
        column, _none = compiler.compile(self.source_expressions[0])
        sql, parameters = held([column], self.terms, connection)
        return f"({sql})", parameters


class Rank(Func):
    """How well an entry fits, 0 best: the very title, in the title, in what stands around it, in the text.

    The words themselves come before synonyms. `own` are the terms without these. What has no weight, as it is about
    the site itself, comes after all that is about the work, but for a page of that very name.
    """

    output_field = IntegerField()

    def __init__(self, text, terms, own):
        super().__init__("folded_title", "folded_heading", "folded_text", "weight", "place")
        self.text, self.terms, self.own = text, terms, own

    def as_sql(self, compiler, connection):
        title, heading, text, weight, place = (compiler.compile(one)[0] for one in self.source_expressions)
        in_title, anywhere = ([title], self.own), ([text], self.own)
        around = ([title, heading], self.terms)
        alike = (in_title, around) if self.own == self.terms else (in_title, ([title], self.terms), around, anywhere)
        sql, parameters = f"CASE WHEN {title} = %s THEN 0", [self.text]
        for rank, (columns, terms) in enumerate(alike, 1):
            condition, found = held(columns, terms, connection)
            sql, parameters = f"{sql} WHEN {condition} THEN {rank}", parameters + found
        last = len(alike) + 1
        is_page = f"{title} = %s AND {place} NOT LIKE '%%#%%'"
        later = f"CASE WHEN {weight} = 0 AND NOT ({is_page}) THEN {last + 1} ELSE 0 END"
        return f"({sql} ELSE {last} END + {later})", [*parameters, self.text]


class Query:
    """A search in a language (the active one): `text` as shown, its `terms`, and whether it was `cut`.

    Any text makes a Query; one without terms finds nothing.
    """

    def __init__(self, text, language=None, said=None):
        self.language = language or get_language()
        shown = seen(CONTROLS.sub(" ", text[:LONGEST]))
        words = shown.split()
        self.cut = len(text) > LONGEST or len(words) > MOST_TERMS or any(len(word) > LONGEST_TERM for word in words)
        words = [word[:LONGEST_TERM] for word in words[:MOST_TERMS]]
        self.text = " ".join(words)
        self._said = said or (synonyms() if words else [])
        groups = groups_of(self._said, self.language)
        self.terms = [Term(word, tuple(forms_of(word, groups))) for word in self._words(words, groups)]

    def other(self, text=None, language=None):
        """Return a search for something else, or in another language, by the same synonyms."""
        return Query(self.text if text is None else text, language or self.language, self._said)

    def _words(self, words, groups):
        """Return what must be found: synonyms of several words stay together, common words go."""
        said = " ".join(words).casefold()
        known = (word for group in groups for word in group.known if " " in word)
        phrases = sorted((word for word in known if word.casefold() in said), key=len, reverse=True)
        text, found = f" {' '.join(word.strip(AROUND) or word for word in words)} ", []
        for phrase in phrases:
            match = re.search(rf"\s{re.escape(phrase)}\s", text, re.IGNORECASE)
            if match:
                found.append(match[0].strip())
                text = f"{text[: match.start()]} {text[match.end() :]}"
        rest = [part for word in text.split() if folded(word).strip() for part in asked_about(word)]
        told = [word for word in rest if word.casefold() not in COMMON]
        return list(dict.fromkeys([*found, *(told if told or found else rest)]))

    @cached_property
    def folded(self):
        return folded(self.text).strip()

    def __bool__(self):
        return bool(self.terms)

    def matches(self):
        """Return the live entries that hold every term."""
        if not self.terms:
            return Entry.objects.none()
        terms = self._texts()
        found = Entry.objects.published().filter(language=self.language, pieces__hold=terms)
        known = all(is_piece(text) for term in terms for text in term)
        return found if known else found.filter(Holds("folded_text", terms))

    def ranked(self):
        """Return them, the best first; what is alike then goes by section, date and order."""
        rank = Rank(folded(self.text), self._texts(), self._texts(own=True))
        return self.matches().order_by(
            rank, "-weight", F("date").desc(nulls_last=True), "section", "order", "model", "slug", "pk"
        )

    def _texts(self, own=False):
        return [term.texts(own) for term in self.terms]


def asked_about(word):
    """Return the words that a Japanese question is about: 英語 of 英語は必要ですか. What is no question stays whole."""
    if not (QUESTION.search(word) and len(word) > SHORTEST_QUESTION):
        return [word]
    told = [part for part in CONTENT.findall(unicodedata.normalize("NFKC", word)) if part not in ASKING]
    return [part for part in told if len(part) > 1] or told or [PLAIN_ENDING.sub("", word) or word]


def forms_of(word, groups):
    """Return the Forms of a term: itself, then its synonyms, each with and without an optional long vowel."""
    found = {}
    own = folded(word)
    for text in spelled(own):
        found.setdefault(text, "")
    for group in groups:
        inside = max((form for form in group.known.values() if form in own), key=len, default=None)
        if inside:
            for other, form in group.wanted.items():
                for text in spelled(own.replace(inside, form)):
                    found.setdefault(text, other)
    return [Form(text, synonym) for text, synonym in found.items()]


def spelled(text):
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


class Group(NamedTuple):
    """Words of one meaning: those of every language that lead to it, and those to look for in the search's own."""

    known: dict
    wanted: dict


def synonyms():
    """Return what staff say means the same, for each group the words of each language with their folded forms."""
    columns = {code: build_localized_fieldname("title", code) for code, _name in settings.LANGUAGES}
    return [
        {code: words_in(text or "") for code, text in zip(columns, texts, strict=True)}
        for texts in Synonyms.objects.values_list(*columns.values())
    ]


@lru_cache(maxsize=1024)
def words_in(text):
    """Return the words of a group in one language with their folded forms."""
    return {word: folded(word) for word in split_forms(text)}


def groups_of(said, language):
    """Return the Groups for a search in a language, from what synonyms() returns."""
    return [
        Group({word: form for words in one.values() for word, form in words.items()}, one[language]) for one in said
    ]
