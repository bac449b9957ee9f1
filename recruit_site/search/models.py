"""Search entries, synonyms, searches that found nothing, and the stamp of the index."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import PieceReference, PieceReferenceQuerySet, Sluggable


class SearchEntryQuerySet(PieceReferenceQuerySet):
    def published(self):
        """Return the entries that readers may see now."""
        now = timezone.now()
        return self.filter(Q(since=None) | Q(since__lte=now), Q(until=None) | Q(until__gt=now))


class SearchEntry(PieceReference):
    """A place on the site in one language: its texts as written, and folded as search compares them.

    `place` is the path with the anchor. `title` is the page's label in the menu if the piece opens a page, because
    readers search for pages by these labels. `heading` is the titles around the place, such as the title of the
    interview over an answer. `folded_text` has four lines, folded: the title; the piece's search words, each between
    two tabs, which no folded text has; the heading; and the body. `is_answered` is False for a question that the
    documents do not answer. `day` is the date as a number (20260401), 0 without one: a search reads thousands of
    entries, and numbers cost less than dates.
    """

    language = models.CharField(max_length=5)
    section = models.CharField(max_length=20)
    weight = models.PositiveSmallIntegerField(default=0)
    day = models.PositiveIntegerField(default=0)
    order = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    place = models.CharField(max_length=300)
    folded_text = models.TextField()
    is_answered = models.BooleanField(default=True)
    title = models.TextField()
    heading = models.TextField()
    body = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("model", "slug")),)

    def __str__(self):
        return self.place


class Synonyms(Sluggable):
    """A group of synonyms: a search for one of the words finds the others too."""

    title = models.CharField(
        _("words of the same meaning"),
        max_length=300,
        help_text=_(
            "Separated by commas: 残業, 超過勤務, 時間外勤務. Whoever searches for one of them finds the others too. "
            "Spellings alone (kana, width, サーバ and サーバー) need no entry."
        ),
    )

    #: A language may have several words where the other has one.
    language_specific_fields = ("title",)

    class Meta(Sluggable.Meta):
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms of the search")

    def __str__(self):
        return self.title_ja or self.title_en or self.slug


class MissedSearch(models.Model):
    """A folded search text that found nothing in a language."""

    language = models.CharField(_("language"), max_length=5)
    text = models.CharField(_("searched for"), max_length=200)
    count = models.PositiveIntegerField(_("how often"), default=1)
    last_on = models.DateField(_("last time"), db_index=True)

    edited_by_staff = True

    class Meta:
        ordering = ("-count", "-last_on", "text")
        constraints = (models.UniqueConstraint(fields=("language", "text"), name="missed_unique"),)
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")

    def __str__(self):
        return self.text


class IndexStamp(models.Model):
    """The digest of the code that last rebuilt check results and search entries. The table has one row."""

    digest = models.CharField(max_length=64)

    def __str__(self):
        return self.digest
