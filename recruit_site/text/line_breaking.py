"""Where a line may break: between phrases in Japanese, between words in other languages.

BudouX finds the phrases. A page of 3,000 characters takes about 12 ms once, then 1 ms, and grows by about 5 per cent.
"""

import re
from functools import lru_cache
from itertools import accumulate, pairwise
from math import ceil

import budoux

parser = budoux.load_default_japanese_parser()

#: U+200B has no width, and a line may break at it.
ZERO_WIDTH_SPACE = "\u200b"

#: Kana and kanji. BudouX splits only texts that contain them.
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")

#: The units that `cut` keeps whole: a word or number that is not Japanese, or a single Japanese character.
WORDS = re.compile(r"[^\u2e80-\u9fff\uff00-\uffef\s]+\s*|.", re.DOTALL)

#: The syllables of the long English words in charts. Another word that is too long is cut between any two letters.
HYPHENATION = {
    word.replace("-", ""): word.split("-")
    for word in ("head-quarters", "infor-ma-tion", "commu-ni-ca-tions", "special-ised", "digital-i-sa-tion")
}

#: Words that BudouX would break.
WHOLE = re.compile(
    "|".join(
        f"{ZERO_WIDTH_SPACE}?".join(word)
        for word in ("一般職試験", "航空宇宙博物館", "国立自然史博物館", "女性職員", "小泉政権", "締結交渉")
    )
)
#: No line breaks inside a number, a Latin word or an HTML entity, on the inner side of brackets (JIS X 4051), or
#: between kanji where one of the phrases would be a single kanji.
NO_BREAK = re.compile(
    rf"(?<=[0-9A-Za-z]){ZERO_WIDTH_SPACE}(?=[0-9A-Za-z])|(?<=[&#（「『［【〈《“(]){ZERO_WIDTH_SPACE}"
    rf"|{ZERO_WIDTH_SPACE}(?=[#;）」』］】〉》”),.、。・：！？!?])|(?<=か){ZERO_WIDTH_SPACE}(?=[月国所])"
    rf"|(?<![一-龠].)(?<=[一-龠]){ZERO_WIDTH_SPACE}(?=[一-龠])"
    rf"|(?<=[一-龠]){ZERO_WIDTH_SPACE}(?=[一-龠](?![ぁ-ん一-龠]))"
)
SPACE = re.compile(r"\s")
#: The elements inside a line of text. Every other tag ends the line.
INLINE = "a|abbr|b|bdi|cite|code|dfn|em|i|mark|small|span|strong|time"
INLINE_TAG = re.compile(rf"(</?(?:{INLINE})\b[^>]*>)")
#: Elements whose text stays as it is: browsers do not show it in lines, or readers copy it.
LEFT_ALONE = "address|option|script|style|textarea|title"
#: Text and tags up to the next start or end of a drawing, and a drawing with the drawings in it.
IN_DRAWING = r"[^<]*+(?:<(?!/?svg\b)[^<]*+)*+"
DRAWING = rf"<svg\b{IN_DRAWING}(?:<svg\b{IN_DRAWING}</svg>{IN_DRAWING})*+</svg>"
#: What stands between two lines: an element that is left alone, a comment, or a tag that ends the line.
BETWEEN_LINES = re.compile(
    rf"{DRAWING}|<({LEFT_ALONE})\b[^>]*>.*?</\1>|<!--.*?-->|</?(?!(?:{INLINE})\b)[a-zA-Z][^>]*>", re.DOTALL
)


@lru_cache(maxsize=16384)
def split_phrases(text):
    """Return the pieces of a text between which a line may break. Joined, they are the text again."""
    if not JAPANESE.search(text):
        return re.findall(r"\S+\s*|\s+", text)
    marked = NO_BREAK.sub("", ZERO_WIDTH_SPACE.join(parser.parse(text)))
    marked = WHOLE.sub(lambda word: word[0].replace(ZERO_WIDTH_SPACE, ""), marked)
    return [piece for phrase in marked.split(ZERO_WIDTH_SPACE) for piece in re.findall(r"\S+\s*|\s+", phrase)]


def with_breaks(html):
    """Return HTML with zero-width spaces between its Japanese phrases, where the browser may break a line.

    A phrase may begin in one inline element and end in another: the text between two block-level tags is one line.
    """
    if not JAPANESE.search(html):
        return html
    out, end = [], 0
    for between in BETWEEN_LINES.finditer(html):
        if end < between.start():
            out.append(broken(html[end : between.start()]))
        out.append(between[0])
        end = between.end()
    return "".join([*out, broken(html[end:])])


@lru_cache(maxsize=16384)
def broken(line):
    """Return one line of HTML, text and inline tags, with breaks between the phrases of its text."""
    if not JAPANESE.search(line):
        return line
    pieces = INLINE_TAG.split(line)  # text and tags in turn
    text = "".join(pieces[::2])
    ends = [end for end in accumulate(map(len, split_phrases(text))) if not SPACE.search(text[end - 1 : end + 1])]
    out, at = [], 0
    for number, piece in enumerate(pieces):
        if number % 2:
            out.append(piece)
            continue
        cuts = [0, *(end - at for end in ends if at <= end < at + len(piece)), len(piece)]
        out.append(ZERO_WIDTH_SPACE.join(piece[start:stop] for start, stop in pairwise(cuts)))
        at += len(piece)
    return "".join(out)


def wrap(text, width, measure):
    """Return a text as lines no wider than `width`, in the unit that `measure(line)` returns.

    Lines break between phrases. A phrase that is wider than a line is cut into lines of about the same width.
    """
    lines = []
    for phrase in split_phrases(text):
        if lines and measure((lines[-1] + phrase).rstrip()) <= width:
            lines[-1] += phrase
        else:
            lines += [phrase] if measure(phrase.rstrip()) <= width else cut(phrase, width, measure)
    return [line.rstrip() for line in lines]


def cut(phrase, width, measure):
    """Return a phrase as lines of about the same width. A word or a number stays whole if it fits on a line."""
    room = min(width, measure(phrase) / ceil(measure(phrase) / width) * 1.15)
    lines = [""]
    for unit in [piece for word in WORDS.findall(phrase) for piece in hyphenated(word, width, measure)]:
        if lines[-1] and measure(lines[-1] + unit) > room:
            lines.append(unit)
        else:
            lines[-1] += unit
    return lines


def hyphenated(word, width, measure):
    """Return a word as pieces that fit on a line, each but the last with a hyphen, broken where HYPHENATION says."""
    if len(word) < 2 or measure(word) <= width:
        return [word]
    ends = [*accumulate(map(len, HYPHENATION.get(word.strip().lower(), ())))][:-1]
    fitting = [end for end in ends if measure(f"{word[:end]}-") <= width]
    size = max(fitting or [1, int(len(word) * width / measure(word)) - 1])
    return [f"{word[:size]}-", *hyphenated(word[size:], width, measure)]
