"""A text without English is shown in Japanese with a notice, and its English page is not for search engines."""

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

from careers import models as careers
from faq.models import Question
from recruit_site.content.models import Chapter, SiteText
from recruit_site.content.translated_fields import (
    TranslatedText,
    has_language,
    languages_of,
    rows_shown_with,
    translated_text,
)
from recruit_site.text.markdown import summary
from tests import factories
from tests.page_text import read, read_sitemap

pytestmark = pytest.mark.django_db

NOTICE = "Part of this page is available only in Japanese so far."


@pytest.fixture
def half():
    """A live question without its English answer."""
    return factories.question(
        title_ja="日本語の問い", title_en="An English question", text_ja="日本語の答え", text_en=""
    )


def rendered(template, **context):
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("language", "field", "expected"),
    [
        ("ja", "title", TranslatedText("日本語の問い", "ja")),
        ("en", "title", TranslatedText("An English question", "en")),
        ("ja", "text", TranslatedText("日本語の答え", "ja")),
        ("en", "text", TranslatedText("日本語の答え", "ja")),
    ],
)
def test_reading_a_text_tells_the_language_it_is_in(half, language, field, expected):
    with translation.override(language):
        assert translated_text(half, field) == expected


def test_text_in_neither_language_is_empty_and_no_fallback():
    piece = Question(title_ja=None, title_en="")
    with translation.override("en"):
        title = translated_text(piece, "title")
    assert (title.text, title.is_fallback) == ("", False)


def test_fallback_is_marked_with_its_language_and_a_notice(half):
    with translation.override("en"):
        assert rendered('{{ q|text:"text" }}', q=half) == '<span lang="ja">日本語の答え</span>'
        assert rendered('{{ q|text:"title" }}', q=half) == "An English question"
        assert rendered('{{ q|plain:"text" }}', q=half) == "日本語の答え"
        assert (
            rendered('{{ q|markdown:"text" }}', q=half)
            == '<p class="note">Only in Japanese so far:</p><div lang="ja"><p>日本語の答え</p>\n</div>'
        )


def test_page_of_a_half_translated_piece_says_so_and_stays_out_of_the_english_index(client, half):
    english = read(client.get(f"/en/faq/{half.slug}/"))
    assert NOTICE in english
    assert '<meta name="robots" content="noindex">' in english
    assert f'<link rel="canonical" href="{settings.SITE_URL}/ja/faq/{half.slug}/">' in english
    assert "hreflang=" in english.split("</head>")[1]
    assert "hreflang=" not in english.split("</head>")[0]

    japanese = read(client.get(f"/ja/faq/{half.slug}/"))
    assert "noindex" not in japanese
    assert f'<link rel="canonical" href="{settings.SITE_URL}/ja/faq/{half.slug}/">' in japanese
    assert 'hreflang="en"' not in japanese.split("</head>")[0]

    sitemap = read_sitemap(client)
    assert (f"/ja/faq/{half.slug}/" in sitemap, f"/en/faq/{half.slug}/" in sitemap) == (True, False)


def test_section_page_with_one_untranslated_chapter_says_so(client):
    factories.chapter(section="mission", title_en="")
    assert NOTICE in read(client.get("/en/mission/"))
    assert NOTICE not in read(client.get("/ja/mission/"))
    assert "<loc>http://testserver/en/mission/" not in read_sitemap(client)


#: {path of a page: a function that makes a row without English that the page shows}.
SHOWN = {
    "/en/": lambda: factories.live(careers.Profession, title_en=""),
    "/en/work/": lambda: factories.live(careers.Duty, title_en=""),
    "/en/places/": lambda: factories.place(country_en=""),
    "/en/interviews/": lambda: factories.interview(title_en=""),
    "/en/paths/": lambda: factories.stage(period_en=""),
    "/en/days/": lambda: factories.day(order=1, title_en=""),
    "/en/training/": lambda: factories.training(text_en=""),
    "/en/work-life/": lambda: factories.programme().uses.update(example_en=""),
    "/en/faq/": lambda: factories.question(text_en=""),
    "/en/notices/": lambda: factories.notice(text_en=""),
    "/en/apply/": lambda: factories.exam_category(exam_en=""),
    "/en/professions/": lambda: factories.live(careers.Profession, title_en=""),
    "/en/features/": lambda: factories.feature(title_en=""),
    "/en/glossary/": lambda: factories.term(text_en=""),
}


