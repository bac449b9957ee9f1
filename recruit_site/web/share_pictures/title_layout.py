"""The layout of a title: its font size and its line breaks."""

import re
from functools import lru_cache
from math import ceil

from PIL import ImageFont, features
from pylopdf_fonts_jp import serif_path

from recruit_site.text.line_breaking import split_phrases

#: Font sizes in pixels, the largest first, each with the most lines that a title may take.
SIZES = {88: 2, 80: 2, 72: 3, 64: 3, 58: 4, 52: 4, 46: 5, 40: 6, 36: 7}
UNCUT = 46
LINE_HEIGHT = 1.35
#: A character with up to three marks that may not begin a line; more marks are never written together.
CHARACTER = re.compile(r".[、。，．・：；！？ー…」』）】〉》〕\]),.:;!?’”]{0,3}")
#: The marks at which a reader pauses. A line that ends elsewhere loses as much as one with a third of its room empty.
PAUSES, LOST_PAUSE = tuple("、。，．：；！？,.:;!?"), 0.1
#: Proportional punctuation needs the system's FriBiDi; without it a Japanese line is only a little longer.
FEATURES = ["palt"] if features.check("raqm") else None


@lru_cache(maxsize=32)
def font(size):
    return ImageFont.truetype(serif_path(), size)


@lru_cache(maxsize=1024)
def width(text, size):
    """Return the width of a line in pixels."""
    return ceil(font(size).getlength(text, features=FEATURES))


def units(text, language):
    """Return the parts of a text between which a line may break: phrases in Japanese, words in other languages."""
    text = " ".join(text.split())
    return split_phrases(text) if language == "ja" else re.findall(r"\S+ ?", text)


def fill_lines(parts, size, room):
    """Return lines of at most `room` pixels, each with as many of the parts as fit."""
    lines, left = [], 0
    for part in parts:
        left -= width(part, size)
        if not lines or left + width(" ", size) * part.endswith(" ") < 0:
            lines.append("")
            left = room - width(part, size)
        lines[-1] += part
    return [line.rstrip() for line in lines]


def balance_lines(parts, size, room):
    """Return as few lines as fill_lines(), broken so that they are even and end where the reader pauses."""
    best = {0: (0, [])}  # number of parts in lines → (penalty, lines)
    for _line in fill_lines(parts, size, room):
        longer = {}
        for start, (loss, lines) in best.items():
            left = room
            for end in range(start + 1, len(parts) + 1):
                left -= width(parts[end - 1], size)
                if left + width(" ", size) * parts[end - 1].endswith(" ") < 0 and end > start + 1:
                    break
                pauses = end == len(parts) or parts[end - 1].rstrip().endswith(PAUSES)
                lost = loss + (left / room) ** 2 + (0 if pauses else LOST_PAUSE)
                if end not in longer or lost < longer[end][0]:
                    longer[end] = lost, [*lines, "".join(parts[start:end]).rstrip()]
        best = longer
    return best[len(parts)][1]


def split_long_parts(parts, size, room):
    """Yield the parts; a part that is wider than `room` pixels is cut into characters."""
    for part in parts:
        yield from [part] if width(part.rstrip(), size) <= room else CHARACTER.findall(part)


def lay_out_title(text, language, room):
    """Return (font size in pixels, lines) of a title for a width of `room` pixels.

    The size is the largest whose lines fit. A word is cut only where the size would otherwise be smaller than `UNCUT`.
    A title that is too long for the smallest size ends in an ellipsis.
    """
    parts = units(text, language)
    for size, most in SIZES.items():
        whole = size >= UNCUT and all(width(part.rstrip(), size) <= room for part in parts)
        if whole and len(fill_lines(parts, size, room)) <= most:
            return size, balance_lines(parts, size, room)
    for size, most in SIZES.items():
        pieces = list(split_long_parts(parts, size, room))
        lines = fill_lines(pieces, size, room)
        if len(lines) <= most:
            return size, balance_lines(pieces, size, room)
    rest = ("" if language == "ja" else " ").join(lines[most - 1 :])
    return size, [*lines[: most - 1], shortened(rest, size, room)]


def shortened(line, size, room):
    """Return the line; a line wider than `room` pixels is cut and ends in an ellipsis."""
    if width(line, size) <= room:
        return line
    while width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line}…"
