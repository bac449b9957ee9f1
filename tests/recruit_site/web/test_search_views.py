"""The search: equal spellings, the order of results, texts that are never shown, and odd input."""

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from careers import models as careers
from faq.models import Question, Topic
from recruit_site.consent.models import Consent
from recruit_site.content.models import Chapter
from recruit_site.editing.models import Revision
from recruit_site.editing.revisions import record_revision
from recruit_site.environment import SQLITE_OPTIONS
from recruit_site.search import missed_searches
from recruit_site.search.folding import fold, folded
from recruit_site.search.models import MissedSearch, SearchEntry, Synonyms
from recruit_site.search.query import Query
from recruit_site.search.ranking import find, read_candidates
from recruit_site.search.snippets import hits, snippet
from recruit_site.search.suggestions import respelt
from recruit_site.web.search_views import SearchView
from tests import factories
from tests.page_text import read

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def saved(row):
    """Return a row after recording a revision of it, which also indexes it for the search."""
    record_revision(row, Revision.Event.SAVED)
    return row


def question(**fields):
    return saved(factories.question(**fields))


def hits_of(words, language="ja"):
    with override(language):
        return find(Query(words), read_candidates(language))


def found(words, language="ja"):
    return [hit.place for hit in hits_of(words, language)]


def titles(words, language="ja"):
    return [hit.title for hit in hits_of(words, language)]


# Equal spellings


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("ＡＩを使う", "ai"),
        ("インターンシップ", "ｲﾝﾀｰﾝ"),
        ("インターンシップ", "いんたーん"),
        ("いんたーん", "インターン"),
        ("ガイドライン", "ｶﾞｲﾄﾞ"),
        ("５Ｇの時代", "5G"),
        ("①番", "1番"),
        ("取組を進める", "取り組み"),
        ("取り組みを進める", "取組"),
        ("お問合せはこちら", "問い合わせ"),
        ("サーバの保守", "サーバー"),
        ("サーバーの保守", "サーバ"),
        ("サーバルームで", "サーバールーム"),
        ("メモリー管理", "メモリ管理"),
        ("メモリ管理", "メモリー管理"),
        ("サーバー", "サ－バ－"),
        ("153か国", "153ヶ国"),
        ("ヴァチカン", "バチカン"),
        ("産前・産後休暇", "産前産後休暇"),
        ("育児 休業", "育児休業"),
        ("育児\u200b休業", "育児休業"),
        ("育児休業", "育児\u200b休業"),
        ("尾﨑さん", "尾崎"),
        ("IP‐VPN", "IP-VPN"),
        ("2.8万円", "2.8万"),
        ("寮", "寮"),
    ],
)
def test_ways_to_write_the_same_find_each_other(written, searched):
    place = question(title_ja="目印", text_ja=f"ここに{written}とある。")
    assert place.get_absolute_url() in found(searched)


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Studies", "study"),
        ("training", "train"),
        ("trained", "training"),
        ("children", "child"),
        ("commuting", "commute"),
        ("Café", "cafe"),
        ("networks", "network"),
        ("a network", "netw"),
    ],
)
def test_forms_of_an_english_word_find_each_other(written, searched):
    assert folded(searched).strip() in folded(written)


@pytest.mark.parametrize(
    ("written", "searched"), [("with", "IT"), ("women", "men"), ("training", "AI"), ("train", "rain")]
)
def test_part_of_an_english_word_is_not_the_word(written, searched):
    question(title_ja="目印", title_en="Mark", text_ja="本文", text_en=f"Here is {written}.")
    assert "Mark" not in titles(searched, "en")


def test_short_latin_word_is_found_beside_japanese():
    place = question(title_ja="目印", text_ja="最新のQX技術を学ぶ。").get_absolute_url()
    assert found("qx") == [place]
    assert found("QX技術") == [place]


