from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("recruit_site", "careers", "interviews", "faq")
GROUPS = {
    "編集者": ("add", "change", "delete", "view"),
    "翻訳者": ("view", "translate"),
    "承認者": ("add", "change", "delete", "view", "publish"),
}
#: What no form of the admin edits by itself.
OWN = ("loadedrecord", "revision", "workingcopy")


def make_groups(apps, schema_editor):
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
                for permission in permissions.exclude(content_type__model__in=OWN)
                if permission.codename.split("_")[0] in actions
            )
        )


class Migration(migrations.Migration):
    """Editors write drafts, translators the English, approvers decide what readers see."""

    dependencies = [
        ("recruit_site", "0003_workshop"),
        ("careers", "0005_workshop"),
        ("interviews", "0003_workshop"),
        ("faq", "0003_workshop"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
