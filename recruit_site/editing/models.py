"""The revisions of content, the working copies of live pieces, and the status of their English."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.content import snapshot
from recruit_site.content.models import PieceReference

#: Fields that neither a working copy nor a restored revision changes: where, when and to whom a piece is shown.
PUBLICATION_FIELDS = ("slug", "state", "publish_from", "publish_until", "order")


def without_publication_fields(data):
    """Return a snapshot without the fields in PUBLICATION_FIELDS."""
    return {name: value for name, value in data.items() if name not in PUBLICATION_FIELDS}


class Revision(PieceReference):
    """A past state of a piece: a snapshot of the whole piece, its author, time and reason."""

    class Event(models.TextChoices):
        SAVED = "saved", _("Saved")
        SENT = "sent", _("Sent to review")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Withdrawn")
        REPLACED = "replaced", _("Replaced by someone else’s version")
        DELETED = "deleted", _("Deleted")
        RESTORED = "restored", _("Restored")
        LOADED = "loaded", _("Loaded from the brochures")

    event = models.CharField(_("what was done"), max_length=10, choices=Event)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    snapshot = models.JSONField(editable=False)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("model", "slug", "-at")),)
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")

    def __str__(self):
        return f"{self.model} {self.slug}, {self.moment}"

    @property
    def moment(self):
        """The time to the minute, in the site's time zone."""
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def name(self):
        return self.snapshot.get("title_ja") or self.slug


class WorkingCopy(PieceReference):
    """The next version of a live piece, not applied yet: readers see the row, editors the working copy."""

    snapshot = models.JSONField(editable=False)
    in_review = models.BooleanField(_("in review"), default=False)
    reason = models.CharField(max_length=200, default="", db_default="", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug"), name="working_copy_unique"),)
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")

    def __str__(self):
        return f"{self.model} {self.slug}"

    @classmethod
    def put(cls, row, data, author, in_review=False, reason=""):
        """Store a snapshot as the working copy of a live row, in place of an earlier one, and return it."""
        for old in cls.objects.of(row):
            old.replace_by(author, data)
        fields = {"model": row._meta.label_lower, "slug": row.slug, "snapshot": without_publication_fields(data)}
        return cls.objects.create(**fields, author=author, in_review=in_review, reason=reason)

    def applied_to(self, row, present):
        """Return the snapshot that a row with the snapshot `present` will have when this working copy is applied."""
        return present | without_publication_fields(snapshot.with_current_slugs(type(row), self.snapshot))

    def replace_by(self, author, data):
        """Delete this copy, as `author` saved the snapshot `data`. If someone else wrote a different one, retire it."""
        if self.author != author and not snapshot.matches_stored(self.snapshot, without_publication_fields(data)):
            self.move_to_history()
        else:
            self.delete()

    def move_to_history(self):
        """Move this copy to the history, so that nothing is lost."""
        Revision.objects.create(
            model=self.model,
            slug=self.slug,
            event=Revision.Event.REPLACED,
            author=self.author,
            reason=self.reason,
            snapshot=self.snapshot,
        )
        self.delete()


class TranslationStatus(PieceReference):
    """The state of the English of one unit: a piece (`part` is "") or a part ("answers why").

    `confirmed` holds the Japanese texts, by field, that the English was confirmed for.
    """

    class State(models.TextChoices):
        MISSING = "missing", _("English missing")
        OUTDATED = "outdated", _("English out of date")
        CURRENT = "current", _("English up to date")

    part = models.CharField(_("part"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, db_index=True)
    confirmed = models.JSONField(default=dict, editable=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug", "part"), name="translation_unique"),)
        verbose_name = _("translation")
        verbose_name_plural = _("translations")

    def __str__(self):
        return f"{self.model} {self.slug} {self.part}".strip()
