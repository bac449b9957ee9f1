"""What the groups of staff may do with content."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

#: The actions that each group may do with every kind of content, by the names of permissions.
GROUPS = {
    "編集者": ("add", "change", "delete", "view"),
    "翻訳者": ("view", "translate"),
    "承認者": ("add", "change", "delete", "view", "publish"),
}


def grant(app_config, using, **kwargs):
    """Give the groups their rights on each kind of content of an app that no group has a right on yet.

    Receiver of post_migrate. What administrators change in a group later stays as they leave it.
    """
    kinds = [model for model in app_config.get_models() if getattr(model, "edited_by_staff", False)]
    types = ContentType.objects.db_manager(using).get_for_models(*kinds).values()
    granted = Group.permissions.through.objects.using(using)
    new = [one for one in types if not granted.filter(permission__content_type=one).exists()]
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
