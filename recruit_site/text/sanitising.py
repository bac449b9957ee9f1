"""Removal of invisible characters that change what a text says.

They come with text pasted from a PDF or a web page (our own headings contain zero-width spaces), and from attackers: a
text that reads differently from how it is written, a name that imitates another, words that only machines read.
Invisible characters that Japanese and emoji need stay: variation selectors (葛󠄀, 辻󠄂), joiners inside an emoji,
flags made of tags.
"""

import re

CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff9-\ufffb"
#: Bidirectional formatting characters (UAX #9). Neither language of the site runs from right to left.
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
#: Characters without width or shape, among them the Korean fillers, which Unicode counts as letters.
SHAPELESS = r"\u034f\u115f\u1160\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e007f"
EMOJI = r"\u2190-\u2bff\U0001f000-\U0001faff"
SELECTORS = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"

INVISIBLE = re.compile(
    rf"(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{3,6}}\U000e007f)"
    rf"|[{CONTROLS}{DIRECTIONS}{SHAPELESS}]"
    rf"|(?<![{EMOJI}{SELECTORS}])\u200d|\u200d(?![{EMOJI}])"
    rf"|(?<=[{SELECTORS}])[{SELECTORS}]"  # a character has at most one selector; a row of them can carry hidden words
)
LINE_ENDS = re.compile("[\u2028\u2029]")


def sanitise(text):
    """Return a text without control, bidirectional and zero-width characters, and with LF for U+2028 and U+2029."""
    return INVISIBLE.sub(lambda match: match["flag"] or "", LINE_ENDS.sub("\n", text))
