"""Terms of the glossary."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.publishable import Publishable
from recruit_site.content.navigation import BY_SECTION
from recruit_site.content.visibility import State

KANJI = re.compile("[々〆㐀-鿿豈-﫿]")


class Term(Publishable):
    """A technical term with one plain sentence that explains it."""

    title = models.CharField(_("term"), max_length=80)
    reading = models.CharField(
        _("reading"),
        max_length=120,
        blank=True,
        validators=[RegexValidator("^[ぁ-ゖー]+$", _("Write the reading in hiragana."))],
        help_text=_("In hiragana. The Japanese glossary is sorted by it; terms without kanji need none."),
    )
    stands_for = models.CharField(
        _("stands for"), max_length=160, blank=True, help_text=_("The words behind an abbreviation.")
    )
    other_forms = models.CharField(
        _("other forms"),
        max_length=200,
        blank=True,
        help_text=_("Other spellings that mean the same, separated by commas. They are marked and accepted too."),
    )
    text = models.TextField(_("explanation"), help_text=_("One plain sentence."))

    ordered_by_hand = False

    language_specific_fields = ("stands_for", "other_forms", *Publishable.language_specific_fields)

    public_fields = (*Publishable.public_fields, "title", "reading", "stands_for", "other_forms", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ("reading", "slug")  # of lists in the admin: each language has an order of its own for readers

    def clean(self):
        super().clean()
        if self.state == State.LIVE and KANJI.search(self.title_ja or "") and not self.reading:
            raise ValidationError({"reading": _("The glossary cannot be sorted without the reading of these kanji.")})

    def get_absolute_url(self):
        return f"{BY_SECTION['glossary'].url}#{self.slug}"
