"""A reader's search, parsed into terms that must all match, each in any of its forms."""

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from recruit_site.search.folding import folded
from recruit_site.search.models import Synonyms
from recruit_site.text.sanitising import sanitise
from recruit_site.text.term_matching import split_forms

MOST_TERMS = 8
LONGEST_TERM = 64
#: How many characters of a search are parsed; the rest is cut off.
LONGEST = 2000

#: Control characters. They separate words, as spaces do.
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
#: Quotation marks, brackets and punctuation, which are stripped from both ends of a word.
AROUND = "「」『』“”\"'（）()、。，．,.?？!！:;：；"

_COMMON = (
    "a an the any many much",  # articles, quantities
    "i me my we our you your they their them it's its this that there s",  # pronouns
    "am are is was be do does did has have can could must should will would get need",  # verbs
    "about as at by for from in of on to with and if or",  # prepositions, conjunctions
    "how what when where which who why",  # question words
)
#: Common English words, which are left out if other words remain.
COMMON = frozenset(word for line in _COMMON for word in line.split())

#: Endings of Japanese questions.
QUESTION = re.compile(r"(か|かな|の|ください|下さい|たい|とは)$")
#: Words of Japanese questions that are not about the subject.
ASKING = frozenset(["必要", "大丈夫", "可能", "教", "何", "質問", "場合", "本当"])
CONTENT = re.compile(r"[\u3400-\u9fff々]+|[ァ-ヺー]+|[A-Za-z0-9]+")
#: Endings of questions written in kana alone. The subject stands before the ending.
PLAIN_ENDING = re.compile(
    r"(は|が|を|って|には?)(ひつよう|あり|ある|でき|どう|いくら|なん|だいじょうぶ).*$|(です|ます)か$"
)
SHORTEST_QUESTION = 4
LATIN_END = re.compile(r"([a-z0-9]+) $")
KANA_RUN = re.compile(r"([ぁ-ゖー]{3,})(?=[^ぁ-ゖー])")


class TermForm(NamedTuple):
    """A folded text that matches a term. `synonym` is the synonym that it comes from, "" for the term itself."""

    text: str
    synonym: str = ""


class SearchTerm(NamedTuple):
    text: str
    forms: tuple

    def texts(self, own=False):
        """Return the folded texts of the forms, any of which may match. With `own`, synonyms are left out.

        A form that contains a shorter form is left out, because the shorter one matches wherever it matches.
        """
        texts = [form.text for form in self.forms if not (own and form.synonym)]
        return tuple(text for text in texts if not any(other in text and other != text for other in texts))


class Group(NamedTuple):
    """Synonyms with their folded forms: `known` in all languages, `wanted` in the language of the search."""

    known: dict
    wanted: dict


class Query:
    """A search in a language (default: the active one): the `text` as shown, its `terms`, and whether it was `cut`.

    Any text makes a Query; a Query without terms finds nothing. `synonyms` is the result of read_synonyms(), which is
    called if `synonyms` is None and the text has words.
    """

    def __init__(self, text, language=None, synonyms=None):
        self.language = language or get_language()
        words = sanitise(CONTROLS.sub(" ", text[:LONGEST])).split()
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
        """Return a Query for another text or in another language, with the same synonyms."""
        return Query(self.text if text is None else text, language or self.language, self.synonyms)

    @cached_property
    def folded(self):
        return folded(self.text).strip()

    @cached_property
    def as_words(self):
        """The folded search, and its terms alone, each between tabs as the search words of an entry are."""
        words = (word.strip(AROUND) for word in self.text.split())
        return {f"\t{folded(text)}\t" for text in (" ".join(words), " ".join(term.text for term in self.terms))}

    @cached_property
    def synonyms_as_words(self):
        """The folded synonyms of a search that is one of them itself, each between tabs."""
        forms = self.terms[0].forms if len(self.terms) == 1 else ()
        synonyms = [(form.text, folded(form.synonym)) for form in forms if form.synonym]
        return {f"\t{synonym}\t" for text, synonym in synonyms if text.strip() == synonym.strip()}

    @cached_property
    def sentence(self):
        """The folded search, and again without common words. A question is found by a search word in either."""
        words = [word.strip(AROUND) for word in self.text.split()]
        subject = [word for word in words if word.casefold() not in COMMON]
        return "\t".join(folded(" ".join(some)) for some in (words, subject))

    @cached_property
    def texts(self):
        """The folded texts of each term, with synonyms."""
        return [term.texts() for term in self.terms]

    @cached_property
    def own_texts(self):
        """The folded texts of each term, without synonyms."""
        return [term.texts(own=True) for term in self.terms]


def split(words, groups):
    """Return the terms in the words of a search. Synonyms of several words are one term; common words are left out."""
    phrases, rest = take_phrases(" ".join(word.strip(AROUND) or word for word in words), groups)
    rest = [part for word in rest.split() if folded(word).strip() for part in subject_of(word)]
    terms = phrases + [word for word in rest if word.casefold() not in COMMON]
    return list(dict.fromkeys(terms or rest))


def take_phrases(text, groups):
    """Return (the synonyms of several words in a text, longest first; the rest of the text)."""
    synonyms = dict.fromkeys(word for group in groups for word in group.known if " " in word)
    phrases, text = [], f" {text} "
    for phrase in sorted(synonyms, key=len, reverse=True):
        if phrase.casefold() in text.casefold():
            match = re.search(rf"\s{re.escape(phrase)}\s", text, re.IGNORECASE)
            if match:
                phrases.append(match[0].strip())
                text = f"{text[: match.start()]} {text[match.end() :]}"
    return phrases, text


def subject_of(word):
    """Return the words that a Japanese question is about: 英語 of 英語は必要ですか. Other words are returned whole."""
    if not (QUESTION.search(word) and len(word) > SHORTEST_QUESTION):
        return [word]
    parts = [part for part in CONTENT.findall(unicodedata.normalize("NFKC", word)) if part not in ASKING]
    longer = [part for part in parts if len(part) > 1]
    return longer or (parts if len(parts) == 1 else [PLAIN_ENDING.sub("", word) or word])


def forms_of(word, groups):
    """Return the TermForms of a term: the term itself, then its synonyms, each in the spellings of spellings_of()."""
    own = folded(word)
    forms = dict.fromkeys(spellings_of(own), "")
    for group in groups:
        inside = max((form for form in group.known.values() if form in own), key=len, default=None)
        if inside:
            for synonym, form in group.wanted.items():
                for text in spellings_of(own.replace(inside, form)):
                    forms.setdefault(text, synonym)
    return [TermForm(text, synonym) for text, synonym in forms.items()]


def spellings_of(text):
    """Return the folded texts that match a folded term.

    Latin words of more than three letters match by their start. A long vowel at the end of a word of four kana or more
    is optional (JIS Z 8301), also inside the term.
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
    """Return the groups of synonyms that staff maintain, each as {language: {word: folded form}}."""
    columns = {code: build_localized_fieldname("title", code) for code, _name in settings.LANGUAGES}
    return [
        {code: fold_words(text or "") for code, text in zip(columns, texts, strict=True)}
        for texts in Synonyms.objects.values_list(*columns.values())
    ]


@lru_cache(maxsize=1024)
def fold_words(text):
    """Return {word: folded form} of the words in a comma-separated text."""
    return {word: folded(word) for word in split_forms(text)}


def groups_of(synonyms, language):
    """Return the Groups for a search in a language, from the result of read_synonyms()."""
    return [
        Group({word: form for words in group.values() for word, form in words.items()}, group[language])
        for group in synonyms
    ]
