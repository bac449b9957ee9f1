import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruit_site.settings")

application = get_wsgi_application()
if settings.PAGE_CACHE_BYTES and not settings.DEBUG:  # in development a changed template shows at once
    from recruit_site.page_cache.cache import PageCache

    application = PageCache(application, settings.PAGE_CACHE_BYTES)
    if settings.METRICS_TOKEN:
        from recruit_site.operations.metrics import count_published

        application.on_response = count_published
