"""The groups of staff and their permissions on content."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

#: The permissions of each group on every content model; each word is the first part of a codename ("publish_question").
GROUPS = {
    "編集者": ("add", "change", "delete", "view"),
    "翻訳者": ("view", "translate"),
    "承認者": ("add", "change", "delete", "view", "publish"),
}


def grant(app_config, using, **kwargs):
    """Give the groups their permissions on each content model of an app on which no group has a permission yet.

    Receiver of post_migrate. Changes that administrators make to a group later are not undone.
    """
    kinds = [model for model in app_config.get_models() if getattr(model, "edited_by_staff", False)]
    types = ContentType.objects.db_manager(using).get_for_models(*kinds).values()
    granted = Group.permissions.through.objects.using(using)
    known = set(granted.filter(permission__content_type__in=types).values_list("permission__content_type", flat=True))
    new = [one for one in types if one.pk not in known]
    if not new:
        return
    Group.objects.using(using).bulk_create([Group(name=name) for name in GROUPS], ignore_conflicts=True)
    permissions = list(Permission.objects.using(using).filter(content_type__in=new))
    granted.bulk_create(
        granted.model(group_id=group.pk, permission_id=permission.pk)
        for group in Group.objects.using(using).filter(name__in=GROUPS)
        for permission in permissions
        if permission.codename.split("_")[0] in GROUPS[group.name]
    )
