from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "recruit_site.accounts"

    def ready(self):
        from recruit_site.accounts import groups, sessions

        sessions.connect()
        post_migrate.connect(groups.grant)
