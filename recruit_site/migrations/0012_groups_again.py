from django.db import migrations

from recruit_site.groups import make_groups


class Migration(migrations.Migration):
    """The groups work with consents, pictures, notices and the site's sentences as with all content."""

    dependencies = [
        ("recruit_site", "0011_people_in_pictures"),
        ("careers", "0008_notice_picture"),
        ("interviews", "0004_pictures"),
        ("faq", "0003_workshop"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
