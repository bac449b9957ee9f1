from django.apps import AppConfig
from django.contrib.admin import apps


class AdminConfig(apps.AdminConfig):
    """Django's admin with EditorsSite as its site."""

    default_site = "recruit_site.editing.form_recovery.EditorsSite"


class EditingConfig(AppConfig):
    name = "recruit_site.editing"