@pytest.mark.parametrize("path", SHOWN)
def test_page_that_shows_one_untranslated_row_says_so_and_stays_out_of_the_english_index(client, path):
    assert NOTICE not in read(client.get(path))
    SHOWN[path]()
    html = read(client.get(path))
    assert NOTICE in html
    assert '<meta name="robots" content="noindex">' in html
    sitemap = read_sitemap(client)
    assert (f"<loc>{settings.SITE_URL}{path}</loc>" in sitemap, path.replace("en", "ja", 1) in sitemap) == (False, True)


def test_one_untranslated_part_makes_its_piece_untranslated():
    piece = factories.interview()
    assert languages_of(*rows_shown_with(piece)) == ["ja", "en"]
    piece.answers.update(text_en="")
    assert languages_of(*rows_shown_with(piece)) == ["ja"]
    assert languages_of(piece) == ["ja", "en"]  # where no answer is shown


def test_text_that_is_empty_in_japanese_need_not_be_translated():
    piece = factories.interview(lead_ja="", lead_en="", source_section_ja="表紙", source_section_en="")
    assert has_language(piece, "en")


def test_title_element_never_holds_markup(client):
    SiteText.objects.filter(slug="site-name").update(text_en="")
    html = read(client.get("/en/faq/"))
    title = "Frequently asked questions | 外務省 技術系職員 採用情報"
    assert f"<title>{title}</title>" in " ".join(html.split())


def test_disclaimer_follows_what_staff_write(client):
    SiteText.objects.filter(slug="disclaimer").update(text_ja="新しい断り書き。", text_en="A new disclaimer.")
    assert "新しい断り書き。" in read(client.get("/ja/"))
    assert "A new disclaimer." in read(client.get("/en/faq/"))


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("一段落。\n\n二段落。", "<p>一段落。</p>\n<p>二段落。</p>\n"),
        ("- 一\n- 二", "<ul>\n<li>一</li>\n<li>二</li>\n</ul>\n"),
        ("**強く**", "<p><strong>強く</strong></p>\n"),
        ("[表](/ja/faq/)", '<p><a href="/ja/faq/">表</a></p>\n'),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("[x](data:image/png;base64,AA)", "<p>[x](data:image/png;base64,AA)</p>\n"),
        ("[x](&#106;avascript:x)", "<p>[x](javascript:x)</p>\n"),
        ("[x](https://www.mofa.go.jp@evil.example/)", "<p>[x](https://www.mofa.go.jp@evil.example/)</p>\n"),
        ("[x](mailto:a@example.go.jp)", '<p><a href="mailto:a@example.go.jp">x</a></p>\n'),
        ("# not a heading", "<p># not a heading</p>\n"),
        ("![x](https://elsewhere.example/x.png)", '<p>!<a href="https://elsewhere.example/x.png">x</a></p>\n'),
    ],
)
def test_prose_is_a_small_markdown_without_html(written, html):
    assert rendered('{{ c|markdown:"lead" }}', c=Chapter(lead_ja=written)) == html


def test_summary_is_one_line_without_marks():
    line = summary("**強い**[リンク](/ja/)。\n\n二段落。" + "長" * 200)
    assert line.startswith("強いリンク。 二段落。長")
    assert len(line) == 120


@pytest.mark.parametrize(
    ("year", "japanese"),
    [
        (2022, "2022年度（令和4年度）"),
        (2019, "2019年度（令和元年度）"),
        (2018, "2018年度（平成30年度）"),
        (1989, "1989年度（平成元年度）"),
        (1872, "1872年度（明治5年度）"),
        (1700, "1700年度"),
    ],
)
def test_fiscal_year_carries_its_era_in_japanese_alone(year, japanese):
    assert rendered("{{ y|fiscal_year }}", y=year) == japanese
    with translation.override("en"):
        assert rendered("{{ y|fiscal_year }}", y=year) == str(year)
