"""Line breaks: between phrases in Japanese, between words in other languages."""

import pytest

from recruit_site.text.line_breaking import split_phrases, with_breaks, wrap


def test_japanese_breaks_between_phrases():
    assert split_phrases("学びつづけることも、仕事のうち。") == ["学びつづける", "ことも、", "仕事の", "うち。"]


def test_other_languages_break_between_words():
    assert split_phrases("Two parents, one timeline.") == ["Two ", "parents, ", "one ", "timeline."]


def test_numbers_are_not_broken():
    assert "".join(split_phrases("入省10年目")) == "入省10年目"
    assert not any(piece.endswith("1") for piece in split_phrases("在外職員の一日、入省10年目"))


def shown(html):
    """Return HTML with its breaks as bars."""
    return with_breaks(html).replace("\u200b", "|")


@pytest.mark.parametrize(
    ("html", "broken"),
    [
        ("仕事のうち。", "仕事の|うち。"),
        ("Work at the ministry", "Work at the ministry"),
        (
            "<p>在外公館で<a href='/ja/'>外交公電</a>を送る。</p>",
            "<p>在外公館で<a href='/ja/'>|外交公電</a>を|送る。</p>",
        ),
        ("<dt>外務省</dt><dd>本省</dd>", "<dt>外務省</dt><dd>本省</dd>"),
        ("国際エネルギー機関（IEA）の課長", "国際エネルギー機関|（IEA）の|課長"),
        ("「日本の顔」&amp;「外交&#x27;の舞台」", "「日本の|顔」|&amp;|「外交&#x27;の|舞台」"),
        ("入省から 10年目", "入省から 10年目"),
        ("デジタル化推進室の後藤さん", "デジタル化推進室の|後藤さん"),
        ("最大6か月まで休業する", "最大6か月まで|休業する"),
        ("国家公務員採用一般職試験", "国家公務員採用一般職試験"),
        ("日々考える", "日々|考える"),
    ],
)
def test_japanese_lines_break_between_phrases_across_inline_elements(html, broken):
    assert shown(html) == broken


@pytest.mark.parametrize("tag", ["script", "style", "title", "textarea", "option", "svg", "address"])
def test_text_that_is_not_shown_in_lines_or_is_copied_stays_as_it_is(tag):
    html = f"<{tag}>東京都千代田区霞が関の外務省</{tag}>"
    assert with_breaks(html) == html


def test_drawing_in_a_drawing_stays_as_it_is():
    html = "<svg><svg>本省での語学研修</svg>本省での語学研修</svg>"
    assert with_breaks(html) == html


@pytest.mark.parametrize(
    "text",
    [
        "",
        "在サウジアラビア日本国大使館 三等書記官",
        "A day at headquarters, first year",
        "あ" * 40,
        "X" * 50,
        "12345678901234",
    ],
)
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text):
    lines = wrap(text, 8, len)
    assert all(0 < len(line) <= 8 for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")


def test_word_that_is_too_long_is_hyphenated_and_a_long_phrase_cut_evenly():
    assert wrap("headquarters", 8, len) == ["head-", "quarters"]
    assert wrap("counterproductive", 9, len) == ["counterp-", "roductive"]
    assert [len(line) for line in wrap("在外公館警備対策官", 6, len)] == [5, 4]