def test_folding_knows_where_each_character_comes_from():
    text = "ﾃﾚﾜｰｸと　取り組み、Trained"
    assert fold(text).text == "てれわーくと取組、 train "
    assert [text[first:last] for first, last in zip(*fold(text)[1:], strict=True)][-7:] == [
        *["T", "T", "r", "a", "i", "ned", "d"]
    ]


# Results: their language and their place


def test_each_result_leads_to_a_place_that_is_there(client):
    ids = {}
    faults = []
    for entry in SearchEntry.objects.published():
        path, _hash, anchor = entry.place.partition("#")
        if path not in ids:
            ids[path] = set(re.findall(r'\bid="([^"]+)"', read(client.get(path))))
        if anchor and anchor not in ids[path]:
            faults.append(entry.place)
    assert faults == []
    assert SearchEntry.objects.count() > 500


def test_answer_is_found_at_its_own_place_under_its_interview():
    piece = saved(factories.interview(title_ja="見出し"))
    piece.answers.create(slug="tea", title_ja="茶道の話", text_ja="抹茶を点てる。")
    saved(piece)
    assert found("抹茶") == [f"{piece.get_absolute_url()}#tea"]
    assert SearchEntry.objects.get(place=found("抹茶")[0]).heading == f"見出し · {piece.person.title_ja}"


def test_untranslated_piece_is_found_in_japanese_alone():
    place = question(title_ja="抹茶", title_en="Matcha", text_en="").get_absolute_url()
    assert found("抹茶") == [place]
    assert found("matcha", "en") == []


def test_words_of_a_query_must_all_be_there():
    question(title_ja="抹茶", text_ja="煎茶")
    assert titles("抹茶　煎茶") == ["抹茶"]
    assert titles("抹茶 紅茶") == []


def test_markdown_is_not_found_as_it_is_written():
    question(title_ja="茶", text_ja="**抹**茶と[煎茶](https://example.com/secret-tea)")
    assert titles("抹茶") == ["茶"]
    assert titles("secret-tea") == []


# The order of results


def test_very_title_comes_before_title_before_heading_before_text():
    for title, text in [("文", "抹茶の話"), ("抹茶を飲む", "文"), ("抹茶", "文")]:
        question(title_ja=title, text_ja=text)
    with_topic = question(title_ja="題", text_ja="文", topic=factories.live(Topic, title_ja="抹茶のこと"))
    assert titles("抹茶") == ["抹茶", "抹茶を飲む", with_topic.title_ja, "文"]


def test_question_comes_before_the_glossary_and_the_newer_notice_first():
    saved(factories.term(title_ja="語", text_ja="抹茶"))
    for title, day in [("旧", 1), ("新", 2)]:
        saved(factories.notice(title_ja=title, text_ja="抹茶", publish_from=timezone.now() - 3 * DAY + day * DAY))
    question(title_ja="問", text_ja="抹茶")
    assert titles("抹茶") == ["問", "新", "旧", "語"]


