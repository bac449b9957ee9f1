"""Serving the renditions from where this process stores them."""

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse

from recruit_site.media.renditions import FORMS

#: Names as renditions.planned makes them. Nothing else in the storage is answered for.
NAME = re.compile(rf"pictures/[0-9a-f]{{32}}/[a-z]+(-\d+-\d+)?-\d+\.(?P<form>{'|'.join(FORMS)})", re.ASCII)
FOR_EVER = "public, max-age=31536000, immutable"


def serve_pictures(get_response):
    """Middleware: answer for renditions as static files are answered for, before anything costs time.

    Only pictures that we drew are served, under the types that we gave them; SecurityMiddleware adds nosniff. The
    name holds a digest of the content, so that a browser need never ask again.
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
