"""The language of a response: that of its address, else the one that the reader's browser asks for."""

from django.conf import settings
from django.middleware import locale
from django.utils.translation import activate, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from recruit_site.page_cache.paths import is_for_machines


def asked_language(request):
    """Return the first language of Accept-Language (RFC 9110, 12.5.4) that the site has, else Japanese.

    Unlike Django's own function, this one ignores cookies.
    """
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class LocaleMiddleware(locale.LocaleMiddleware):
    """Django's LocaleMiddleware, but files for machines are the same for everyone and get no Vary: Accept-Language."""

    def process_request(self, request):
        super().process_request(request)
        if is_for_machines(request.path_info):
            activate(settings.LANGUAGE_CODE)

    def process_response(self, request, response):
        if response.status_code < 400 and is_for_machines(request.path_info):
            return response
        return super().process_response(request, response)