def test_what_is_about_the_site_itself_comes_after_what_is_about_the_work():
    saved(factories.live(Chapter, section="about", title_ja="抹茶", title_en="Matcha"))
    saved(factories.term(title_ja="語", text_ja="抹茶"))
    assert titles("抹茶") == ["語", "抹茶"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_text_under_a_heading_alone_is_found_once(language):
    places = found({"ja": "日本語版と英語版", "en": "a Japanese and an English version"}[language], language)
    assert [place for place in places if "about-languages" in place] == [
        f"/{language}/about/#about-languages-both-languages"
    ]


def test_word_itself_comes_before_its_synonym():
    Synonyms.objects.create(slug="tea", title_ja="抹茶, 煎茶")
    question(title_ja="煎茶", text_ja="文", order=1)
    question(title_ja="抹茶について", text_ja="文", order=2)
    assert titles("抹茶") == ["抹茶について", "煎茶"]


# Synonyms


def test_page_says_which_synonym_was_found(client):
    Synonyms.objects.create(slug="tea", title_ja="抹茶、煎茶, 紅茶")
    question(title_ja="問", text_ja="紅茶を飲む。")
    page = read(client.get("/ja/search/?q=抹茶"))
    assert "「抹茶」と同じ意味の言葉でも見つかりました：紅茶" in page
    assert "<mark>紅茶</mark>を飲む。" in page
    assert "煎茶" not in page


def test_synonym_inside_a_longer_word_is_exchanged_too():
    Synonyms.objects.create(slug="tea", title_ja="抹茶, 煎茶")
    question(title_ja="問", text_ja="煎茶道具")
    assert titles("抹茶道具") == ["問"]


def test_synonym_of_several_words_stays_together():
    Synonyms.objects.create(slug="tea", title_en="green tea, matcha")
    question(title_ja="問", title_en="One", text_en="We drink matcha here.")
    question(title_ja="問", title_en="Two", text_en="Green leaves, black tea.")
    assert titles("green tea here", "en") == ["One"]


def test_synonym_in_the_other_language_leads_there_too():
    Synonyms.objects.create(slug="tea", title_ja="抹茶", title_en="matcha")
    question(title_ja="問", text_ja="抹茶を飲む。")
    assert titles("matcha") == ["問"]


# Texts that readers may not see


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft"},
        {"state": "review"},
        {"state": "archived"},
        {"publish_from": timezone.now() + DAY},
        {"publish_until": timezone.now() - DAY},
    ],
)
def test_piece_that_is_not_live_is_not_found(fields):
    question(title_ja="抹茶", **fields)
    assert titles("抹茶") == []


def test_piece_comes_and_goes_at_its_times_by_itself(monkeypatch):
    question(title_ja="抹茶", publish_from=timezone.now() + DAY, publish_until=timezone.now() + 3 * DAY)
    now = timezone.now()
    visible_by_day = []
    for days in range(5):
        monkeypatch.setattr(timezone, "now", lambda days=days: now + days * DAY)
        visible_by_day.append(titles("抹茶") == ["抹茶"])
    assert visible_by_day == [False, True, True, False, False]


def test_question_goes_and_comes_with_its_topic():
    piece = question(title_ja="抹茶")
    piece.topic.state = "draft"
    piece.topic.save()
    saved(piece.topic)
    assert titles("抹茶") == []
    piece.topic.state = "live"
    piece.topic.save()
    saved(piece.topic)
    assert titles("抹茶") == ["抹茶"]


def test_interview_and_its_answers_go_with_the_person():
    piece = saved(factories.interview())
    piece.answers.create(slug="tea", title_ja="抹茶", text_ja="抹茶")
    saved(piece)
    assert titles("抹茶") == ["抹茶"]
    piece.person.publish_until = timezone.now() - DAY
    piece.person.save()
    saved(piece.person)
    assert titles("抹茶") == []


def test_section_of_a_feature_goes_with_its_speaker(client):
    piece = factories.feature(title_ja="特集")
    speaker = factories.live(careers.Person)
    piece.sections.create(slug="tea", speaker=speaker, title_ja="節", text_ja="抹茶")
    saved(piece)
    assert titles("抹茶") == ["節"]
    speaker.state = "archived"
    speaker.save()
    saved(speaker)
    assert titles("抹茶") == []
    assert titles("特集")[0] == "特集"


@pytest.mark.parametrize("ends", [{"ends_on": "2020-01-01"}, {"withdrawn_on": "2020-01-01"}, {"web": False}])
def test_piece_with_a_name_goes_with_the_consent_and_comes_back(ends):
    question(title_ja="抹茶", text_ja="茶山さんが点てる。")
    consent = Consent.objects.create(slug="consent", title_ja="茶山", given_on=date(2019, 1, 1))
    assert titles("抹茶") == ["抹茶"]
    for name, value in ends.items():
        setattr(consent, name, value if isinstance(value, bool) else date.fromisoformat(value))
    consent.save()
    assert titles("抹茶") == []
    for name in ends:
        setattr(consent, name, True if name == "web" else None)
    consent.save()
    assert titles("抹茶") == ["抹茶"]


