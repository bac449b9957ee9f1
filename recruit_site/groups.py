"""What the groups of the workshop may do. A migration that makes content is followed by one that asks here."""

from django.contrib.auth.management import create_permissions

APPS = ("recruit_site", "careers", "interviews", "faq")
GROUPS = {
    "編集者": ("add", "change", "delete", "view"),
    "翻訳者": ("view", "translate"),
    "承認者": ("add", "change", "delete", "view", "publish"),
}
#: What no form of the admin edits by itself.
BOOKKEEPING = (
    "auditentry",
    "checked",
    "entry",
    "loadedrecord",
    "mention",
    "oldslug",
    "revision",
    "translation",
    "workingcopy",
)


def make_groups(apps, schema_editor):
    """Make the groups where they are missing and give them their permissions on all content that there is."""
    for label in APPS:  # permissions are otherwise made after all migrations
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label__in=APPS)
    for name, actions in GROUPS.items():
        group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(
            *(
                permission
                for permission in permissions.exclude(content_type__model__in=BOOKKEEPING)
                if permission.codename.split("_")[0] in actions
            )
        )
