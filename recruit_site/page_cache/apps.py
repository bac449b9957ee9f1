from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "recruit_site.page_cache"

    def ready(self):
        from recruit_site.page_cache import version

        version.connect()
