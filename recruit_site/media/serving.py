"""The middleware that serves renditions from the default storage."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse

from recruit_site.media.renditions import FORMS

#: The names that renditions.planned() gives. No other file of the storage is served.
NAME = re.compile(rf"pictures/[0-9a-f]{{32}}/[a-z]+(-\d+-\d+)?-\d+\.(?P<form>{'|'.join(FORMS)})", re.ASCII)
FOR_EVER = "public, max-age=31536000, immutable"


def serve_pictures(get_response):
    """Serve renditions like static files, before other middleware costs time (middleware).

    Only pictures that this site drew are served, with the content types from FORMS; SecurityMiddleware adds nosniff.
    The name of a rendition holds a digest of the picture's content, so a browser may cache it for ever.
    """

    def middleware(request):
        name = request.path_info.removeprefix(settings.MEDIA_URL)
        rendition = NAME.fullmatch(name)
        if rendition and request.method in {"GET", "HEAD"}:
            try:
                file = default_storage.open(name)
            except FileNotFoundError:
                return get_response(request)
            kind, _options = FORMS[rendition["form"]]
            return FileResponse(file, content_type=kind, headers={"Cache-Control": FOR_EVER})
        return get_response(request)

    return middleware
