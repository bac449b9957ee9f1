from django import template

from careers.models import Contact, ExamCategory, Place
from careers.step_dates import dates_in_words
from careers.world_map import spots
from recruit_site.content.site_text_lookup import live_site_texts
from recruit_site.content.translated_fields import translated_text

register = template.Library()
register.filter("dates", dates_in_words)


@register.inclusion_tag("components/contact_end.html", takes_context=True)
def contact_end(context):
    """Render the end of every page: the first published contact and the categories of the examination."""
    return {
        "contact": Contact.objects.published().first(),
        "exam_categories": ExamCategory.objects.published(),
        "title": live_site_texts(context.request).get("end-title"),
    }


#: The kinds of places that the map labels with their own name. It labels others, such as embassies, with the country.
KNOWN_BY_NAME = {Place.Kind.HEADQUARTERS, Place.Kind.DELEGATION, Place.Kind.TOWN, Place.Kind.MEETING}


@register.inclusion_tag("components/world_map.html")
def world_map():
    """Render the world map with every published place."""
    return {"spots": spots([(place, name_on_map(place)) for place in Place.objects.published()])}


def name_on_map(place):
    return translated_text(place, "title" if place.kind in KNOWN_BY_NAME else "country").text
