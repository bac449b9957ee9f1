"""The structured data of briefings (schema.org/Event) and vacancies (schema.org/JobPosting), for search engines."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruit_site.web.canonical_urls import absolute
from recruit_site.web.structured_data import ministry, moment, name, node, words

STATUS = "https://schema.org/Event{}"
ATTENDANCE = "https://schema.org/{}EventAttendanceMode"


def event_node(notice, path):
    """Return the Event node of a briefing. `path` is the path of the briefing's page.

    A cancelled or past briefing has no URL to take part online, here as on its page.
    """
    venue = name(notice, "venue")
    joinable = not (notice.cancelled or notice.is_over)
    places = [node("Place", name=venue)] if venue else []
    if notice.online_url:
        places.append(node("VirtualLocation", name=_("Online"), url=notice.online_url if joinable else ""))
    modes = {"Place": "Offline", "VirtualLocation": "Online"}
    mode = modes[places[0]["@type"]] if len(places) == 1 else "Mixed"
    return node(
        "Event",
        absolute(f"{path}#event"),
        name=name(notice),
        description=words(notice, "text"),
        startDate=moment(notice.starts_at),
        endDate=moment(notice.ends_at),
        eventStatus=STATUS.format("Cancelled" if notice.cancelled else "Scheduled"),
        eventAttendanceMode=ATTENDANCE.format(mode),
        location=places,
        offers=offer_node(notice),
        inLanguage=get_language(),
    )


def offer_node(notice):
    """Return an Offer node with the URL to apply at and the deadline, None where the notice takes no applications.

    The node has no price, because the site does not know it.
    """
    if not notice.takes_applications:
        return None
    return node("Offer", url=notice.apply_url, validThrough=moment(notice.apply_until))


def job_posting_node(notice, path):
    """Return the JobPosting node of a notice that is an open vacancy. `path` is the path of its page."""
    address = node("PostalAddress", addressCountry="JP", streetAddress=name(notice, "job_location"))
    return node(
        "JobPosting",
        absolute(f"{path}#vacancy"),
        title=name(notice),
        description=words(notice, "text"),
        datePosted=moment(notice.publish_from),
        validThrough=moment(notice.apply_until),
        employmentType=notice.employment_type,
        hiringOrganization=ministry(),
        jobLocation=node("Place", address=address),
    )
