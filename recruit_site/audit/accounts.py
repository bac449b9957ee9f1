"""Entries about accounts: who signed in or failed to, who was given which rights. Connected when the site starts.

Django's signals tell of all of it, whichever page, command or library did it.
"""

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save

from recruit_site.audit.entries import Kind, record

User = get_user_model()
#: The rights that are a column of the account.
FLAGS = ("is_staff", "is_superuser")
#: What an account says of its owner; only the names of these fields are logged, and the old name of the account.
SAID = ("username", "first_name", "last_name", "email")


def connect():
    for signal, receiver in (
        (user_logged_in, signed_in),
        (user_logged_out, signed_out),
        (user_login_failed, refused),
        (user_locked_out, locked_out),
    ):
        signal.connect(receiver, dispatch_uid="audit")
    for model, before, after, deleted in (
        (User, remember_user, user_saved, user_deleted),
        (Group, remember_group, group_saved, group_deleted),
    ):
        pre_save.connect(before, sender=model, dispatch_uid="audit")
        post_save.connect(after, sender=model, dispatch_uid="audit")
        pre_delete.connect(deleted, sender=model, dispatch_uid="audit")
    for through in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(rights_changed, sender=through, dispatch_uid="audit")


def signed_in(user, **kwargs):
    record(Kind.SIGNED_IN, user, who=user)


def signed_out(user, **kwargs):
    if user is not None:
        record(Kind.SIGNED_OUT, user, who=user)


def refused(credentials, **kwargs):
    """What was typed is kept only where it names an account: people type passwords into the field above."""
    record(Kind.REFUSED, account_named(credentials.get(User.USERNAME_FIELD) or credentials.get("username") or ""))


def locked_out(username="", **kwargs):
    """For the signal that an account or an address is locked for a while after failed sign-ins."""
    record(Kind.LOCKED_OUT, account_named(username))


def account_named(typed):
    """Return the account that someone named, None where there is none."""
    return User.objects.filter(**{User.USERNAME_FIELD: str(typed).replace("\0", "")}).first()


def remember_user(instance, update_fields=None, **kwargs):
    """Keep what the account was until it is saved. Every sign-in saves the time of it alone."""
    if update_fields is not None and not {*update_fields} - {"last_login"}:
        instance._audited = None
        return
    instance._audited = User.objects.filter(pk=instance.pk).values(*FLAGS, *SAID, "is_active").first()


def user_saved(instance, created, raw=False, **kwargs):
    before = getattr(instance, "_audited", None)
    if created:
        flags = [name for name in FLAGS if getattr(instance, name)]
        record(Kind.ACCOUNT_MADE, instance, " ".join(f"+{name}" for name in flags))
        return
    if before is None:
        return
    changed = {name for name, value in before.items() if value != getattr(instance, name)}
    if instance._password is not None:  # a hash that is only renewed comes without
        record(Kind.PASSWORD, instance)
    if "is_active" in changed:
        record(Kind.ACCOUNT_OPENED if instance.is_active else Kind.ACCOUNT_CLOSED, instance)
    if flags := [f"{'+' if getattr(instance, name) else '-'}{name}" for name in FLAGS if name in changed]:
        record(Kind.PERMISSIONS, instance, " ".join(flags))
    if said := [name for name in SAID if name in changed]:
        old = f" ({before['username']} → {instance.username})" if "username" in changed else ""
        record(Kind.ACCOUNT_CHANGED, instance, ", ".join(said) + old)


def user_deleted(instance, **kwargs):
    record(Kind.ACCOUNT_DELETED, instance)


def remember_group(instance, **kwargs):
    instance._audited = Group.objects.filter(pk=instance.pk).values_list("name", flat=True).first()


def group_saved(instance, created, **kwargs):
    if created:
        record(Kind.GROUP_MADE, instance)
    elif instance._audited != instance.name:
        record(Kind.GROUP_CHANGED, instance, f"{instance._audited} → {instance.name}")


def group_deleted(instance, **kwargs):
    """Its members lose what it gave them, of which no other signal tells."""
    members = instance.user_set.order_by(User.USERNAME_FIELD).values_list(User.USERNAME_FIELD, flat=True)
    record(Kind.GROUP_DELETED, instance, " ".join(f"-{name}" for name in members))


def rights_changed(sender, instance, action, reverse, model, pk_set, **kwargs):
    """A user's groups, a user's own rights or a group's rights, changed from either side."""
    if action == "pre_clear":  # afterwards nobody knows what it was
        changed, sign = set(related(sender, instance)), "-"
    elif action in ("post_add", "post_remove"):
        changed, sign = set(model._base_manager.filter(pk__in=pk_set)), "+" if action == "post_add" else "-"
    else:
        return
    if not changed:
        return
    if reverse:
        for other in sorted(changed, key=name_of):
            record(Kind.PERMISSIONS, other, f"{sign}{name_of(instance)}")
    else:
        names = " ".join(f"{sign}{name_of(row)}" for row in sorted(changed, key=name_of))
        record(Kind.PERMISSIONS, instance, names)


def related(through, instance):
    """Return the rows that an instance is joined with through a table."""
    columns = [field for field in through._meta.fields if field.is_relation]
    here = next(field for field in columns if isinstance(instance, field.related_model))
    there = next(field for field in columns if field is not here)
    return there.related_model._base_manager.filter(
        pk__in=through._base_manager.filter(**{here.name: instance}).values(there.attname)
    )


def name_of(row):
    """Return how a group, a right or a user is called in code: faq.publish_question."""
    return f"{row.content_type.app_label}.{row.codename}" if hasattr(row, "codename") else str(row)