def test_consent_ends_by_itself_after_its_last_day(monkeypatch):
    today = timezone.localdate()
    Consent.objects.create(slug="consent", title_ja="茶山", given_on=today, ends_on=today + DAY)
    question(title_ja="抹茶", text_ja="茶山さんが点てる。")
    now = timezone.now()
    visible_by_day = []
    for days in range(4):
        monkeypatch.setattr(timezone, "now", lambda days=days: now + days * DAY)
        visible_by_day.append(titles("抹茶") == ["抹茶"])
        assert visible_by_day[-1] == Question.objects.published().filter(title_ja="抹茶").exists()
    assert visible_by_day == [True, True, False, False]


def test_name_in_an_interview_of_someone_goes_with_the_consent_of_the_person():
    piece = saved(factories.interview(title_ja="抹茶"))
    Consent.objects.create(slug="consent", title_ja=piece.person.title_ja, given_on=date(2019, 1, 1), web=False)
    record_revision(piece.person, Revision.Event.SAVED)
    assert titles("抹茶") == []
    assert titles(piece.person.title_ja) == []


def test_deleted_piece_is_not_found():
    piece = question(title_ja="抹茶")
    record_revision(piece, Revision.Event.DELETED)
    piece.delete()
    assert titles("抹茶") == []


def test_renamed_piece_is_found_at_its_new_address():
    piece = question(title_ja="抹茶")
    piece.slug = "new-name"
    piece.save()
    saved(piece)
    assert found("抹茶") == ["/ja/faq/new-name/"]


def test_suggestions_tell_nothing_that_is_not_live(client):
    question(title_ja="ペンギンカモメ", state="draft")
    page = read(client.get("/ja/search/?q=ペンギンンカモメ"))
    assert "ペンギンカモメ" not in page
    question(title_ja="ペンギンカモメ")
    assert "「ペンギンカモメ」の結果です。" in read(client.get("/ja/search/?q=ペンギンンカモメ"))


@pytest.mark.parametrize(
    ("words", "language", "meant"),
    [
        ("nationality", "en", None),
        ("vaccination", "en", None),
        ("fluent Japanese", "en", None),
        ("security clearance", "en", None),
        ("secondmant", "en", "secondment"),
        ("glosary", "en", "Glossary"),
        ("interveiw in london", "en", "interviews in london"),
        ("テレワワーク", "ja", "テレワーク"),
    ],
)
def test_mistyped_word_is_respelt(words, language, meant):
    with override(language):
        other = respelt(Query(words), read_candidates(language))
        assert (other and other.text) == meant


def test_results_of_another_spelling_say_so(client):
    page = read(client.get("/en/search/?q=secondmant"))
    assert "Nothing was found for “secondmant”. These are the results for “secondment”." in page
    assert 'value="secondmant"' in page
    assert "/en/faq/secondments/" in page


def test_part_of_a_search_is_offered_once_and_no_word_of_every_sentence(client):
    page = read(client.get("/en/search/?q=how+much+security+umbrella"))
    assert re.findall(r'<a href="\?q=([^"]+)"', page) == ["security"]


@pytest.mark.parametrize("address", ["/ja/search/?q=国籍", "/ja/search/?q=離職率", "/en/search/?q=nationality"])
def test_reader_who_finds_little_is_told_whom_to_ask(client, address):
    page = read(client.get(address))
    assert f'href="{address[:4]}apply/#ask-title"' in page
    assert 'id="ask-title"' in read(client.get(f"{address[:4]}apply/"))


