"""Babel reads Django's templates through Django's own translation of them into gettext calls."""

import io

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def extract(file, keywords, comment_tags, options):
    """Babel extraction method: yield (line, function, messages, comments) of a template file."""
    code = templatize(file.read().decode("utf-8"))
    code = "\n".join(line.lstrip() for line in code.splitlines())  # a template's indentation is not Python's
    yield from extract_python(io.BytesIO(code.encode("utf-8")), keywords, comment_tags, options)
