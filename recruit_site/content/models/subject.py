"""What pieces are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.sluggable import Sluggable


class Subject(Sluggable):
    """What several pieces are about (languages, family, security): pieces that share one are related."""

    title = models.CharField(_("subject"), max_length=80)

    public_fields = ("slug", "title")

    class Meta(Sluggable.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self):
        return self.title_ja or self.slug
