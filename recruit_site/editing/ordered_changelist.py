"""The changelist in reading order, with two buttons that move a row among its siblings."""

from functools import cache
from operator import attrgetter

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from recruit_site.editing import order
from recruit_site.editing.models import Revision
from recruit_site.editing.order import DOWN, UP, field_at, groups, paths_to_groups, reading_order
from recruit_site.editing.revisions import record_revision

#: The name of the buttons; their value is “direction:primary key”.
MOVE = "_move"
#: The text and the accessible name of each button.
BUTTONS = {UP: (_("Up"), _("Move “%(title)s” up")), DOWN: (_("Down"), _("Move “%(title)s” down"))}


class OrderedList(ChangeList):
    """A changelist with move buttons, as long as it shows all siblings of each row in reading order."""

    def get_results(self, request):
        super().get_results(request)
        self.offers_to_move = not self.is_popup and self.model_admin.offers_order(request)
        self.shows_all_siblings = self._shows_all_siblings()
        sibling_groups = groups(self.model) if self.offers_to_move and self.shows_all_siblings else []
        has_previous = {pk for siblings in sibling_groups for pk in siblings[1:]}
        has_next = {pk for siblings in sibling_groups for pk in siblings[:-1]}
        for row in self.result_list:
            row.moves = [*([UP] if row.pk in has_previous else []), *([DOWN] if row.pk in has_next else [])]

    def _shows_all_siblings(self):
        """Return whether the list shows all siblings of each row, in reading order.

        Searching and sorting hide the order. A filter by a field in which siblings agree shows or hides all of them.
        """
        paths = paths_to_groups(self.model)
        return not (self.query or self.params.get(ORDER_VAR)) and all(
            any(lookup == path or lookup.startswith(f"{path}__") for path in paths)
            for lookup in self.get_filters_params()
        )


@cache  # the admin compares columns by identity to find the one that sorts
def group_column(model, path):
    """Return the column of a field in which siblings agree, with the label that it has in the form."""
    if LOOKUP_SEP not in path:
        return path

    @admin.display(description=field_at(model, path).verbose_name, ordering=path)
    def group(row):
        return attrgetter(path.replace(LOOKUP_SEP, "."))(row)

    return group


class OrderedAdmin(admin.ModelAdmin):
    """The base admin of models with an order."""

    class Media:
        css = {"all": ["editing/ordered_list.css"]}

    def may_order(self, request):
        return self.has_change_permission(request)

    def offers_order(self, request):
        """Return whether the list shows the move buttons to this user."""
        return self.model.ordered_by_hand and self.may_order(request)

    def get_ordering(self, request):
        return reading_order(self.model)

    def get_changelist(self, request, **kwargs):
        return OrderedList

    def get_list_display(self, request):
        """Return the name and the buttons first, for narrow screens, then the columns by which rows are grouped."""
        name, *others = super().get_list_display(request)
        if not self.model.ordered_by_hand:
            return (name, *(column for column in others if column != "order"))
        return (name, "move", *(group_column(self.model, path) for path in paths_to_groups(self.model)), *others)

    def get_list_select_related(self, request):
        paths = paths_to_groups(self.model)
        return [
            path if field_at(self.model, path).is_relation else path.rpartition(LOOKUP_SEP)[0]
            for path in paths
            if LOOKUP_SEP in path or field_at(self.model, path).is_relation
        ]

    @admin.display(description=_("move"))
    def move(self, row):
        buttons = (
            (MOVE, direction, row.pk, BUTTONS[direction][1] % {"title": row}, BUTTONS[direction][0])
            for direction in row.moves
        )
        html = format_html_join(" ", '<button name="{}" value="{}:{}" aria-label="{}">{}</button>', buttons)
        return format_html('<span class="move" id="row-{}">{}</span>', row.pk, html)

    def changelist_view(self, request, extra_context=None):
        if request.method == "POST" and MOVE in request.POST:
            return self.move_view(request, *request.POST[MOVE].partition(":")[::2])
        return super().changelist_view(request, extra_context)

    @transaction.atomic
    def move_view(self, request, direction, key):
        """Move a row and redirect to its list, with the same filters and page."""
        if not self.offers_order(request):
            raise PermissionDenied
        row = self.get_object(request, key)
        if row is None or direction not in BUTTONS:
            self.message_user(request, _("This entry no longer exists. Nothing was moved."), messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        try:
            moved = order.move(row, direction)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(f"{request.get_full_path()}#row-{row.pk}")
        if moved:
            self.log_change(request, row, [{"changed": {"fields": ["order"]}}])
            row.refresh_from_db()
            record_revision(row, Revision.Event.SAVED, request.user, str(row._meta.get_field("order").verbose_name))
            self.message_user(request, _("“%(title)s” was moved.") % {"title": row}, messages.SUCCESS)
        else:
            self.message_user(request, _("“%(title)s” already stands at that end.") % {"title": row}, messages.WARNING)
        return HttpResponseRedirect(f"{request.get_full_path()}#row-{row.pk}")
