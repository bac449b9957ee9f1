"""The history of a piece in the admin: who changed what, and restoring a revision or one language of it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _

from recruit_site.content import snapshot
from recruit_site.content.diff import changes
from recruit_site.content.models import OldSlug, parts_of
from recruit_site.content.slugs import old_slugs
from recruit_site.content.visibility import State
from recruit_site.editing.models import PUBLICATION_FIELDS, Revision, WorkingCopy
from recruit_site.editing.revisions import record_revision
from recruit_site.editorial_checks import check_results
from recruit_site.web.admin_page import admin_page, form_address


class HistoryMixin:
    """The mixin for the admin of models with snapshots: records deletions, shows revisions and restores them."""

    object_history_template = "editing/history.html"
    change_list_template = "editing/change_list.html"

    def delete_model(self, request, obj):
        record_revision(obj, Revision.Event.DELETED, request.user)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        for row in queryset:
            record_revision(row, Revision.Event.DELETED, request.user)
        super().delete_queryset(request, queryset)

    def may_restore(self, request, row, state):
        """Return whether the user may restore a piece in a state; `row` is None for a deleted piece."""
        return self.has_change_permission(request, row) if row else self.has_add_permission(request)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("restore/<int:number>/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        """Show all revisions of a piece, and the changes between the two that ?from= and ?to= name."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self.change_view(request, object_id)  # shows Django's message that the piece does not exist
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        revisions = list(Revision.objects.of(row).select_related("author"))
        older, newer = revisions_to_compare(request, revisions)
        return admin_page(
            request,
            self.object_history_template,
            _("History: %s") % row,
            opts=self.opts,
            object=row,
            revisions=revisions,
            older=older,
            newer=newer,
            changes=between(self.model, older.snapshot, newer.snapshot) if older and newer else [],
            languages=settings.LANGUAGES,
            may_restore=self.may_restore(request, row, ""),
            **(extra_context or {}),
        )

    def deleted_view(self, request):
        """Show the deleted pieces that nobody has restored."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        there = self.model._default_manager.values("slug")
        gone = Revision.objects.filter(model=self.opts.label_lower, event=Revision.Event.DELETED).exclude(
            slug__in=there
        )
        latest = {revision.slug: revision for revision in gone.select_related("author").order_by("at")}
        return admin_page(
            request,
            "editing/deleted.html",
            _("Deleted: %s") % self.opts.verbose_name_plural,
            opts=self.opts,
            revisions=sorted(latest.values(), key=lambda revision: revision.at, reverse=True),
            may_restore=self.has_add_permission(request),
        )

    def restore_view(self, request, number):
        """Restore a revision: all of it, or with POST language=… only the texts of that language."""
        if request.method != "POST":
            raise Http404("restoring takes a POST")
        revision = get_object_or_404(Revision, pk=number, model=self.opts.label_lower)
        language = request.POST.get("language", "")
        try:
            with transaction.atomic():
                row = self.model._base_manager.select_for_update().filter(slug=revision.slug).first()
                if not self.may_restore(request, row, "" if row else revision.snapshot.get("state", "")):
                    raise PermissionDenied
                restored, passed_over, waits = restore_revision(row, revision, language, request.user)
        except snapshot.SnapshotError as error:
            self.message_user(request, _("This could not be restored: %s") % error, messages.ERROR)
            return HttpResponseRedirect(request.headers.get("referer") or "../../")
        self.log_change(request, restored, [{"changed": {"name": _("history"), "object": str(restored), "fields": []}}])
        if waits:
            said = _("Kept as a working copy. Readers still see the published version.")
        else:
            said = _("“%s” is restored.") % restored
        self.message_user(request, said, messages.SUCCESS)
        if passed_over:
            fields = ", ".join(passed_over)
            self.message_user(request, _("No longer there, so left out: %s") % fields, messages.WARNING)
        return HttpResponseRedirect(form_address(restored))


def begin_history(row):
    """Record the stored state of a row before its first change: content may be older than its history."""
    stored_row = type(row)._default_manager.filter(pk=row.pk).first()
    if stored_row and not Revision.objects.of(stored_row).exists():
        record_revision(stored_row, Revision.Event.LOADED)


def revisions_to_compare(request, revisions):
    """Return the (older, newer) revisions to compare: the requested two, else the last two, else (None, None)."""
    by_key = {str(revision.pk): revision for revision in revisions}
    requested = [by_key.get(request.GET.get(name, "")) for name in ("from", "to")]
    pair = requested if all(requested) else revisions[:2]
    return sorted(pair, key=lambda revision: revision.pk) if len(pair) == 2 else (None, None)


def between(model, older, newer):
    """Return the Changes between stored snapshots; a field that one of them lacks (a working copy) is unchanged."""
    return changes(model, newer | older, older | newer)


def restore_revision(row, revision, language, user):
    """Restore a Revision; return (row, names of fields that no longer exist, whether it waits as a working copy).

    It waits if the form would not publish it at once either: `row` is live, and the checks block it or someone else
    must publish (FOUR_EYES). Raises SnapshotError like restore(). Call it in a transaction.
    """
    model = revision.kind
    former = [] if row else list(old_slugs(model).filter(current=revision.slug))
    with transaction.atomic():
        restored, passed_over = restore(model, row, revision.snapshot, language)
        data = snapshot.take_snapshot(restored)
        is_live = getattr(row, "state", "") == State.LIVE
        waits = is_live and (settings.FOUR_EYES or check_results.blocking(row, data))
        transaction.set_rollback(waits)
    if waits:
        WorkingCopy.put(row, data, user)
        return row, passed_over, True
    OldSlug.objects.bulk_create(former)  # saving a new row with this slug deleted them: see content/slugs
    reason = _("as on %(date)s") % {"date": revision.moment}
    record_revision(restored, Revision.Event.RESTORED, user, f"{reason} {language}".strip())
    return restored, passed_over, False


def restore(model, row, stored, language=""):
    """Apply a stored snapshot and return (row, names of fields that no longer exist).

    An existing piece (`row`) keeps its slug, state, times and order. With a language, only the texts of that language
    are restored, of the piece and of the parts that it still has.
    Raises SnapshotError if something that the snapshot refers to is gone.
    """
    data, passed_over = known(model, stored)
    if row:
        present = snapshot.take_snapshot(row)
        if language:
            data = one_language(model, present, data, language)
        data |= {name: present[name] for name in PUBLICATION_FIELDS if name in present}
    return snapshot.apply(model, data), passed_over


def known(model, stored):
    """Return (snapshot, names): the snapshot without fields that a migration has dropped, and their names."""
    names = {field.name for field in snapshot.fields_of(model)}
    parts = parts_of(model)
    data = {name: value for name, value in stored.items() if name in names}
    passed_over = sorted(set(stored) - names - set(parts))
    for name, part_model in parts.items():
        if name in stored:
            pairs = [known(part_model, part) for part in stored[name]]
            data[name] = [part for part, _dropped in pairs]
            passed_over += sorted({dropped for _part, several in pairs for dropped in several} - set(passed_over))
    return data, passed_over


def one_language(model, present, stored, language):
    """Return the present snapshot, with the texts of one language from the stored snapshot."""
    mixed = present | {name: value for name, value in stored.items() if name.endswith(f"_{language}")}
    for name, part_model in parts_of(model).items():
        parts = {part["slug"]: part for part in stored.get(name, ())}
        mixed[name] = [one_language(part_model, part, parts.get(part["slug"], {}), language) for part in present[name]]
    return mixed
