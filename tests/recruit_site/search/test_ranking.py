"""Search without a database: folding, the terms of a query, matching and ranking.

All of these are pure functions, so the tests need no database.
"""

import pytest

from recruit_site.search.folding import folded
from recruit_site.search.query import Query, fold_words, spellings_of
from recruit_site.search.ranking import Candidate, count, find, is_hit, rank
from recruit_site.search.snippets import hits
from recruit_site.text.term_matching import split_forms

#: Groups of synonyms, as read_synonyms() returns them.
SYNONYMS = [
    {"ja": fold_words("残業, 超過勤務"), "en": fold_words("overtime, after hours")},
    {"ja": fold_words("留学"), "en": fold_words("study abroad")},
]


def query(words, language="ja"):
    return Query(words, language, SYNONYMS)


def folded_text(title="", heading="", body="", words=""):
    """Return a folded text as entry_of() makes it. `words` are search words, separated by commas."""
    tabs = "".join(f"\t{folded(word)}" for word in split_forms(words)) + "\t"
    return "\n".join((folded(title), tabs, folded(heading), folded(body)))


def candidate(title="見出し", heading="", body="本文", **fields):
    defaults = {"pk": 1, "place": "/ja/faq/one/", "section": "faq", "weight": 5, "day": 0, "order": 0}
    names = {"title": title, "folded_text": folded_text(title, heading, body), "model": "faq.question", "slug": "one"}
    return Candidate(**defaults | names | fields)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        # Width, case, kana, accents and marks
        ("ＡＩ", " ai "),
        ("ﾃﾚﾜｰｸ", "てれわーく"),
        ("テレワーク", "てれわーく"),
        ("か\u3099", "が"),
        ("Café", " caf "),
        ("①", " 1 "),
        # Dashes, tildes, spaces and middle dots
        ("サ－バ－", "さーば"),
        ("10〜12時", " 10 ~ 12 時"),
        ("育児 休業", "育児休業"),
        ("産前・産後", "産前産後"),
        ("育児\u200b休業", "育児休業"),
        # Spellings of one word
        ("取り組み", "取組"),
        ("お問い合わせ", "お問合せ"),
        ("サーバー", "さーば"),
        ("ヴァイオリン", "ばいおりん"),
        ("髙橋", "高橋"),
        # Latin words stand between spaces and lose their endings
        ("IT部門", " it 部門"),
        ("studies", " study "),
        ("Training", " train "),
        ("women", " woman "),
        ("the manager's", " the manager "),
        # Words of three letters are not stemmed
        ("bus", " bus "),
        ("", ""),
    ],
)
def test_folding_makes_alike_what_readers_take_for_the_same(text, same):
    assert folded(text) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("嶋田さんと𠮷野さん", "島田さんと吉野さん"),
        ("入省五年目", "入省5年目"),
        ("organisation", "organizations"),
        ("organised", "organize"),
        ("programmes", "program"),
        ("childcare", "child-care"),
        ("childcare", "child care"),
        ("cybersecurity", "cyber-security"),
        ("e-mail", "email"),
        ("I.T. skills", "IT skill"),
    ],
)
def test_spellings_of_a_word_are_folded_alike(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("words", "language", "terms"),
    [
        ("残業　東京", "ja", ["残業", "東京"]),
        ("「残業」、", "ja", ["残業"]),
        ("残業 残業", "ja", ["残業"]),
        # The subject of a Japanese question
        ("英語は必要ですか", "ja", ["英語"]),
        ("残業はありますか？", "ja", ["残業"]),
        ("ざんぎょうはありますか", "ja", ["ざんぎょう"]),
        ("寮はありますか", "ja", ["寮"]),
        ("なにか", "ja", ["なにか"]),
        # Common words count only without other words
        ("how much overtime is there", "en", ["overtime"]),
        ("what is it", "en", ["it"]),
        ("what is the", "en", ["what", "is", "the"]),
        # Synonyms of several words are one term
        ("Study  Abroad for me", "en", ["Study Abroad"]),
        ("study in Japan", "en", ["study", "Japan"]),
        # No terms
        ("", "ja", []),
        ("\u3000\u200b", "ja", []),
    ],
)
def test_terms_are_the_words_that_a_search_is_about(words, language, terms):
    assert [term.text for term in query(words, language).terms] == terms


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("留学", ["留学"]),
        # Latin words of more than three letters match by their start, shorter ones as a whole
        (" train ", [" train"]),
        (" ai ", [" ai "]),
        # A long vowel at the end of a word is optional, also inside a term
        ("めもりー", ["めもり"]),
        ("めもり管理", ["めもり管理", "めもりー管理"]),
        ("めもりー管理", ["めもりー管理", "めもり管理"]),
    ],
)
def test_term_is_looked_for_in_its_spellings(text, spellings):
    assert spellings_of(text) == spellings


@pytest.mark.parametrize(
    ("words", "language", "forms"),
    [
        ("残業", "ja", [("残業", ""), ("超過勤務", "超過勤務")]),
        ("残業代", "ja", [("残業代", ""), ("超過勤務代", "超過勤務")]),
        ("overtime", "ja", [(" overtim", ""), ("残業", "残業"), ("超過勤務", "超過勤務")]),
        ("海外", "ja", [("海外", "")]),
    ],
)
def test_synonyms_are_further_forms_of_a_term(words, language, forms):
    assert [tuple(form) for term in query(words, language).terms for form in term.forms] == forms


