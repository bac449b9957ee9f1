"""Texts that pass through a spreadsheet. Changes that programs make by themselves are not changes of the text."""

import re
import unicodedata
from hashlib import sha256

from recruit_site.spreadsheets.limits import LONGEST
from recruit_site.text.sanitising import sanitise

TOO_LONG = (
    "（セルに入る32,767字を超えるため、管理画面で編集してください。Longer than a cell may be: edit it in the admin.）"
)
#: A letter with combining marks: some systems write か and a voicing mark where others write が. Only these sequences
#: are composed, because NFC of a whole text would also replace variants of kanji that occur in names.
TAKEN_APART = re.compile(r"\w[\u0300-\u036f\u3099\u309a]+")


def canonical(text):
    """Return a text sanitised, with LF as line end, without surrounding white space, and with composed letters."""
    text = sanitise(text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return TAKEN_APART.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def shown(text):
    """Return the content of a cell for a text: the text, or TOO_LONG if it does not fit."""
    return (text or "") if length(text or "") <= LONGEST else TOO_LONG


def length(text):
    """Return the length of a text as Excel counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def digest(text):
    """Return a digest of a text (ten hexadecimal digits), which tells whether the text has changed."""
    return sha256(canonical(shown(text)).encode()).hexdigest()[:10]


def joined_digests(texts):
    """Return the digests of several texts as one string.

    It begins with a letter, so that no program takes it for a number.
    """
    return "v" + "-".join(map(digest, texts))


def digests(version):
    """Return the digests in a string that `joined_digests` returned."""
    return version.removeprefix("v").split("-")
