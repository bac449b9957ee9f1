import json

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import override
from django.views.generic import View

from recruit_site.api.content import content_document
from recruit_site.api.schema import schema
from recruit_site.web.canonical_urls import absolute

JSON = "application/json"
SCHEMA = "application/schema+json"


def data(document, kind):
    """Return a JSON response in all languages at once, which scripts on any site may read (CORS)."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    headers = {"Content-Language": languages, "Access-Control-Allow-Origin": "*"}
    return HttpResponse(text, content_type=kind, headers=headers)


class ContentView(View):
    """All published content as JSON."""

    def get(self, request):
        with override(settings.LANGUAGE_CODE):
            return data(content_document(), JSON)


class SchemaView(View):
    """The JSON Schema of the content as JSON."""

    def get(self, request):
        return data({"$id": absolute(request.path)} | schema(), SCHEMA)