def test_question_without_an_answer_says_so_in_the_results(client):
    question(title_ja="抹茶は出ますか", text_ja="", text_en="", search_words_ja="抹茶")
    question(title_ja="煎茶は出ますか", text_ja="", text_en="", known_ja="湯のみはある。", known_en="There are cups.")
    assert "<p><b>資料には書かれていません。</b></p>" in read(client.get("/ja/search/?q=抹茶"))
    assert "<p>湯のみはある。</p>" in read(client.get("/ja/search/?q=煎茶"))


def test_sentence_leads_to_a_question_and_is_not_split(client):
    page = read(client.get("/en/search/?q=Am+I+too+old"))
    assert 'href="/en/faq/age/"' in page
    assert [text for text in re.findall(r'<a href="\?q=([^"&]+)', page) if text != "Am+I+too+old"] == []


def test_reader_who_finds_much_is_not_sent_elsewhere(client):
    assert "#ask-title" not in read(client.get("/ja/search/?q=研修"))


def test_rebuilding_changes_nothing_and_brings_back_what_is_missing():
    def state():
        return set(
            SearchEntry.objects.values_list("place", "language", "folded_text", "since", "until", "weight", "day")
        )

    question(title_ja="抹茶", publish_until=timezone.now() + DAY)
    before = state()
    SearchEntry.objects.filter(section="faq").delete()
    call_command("rebuild_search", verbosity=0)
    assert state() == before


def test_entries_agree_with_what_is_published():
    for model in (Question, careers.Place, careers.TrainingProgramme):
        live = {f"{model._meta.label_lower} {row.slug}" for row in model.objects.published()}
        entries = SearchEntry.objects.published().filter(model=model._meta.label_lower, language="ja")
        assert {f"{entry.model} {entry.slug}" for entry in entries} == live


# The queries of a search


def test_search_takes_three_queries(rf, django_assert_num_queries):
    view = SearchView()
    view.setup(rf.get("/ja/search/?q=英語"))
    with django_assert_num_queries(3):
        assert view.get_context_data()["number"] > 3


# Snippets


def test_snippet_is_cut_at_phrases_around_the_hit():
    text = (
        "はじめの文がここにあります。" * 12
        + "わたしたちは毎朝抹茶を点てて、心を静かにしてから仕事にとりかかります。"
        + "おわりの文です。" * 20
    )
    terms = Query("抹茶").terms
    cut = snippet(text, hits(text, terms))
    words = "".join(stretch.words for stretch in cut)
    assert [stretch.words for stretch in cut if stretch.hit] == ["抹茶"]
    assert words.startswith("…わたしたちは毎朝抹茶を点てて")
    assert words.endswith("…")
    assert len(words) < 150


def test_hit_is_marked_as_it_is_written():
    text = "ﾃﾚﾜｰｸの取り組みとTrainingです。"
    terms = Query("テレワーク 取組 trained").terms
    assert [text[first:last] for first, last, _form in hits(text, terms)] == ["ﾃﾚﾜｰｸ", "取り組み", "Training"]


# The page


def test_page_shows_twenty_hits_and_leads_to_the_next(client):
    for number in range(23):
        question(title_ja=f"抹茶{number}")
    first = read(client.get("/ja/search/?q=抹茶"))
    second = read(client.get("/ja/search/?q=抹茶&page=2"))
    assert (first.count("<h3><a"), second.count("<h3><a")) == (20, 3)
    assert "「抹茶」の検索結果：23件" in first
    assert 'start="21"' in second
    assert "<title>検索：抹茶" in first


