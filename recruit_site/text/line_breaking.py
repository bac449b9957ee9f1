"""Where a line may break: Japanese between phrases, other languages between words."""

import re
from functools import lru_cache
from math import ceil

import budoux

parser = budoux.load_default_japanese_parser()

#: U+200B: lets a line break where it stands and takes no room.
ZERO_WIDTH_SPACE = "\u200b"

#: Kana and kanji; a text without them has no phrases to find.
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")

#: What a line does not cut: words and numbers in other letters, and single characters of Japanese.
WORDS = re.compile(r"[^\u2e80-\u9fff\uff00-\uffef\s]+\s*|.", re.DOTALL)


@lru_cache(maxsize=4096)
def phrases(text):
    """Return the pieces of a text between which a line may break; joined they are the text again."""
    if not JAPANESE.search(text):
        return re.findall(r"\S+\s*|\s+", text)
    marked = re.sub(
        rf"(?<=[0-9A-Za-z]){ZERO_WIDTH_SPACE}(?=[0-9A-Za-z])", "", ZERO_WIDTH_SPACE.join(parser.parse(text))
    )
    return [piece for phrase in marked.split(ZERO_WIDTH_SPACE) for piece in re.findall(r"\S+\s*|\s+", phrase)]


def with_breaks(text):
    """Return a Japanese heading with a zero-width space between its phrases, for the browser to break at."""
    return ZERO_WIDTH_SPACE.join(phrases(text)) if JAPANESE.search(text) else text


def wrap(text, width, measure):
    """Return a text in lines no wider than `width`, as `measure(line)` counts it; a longer phrase is cut evenly."""
    lines = []
    for phrase in phrases(text):
        if lines and measure((lines[-1] + phrase).rstrip()) <= width:
            lines[-1] += phrase
        else:
            lines += [phrase] if measure(phrase.rstrip()) <= width else cut(phrase, width, measure)
    return [line.rstrip() for line in lines]


def cut(phrase, width, measure):
    """Cut a phrase into lines of about the same length; a word or a number stays whole if it fits on a line."""
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
