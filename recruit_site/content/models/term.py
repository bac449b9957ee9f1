"""Terms of the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.publishable import Publishable
from recruit_site.content.navigation import BY_SECTION


class Term(Publishable):
    """A technical term with one plain sentence that explains it."""

    title = models.CharField(_("term"), max_length=80)
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

    language_specific_fields = ("stands_for", "other_forms", *Publishable.language_specific_fields)

    public_fields = (*Publishable.public_fields, "title", "stands_for", "other_forms", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def get_absolute_url(self):
        return f"{BY_SECTION['glossary'].url}#{self.slug}"
