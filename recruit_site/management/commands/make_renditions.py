from django.core.management.base import BaseCommand

from recruit_site.models import Picture
from recruit_site.pictures import renditions


class Command(BaseCommand):
    help = "Make the renditions of all pictures that are missing: after other sizes were chosen, or a restored backup."

    def handle(self, **options):
        for picture in Picture.objects.all():
            renditions.make(picture)
