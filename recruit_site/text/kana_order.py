"""The order of Japanese words by their kana (五十音順), after JIS X 4061 in what short terms need."""

import re
import unicodedata

#: The first kana of each row of the syllabary. The code points of kana are in the order of the syllabary.
ROWS = "あかさたなはまやらわ"
VOICING = "\u3099\u309a"
LARGE = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
#: The vowel of each kana, which the long-vowel mark repeats.
VOWELS = {
    kana: vowel
    for vowel, column in zip(
        "あいうえお",
        ("あかさたなはまやらわ", "いきしちにひみり", "うくすつぬふむゆる", "えけせてねへめれ", "おこそとのほもよろを"),
        strict=True,
    )
    for kana in column
}


def hiragana(text):
    """Return a text with hiragana for katakana, in the usual width and with its voicing marks as characters."""
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text))
    return re.sub("[ァ-ヶ]", lambda kana: chr(ord(kana[0]) - 0x60), text)


def kana_key(word):
    """Return the key that sorts a word: first by its plain kana, then by its voicing marks. ー counts as its vowel."""
    voiced = hiragana(word).translate(LARGE)
    plain = re.sub(f"[{VOICING}・ ]", "", voiced)
    while "ー" in plain[1:]:
        plain = re.sub("(.)ー", lambda pair: pair[1] + VOWELS.get(pair[1], ""), plain, count=1)
    return plain, voiced


def row_of(word):
    """Return the row of the syllabary that a word stands in, by the first kana of the row, "" if it is not in kana."""
    first = kana_key(word)[0][:1]
    return max(row for row in ROWS if row <= first) if "あ" <= first <= "ん" else ""
