from django.db import migrations

from recruit_site.groups import make_groups


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
