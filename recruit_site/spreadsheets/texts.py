"""A text on its way through a spreadsheet: what programs change of themselves is no change of the text."""

import re
import unicodedata
from hashlib import sha256

from recruit_site.spreadsheets.limits import LONGEST
from recruit_site.text.sanitising import sanitised

TOO_LONG = (
    "（セルに入る32,767字を超えるため、管理画面で編集してください。Longer than a cell may be: edit it in the admin.）"
)
#: Some systems write か and a voicing mark where others write が. Only those are joined: NFC for a whole text
#: would also replace variants of kanji that names are written with.
TAKEN_APART = re.compile(r"\w[\u0300-\u036f\u3099\u309a]+")


def canonical(text):
    """Return a text with LF as line end, without space around it, all of it sanitised and its letters in one piece."""
    text = sanitised(text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return TAKEN_APART.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def shown(text):
    """Return what a cell shows of a text: all of it, or that it is too long for a cell."""
    return (text or "") if length(text or "") <= LONGEST else TOO_LONG


def length(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def mark(text):
    """Return a few letters that tell whether a text is still the same."""
    return sha256(canonical(shown(text)).encode()).hexdigest()[:10]


def version(texts):
    """Return the marks of several texts as one. Begins with a letter, so that no program takes it for a number."""
    return "v" + "-".join(map(mark, texts))


def marks(version):
    """Return the marks that a version is made of."""
    return version.removeprefix("v").split("-")
