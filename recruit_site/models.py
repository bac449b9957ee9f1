"""What every piece of content shares: where it comes from, the prose of pages, the site's own words."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.mentions import Mention
from recruit_site.pages import BY_SECTION, section_choices
from recruit_site.pictures.models import Picture, picture_field
from recruit_site.publishing import Part, Publishable, Sluggable
from recruit_site.slugs import OldSlug

__all__ = [
    "AuditEntry",
    "Chapter",
    "Consent",
    "LoadedRecord",
    "Mention",
    "Missed",
    "OldSlug",
    "Passage",
    "Picture",
    "Source",
    "Subject",
    "Synonyms",
    "Term",
    "Wording",
]


class Source(Sluggable):
    """A public document that the site's facts come from."""

    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    issued = models.CharField(
        _("date or edition"), max_length=100, blank=True, help_text=_("As the document states it; empty if undated.")
    )
    note = models.TextField(_("note"), blank=True)
    url = models.URLField(_("address"), blank=True)

    class Meta(Sluggable.Meta):
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")

    def __str__(self):
        return self.title_ja or self.slug

    def get_absolute_url(self):
        return f"{reverse('sources')}#{self.slug}"


class Chapter(Publishable):
    """Prose on a page. The chapter named like its section opens the page: its title is the page's heading."""

    class Layout(models.TextChoices):
        PROSE = "prose", _("Running text")
        TIMELINE = "timeline", _("Time line")
        DOCUMENT = "document", _("Historical document")

    section = models.CharField(_("page"), max_length=20, choices=section_choices)
    layout = models.CharField(_("layout"), max_length=10, choices=Layout, default=Layout.PROSE)
    title = models.CharField(_("heading"), max_length=120)
    lead = models.TextField(_("lead"), blank=True, help_text=_("One to three sentences under the heading."))
    picture = picture_field()

    ordered_within = ("section",)

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
    def shown_picture(self):
        """Its picture in the shape in which the chapter's layout shows it."""
        whole = not self.opens_page and self.layout != self.Layout.TIMELINE
        return self.picture.whole if whole else self.picture.wide


class Passage(Part):
    """A paragraph group of a chapter: a station on a time line, a section of running text."""

    parent_field = "chapter"

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="passages", verbose_name=_("chapter"))
    title = models.CharField(_("heading"), max_length=120, blank=True)
    caption = models.CharField(
        _("small line"), max_length=120, blank=True, help_text=_("A date in the old calendar, an era, a note.")
    )
    text = models.TextField(_("text"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = (models.UniqueConstraint(fields=("chapter", "slug"), name="passage_unique_in_chapter"),)

    def __str__(self):
        return self.title_ja or self.slug

    @property
    def anchor(self):
        return f"{self.chapter.slug}-{self.slug}"


class Subject(Sluggable):
    """What several pieces are about (languages, family, security): pieces that share one are related."""

    title = models.CharField(_("subject"), max_length=80)

    class Meta(Sluggable.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self):
        return self.title_ja or self.slug


class Term(Publishable):
    """A word of the trade, with one plain sentence that explains it."""

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

    of_each_language = ("stands_for", "other_forms", *Publishable.of_each_language)

    class Meta(Publishable.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def get_absolute_url(self):
        return f"{BY_SECTION['glossary'].url}#{self.slug}"


class Wording(Publishable):
    """A sentence of the site itself (its name, the line that it is not official) that staff may change."""

    title = models.CharField(_("where it stands"), max_length=200)
    text = models.TextField(_("text"))

    found_by_search = False  # it is on every page

    class Meta(Publishable.Meta):
        verbose_name = _("site wording")
        verbose_name_plural = _("site wording")

    def get_absolute_url(self):
        return reverse("home")  # it stands on every page


class LoadedRecord(models.Model):
    """What load_brochures last read of a fixture's record and the row it made of it.

    The first tells whether the fixture has changed since, the second whether staff have changed the row.
    """

    model = models.CharField(max_length=100)
    slug = models.CharField(max_length=80)
    record = models.JSONField()
    snapshot = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="loaded_record_unique"),)

    def __str__(self):
        return f"{self.model} {self.slug}"


from recruit_site.audit.entries import AuditEntry  # noqa: E402
from recruit_site.checks.checked import Checked  # noqa: E402, F401
from recruit_site.consent import Consent  # noqa: E402
from recruit_site.editing.records import Revision, WorkingCopy  # noqa: E402, F401
from recruit_site.editing.translated import Translation  # noqa: E402, F401
from recruit_site.page_cache.version import ContentChange  # noqa: E402, F401
from recruit_site.prepared import Prepared  # noqa: E402, F401
from recruit_site.search.entries import Entry  # noqa: E402, F401
from recruit_site.search.missed import Missed  # noqa: E402
from recruit_site.search.synonyms import Synonyms  # noqa: E402
