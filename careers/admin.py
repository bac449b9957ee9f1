from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from careers import models
from recruit_site.editing.content_admin import ContentAdmin
from recruit_site.editing.part_inline import part_inline


@admin.register(
    models.Duty,
    models.ExamCategory,
    models.LifeStage,
    models.Organisation,
    models.PathStage,
    models.Profession,
)
class PlainContentAdmin(ContentAdmin):
    pass


@admin.register(models.Figure)
class FigureAdmin(ContentAdmin):
    list_filter = ("section", *ContentAdmin.list_filter)


@admin.register(models.Place)
class PlaceAdmin(ContentAdmin):
    list_filter = ("kind", *ContentAdmin.list_filter)


@admin.register(models.Project)
class ProjectAdmin(ContentAdmin):
    list_filter = ("profession", *ContentAdmin.list_filter)


@admin.register(models.Person)
class PersonAdmin(ContentAdmin):
    list_filter = ("group", "duty", "profession", *ContentAdmin.list_filter)
    inlines = (part_inline(models.CareerStep),)

    def names_someone(self, person):
        return person.is_named


@admin.register(models.WorkLifeProgramme)
class WorkLifeProgrammeAdmin(ContentAdmin):
    inlines = (part_inline(models.ProgrammeUse), part_inline(models.ProgrammeLink))


@admin.register(models.TrainingProgramme)
class TrainingProgrammeAdmin(ContentAdmin):
    inlines = (part_inline(models.TrainingLink),)


@admin.register(models.Contact)
class ContactAdmin(ContentAdmin):
    groups = (
        (
            _("Official page"),
            _("The page on recruiting. Without one, “How to apply” says that it has not been entered."),
            models.OfficialPage.official_fields,
        ),
    )


@admin.register(models.RecruitingStep)
class RecruitingStepAdmin(ContentAdmin):
    list_display = ("__str__", "basis", "starts_on", "ends_on", *ContentAdmin.list_display[1:])
    groups = (
        (
            _("Dates and official page"),
            _(
                "Readers see these dates on “How to apply”, in the calendar and in the feed, and on the home page from "
                "60 days before. Take them from the official page, and name it."
            ),
            ("starts_on", "ends_on", *models.OfficialPage.official_fields),
        ),
        (_("For whom"), "", ("profession", "exam_categories")),
    )

    @admin.display(description=_("where it comes from"))
    def basis(self, step):
        return step.basis.label


class NowFilter(admin.SimpleListFilter):
    title = _("now")
    parameter_name = "now"

    def lookups(self, request, model_admin):
        return [("current", _("Still matters")), ("past", _("Over"))]

    def queryset(self, request, notices):
        return {"current": notices.current, "past": notices.past}.get(self.value(), notices.all)()


@admin.register(models.Notice)
class NoticeAdmin(ContentAdmin):
    list_display = ("__str__", "kind", "date", *ContentAdmin.list_display[1:])
    list_filter = (NowFilter, *ContentAdmin.list_filter)
    groups = (
        (
            _("Date, venue and applications"),
            _(
                "With a start it is a briefing. With an end or a deadline alone it is a notice that matters until "
                "then; a notice with neither is news for 30 days. What is over stays in the archive."
            ),
            ("starts_at", "ends_at", "venue", "online_url", "capacity", "apply_url", "apply_until"),
        ),
        (_("When a briefing is cancelled"), "", ("cancelled", "cancellation")),
        (_("When it is one open vacancy"), "", ("is_vacancy", "employment_type", "job_location")),
    )

    @admin.display(description=_("kind"), ordering="starts_at")
    def kind(self, notice):
        words = [_("Briefing") if notice.is_briefing else _("Notice"), *([_("Cancelled")] if notice.cancelled else [])]
        return " · ".join(map(str, words))
