from django import template

from careers.models import Contact, ExamCategory
from careers.step_dates import dates_in_words
from recruit_site.content.site_text_lookup import live_site_texts

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