@pytest.mark.parametrize(
    ("words", "language", "text", "is_found"),
    [
        ("残業", "ja", "残業は少ない。", True),
        ("残業", "ja", "超過勤務は少ない。", True),
        ("残業", "ja", "業務が残る。", False),
        ("残業 東京", "ja", "東京での超過勤務", True),
        ("残業 東京", "ja", "大阪での残業", False),
        ("メモリ", "ja", "メモリーの管理", True),
        ("データ", "ja", "学んでた", False),
        ("IT", "en", "with", False),
        ("IT", "en", "IT, of course", True),
        ("men", "en", "women", False),
        ("network", "en", "networks", True),
        ("netw", "en", "a network", True),
        ("work", "en", "a network", False),
        ("100%", "ja", "100%の人", True),
        ("100%", "ja", "100人", False),
        ("", "ja", "残業", False),
    ],
)
def test_text_is_found_that_holds_every_term_in_one_of_its_forms(words, language, text, is_found):
    assert count(query(words, language), [folded_text(body=text)]) == is_found


@pytest.mark.parametrize(
    ("title", "heading", "body", "place"),
    [
        ("残業", "", "", 0),
        ("残業について", "", "", 1),
        ("超過勤務", "", "", 3),
        ("働き方", "残業", "", 5),
        ("働き方", "超過勤務", "", 5),
        ("働き方", "", "残業は少ない。", 6),
        ("働き方", "", "超過勤務は少ない。", 7),
    ],
)
def test_rank_is_by_where_the_terms_stand_and_whether_as_synonyms(title, heading, body, place):
    assert rank(folded_text(title, heading, body), query("残業")) == place


@pytest.mark.parametrize(
    ("title", "heading", "body", "place"),
    [
        ("東京の残業", "", "", 1),
        ("東京の超過勤務", "", "", 3),
        ("東京", "残業", "", 5),
        ("東京", "", "残業", 6),
        ("", "東京", "超過勤務", 7),
    ],
)
def test_terms_count_together(title, heading, body, place):
    assert rank(folded_text(title, heading, body), query("東京 残業")) == place


@pytest.mark.parametrize(
    ("words", "language", "search_words", "place"),
    [
        ("残業", "ja", "忙しい, 残業", 0),
        ("残業は多いですか", "ja", "残業は多い", 1),
        ("残業", "ja", "残業時間", 1),
        ("残業", "ja", "超過勤務", 2),
        ("残業", "ja", "超過勤務手当", 3),
        ("am I too old", "en", "age, too old", 0),
        ("Am I really too old for this examination?", "en", "age, too old", 4),
        ("too old", "en", "too old", 0),
    ],
)
def test_search_word_leads_to_its_question(words, language, search_words, place):
    assert rank(folded_text("題", words=search_words), query(words, language)) == place


@pytest.mark.parametrize(
    ("words", "search_words", "is_found"),
    [
        ("|", "夫", False),
        ("大丈夫", "夫", False),
        ("夫", "夫", True),
        ("英語できない", "英語", True),
        ("さんぽ", "散歩", False),
    ],
)
def test_search_that_contains_a_search_word_finds_its_question(words, search_words, is_found):
    assert is_hit(folded_text("題", words=search_words), query(words)) == is_found


def test_longest_search_word_in_a_sentence_decides():
    one, other = (candidate(folded_text=folded_text("題", words=words)) for words in ("残業が多い", "残業"))
    assert find(query("東京は残業が多いらしい"), [other, one]) == [one, other]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Rank comes before weight
        ({"title": "残業", "weight": 1}, {"title": "残業とは", "weight": 9}),
        # Weight comes before date, a newer date before an older one, any date before none
        ({"weight": 9, "day": 20200401}, {"weight": 8, "day": 20260401}),
        ({"day": 20260401}, {"day": 20251231}),
        ({"day": 20200401}, {"day": 0}),
        # Then section, order, model and slug
        ({"section": "apply"}, {"section": "faq"}),
        ({"order": 2}, {"order": 10}),
        ({"model": "careers.notice"}, {"model": "faq.question"}),
        ({"slug": "a"}, {"slug": "b"}),
        # A page whose title contains the search comes before a piece whose title equals it
        ({"title": "残業と休み", "place": "/ja/hours/"}, {"title": "残業", "place": "/ja/days/#one"}),
        # Pages about the site itself come last, except a page whose title equals the search
        ({"weight": 1, "body": "超過勤務"}, {"weight": 0, "title": "残業", "place": "/ja/about/#overtime"}),
        ({"weight": 0, "title": "残業", "place": "/ja/about/"}, {"weight": 9, "title": "残業とは"}),
    ],
)
def test_first_comes_before_second(first, second):
    one, other = (candidate(**{"body": "残業"} | fields) for fields in (first, second))
    assert find(query("残業"), [one, other]) == find(query("残業"), [other, one]) == [one, other]


def test_search_without_terms_finds_nothing():
    assert find(query(""), [candidate()]) == []


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("サイバー", "サイバー空間", "サイバー"),
        ("サーバ", "サーバーの保守", "サーバー"),
        ("メモリ", "メモリ管理", "メモリ"),
    ],
)
def test_long_vowel_at_the_end_of_a_hit_is_marked_with_it(words, text, marked):
    assert [text[first:last] for first, last, _form in hits(text, query(words).terms)] == [marked]
