"""The check for headings made inside a text: screen readers and tables of contents do not know them."""

import re

from django.utils.translation import gettext_lazy as _

from recruit_site.editorial_checks.finding import EditorialCheck, Mark

NUMBER_SIGN = re.compile(r"^ {0,3}#{1,6}[ \t　]+\S.*$", re.MULTILINE)
BOLD_LINE = re.compile(r"(?:\A|(?<=\n\n))(?:\*\*[^*\n]+\*\*|__[^_\n]+__)[ \t]*(?=\n|\Z)")


#: A bold line with one of these endings is an emphasised sentence, not a heading.
SENTENCE_ENDS = ("。", ".", "！", "!", "？", "?", "」")


def headings_in_the_text(place):
    for pattern in (NUMBER_SIGN, BOLD_LINE):
        for match in pattern.finditer(place.text):
            if not match[0].rstrip(" \t*_").endswith(SENTENCE_ENDS):
                yield Mark(*match.span())


CHECKS = (
    EditorialCheck(
        "headings",
        headings_in_the_text,
        _("A heading inside the text: it has no place in the order of the page's headings."),
        _("Give it a part of its own and write it into that part's heading."),
    ),
)
