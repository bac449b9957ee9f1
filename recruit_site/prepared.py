"""For which code what follows from content was last made: the checks' findings and the search's entries.

Both are kept up to date with every write; only other rules, which come with other code, make them anew.
"""

from hashlib import sha256
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models


class Prepared(models.Model):
    """The digest of that code, in the only row."""

    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "recruit_site"

    def __str__(self):
        return self.digest


def digest_of_code():
    """Return a digest of the site's own Python files."""
    digest = sha256()
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if folder.parent == settings.BASE_DIR:
            for file in sorted(folder.rglob("*.py")):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def is_up_to_date():
    return Prepared.objects.filter(digest=digest_of_code()).exists()


def note():
    Prepared.objects.update_or_create(pk=1, defaults={"digest": digest_of_code()})
