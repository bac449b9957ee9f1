from django.contrib import admin
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from recruit_site.accounts.admin import AccountAdmin
from recruit_site.audit.admin import AuditAdmin
from recruit_site.audit.models import AuditEntry
from recruit_site.consent.models import SCOPES, Consent
from recruit_site.content.models import Chapter, Passage, Scene, SiteText, Source, Term
from recruit_site.editing.content_admin import BilingualAdmin, ContentAdmin, SluggableAdmin
from recruit_site.editing.form_submission import Verb
from recruit_site.editing.part_inline import part_inline
from recruit_site.editing.picture_admin import PictureAdmin
from recruit_site.editing.translation_status import TranslationFilter, progress
from recruit_site.media.models import Picture
from recruit_site.search.models import MissedSearch, Synonyms
from recruit_site.web.admin_page import admin_page, form_address

admin.site.site_header = admin.site.site_title = _("Recruitment site: editing")
admin.site.index_title = _("Contents")
admin.site.login_template = "accounts/sign_in.html"
admin.site.index_template = "editing/index.html"


def translations_view(request):
    """Show how much of each kind of content is in English and up to date."""
    title = _("Is the English up to date?")
    return admin_page(request, "editing/translations.html", title, rows=progress(request))


@admin.register(Chapter)
class ChapterAdmin(ContentAdmin):
    list_filter = ("section", *ContentAdmin.list_filter)
    inlines = (part_inline(Passage),)

    def get_readonly_fields(self, request, chapter=None):
        """Make the slug of the chapter that opens a page read-only: it is the name of the page."""
        fixed = ("slug",) if chapter and chapter.opens_page else ()
        return (*super().get_readonly_fields(request, chapter), *fixed)


class StandingFilter(admin.SimpleListFilter):
    """The changelist filter for consents that are valid today, or have ended or been withdrawn."""

    title = _("today")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("lapsed", _("Ended or withdrawn")), ("valid", _("Valid"))]

    def queryset(self, request, queryset):
        lapsed = Consent.objects.lapsed()
        if self.value() == "lapsed":
            return queryset.filter(pk__in=lapsed)
        return queryset.exclude(pk__in=lapsed) if self.value() == "valid" else queryset


@admin.register(Consent)
class ConsentAdmin(BilingualAdmin):
    """The admin of consents. They are saved at once, without a draft: a withdrawal must not wait for anyone."""

    list_display = ("__str__", "standing", "number")
    ordering = ("title_ja",)
    list_filter = (StandingFilter,)
    search_fields = ("title_ja", "title_en", "other_forms_ja", "other_forms_en")
    readonly_fields = ("pieces",)

    def get_fieldsets(self, request, consent=None):
        covers = _("What the person agreed to, on the form that they signed.")
        ends = _("When it ends or is withdrawn, name and picture go from every page at once, by themselves.")
        return (
            (None, {"fields": self.rows(("title", "other_forms"))}),
            (_("Scope"), {"fields": SCOPES, "description": covers}),
            (_("Duration"), {"fields": ("given_on", "ends_on", "withdrawn_on"), "description": ends}),
            (None, {"fields": ("note", "pieces")}),
        )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("mentions", "pictures")

    def has_delete_permission(self, request, consent=None):
        """Refuse to delete a consent with mentions or pictures: without it, name and picture would be shown again."""
        allowed = super().has_delete_permission(request, consent) and consent is not None
        return allowed and not (consent.mentions.exists() or consent.pictures.exists())

    @admin.display(description=_("today"))
    def standing(self, consent):
        return consent.standing

    @admin.display(description=_("pieces with name or picture"))
    def number(self, consent):
        return len(consent.mentions.all()) + len(consent.pictures.all())

    @admin.display(description=_("pieces with name or picture"))
    def pieces(self, consent):
        if consent.pk is None:
            return "–"
        pieces = [mention.piece for mention in consent.mentions.all()]
        links = [(form_address(row), row._meta.verbose_name, row) for row in (*pieces, *consent.pictures.all()) if row]
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}: {}</a>', links) or "–"


admin.site.register(Picture, PictureAdmin)
admin.site.unregister([get_user_model(), TOTPDevice, StaticDevice])  # the admin pages of devices show their secrets
admin.site.register(get_user_model(), AccountAdmin)
admin.site.register(AuditEntry, AuditAdmin)


@admin.register(Source)
class SourceAdmin(SluggableAdmin):
    list_display = ("title", "publisher", "issued", "order")
    search_fields = ("title_ja", "title_en")


@admin.register(Scene)
class SceneAdmin(SluggableAdmin):
    """The admin of the drawings. Each belongs to a file of the site, so that staff change only its words."""

    list_display = ("title", "drawing", "order")
    readonly_fields = ("slug", "drawing")

    @admin.display(description=_("drawing"))
    def drawing(self, scene):
        return render_to_string("components/scene.html", {"scene": scene})

    def has_add_permission(self, request):
        return False  # a scene without a file would be empty

    def has_delete_permission(self, request, scene=None):
        return False


@admin.register(Synonyms)
class SynonymsAdmin(SluggableAdmin):
    list_display = ("__str__", "title_en")
    search_fields = ("title_ja", "title_en")


@admin.register(MissedSearch)
class MissedAdmin(admin.ModelAdmin):
    """The read-only list of searches without results. Useless rows can be deleted."""

    list_display = ("text", "language", "count", "last_on")
    list_filter = ("language",)
    search_fields = ("text",)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, missed=None):
        return False


@admin.register(Term)
class TermAdmin(ContentAdmin):
    pass


@admin.register(SiteText)
class SiteTextAdmin(ContentAdmin):
    prose = False  # site texts stand inside other sentences
    list_display = ("__str__", "text", "status", "in_english")
    list_filter = (TranslationFilter,)
    search_fields = ("text_ja", "text_en")

    def get_fieldsets(self, request, site_text=None):
        """Leave out publishing times and source: a site text is always shown and comes from no document."""
        return ((None, {"fields": (*self.rows(("title", "text", "reviewed_on")), "status")}),)

    def get_readonly_fields(self, request, site_text=None):
        return (*super().get_readonly_fields(request, site_text), "title_ja", "title_en")

    def verbs(self, request, row, copy):
        return [verb for verb in super().verbs(request, row, copy) if verb != Verb.ARCHIVE]

    def has_add_permission(self, request):
        return False  # a site text that no template uses would be shown nowhere

    def has_delete_permission(self, request, site_text=None):
        return False  # templates need every site text
