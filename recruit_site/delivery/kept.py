"""What is the same on every page until the content changes: asked once, kept in the process."""

from functools import wraps

from recruit_site.delivery import version


def kept(function):
    """Keep what a function returns for each of its arguments until the version of the content is another.

    It must return plain data that nobody changes and depend on nothing but content and arguments: on no request, not
    on the active language. There must be few different arguments, none of which a reader chooses. Where there is no
    version to count on, as in a preview, the function is simply called.
    """
    of, found = None, {}

    @wraps(function)
    def asked(*arguments):
        nonlocal of, found
        now = version.current()
        if now is None:
            return function(*arguments)
        if now != of:
            of, found = now, {}
        results = found  # another thread may begin with a later version meanwhile
        if arguments not in results:
            results[arguments] = function(*arguments)
        return results[arguments]

    return asked
