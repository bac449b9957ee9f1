"""The checks for a missing source document and for file names written as descriptions of pictures."""

import re

from django.utils.translation import gettext_lazy as _

from recruit_site.editorial_checks.finding import EditorialCheck, Mark

#: File names as cameras, phones and screenshots make them, and any name with the extension of a picture.
FILE_NAME = re.compile(
    r"\s*(?:[^\s/]+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)|(?:IMG|DSC|DSCN|PXL|MVI)_?\d+\S*"
    r"|(?:Screenshot|スクリーンショット)[\s_\d:.-]+)\s*",
    re.IGNORECASE,
)


def missing_source(place):
    if not place.text:
        yield Mark()


def file_names(place):
    if FILE_NAME.fullmatch(place.text):
        yield Mark(0, len(place.text))


CHECKS = (
    EditorialCheck(
        "source",
        missing_source,
        _("No source document is named."),
        _("Name the document that the facts come from; it cannot be published without."),
        languages=("",),
    ),
    EditorialCheck(
        "file-names",
        file_names,
        _("This is the name of a file: people who do not see the picture hear it read out."),
        _("Say in a few words what the picture shows."),
        blocks=True,
    ),
)
