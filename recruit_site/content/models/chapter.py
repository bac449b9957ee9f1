"""Chapters: running text on the pages of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.fields import picture_field, scene_field
from recruit_site.content.models.part import Part
from recruit_site.content.models.publishable import Publishable
from recruit_site.content.navigation import BY_SECTION, section_choices


class Chapter(Publishable):
    """Running text on a page.

    The chapter whose slug is the name of its section opens the page: its title is the page's heading.
    """

    class Layout(models.TextChoices):
        PROSE = "prose", _("Running text")
        TIMELINE = "timeline", _("Time line")
        DOCUMENT = "document", _("Historical document")
        STATEMENT = "statement", _("One large sentence")

    section = models.CharField(_("page"), max_length=20, choices=section_choices)
    layout = models.CharField(_("layout"), max_length=10, choices=Layout, default=Layout.PROSE)
    title = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("lead"), blank=True, help_text=_("One to three sentences under the heading."))
    picture = picture_field()
    scene = scene_field(_("A drawing of something that the text says. An uploaded picture takes its place."))

    ordered_within = ("section",)

    public_fields = (*Publishable.public_fields, "section", "layout", "title", "lead", "picture", "scene")

    class Meta(Publishable.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def get_absolute_url(self):
        path = BY_SECTION[self.section].url
        return path if self.opens_page else f"{path}#{self.slug}"

    @property
    def opens_page(self):
        return self.slug == self.section

    @property
    def is_long(self):
        """Whether the passages need the whole width of the page: three or more, or two under a scene."""
        return len(self.passages.all()) > (1 if self.scene else 2)

    @property
    def shown_picture(self):
        """The picture in the shape that the chapter's layout needs: whole or wide."""
        whole = not self.opens_page and self.layout != self.Layout.TIMELINE
        return self.picture.whole if whole else self.picture.wide


class Passage(Part):
    """A group of paragraphs in a chapter: a station of a time line, or a section of running text."""

    class Moment(models.TextChoices):
        UNDATED = "undated", _("The documents give no date")
        NOW = "now", _("Now")

    parent_field = "chapter"

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="passages", verbose_name=_("chapter"))
    title = models.CharField(_("heading"), max_length=120, blank=True)
    caption = models.CharField(
        _("small line"), max_length=120, blank=True, help_text=_("A date in the old calendar, an era, a note.")
    )
    text = models.TextField(_("text"), blank=True)
    scene = scene_field()
    moment = models.CharField(
        _("time of the station"),
        max_length=10,
        choices=Moment,
        blank=True,
        help_text=_("On a timeline, if the heading is not a date."),
    )

    public_fields = ("slug", "title", "caption", "text", "scene", "moment")

    class Meta(Part.Meta):
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = (models.UniqueConstraint(fields=("chapter", "slug"), name="passage_unique_in_chapter"),)

    def __str__(self):
        return self.title_ja or self.slug

    @property
    def anchor(self):
        return f"{self.chapter.slug}-{self.slug}"
