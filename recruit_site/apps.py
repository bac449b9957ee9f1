from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecruitSiteConfig(AppConfig):
    name = "recruit_site"
    verbose_name = _("The site")
