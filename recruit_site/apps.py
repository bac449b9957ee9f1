from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecruitSiteConfig(AppConfig):
    name = "recruit_site"
    verbose_name = _("The site")

    def ready(self):
        from recruit_site.audit import accounts  # noqa: F401  (its receivers ask for the models)
        from recruit_site.page_cache import version
        from recruit_site.signin import sessions

        sessions.connect()
        version.connect()
