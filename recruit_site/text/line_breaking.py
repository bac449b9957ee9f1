"""Where a line may break: between phrases in Japanese, between words in other languages."""

import re
from functools import lru_cache
from math import ceil

import budoux

parser = budoux.load_default_japanese_parser()

#: U+200B has no width, and a line may break at it.
ZERO_WIDTH_SPACE = "\u200b"

#: Kana and kanji. BudouX splits only texts that contain them.
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")

#: The units that `cut` keeps whole: a word or number that is not Japanese, or a single Japanese character.
WORDS = re.compile(r"[^\u2e80-\u9fff\uff00-\uffef\s]+\s*|.", re.DOTALL)


@lru_cache(maxsize=4096)
def split_phrases(text):
    """Return the pieces of a text between which a line may break. Joined, they are the text again."""
    if not JAPANESE.search(text):
        return re.findall(r"\S+\s*|\s+", text)
    marked = re.sub(
        rf"(?<=[0-9A-Za-z]){ZERO_WIDTH_SPACE}(?=[0-9A-Za-z])", "", ZERO_WIDTH_SPACE.join(parser.parse(text))
    )
    return [piece for phrase in marked.split(ZERO_WIDTH_SPACE) for piece in re.findall(r"\S+\s*|\s+", phrase)]


def with_breaks(text):
    """Return a heading with zero-width spaces between its Japanese phrases, where the browser may break the line."""
    return ZERO_WIDTH_SPACE.join(split_phrases(text)) if JAPANESE.search(text) else text


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
    if len(word) < 2 or measure(word) <= width:
        return [word]
    size = max(1, int(len(word) * width / measure(word)) - 1)
    return [f"{word[:size]}-", *hyphenated(word[size:], width, measure)]
