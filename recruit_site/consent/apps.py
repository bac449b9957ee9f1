from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "recruit_site.consent"
    verbose_name = _("Consents")
