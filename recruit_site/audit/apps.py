from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "recruit_site.audit"
    verbose_name = _("Audit log")

    def ready(self):
        from recruit_site.audit import account_events  # noqa: F401  (connects its receivers)