def test_page_costs_the_same_queries_with_one_hit_and_with_three(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/ja/search/?q=抹茶の抹茶")
        return len(captured)

    for _number in range(3):
        question(title_ja="抹茶の抹茶")
    with_three = queries()
    question(title_ja="抹茶の抹茶")
    question(title_ja="抹茶の抹茶")
    assert queries() == with_three


def test_hits_can_be_narrowed_to_a_section(client):
    question(title_ja="抹茶")
    saved(factories.term(title_ja="抹茶"))
    page = read(client.get("/ja/search/?q=抹茶&in=glossary"))
    assert page.count("<h3><a") == 1
    assert "/ja/glossary/#" in page
    assert read(client.get("/ja/search/?q=抹茶&in=nowhere")).count("<h3><a") == 2


def test_few_hits_lead_to_those_in_the_other_language(client):
    question(title_ja="題", title_en="Matcha", text_en="Matcha")
    page = read(client.get("/ja/search/?q=matcha"))
    assert 'lang="en" hreflang="en" href="/en/search/?q=matcha">1 result in English</a>' in page


def test_search_page_sets_no_cookie_and_is_kept_out_of_search_engines(client):
    response = client.get("/ja/search/?q=英語")
    assert '<meta name="robots" content="noindex">' in read(response)
    assert (response.cookies, response["Vary"]) == ({}, "Accept-Encoding")
    assert "/search/" not in read(client.get("/sitemap.xml"))


def test_browsers_are_told_of_the_search_in_each_language(client):
    for language in ("ja", "en"):
        assert f'href="/{language}/search/opensearch.xml"' in read(client.get(f"/{language}/"))
        response = client.get(f"/{language}/search/opensearch.xml")
        assert response["Content-Type"] == "application/opensearchdescription+xml"
        assert f'template="http://testserver/{language}/search/?q={{searchTerms}}"' in response.content.decode()
        assert len(re.search("<ShortName>(.*)</ShortName>", response.content.decode())[1]) <= 16


def test_lost_reader_finds_the_search(client):
    assert 'action="/ja/search/"' in read(client.get("/ja/nowhere/"))


# Odd input


@pytest.mark.parametrize("words", ["%", "_", '"', "\\", "'", "😀", "100%", "a_b", "c\\d", 'e"f', "％", "--", "'; DROP"])
def test_sign_is_found_as_itself_alone(words):
    question(title_ja="目印", text_ja=f"ここに {words} がある。")
    question(title_ja="別の目印", text_ja="ここに axb 1000 cxd exf がある。")
    assert [title for title in titles(words) if "目印" in title] == ["目印"]


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%20%E3%80%80", "q=%00", "q=%ff%fe", "q=%0a%07", "q=%E2%80%8B", "page=9", "x=1", "q=%F0%9F%98%80"],
)
def test_odd_query_gets_a_friendly_page(client, query):
    response = client.get(f"/ja/search/?{query}")
    assert response.status_code == 200
    assert "ほかのページ" in read(response)


#: Operators of full-text searches.
MEANING = [
    "AND",
    "a OR b",
    "NOT a",
    "NEAR(a b, 1)",
    "a*",
    "^a",
    "a:b",
    "{a}",
    "-a",
    "+a",
    '"a',
    "a & !b",
    "a:*",
    "c\\d'e",
]
LONG = ["漢字仮名交文" * 10 + " " + "ﷺ" * 64, " ".join(["漢字仮名交文" * 10] * 8), "a" * 64]


@pytest.mark.parametrize("words", [*MEANING, *LONG, "a\x00b", "か\u3099"])
def test_what_means_something_to_a_database_is_searched_for(words):
    place = question(title_ja="目印", text_ja=f"ここに {Query(words).text} がある。").get_absolute_url()
    assert place in found(words)


def test_repeated_query_searches_for_the_last(client):
    assert "「出向」" in read(client.get("/ja/search/?q=英語&q=出向"))


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", "1e9"])
def test_odd_page_number_gets_a_page_of_hits(client, page):
    assert read(client.get(f"/ja/search/?q=研修&page={page}")).count("<h3><a") > 0


def test_long_search_is_cut_and_says_so(client):
    question(title_ja="抹茶" * 32)
    page = read(client.get("/ja/search/", {"q": "抹茶" * 40}))
    assert "はじめの8語" in page
    assert page.count("<h3><a") == 1
    assert "はじめの8語" in read(client.get("/ja/search/", {"q": "抹 " * 5000}))
    assert "はじめの8語" not in read(client.get("/ja/search/", {"q": " ".join(["研修"] * 8)}))


