from django import template

from careers.models import Contact, ExamCategory

register = template.Library()


@register.inclusion_tag("components/contact_end.html")
def contact_end():
    """The end of every page: the first contact and the examination's categories."""
    return {"contact": Contact.objects.published().first(), "exam_categories": ExamCategory.objects.published()}
