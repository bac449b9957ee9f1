"""The entries of the audit log."""

from functools import partial

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site import logs
from recruit_site.audit import chain
from recruit_site.audit.request import current, operator
from recruit_site.signin.address import address_of


class Kind(models.TextChoices):
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


class EntryIsFinal(RuntimeError):
    """An entry of the audit log is neither changed nor deleted."""


class AuditQuerySet(models.QuerySet):
    """Offers to read and to add."""

    def update(self, **fields):
        raise EntryIsFinal

    def delete(self):
        raise EntryIsFinal

    def bulk_create(self, objs, *args, **kwargs):
        raise EntryIsFinal  # it can also overwrite

    update.alters_data = delete.alters_data = bulk_create.alters_data = True
    delete.queryset_only = True


class AuditEntry(models.Model):
    """Something that was done.

    It names account and piece as they were called then, and refers to neither: both may go, the entry stays.
    """

    at = models.DateTimeField(_("date and time"), default=timezone.now)
    kind = models.CharField(_("what was done"), max_length=20, choices=Kind)
    who = models.CharField(_("done by"), max_length=150, blank=True)
    account = models.BigIntegerField(_("number of the account"), null=True, blank=True)
    address = models.CharField(_("from the address"), max_length=45, blank=True)
    request = models.CharField(_("id of the request"), max_length=64, blank=True)
    model = models.CharField(_("kind of content"), max_length=100, blank=True)
    key = models.CharField(_("slug or number"), max_length=100, blank=True)
    title = models.CharField(_("title or name"), max_length=300, blank=True)
    detail = models.TextField(_("details"), blank=True)
    number = models.BigIntegerField(_("number in the chain"), null=True, unique=True, editable=False)
    digest = models.CharField(_("seal"), max_length=64, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        app_label = "recruit_site"
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
            raise EntryIsFinal
        self.digest = chain.seal_of(self)
        super().save(**kwargs | {"force_insert": True})

    def delete(self, **kwargs):
        raise EntryIsFinal

    save.alters_data = delete.alters_data = True


def record(kind, about=None, detail="", who=None):
    """Write an entry in the transaction of what it tells of, and return it.

    `about` is the row concerned. `who` did it: the user who is signed in where it is None. `detail` must hold no
    secret, and nothing that someone typed without meaning it to be kept.
    """
    request = current()
    if who is None and request is not None and getattr(request, "user", None) and request.user.is_authenticated:
        who = request.user
    entry = AuditEntry.objects.create(
        kind=kind,
        who=who.get_username() if who else "" if request is not None else operator(),
        account=who.pk if who else None,
        address=address_of(request) if request is not None else "",
        request=logs.request_id.get(),
        model=about._meta.label_lower if about else "",
        key=str(getattr(about, "slug", about.pk))[:100] if about else "",
        title=str(about)[:300] if about else "",
        detail=detail,
    )
    transaction.on_commit(partial(chain.seal, AuditEntry), robust=True)
    return entry
