"""Source documents of the content."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.sluggable import Sluggable


class Source(Sluggable):
    """A public document that the site's facts come from."""

    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    issued = models.CharField(
        _("date or edition"), max_length=100, blank=True, help_text=_("As the document states it; empty if undated.")
    )
    dating = models.CharField(
        _("what is known of its date"),
        max_length=120,
        blank=True,
        help_text=_("For a document that states no date: that it has none, and its newest figure."),
    )
    short_title = models.CharField(
        _("name in a sentence"),
        max_length=120,
        blank=True,
        help_text=_("A few words that stand for the title in running text: the recruitment guide of …"),
    )
    note = models.TextField(_("note"), blank=True)
    url = models.URLField(_("address"), blank=True)

    public_fields = ("slug", "title", "publisher", "short_title", "issued", "dating", "note", "url")

    class Meta(Sluggable.Meta):
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")

    def __str__(self):
        return self.title_ja or self.slug

    @property
    def date_field(self):
        """The name of the field that tells readers how old the document is."""
        return "issued" if self.issued_ja else "dating"

    def get_absolute_url(self):
        return f"{reverse('sources')}#{self.slug}"
