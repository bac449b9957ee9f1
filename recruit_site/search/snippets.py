"""Snippets: extracts of the original texts in which the hits of a search are marked."""

from typing import NamedTuple

from recruit_site.search.folding import fold
from recruit_site.text.line_breaking import JAPANESE, split_phrases

#: Characters of a snippet, and of its part before the first hit, by whether the text is Japanese.
LENGTH = {True: 110, False: 220}
BEFORE = {True: 30, False: 60}
#: Characters that end a sentence.
ENDS = "。！？!?."
#: How many characters a cut may move to fall between two phrases.
SLACK = 24


class Stretch(NamedTuple):
    """A stretch of a text, which is either a hit or lies between hits."""

    words: str
    hit: bool


def hits(text, terms):
    """Return the hits of a Query's terms in a text as (start, end, TermForm), in order and without overlaps."""
    folded = fold(text)
    matches = []
    for form in (form for term in terms for form in term.forms):
        bare = form.text.strip()
        whole, at = form.text, folded.text.find(form.text)
        while at != -1 and bare:
            first = at + len(whole) - len(whole.lstrip())
            last = at + len(whole.rstrip()) - 1
            if folded.text.startswith("ー", last + 1):
                last += 1
            matches.append((folded.starts[first], folded.ends[last], form))
            at = folded.text.find(whole, at + 1)
    apart = []
    for hit in sorted(matches, key=lambda hit: (hit[0], -hit[1])):
        if not apart or hit[0] >= apart[-1][1]:
            apart.append(hit)
    return apart


def marked(text, found, start=0, end=None):
    """Return a text from `start` to `end` as Stretches. `found` are its hits, as hits() returns them."""
    end = len(text) if end is None else end
    stretches, at = [], start
    for first, last, _form in found:
        if first >= at and last <= end:
            stretches += [Stretch(text[at:first], False), Stretch(text[first:last], True)]
            at = last
    return [stretch for stretch in (*stretches, Stretch(text[at:end], False)) if stretch.words]


def snippet(text, found):
    """Return the part of a text around its first hit as Stretches, cut between phrases; without a hit, the start."""
    japanese = bool(JAPANESE.search(text))
    first = found[0][0] if found else 0
    start = start_before(text, first, japanese)
    end = end_after(text, max(start + LENGTH[japanese], found[0][1] if found else 0))
    stretches = marked(text, found, start, end)
    if start:
        stretches.insert(0, Stretch("…", False))
    if end < len(text):
        stretches.append(Stretch("…", False))
    return stretches


def start_before(text, first, japanese):
    """Return the start of a snippet before a hit: that of its sentence, or else of a phrase not too far before it."""
    far = first - BEFORE[japanese] - SLACK
    sentence = max(text.rfind(mark, max(far, 0), first) for mark in ENDS) + 1
    if sentence or far <= 0:
        return sentence + len(text[sentence:first]) - len(text[sentence:first].lstrip())
    pieces = split_phrases(text[far : far + 2 * SLACK])
    return far + len(pieces[0]) if len(pieces) > 1 else far


def end_after(text, at):
    """Return the end of a snippet shortly after a position: the end of the last whole phrase there."""
    if at + SLACK >= len(text):
        return len(text)
    pieces = split_phrases(text[at : at + SLACK])
    return at + SLACK - (len(pieces[-1]) if len(pieces) > 1 else 0)
