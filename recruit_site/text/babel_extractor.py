"""The Babel extraction method for Django templates. Django's `templatize` turns a template into gettext calls."""

import io

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract(file, keywords, comment_tags, options):
    """Babel extraction method: yield (line, function, messages, comments) for each message of a template."""
    code = templatize(file.read().decode("utf-8"))
    code = "\n".join(line.lstrip() for line in code.splitlines())  # Python would reject a template's indentation
    yield from extract_python(io.BytesIO(code.encode("utf-8")), keywords, comment_tags, options)