def test_search_is_shown_as_text(client):
    page = read(client.get("/ja/search/", {"q": '<script>alert("1")</script>'}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


# Searches without a hit


def test_search_without_a_hit_is_counted_as_folded_words_and_a_day_alone(client):
    for words in ("抹茶ラテ", "まっちゃ", "抹茶らて"):
        client.get("/ja/search/", {"q": words})
    client.get("/ja/search/", {"q": "研修"})
    rows = {(row.language, row.text, row.count, row.last_on) for row in MissedSearch.objects.all()}
    today = timezone.localdate()
    assert rows == {("ja", "抹茶らて", 2, today), ("ja", "まっちゃ", 1, today)}
    assert {field.name for field in MissedSearch._meta.fields} == {"id", "language", "text", "count", "last_on"}


def test_search_without_a_hit_is_forgotten_after_its_time(client):
    MissedSearch.objects.create(
        language="ja", text="古い", last_on=timezone.localdate() - missed_searches.RETENTION - DAY
    )
    MissedSearch.objects.create(language="ja", text="新しい", last_on=timezone.localdate() - missed_searches.RETENTION)
    client.get("/ja/search/", {"q": "抹茶ラテ"})
    assert set(MissedSearch.objects.values_list("text", flat=True)) == {"新しい", "抹茶らて"}


def test_no_more_than_so_many_are_kept(client, monkeypatch):
    monkeypatch.setattr(missed_searches, "MAX_ROWS", 1)
    for words in ("抹茶ラテ", "抹茶オレ"):
        client.get("/ja/search/", {"q": words})
    assert MissedSearch.objects.count() == 1


def test_page_is_shown_where_nothing_can_be_written(client, monkeypatch):
    def refused(**fields):
        raise DatabaseError("the database is read-only")

    monkeypatch.setattr(MissedSearch.objects, "create", refused)
    assert "見つかりませんでした" in read(client.get("/ja/search/?q=抹茶ラテ"))


@pytest.fixture
def file(tmp_path):
    """The path of a copy of the database in a file, as in production. The test's queries go to the copy."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite locks the whole database")
    before, path = connections["default"], tmp_path / "site.sqlite3"
    path.write_bytes(before.connection.serialize())
    copy = type(before)(before.settings_dict | {"NAME": path, "OPTIONS": SQLITE_OPTIONS}, "default")
    copy.connect()
    connections["default"] = copy
    yield path
    copy.close()
    connections["default"] = before


def busy_timeout():
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA busy_timeout").fetchone()[0]


def test_search_without_a_hit_is_not_counted_while_another_writes(client, file):
    with closing(sqlite3.connect(file, autocommit=True)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert "見つかりませんでした" in read(client.get("/ja/search/?q=抹茶ラテ"))
        assert not MissedSearch.objects.exists()
        writer.execute("ROLLBACK")
    client.get("/ja/search/?q=抹茶ラテ")
    assert MissedSearch.objects.get().text == "抹茶らて"


def test_only_the_count_does_not_wait_for_another_writer(file):
    with missed_searches.transaction_without_waiting():
        assert busy_timeout() == 0
    assert busy_timeout() == 1000 * SQLITE_OPTIONS["timeout"]


def test_staff_see_what_was_missed_on_the_first_page_and_cannot_change_it(admin, client):
    MissedSearch.objects.create(language="ja", text="抹茶らて", count=3, last_on=timezone.localdate())
    assert "抹茶らて" in read(admin.get("/admin/"))
    page = admin.get("/admin/search/missedsearch/")
    assert "抹茶らて" in read(page)
    assert admin.get("/admin/search/missedsearch/add/").status_code == 403
