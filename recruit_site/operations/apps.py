from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "recruit_site.operations"
