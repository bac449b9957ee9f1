"""Briefings and steps of recruiting as iCalendar (RFC 5545), which calendar programs import and subscribe to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from careers.models import Notice, RecruitingStep
from careers.step_dates import dates_in_words
from recruit_site.api.identifiers import HOST
from recruit_site.api.texts import plain_text, printable
from recruit_site.content.translated_fields import translated_text
from recruit_site.editing.models import Revision
from recruit_site.web.canonical_urls import absolute

JAPAN = ZoneInfo("Asia/Tokyo")


def calendar_of(briefings, steps=(), name=""):
    """Return a calendar of briefings and steps in the active language, as bytes. One to subscribe to has a name.

    The same pieces make the same bytes: no field holds the time at which the calendar is made.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{HOST}//briefings//{get_language().upper()}")
    calendar.add("version", "2.0")
    for field in ("name", "x-wr-calname") if name else ():  # RFC 7986; older programs read only x-wr-calname
        calendar.add(field, name)
    calendar.add_component(japan_timezone())
    for make, model, pieces in ((briefing_event, Notice, briefings), (step_event, RecruitingStep, steps)):
        versions = versions_of(model) if pieces else {}
        for piece in pieces:
            calendar.add_component(make(piece, versions.get(piece.slug, 0)))
    return calendar.to_ical()


def versions_of(model):
    """Return {slug: number of revisions} of the pieces of a model."""
    revisions = Revision.objects.filter(model=model._meta.label_lower).order_by()
    return dict(revisions.values_list("slug").annotate(Count("pk")))


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


def piece_event(piece, uid, version):
    """Return an event with what every event has. `version` is the number of the piece's revisions.

    It rises with every change. The UID is made from the primary key and is the same in both languages, so a changed,
    renamed or cancelled event replaces the earlier one in the reader's calendar, and nobody gets an event twice.
    """
    event = Event()
    event.add("uid", f"{uid}-{piece.pk}@{HOST}")
    event.add("sequence", version)
    event.add("dtstamp", piece.updated_at)
    event.add("last-modified", piece.updated_at)
    event.add("url", absolute(piece.get_absolute_url()))
    return event


def briefing_event(briefing, version):
    """Return the event of a briefing."""
    event = piece_event(briefing, "briefing", version)
    event.add("dtstart", briefing.starts_at.astimezone(JAPAN))
    if briefing.ends_at:
        event.add("dtend", briefing.ends_at.astimezone(JAPAN))
    event.add("status", "CANCELLED" if briefing.cancelled else "CONFIRMED")
    title, venue = translated_text(briefing, "title"), translated_text(briefing, "venue")
    called_off = _("Cancelled: %(title)s") % {"title": title.text}  # not every calendar shows the status
    add_text(event, "summary", called_off if briefing.cancelled else title.text, title.language)
    add_text(event, "location", venue.text or briefing.online_url, venue.language)
    add_text(event, "description", "\n\n".join(description(briefing)), translated_text(briefing, "text").language)
    return event


def step_event(step, version):
    """Return the event of a step of recruiting: whole days, during which the reader's calendar counts as free."""
    event = piece_event(step, "step", version)
    event.add("dtstart", step.first_day)
    event.add("dtend", step.last_day + timedelta(days=1))  # exclusive (RFC 5545, 3.6.1)
    event.add("transp", "TRANSPARENT")
    title = translated_text(step, "title")
    add_text(event, "summary", title.text, title.language)
    add_text(event, "description", "\n\n".join(step_description(step)), get_language())
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


def step_description(step):
    """Yield the paragraphs of a step's description in plain text; the last one is the URL on the page on applying."""
    yield dates_in_words(step)
    if text := translated_text(step, "text").text:
        yield plain_text(text)
    yield _("Entered by the staff of this site. Check the official page before you act on it.")
    if step.official_url:
        yield f"{translated_text(step, 'official_title').text}: {step.official_url}"
    yield absolute(step.get_absolute_url())
