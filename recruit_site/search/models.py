"""What search finds, words of one meaning, and searches that found nothing."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import PieceReference, PieceReferenceQuerySet, Sluggable


class SearchEntryQuerySet(PieceReferenceQuerySet):
    def published(self):
        """Keep what readers may see now."""
        now = timezone.now()
        return self.filter(Q(since=None) | Q(since__lte=now), Q(until=None) | Q(until__gt=now))


class SearchEntry(PieceReference):
    """A place on the site in one language: its texts as written, and folded as search compares them.

    `place` is its path with the anchor. What opens a page bears the page's name there, as readers search for pages by
    the names in the menu. `heading` holds what stands around it: the title of the interview over an answer.
    `folded_text` has three lines: the title, the heading and the body, folded. `day` is its date as a number
    (20260401), 0 without one: a search reads thousands of them, and numbers cost less than dates.
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
    title = models.TextField()
    heading = models.TextField()
    body = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("model", "slug")),)

    def __str__(self):
        return self.place


class Synonyms(Sluggable):
    """Words of one meaning: whoever searches for one of them finds the others too."""

    title = models.CharField(
        _("words of the same meaning"),
        max_length=300,
        help_text=_(
            "Separated by commas: 残業, 超過勤務, 時間外勤務. Whoever searches for one of them finds the others too. "
            "Spellings alone (kana, width, サーバ and サーバー) need no entry."
        ),
    )

    #: What is said in several ways in one language may have one word in the other.
    of_each_language = ("title",)

    class Meta(Sluggable.Meta):
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms of the search")

    def __str__(self):
        return self.title_ja or self.title_en or self.slug


class MissedSearch(models.Model):
    """A search, folded, that found nothing in a language."""

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
    """The digest of that code, in the only row."""

    digest = models.CharField(max_length=64)

    def __str__(self):
        return self.digest
