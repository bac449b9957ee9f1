"""The WSGI application of the site with one page that raises an error, for tests with a real server."""

from recruit_site.wsgi import application  # isort: skip  (it sets Django up for the next import)
from recruit_site.web.views import GlossaryView

__all__ = ["application"]


def fail(self, request):
    secrets = request.headers.items(), request.GET.items()
    raise RuntimeError(f"a fault beside {len(secrets)} kinds of secrets")


GlossaryView.get = fail
