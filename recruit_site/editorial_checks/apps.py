from django.apps import AppConfig


class EditorialChecksConfig(AppConfig):
    name = "recruit_site.editorial_checks"
