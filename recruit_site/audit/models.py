"""The table of the audit log, whose entries can be neither changed nor deleted."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditKind(models.TextChoices):
    SIGNED_IN = "signed-in", _("Signed in")
    SIGNED_OUT = "signed-out", _("Signed out")
    REFUSED = "refused", _("Sign-in failed")
    LOCKED_OUT = "locked-out", _("Locked after failed sign-ins")
    FACTOR_ADDED = "factor-added", _("Second factor added")
    FACTOR_REMOVED = "factor-removed", _("Second factor removed")
    PASSWORD = "password", _("Password changed")
    ACCOUNT_MADE = "account-made", _("Account made")
    ACCOUNT_CHANGED = "account-changed", _("Account changed")
    ACCOUNT_CLOSED = "account-closed", _("Account deactivated")
    ACCOUNT_OPENED = "account-opened", _("Account activated")
    ACCOUNT_DELETED = "account-deleted", _("Account deleted")
    GROUP_MADE = "group-made", _("Group made")
    GROUP_CHANGED = "group-changed", _("Group renamed")
    GROUP_DELETED = "group-deleted", _("Group deleted")
    PERMISSIONS = "permissions", _("Permissions changed")
    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Changed on the site at once")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RESTORED = "restored", _("Restored")
    DELETED = "deleted", _("Deleted")
    LOADED = "loaded", _("Loaded from the brochures")
    EXPORTED = "exported", _("Exported")
    PRUNED = "pruned", _("Old entries removed")


class AuditEntryIsImmutable(RuntimeError):
    """The error of an attempt to change or delete an entry of the audit log."""


def refuse(*args, **kwargs):
    raise AuditEntryIsImmutable


class AuditQuerySet(models.QuerySet):
    """A queryset that reads and adds entries. Only `audit.log.prune` deletes entries."""

    update = delete = refuse
    bulk_create = refuse  # it can overwrite rows (update_conflicts)


class AuditEntry(models.Model):
    """An action of a user or operator.

    The entry names the account and the content as text, as they were called at the time. It has no foreign keys, so
    that it stays when either is deleted.
    """

    at = models.DateTimeField(_("date and time"), default=timezone.now)
    kind = models.CharField(_("what was done"), max_length=20, choices=AuditKind)
    who = models.CharField(_("done by"), max_length=150, blank=True)
    account = models.BigIntegerField(_("number of the account"), null=True, blank=True)
    address = models.CharField(_("from the address"), max_length=45, blank=True)
    request = models.CharField(_("id of the request"), max_length=64, blank=True)
    model = models.CharField(_("kind of content"), max_length=100, blank=True)
    key = models.CharField(_("slug or number"), max_length=100, blank=True)
    title = models.CharField(_("title or name"), max_length=300, blank=True)
    detail = models.TextField(_("details"), blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=("-at", "-id"), name="audit_at"),
            models.Index(fields=("kind", "-at"), name="audit_kind"),
            models.Index(fields=("who", "-at"), name="audit_who"),
        )
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")

    def __str__(self):
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M:%S} {self.get_kind_display()}"

    def save(self, **kwargs):
        if not self._state.adding:
            raise AuditEntryIsImmutable
        super().save(**kwargs | {"force_insert": True})

    delete = refuse
