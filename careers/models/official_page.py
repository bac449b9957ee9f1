"""What staff enter from an official page, and whether a fact comes from the documents or from them."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.translated_fields import translated_text
from recruit_site.content.visibility import State

on_the_web = URLValidator(
    schemes=("http", "https"), message=_("Write the whole address; it begins with https:// or http://.")
)


class Basis(models.TextChoices):
    """Where a fact comes from. Pages show it by a mark and by these words."""

    STATED = "stated", _("In the documents")
    ENTERED = "entered", _("Entered by staff")
    SILENT = "silent", _("Not in the documents")


class OfficialPage(models.Model):
    """The base of pieces with a link to the official page on which staff checked them."""

    official_title = models.CharField(_("name of the official page"), max_length=160, blank=True)
    official_url = models.URLField(
        _("address of the official page"), max_length=500, blank=True, validators=[on_the_web]
    )
    official_checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("The day on which you read the official page.")
    )

    official_fields = ("official_title", "official_url", "official_checked_on")

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.state == State.LIVE and (faults := dict(self._faults_of_official_page())):
            raise ValidationError(faults)

    def _faults_of_official_page(self):
        """Yield (field, message) for each fact that a link to an official page lacks."""
        title = translated_text(self, "official_title").text
        if self.official_url and not title:
            yield "official_title_ja", _("Write the name of the official page, for the words of the link.")
        if self.official_url and not self.official_checked_on:
            yield "official_checked_on", _("Give the day on which you checked the official page.")
        if not self.official_url and (title or self.official_checked_on):
            yield "official_url", _("Give the address of the official page.")
