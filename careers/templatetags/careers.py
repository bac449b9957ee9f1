from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from careers.map import spots
from careers.models import Contact, ExamCategory, Place
from recruit_site.delivery.kept import kept
from recruit_site.localised import localised
from recruit_site.wordings import live_wordings

register = template.Library()


@register.simple_tag
def contact_end():
    """The end of every page: the first contact and the examination's categories."""
    return drawn_contact(get_language())


@kept
def drawn_contact(language):
    contact = {"contact": Contact.objects.published().first(), "exam_categories": ExamCategory.objects.published()}
    return render_to_string("components/contact_end.html", contact | {"title": live_wordings().get("end-title")})


#: Kinds of places that are known by their own name; an embassy is known by its country.
KNOWN_BY_NAME = {Place.Kind.HEADQUARTERS, Place.Kind.DELEGATION, Place.Kind.TOWN, Place.Kind.MEETING}


@register.simple_tag
def world_map():
    """The world with every live place on it."""
    return drawn_map(get_language())


@kept
def drawn_map(language):
    def name(place):
        return localised(place, "title" if place.kind in KNOWN_BY_NAME else "country").text

    places = Place.objects.published()
    return render_to_string("components/world_map.html", {"spots": spots([(place, name(place)) for place in places])})
