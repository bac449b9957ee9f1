"""How what programs ask for again and again is answered."""

from hashlib import sha256

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

#: For how long, in seconds, a copy may be used without asking. A consent that ends is seen no later than this.
FRESH = 300


def answer(request, content, kind, headers):
    """Return bytes of the type `kind`, or 304 where the asker has them already.

    The validator is made of the bytes. A date of the last change would not do: what is withdrawn, or past its last
    day, changes the answer and leaves only older dates in it.
    """
    response = HttpResponse(content, content_type=kind, headers={"Cache-Control": f"public, max-age={FRESH}"})
    response["ETag"] = quote_etag(sha256(content).hexdigest()[:32])
    response = get_conditional_response(request, etag=response["ETag"], response=response)
    for name, value in headers.items():
        response[name] = value
    return response
