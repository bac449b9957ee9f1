"""Texts of the site itself."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.publishable import Publishable


class SiteText(Publishable):
    """A text of the site itself that staff may change: its name, the notice that it is not official.

    The texts in `may_be_empty` are facts that only the operator knows. Pages say where they have not been entered.
    """

    may_be_empty = ("operator", "operator-contact")

    title = models.CharField(_("where it stands"), max_length=200)
    text = models.TextField(_("text"), blank=True)

    is_searchable = False  # it appears on every page

    public_fields = (*Publishable.public_fields, "text")

    class Meta(Publishable.Meta):
        verbose_name = _("site wording")
        verbose_name_plural = _("site wording")

    def clean(self):
        super().clean()
        if not (self.text_ja or "").strip() and self.slug not in self.may_be_empty:
            raise ValidationError({"text_ja": _("Pages cannot do without this text.")})

    def get_absolute_url(self):
        return reverse("home")  # it appears on every page
