"""Briefings as iCalendar (RFC 5545), the format that calendar programs import and subscribe to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from careers.models import Notice
from recruit_site.api.identifiers import HOST
from recruit_site.api.texts import plain_text, printable
from recruit_site.content.translated_fields import translated_text
from recruit_site.editing.models import Revision
from recruit_site.web.canonical_urls import absolute

JAPAN = ZoneInfo("Asia/Tokyo")


def briefings_calendar(briefings, name=""):
    """Return a calendar of the briefings in the active language, as bytes. A calendar to subscribe to has a name.

    The same briefings make the same bytes: no field holds the time at which the calendar is made.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{HOST}//briefings//{get_language().upper()}")
    calendar.add("version", "2.0")
    for field in ("name", "x-wr-calname") if name else ():  # RFC 7986; older programs read only x-wr-calname
        calendar.add(field, name)
    calendar.add_component(japan_timezone())
    versions = dict(
        Revision.objects.filter(model=Notice._meta.label_lower).values_list("slug").annotate(Count("pk")).order_by()
    )
    for briefing in briefings:
        calendar.add_component(briefing_event(briefing, versions.get(briefing.slug, 0)))
    return calendar.to_ical()


def japan_timezone():
    """Return the VTIMEZONE component of Japan: nine hours ahead of UTC, without summer time."""
    rule, always = Timezone(), TimezoneStandard()
    rule.add("tzid", JAPAN.key)
    always.add("dtstart", datetime(1970, 1, 1))
    always.add("tzoffsetfrom", timedelta(hours=9))
    always.add("tzoffsetto", timedelta(hours=9))
    always.add("tzname", "JST")
    rule.add_component(always)
    return rule


def briefing_event(briefing, version):
    """Return the event of a briefing. `version` is the number of its revisions, so it rises with every change.

    The UID is made from the primary key. A changed, renamed or cancelled briefing therefore replaces its earlier
    event in the reader's calendar. The UID is the same in both languages, so nobody gets a briefing twice.
    """
    event = Event()
    event.add("uid", f"briefing-{briefing.pk}@{HOST}")
    event.add("sequence", version)
    event.add("dtstamp", briefing.updated_at)
    event.add("last-modified", briefing.updated_at)
    event.add("dtstart", briefing.starts_at.astimezone(JAPAN))
    if briefing.ends_at:
        event.add("dtend", briefing.ends_at.astimezone(JAPAN))
    event.add("status", "CANCELLED" if briefing.cancelled else "CONFIRMED")
    title, venue = translated_text(briefing, "title"), translated_text(briefing, "venue")
    called_off = _("Cancelled: %(title)s") % {"title": title.text}  # not every calendar shows the status
    add_text(event, "summary", called_off if briefing.cancelled else title.text, title.language)
    add_text(event, "location", venue.text or briefing.online_url, venue.language)
    add_text(event, "description", "\n\n".join(description(briefing)), translated_text(briefing, "text").language)
    event.add("url", absolute(briefing.get_absolute_url()))
    return event


def add_text(event, name, text, language):
    if text:
        event.add(name, printable(text), parameters={"LANGUAGE": language})


def description(briefing):
    """Yield the paragraphs of an event's description in plain text; the last one is the URL of the briefing's page."""
    if briefing.cancelled:
        yield _("This briefing is cancelled.")
        if note := translated_text(briefing, "cancellation").text:
            yield plain_text(note)
    elif briefing.online_url and not briefing.is_over:
        yield f"{_('Online')}: {briefing.online_url}"
    yield plain_text(translated_text(briefing, "text").text)
    yield absolute(briefing.get_absolute_url())
