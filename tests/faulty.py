"""The site with one page that fails, for a real server."""

from recruit_site.wsgi import application  # isort: skip  (it makes Django ready for what follows)
from recruit_site.web.views import GlossaryView

__all__ = ["application"]


def fail(self, request):
    secrets = request.headers.items(), request.GET.items()
    raise RuntimeError(f"a fault beside {len(secrets)} kinds of secrets")


GlossaryView.get = fail
