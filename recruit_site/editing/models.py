"""The history of content, the next versions of live pieces, and the state of their English."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.content import snapshot
from recruit_site.content.models import PieceReference

#: What a working copy or an older state leaves as it is: where, when and to whom the piece is shown.
KEPT = ("slug", "state", "publish_from", "publish_until", "order")


def content(data):
    """Return of a snapshot what the piece says, without where, when and to whom it is shown."""
    return {name: value for name, value in data.items() if name not in KEPT}


class Revision(PieceReference):
    """A state that a piece of content had: all of it as a snapshot, by whom, when, and why."""

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
        """When it was, to the minute, on the clock of the site's time zone."""
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    @property
    def name(self):
        return self.snapshot.get("title_ja") or self.slug


class WorkingCopy(PieceReference):
    """The next version of a live piece, not applied yet: readers see the row, editors this."""

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
        """Make what a snapshot says the next version of a live row, in the place of another one; return it."""
        for old in cls.objects.of(row):
            old.give_way(author, data)
        about = {"model": row._meta.label_lower, "slug": row.slug, "snapshot": content(data)}
        return cls.objects.create(**about, author=author, in_review=in_review, reason=reason)

    def over(self, row, present):
        """Return the snapshot of a row, whose `present` one is given, as it would be with this applied."""
        return present | content(snapshot.as_named_now(type(row), self.snapshot))

    def give_way(self, author, data):
        """Go for the snapshot that `author` saved; what someone else wrote otherwise stays in the history."""
        if self.author != author and not snapshot.agrees(self.snapshot, content(data)):
            self.retire()
        else:
            self.delete()

    def retire(self):
        """Go, and stay in the history, so that nothing is lost."""
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
    """The state of the English of one unit: a piece ("" as `part`) or a part ("answers why")."""

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
