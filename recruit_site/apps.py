from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecruitSiteConfig(AppConfig):
    name = "recruit_site"
    verbose_name = _("The site")

    def ready(self):
        from recruit_site.audit import accounts  # asks for the models

        accounts.connect()
