"""Audit entries about accounts: sign-ins, failed sign-ins, and changes of accounts, groups and permissions.

Receivers of Django's signals write them, so that a change by any page, command or library is recorded.
"""

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.dispatch import receiver

from recruit_site.audit.log import record_event
from recruit_site.audit.models import AuditKind

User = get_user_model()
#: The permissions that are columns of the account.
FLAGS = ("is_staff", "is_superuser")
#: Fields with personal data. An entry records the names of changed fields; of the values only an old and new username.
PERSONAL = ("username", "first_name", "last_name", "email")
#: The columns that are compared before and after saving.
COMPARED = {User: (*FLAGS, *PERSONAL, "is_active", "password"), Group: ("name",)}
#: The columns that a sign-in saves, each alone: its time, and the password's hash where Django renews the hash.
SAVED_BY_SIGNING_IN = {"last_login", "password"}
#: The through tables of groups and permissions, each with the names of its relation from either side.
RIGHTS = {
    User.groups.through: ("groups", "user_set"),
    User.user_permissions.through: ("user_permissions", "user_set"),
    Group.permissions.through: ("permissions", "group_set"),
}
SIGNS = {"post_add": "+", "post_remove": "-", "pre_clear": "-"}


@receiver(user_logged_in)
def record_sign_in(user, **kwargs):
    record_event(AuditKind.SIGNED_IN, user, who=user)


@receiver(user_logged_out)
def record_sign_out(user, **kwargs):
    if user is not None:
        record_event(AuditKind.SIGNED_OUT, user, who=user)


@receiver(user_login_failed)
def record_refusal(credentials, **kwargs):
    record_event(
        AuditKind.REFUSED, find_account(credentials.get(User.USERNAME_FIELD) or credentials.get("username") or "")
    )


@receiver(user_locked_out)
def record_lockout(username="", **kwargs):
    record_event(AuditKind.LOCKED_OUT, find_account(username))


def find_account(typed):
    """Return the account with a typed name, or None. Other names are not recorded: people type passwords there."""
    return User.objects.filter(**{User.USERNAME_FIELD: str(typed).replace("\0", "")}).first()


@receiver(pre_save, sender=User)
@receiver(pre_save, sender=Group)
def remember_columns(sender, instance, update_fields=None, **kwargs):
    instance.columns_before = None
    if update_fields is None or {*update_fields} - SAVED_BY_SIGNING_IN:
        instance.columns_before = sender.objects.filter(pk=instance.pk).values(*COMPARED[sender]).first()


@receiver(post_save, sender=User)
def record_user(instance, created, **kwargs):
    before = instance.columns_before
    if created:
        record_event(
            AuditKind.ACCOUNT_MADE, instance, " ".join(f"+{name}" for name in FLAGS if getattr(instance, name))
        )
    if before is None:
        return
    changed = {name for name, value in before.items() if value != getattr(instance, name)}
    if "password" in changed:
        record_event(AuditKind.PASSWORD, instance)
    if "is_active" in changed:
        record_event(AuditKind.ACCOUNT_OPENED if instance.is_active else AuditKind.ACCOUNT_CLOSED, instance)
    if flags := [f"{'+' if getattr(instance, name) else '-'}{name}" for name in FLAGS if name in changed]:
        record_event(AuditKind.PERMISSIONS, instance, " ".join(flags))
    if personal := [name for name in PERSONAL if name in changed]:
        renamed = f" ({before['username']} → {instance.username})" if "username" in changed else ""
        record_event(AuditKind.ACCOUNT_CHANGED, instance, ", ".join(personal) + renamed)


@receiver(pre_delete, sender=User)
def record_deleted_user(instance, **kwargs):
    record_event(AuditKind.ACCOUNT_DELETED, instance)


@receiver(post_save, sender=Group)
def record_group(instance, created, **kwargs):
    if created:
        record_event(AuditKind.GROUP_MADE, instance)
    elif instance.columns_before["name"] != instance.name:
        record_event(AuditKind.GROUP_CHANGED, instance, f"{instance.columns_before['name']} → {instance.name}")


@receiver(pre_delete, sender=Group)
def record_deleted_group(instance, **kwargs):
    """Record the group with its members, who lose its permissions: Django sends no other signal about them."""
    members = instance.user_set.order_by(User.USERNAME_FIELD).values_list(User.USERNAME_FIELD, flat=True)
    record_event(AuditKind.GROUP_DELETED, instance, " ".join(f"-{name}" for name in members))


def record_rights(sender, instance, action, reverse, model, pk_set, **kwargs):
    """Record a change of a user's groups, a user's permissions or a group's permissions, made from either side."""
    if action not in SIGNS:
        return
    if action == "pre_clear":  # after the clearing the rows can no longer be queried
        rows = getattr(instance, RIGHTS[sender][reverse]).all()
    else:
        rows = model.objects.filter(pk__in=pk_set)
    changed = [(f"{SIGNS[action]}{name_of(row)}", row) for row in sorted(rows, key=name_of)]
    if reverse:
        for _name, row in changed:
            record_event(AuditKind.PERMISSIONS, row, f"{SIGNS[action]}{name_of(instance)}")
    elif changed:
        record_event(AuditKind.PERMISSIONS, instance, " ".join(name for name, _row in changed))


for table in RIGHTS:
    m2m_changed.connect(record_rights, sender=table)


def name_of(row):
    """Return the name of a group or user, or a permission's name as code writes it: faq.publish_question."""
    return f"{row.content_type.app_label}.{row.codename}" if hasattr(row, "codename") else str(row)
