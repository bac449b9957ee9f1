"""The admin action that notes that the whole text of a piece was compared with its source again."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruit_site.editing.history import begin_history
from recruit_site.editing.models import Revision
from recruit_site.editing.revisions import record_revision


class ReviewMixin:
    """The mixin for the admin of pieces that are reviewed: an action for users who may publish."""

    actions = ("mark_reviewed",)

    @admin.action(description=_("Note that the whole text was compared with its source today"), permissions=["publish"])
    def mark_reviewed(self, request, queryset):
        rows = self.model.objects.select_for_update().filter(pk__in=queryset.values("pk"))
        with transaction.atomic():
            for row in rows:
                begin_history(row)
                row.reviewed_on = timezone.localdate()
                row.save()
                record_revision(
                    row, Revision.Event.SAVED, request.user, str(row._meta.get_field("reviewed_on").verbose_name)
                )
                self.log_change(request, row, [{"changed": {"fields": ["reviewed_on"]}}])
        said = ngettext("%(number)s entry was noted.", "%(number)s entries were noted.", len(rows))
        self.message_user(request, said % {"number": len(rows)}, messages.SUCCESS)
