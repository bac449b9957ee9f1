"""Password validators beside Django's own: a maximum length, and no guessable words (NIST SP 800-63B-4, 3.1.1.2)."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128
#: A password with fewer different characters is a pattern.
FEWEST_DIFFERENT = 5
#: Words that an attacker tries first on this site, without spaces and punctuation; parts of its host name join them.
CONTEXT = ("recruit", "mofa", "gaimusho", "saiyo", "foreignaffairs", "外務省", "採用", "password", "パスワード")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "あいうえおかきくけこ")
RUNS = {
    row[start:end]
    for line in ROWS
    for row in (line, line[::-1])
    for start in range(len(row))
    for end in range(start + 4, len(row) + 1)
}
#: The number of characters that must remain after guessable words and keyboard runs are removed.
LEFT = 6


class LongestValidator:
    def validate(self, password, user=None):
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is too long. It may have at most %(number)s characters."),
                code="password_too_long",
                params={"number": LONGEST},
            )

    def get_help_text(self):
        return _("A sentence of several words is good: it may have up to %(number)s characters.") % {"number": LONGEST}


class GuessableValidator:
    """A validator that refuses passwords made of the site's own words, keyboard runs or few different characters."""

    def validate(self, password, user=None):
        plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", password).casefold())
        if len(set(plain)) < FEWEST_DIFFERENT or len(re.sub(guessable_pattern(), "", plain)) < LEFT:
            raise ValidationError(
                _("This password is easy to guess: it is little more than a pattern or words of this site."),
                code="password_guessable",
            )

    def get_help_text(self):
        return _("It must be more than a row of the keyboard, one character repeated or words of this site.")


def guessable_pattern():
    """Return a regular expression of guessable texts: the site's words, and keyboard runs of at least 4 characters."""
    names = {part for part in re.split(r"[\W_]+", urlsplit(settings.SITE_URL).netloc) if len(part) >= 4}
    return "|".join(sorted({*CONTEXT, *names, *RUNS}, key=len, reverse=True))
