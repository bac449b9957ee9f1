from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from recruit_site.accounts.views import second_factor_view
from recruit_site.api.views import ContentView, SchemaView
from recruit_site.editing.admin import translations_view
from recruit_site.editing.guide import guide_view
from recruit_site.editing.preview import shared_preview
from recruit_site.editorial_checks.views import checks_view
from recruit_site.home.styleguide import StyleguideView
from recruit_site.home.views import HomeView
from recruit_site.import_export.translation_sheet import TranslationSheet
from recruit_site.import_export.views import SheetView
from recruit_site.web import views
from recruit_site.web.accessibility.views import AccessibilityTestView
from recruit_site.web.base_views import SectionView
from recruit_site.web.search_views import OpenSearchView, SearchView
from recruit_site.web.security_txt import PATH as SECURITY_TXT
from recruit_site.web.security_txt import security_txt
from recruit_site.web.share_pictures import views as pictures
from recruit_site.web.sitemap import index, sitemaps

SITEMAPS = {"sitemaps": sitemaps()}

# Addresses without a language, for programs and editors. /healthz and /readyz are in recruit_site/operations/health.py.
urlpatterns = [
    path("", views.to_language, name="root"),
    path("styleguide/", views.to_language, {"page": "styleguide/"}),
    path("robots.txt", views.RobotsView.as_view(), name="robots"),
    path(SECURITY_TXT, security_txt, name="security_txt"),
    path("sitemap.xml", index, SITEMAPS | {"sitemap_url_name": "sitemap_file"}, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, SITEMAPS, name="sitemap_file"),
    path("api/content.json", ContentView.as_view(), name="content"),
    path("api/content.schema.json", SchemaView.as_view(), name="content_schema"),
    path("favicon.ico", pictures.favicon, name="favicon"),
    path("apple-touch-icon.png", pictures.touch_icon, name="touch_icon"),
    path(f"{settings.ADMIN_PATH}guide/", admin.site.admin_view(guide_view), name="guide"),
    path(f"{settings.ADMIN_PATH}translations/", admin.site.admin_view(translations_view), name="translations"),
    path(
        f"{settings.ADMIN_PATH}translations/sheet/",
        admin.site.admin_view(SheetView.as_view(shape=TranslationSheet)),
        name="translations_sheet",
    ),
    path(f"{settings.ADMIN_PATH}checks/", admin.site.admin_view(checks_view), name="checks"),
    path(f"{settings.ADMIN_PATH}signing-in/", admin.site.admin_view(second_factor_view), name="second_factor"),
    path(settings.ADMIN_PATH, admin.site.urls),
    path("preview/<token>/<language>/", shared_preview, name="preview"),
]

# The pages for readers, under /ja/ and /en/.
urlpatterns += i18n_patterns(
    path("", HomeView.as_view(), name="home"),
    path("", include("careers.urls")),
    path("", include("interviews.urls")),
    path("", include("faq.urls")),
    path("about/", SectionView.as_view(section="about", template_name="about.html"), name="about"),
    path("glossary/", views.GlossaryView.as_view(), name="glossary"),
    path("search/", SearchView.as_view(), name="search"),
    path("search/opensearch.xml", OpenSearchView.as_view(), name="opensearch"),
    path("sources/", views.SourceListView.as_view(), name="sources"),
    path(
        "accessibility/", SectionView.as_view(section="accessibility", template_name="about.html"), name="accessibility"
    ),
    path("accessibility/results/", AccessibilityTestView.as_view(), name="accessibility_test"),
    path("styleguide/", StyleguideView.as_view(), name="styleguide"),
    re_path(r"^(?P<page>(?:[-\w]+/)*)share\.png$", pictures.share, name="share"),  # for every page above
)

handler400 = "recruit_site.web.error_pages.bad_request"
handler403 = "recruit_site.web.error_pages.permission_denied"
handler404 = "recruit_site.web.error_pages.not_found"
handler500 = "recruit_site.web.error_pages.server_error"
