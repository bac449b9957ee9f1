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


def test_breaks_take_no_room_and_only_japanese_gets_them():
    assert with_breaks("仕事のうち。") == "仕事の\u200bうち。"
    assert with_breaks("Our work") == "Our work"


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
    assert wrap("headquarters", 8, len) == ["headqua-", "rters"]
    assert [len(line) for line in wrap("在外公館警備対策官", 6, len)] == [5, 4]
