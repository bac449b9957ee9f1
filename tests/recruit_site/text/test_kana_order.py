"""Japanese words in the order of the syllabary."""

import pytest

from recruit_site.text.kana_order import kana_key, row_of


@pytest.mark.parametrize(
    "words",
    [
        ["あんごう", "いくじ", "オンプレミス", "がいこう", "かいてい", "しゅっこう", "じょうほう", "ん"],
        ["はん", "ばん", "ぱん", "はんい"],
        ["さあば", "サーバー", "さい"],
        ["ｺｳﾃｲ", "コード", "ことば"],
    ],
)
def test_words_are_sorted_by_kana_then_by_voicing(words):
    backwards = words[::-1]
    assert sorted(backwards, key=kana_key) == words


@pytest.mark.parametrize(
    ("word", "row"),
    [
        ("あんごう", "あ"),
        ("ヴィザ", "あ"),
        ("がいこう", "か"),
        ("ゃ", "や"),
        ("をん", "わ"),
        ("LAN", ""),
        ("本省", ""),
        ("", ""),
    ],
)
def test_word_stands_in_the_row_of_its_first_kana(word, row):
    assert row_of(word) == row
