from django.core.management.base import BaseCommand

from recruit_site.media import renditions
from recruit_site.media.models import Picture


class Command(BaseCommand):
    help = "Make the renditions of all pictures that are missing: after other sizes were chosen, or a restored backup."

    def handle(self, **options):
        for picture in Picture.objects.all():
            renditions.make_renditions(picture)
