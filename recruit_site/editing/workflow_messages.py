"""The texts of the workflow: the buttons of a form, and the messages after they were pressed."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.content.visibility import State
from recruit_site.editing.form_submission import (
    Verb,
)

#: The message after each verb; result_message() returns the message after publishing.
MESSAGES = {
    Verb.SAVE: gettext_lazy("“%s” is saved. Readers do not see it."),
    Verb.REVIEW: gettext_lazy("“%s” is sent to review."),
    Verb.ARCHIVE: gettext_lazy("“%s” is withdrawn: readers no longer see it."),
}


def label(verb, row):
    """Return the text of a verb's button. Saving a live piece makes a working copy."""
    if verb == Verb.SAVE and row and row.state == State.LIVE:
        return _("Save as a working copy")
    return verb.label


def result_message(row, verb):
    """Return the message that says what was done to a piece, and whether readers see it."""
    if verb != Verb.PUBLISH:
        return MESSAGES[verb] % row
    if row.is_scheduled:
        when = date_format(timezone.localtime(row.publish_from), "DATETIME_FORMAT")
        return _("“%(name)s” will be published at %(when)s.") % {"name": row, "when": when}
    if not type(row).objects.published().filter(pk=row.pk).exists():
        return _("“%s” is published, but readers do not see it: look at its times, and at what it belongs to.") % row
    message = _("“%s” is published: readers see it now.") % row
    if not hasattr(row, "get_absolute_url"):
        return message
    return format_html('{} <a href="{}">{}</a>', message, row.get_absolute_url(), _("View on site"))
