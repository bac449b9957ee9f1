from django.apps import AppConfig


class ImportExportConfig(AppConfig):
    name = "recruit_site.import_export"
