from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "recruit_site.api"
