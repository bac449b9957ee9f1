"""Folding: the form in which search compares texts, where spellings that readers take for the same are equal.

Each folded character keeps the position of its origin, so that hits can be marked in the original text.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: Kana, kanji and their marks, after NFKC. A space or a middle dot between two of them is ignored.
CJK = r"\u3041-\u30ff\u3400-\u9fff々〆"

#: Hyphens, dashes and minus signs. Directly after kana, one of them is a mistyped long-vowel mark.
DASHES = "‐‑‒–—―−－-"
KANA = re.compile(r"[\u3041-\u30ff]")

#: Variants of kanji in names that NFKC does not unify.
KANJI = str.maketrans("﨑髙德濵濱邊邉齋齊國澤廣櫻嶋嶌冨𠮷栁桒眞惠條", "崎高徳浜浜辺辺斎斉国沢広桜島島富吉柳桑真恵条")

#: Spellings of one word, the canonical one first. They are folded like every text, so hiragana stands for katakana too.
SPELLINGS = (
    ("取組", "取り組み", "取組み"),
    ("問合せ", "問い合わせ", "問合わせ", "問い合せ"),
    ("申込", "申し込み", "申込み"),
    ("受付", "受け付け", "受付け"),
    ("手続", "手続き"),
    ("打合せ", "打ち合わせ", "打合わせ"),
    ("組合せ", "組み合わせ", "組合わせ"),
    ("受入", "受け入れ", "受入れ"),
    ("切替", "切り替え", "切替え"),
    ("建替", "建て替え", "建替え"),
    ("割当", "割り当て", "割当て"),
    ("取扱", "取り扱い", "取扱い"),
    ("引越", "引っ越し", "引越し"),
    ("立上げ", "立ち上げ"),
    ("仕組", "仕組み", "しくみ"),
    ("子ども", "子供", "こども"),
    ("サーバ", "サーバー"),
    ("ユーザ", "ユーザー"),
    ("コンピュータ", "コンピューター"),
    ("プリンタ", "プリンター"),
    ("ルータ", "ルーター"),
    ("フォルダ", "フォルダー"),
    ("ブラウザ", "ブラウザー"),
    ("センタ", "センター"),
    ("セキュリティ", "セキュリティー"),
    ("エンジニア", "エンジニアー"),
    ("デジタル", "ディジタル"),
    ("ウイルス", "ウィルス"),
    ("ソフトウェア", "ソフトウエア"),
    ("ハードウェア", "ハードウエア"),
    ("霞が関", "霞ヶ関", "霞ケ関"),
    ("child care", "childcare", "child-care"),
    ("cyber security", "cybersecurity", "cyber-security"),
    ("email", "e-mail"),
    ("it", "i.t.", "i.t"),
)
#: Numbers up to ten as kanji, and the counters before which they stand for digits: 五年目 is 5年目.
NUMBERS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
COUNTERS = ("年", "か月", "日", "人", "歳", "時間")

#: Combining marks that follow a character: accents, and the voicing marks of kana.
MARKS = r"[\u0300-\u036f\u3099\u309a\uff9e\uff9f]"
CLUSTER = re.compile(rf".{MARKS}*", re.DOTALL)
TOKEN = re.compile(r"(?P<word>[a-z0-9]+(?:'[a-z]+)?)|(?P<space> +)|(?P<dot>・)|(?P<other>.)", re.DOTALL)
IRREGULAR = {
    "women": "woman",
    "men": "man",
    "children": "child",
    "wives": "wife",
    "lives": "life",
    "programme": "program",
    "programmes": "program",
    "centre": "center",
    "centres": "center",
}
#: The British ending of organise, organised, organisation, which is folded to the American one.
BRITISH = re.compile(r"(?<=[a-z]{3})is(e[drs]?|ers|ing|ations?)$")


class Folded(NamedTuple):
    """A folded text, and for each of its characters the start and end of its origin in the original text."""

    text: str
    starts: list
    ends: list


@lru_cache(maxsize=0x3000)
def _fold_character(cluster):
    """Return the folded form of one character with its marks, "" for an invisible one."""
    chars = []
    for char in unicodedata.normalize("NFKC", cluster).casefold().translate(KANJI):
        category = unicodedata.category(char)
        if category == "Cf":
            continue
        if category in ("Zs", "Zl", "Zp", "Cc", "Cs"):
            chars.append(" ")
        elif char in DASHES:
            chars.append("-")
        elif char in "’‘ʼ":
            chars.append("'")
        elif char in "〜～":
            chars.append("~")
        elif "\u30a1" <= char <= "\u30f6" or char in "ヽヾ":
            chars.append({"ゔ": "ゔ", "ゕ": "か", "ゖ": "か"}.get(chr(ord(char) - 0x60), chr(ord(char) - 0x60)))
        elif unicodedata.decomposition(char) and ord(char) < 0x250:
            chars.append(unicodedata.normalize("NFD", char)[0])
        else:
            chars.append(char)
    return "".join(chars)


VU = {"ゔぁ": "ば", "ゔぃ": "び", "ゔぇ": "べ", "ゔぉ": "ぼ", "ゔ": "ぶ"}


def _fold_characters(text):
    """Return a text folded character by character: width, case, kana, dashes. Spaces and words are not folded."""
    return "".join(_fold_character(cluster) for cluster in CLUSTER.findall(text))


_canonical_spellings = {
    _fold_characters(form): _fold_characters(forms[0]) for forms in SPELLINGS for form in forms[1:]
} | VU
_canonical_spellings |= {f"{kanji}{unit}": f"{digit}{unit}" for kanji, digit in NUMBERS.items() for unit in COUNTERS}
_spellings = re.compile("|".join(sorted(map(re.escape, _canonical_spellings), key=len, reverse=True)))


def stem(word):
    """Return the stem that the forms of an English word share: training, trained and train; studies and study."""
    word = IRREGULAR.get(word.removesuffix("'s"), word.removesuffix("'s")).replace("'", "")
    if len(word) <= 3 or not word.isalpha():
        return word
    word = BRITISH.sub(r"iz\1", word)
    for suffix, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if word.endswith(suffix) and len(word) > 4:
            return word.removesuffix(suffix) + instead
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in ("ing", "ed"):
        rest = word.removesuffix(suffix)
        if rest != word and len(rest) >= 3 and re.search("[aeiouy]", rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=4096)
def fold(text):
    """Return the Folded form of a text.

    Latin words and numbers are stemmed and stand between spaces, so that " it " matches only the whole word.
    """
    chars, starts, ends = [], [], []
    at = 0
    for cluster in CLUSTER.findall(text):
        end = at + len(cluster)
        for char in _fold_character(cluster):
            after_kana = char == "-" and chars and KANA.match(chars[-1])
            chars.append("ー" if after_kana else char)
            starts.append(at)
            ends.append(end)
        at = end
    chars, starts, ends = _same_spellings("".join(chars), starts, ends)
    return _words(chars, starts, ends)


def _same_spellings(chars, starts, ends):
    out, out_starts, out_ends, at = [], [], [], 0
    for match in _spellings.finditer(chars):
        instead = _canonical_spellings[match[0]]
        out.append(chars[at : match.start()] + instead)
        out_starts += starts[at : match.start()] + [starts[match.start()]] * len(instead)
        out_ends += ends[at : match.start()] + [ends[match.end() - 1]] * len(instead)
        at = match.end()
    return "".join(out) + chars[at:], out_starts + starts[at:], out_ends + ends[at:]


def _words(chars, starts, ends):
    out, out_starts, out_ends = [], [], []

    def add(piece, first, last):
        out.append(piece)
        out_starts.extend(starts[first : first + len(piece)])
        out_ends.extend(ends[first : first + len(piece) - 1])
        out_ends.append(ends[last])

    def space(at):
        if not out or out[-1] != " ":
            add(" ", at, at)

    between_cjk = re.compile(f"(?<=[{CJK}])[ ・]+(?=[{CJK}])")
    skipped = {at for match in between_cjk.finditer(chars) for at in range(match.start(), match.end())}
    for match in TOKEN.finditer(chars):
        first, last = match.start(), match.end() - 1
        if first in skipped:
            continue
        if match["word"]:
            space(first)
            add(stem(match[0]), first, last)
            space(last)
        elif match["space"]:
            space(first)
        else:
            add(match[0], first, last)
    return Folded("".join(out), out_starts, out_ends)


def folded(text):
    """Return only the text of the Folded form."""
    return fold(text).text
