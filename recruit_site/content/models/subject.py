"""Subjects of the content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.sluggable import Sluggable


class Subject(Sluggable):
    """A subject of several pieces (languages, family, security). Pieces that share a subject are related."""

    title = models.CharField(_("subject"), max_length=80)

    public_fields = ("slug", "title")

    class Meta(Sluggable.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self):
        return self.title_ja or self.slug
