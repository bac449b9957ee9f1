"""Texts of Django's that its own Japanese lacks and our admin shows: named here, they stand in our catalogue."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

TEXTS = (
    _("- Select an option -"),
    _("Filter by %(field_name)s"),
    _("Logout"),
    _('The app "%s" could not be found.'),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", "count"),
)
