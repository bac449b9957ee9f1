"""The stamp of the code that last rebuilt the data derived from content: check results and search entries.

Every write of content updates both. Only new code can change their rules, so only new code rebuilds all of them.
"""

from hashlib import sha256

from django.apps import apps
from django.conf import settings

from recruit_site.search.models import IndexStamp


def digest_of_code():
    """Return a digest of the site's own Python files."""
    digest = sha256()
    for package in sorted({app.name.partition(".")[0] for app in apps.get_app_configs()}):
        for file in sorted((settings.BASE_DIR / package).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def is_up_to_date():
    return IndexStamp.objects.filter(digest=digest_of_code()).exists()


def record_current_code():
    """Record that check results and search entries are built by the present code."""
    IndexStamp.objects.update_or_create(pk=1, defaults={"digest": digest_of_code()})
