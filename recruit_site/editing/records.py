"""What was applied: revisions of every piece of content, as snapshots."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.audit.content import audit
from recruit_site.checks import checked
from recruit_site.consent import mark_mentions
from recruit_site.editing import snapshot, translated
from recruit_site.mentions import Mention
from recruit_site.publishing import State
from recruit_site.search import entries
from recruit_site.slugs import AboutPiece

#: What a working copy or an older state leaves as it is: where, when and to whom the piece is shown.
KEPT = ("slug", "state", "publish_from", "publish_until", "order")


def content(data):
    """Return of a snapshot what the piece says, without where, when and to whom it is shown."""
    return {name: value for name, value in data.items() if name not in KEPT}


class Revision(AboutPiece):
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


class WorkingCopy(AboutPiece):
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


def record(row, event, author=None, reason="", minor=False, confirm=False):
    """Keep the present state of a row as a Revision and return it; a save that changed nothing leaves the last one.

    Every way of writing content ends here: form, list, restore, load_brochures. Call it in their transaction.
    `minor` and `confirm` say what the change means for the English: see translated.update.
    """
    data = snapshot.take(row)
    last = Revision.objects.of(row).first()
    if event == Revision.Event.DELETED:
        for copy in WorkingCopy.objects.of(row):
            copy.retire()
        translated.Translation.objects.of(row).delete()
        Mention.objects.of(row).delete()
        checked.Checked.objects.of(row).delete()
        entries.forget(row)
    else:
        mark_mentions(type(row), data)
        translated.update(row, last and last.snapshot, data, minor, confirm)
        if event != Revision.Event.LOADED:  # then both are done at the end, when everything is there
            checked.update(row, data)
            entries.update(row)
    if last and last.snapshot == data and not {event, last.event} & {Revision.Event.DELETED, Revision.Event.RESTORED}:
        return last
    revision = Revision.objects.create(
        model=row._meta.label_lower, slug=row.slug, event=event, author=author, reason=reason, snapshot=data
    )
    audit(row, revision)
    return revision


def lay_under(row, copy):
    """Apply a working copy to its row and return it, in a transaction that is rolled back or published."""
    present = {name: value for name, value in snapshot.take(row).items() if name in KEPT}
    snapshot.apply(type(row), copy.snapshot | present | {"state": State.DRAFT}, complete=False)
    type(row).objects.filter(pk=row.pk).update(state=row.state)
    return type(row).objects.get(pk=row.pk)


def fault_of(row, copy):
    """Return why a working copy can no longer be applied (what it refers to is gone), or "" where it can."""
    with transaction.atomic():
        try:
            lay_under(row, copy)
            return ""
        except snapshot.SnapshotError as error:
            return str(error)
        finally:
            transaction.set_rollback(True)
