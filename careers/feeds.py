"""The Atom feed of the notices and the iCalendar files of the briefings."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from careers.calendars import briefings_calendar
from careers.models import Notice
from careers.views import NoticeView
from recruit_site.api.atom import FeedView
from recruit_site.api.texts import site_name
from recruit_site.content.navigation import BY_SECTION
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.markdown import summary

#: How long a past briefing stays in the calendar. A briefing that leaves it disappears from subscribers' calendars.
PAST_BRIEFINGS_KEPT = timedelta(days=365)


class NoticeFeedView(FeedView):
    section = "notices"
    template_name = "careers/notice_entry.html"

    def get_queryset(self):
        return Notice.objects.published().with_published("picture")

    def title(self, notice):
        title = translated_text(notice, "title").text
        return _("Cancelled: %(title)s") % {"title": title} if notice.cancelled else title

    def summary(self, notice):
        return summary(translated_text(notice, "text").text)


def calendar_response(calendar, disposition):
    kind = "text/calendar; charset=utf-8"
    return HttpResponse(calendar, content_type=kind, headers={"Content-Disposition": disposition})


class CalendarView(View):
    """The calendar of all coming and recent briefings, to subscribe to.

    Unlike the feed it includes briefings that are not translated yet: a date needs no translation, and a reader misses
    a briefing that the calendar lacks.
    """

    def get(self, request):
        briefings = (
            Notice.objects.published().filter(starts_at__gt=timezone.now() - PAST_BRIEFINGS_KEPT).order_by("starts_at")
        )
        calendar = briefings_calendar(briefings, f"{BY_SECTION['notices'].label} | {site_name(request)}")
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
        return calendar_response(briefings_calendar([self.object]), disposition)
