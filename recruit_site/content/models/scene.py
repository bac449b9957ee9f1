"""Scenes: the drawings of the site, with what they show in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.sluggable import Sluggable


class Scene(Sluggable):
    """A drawing that illustrates a sentence of the page it stands on. Its slug names the file in templates/scenes."""

    title = models.CharField(_("name"), max_length=80)
    alt = models.CharField(
        _("what it shows"),
        max_length=300,
        help_text=_("What a reader sees in the drawing. Read aloud in its place."),
    )

    public_fields = ("slug", "title", "alt")

    class Meta(Sluggable.Meta):
        verbose_name = _("scene")
        verbose_name_plural = _("scenes")

    def __str__(self):
        return self.title_ja or self.slug

    @property
    def template(self):
        """The name of the template that holds the drawing, an SVG element."""
        return f"scenes/{self.slug}.svg"
