"""The Atom feed of notices and steps of recruiting, and the iCalendar files of briefings and steps."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from careers.calendars import calendar_of
from careers.models import Notice, RecruitingStep
from careers.step_dates import dates_in_words
from careers.views import NoticeView
from recruit_site.api.atom import FeedView
from recruit_site.api.texts import site_name
from recruit_site.content.navigation import BY_SECTION
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.markdown import summary

#: How long what is over stays in the calendar. What leaves it disappears from subscribers' calendars.
PAST_KEPT = timedelta(days=365)


class NoticeFeedView(FeedView):
    """The notices, and the steps of recruiting for which staff entered something."""

    section = "notices"
    template_name = "careers/notice_entry.html"

    def get_queryset(self):
        return Notice.objects.published().with_published("picture")

    def latest(self):
        steps = RecruitingStep.objects.published().entered().order_by("-updated_at", "-pk")[: self.most]
        both = [*super().latest(), *steps]
        return sorted(both, key=lambda piece: piece.updated_at, reverse=True)[: self.most]

    def template_of(self, piece):
        return "careers/step_entry.html" if isinstance(piece, RecruitingStep) else super().template_of(piece)

    def title(self, piece):
        title = translated_text(piece, "title").text
        return _("Cancelled: %(title)s") % {"title": title} if getattr(piece, "cancelled", False) else title

    def summary(self, piece):
        if isinstance(piece, RecruitingStep) and piece.first_day:
            return dates_in_words(piece)
        return summary(translated_text(piece, "text").text)


def calendar_response(calendar, disposition):
    kind = "text/calendar; charset=utf-8"
    return HttpResponse(calendar, content_type=kind, headers={"Content-Disposition": disposition})


class CalendarView(View):
    """The calendar of all coming and recent briefings and steps of recruiting, to subscribe to.

    Unlike the feed it includes what is not translated yet: a date needs no translation, and a reader misses what the
    calendar lacks.
    """

    def get(self, request):
        since = timezone.now() - PAST_KEPT
        briefings = Notice.objects.published().filter(starts_at__gt=since).order_by("starts_at")
        steps = RecruitingStep.objects.published().dated_since(timezone.localdate(since))
        calendar = calendar_of(briefings, steps, f"{BY_SECTION['notices'].label} | {site_name(request)}")
        return calendar_response(calendar, 'inline; filename="briefings.ics"')


class BriefingView(NoticeView):
    """The file of one briefing, to import into a calendar.

    Like the briefing's page, it redirects from old slugs and answers 410 after a withdrawal.
    """

    file = "briefing.ics"

    def get_queryset(self):
        return Notice.objects.published().exclude(starts_at=None)

    def get_context_data(self, **kwargs):
        return {}

    def render_to_response(self, context):
        disposition = f'attachment; filename="{self.object.slug}.ics"'
        return calendar_response(calendar_of([self.object]), disposition)
