"""Messages that our admin shows and Django's Japanese catalogue lacks. Listed here, they enter our catalogue."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

TEXTS = (
    _("- Select an option -"),
    _("Filter by %(field_name)s"),
    _("Logout"),
    _('The app "%s" could not be found.'),
    ngettext_lazy("…and %(count)d more object.", "…and %(count)d more objects.", "count"),
)
