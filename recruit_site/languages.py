"""The language that a reader's browser asks for."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def asked_language(request):
    """Return the first language of Accept-Language (RFC 9110, 12.5.4) that the site has, else Japanese.

    Unlike Django's own choice it looks at no cookie.
    """
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
