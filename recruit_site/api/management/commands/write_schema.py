"""manage.py write_schema: write the JSON Schema of the public content into docs/, where its changes are reviewed."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand

from recruit_site.api.schema import schema

FILE = settings.BASE_DIR / "docs" / "content.schema.json"


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        FILE.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
