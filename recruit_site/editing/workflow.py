"""The workflow from draft to live: what each verb of the form does, who may use it, and working copies of live pieces.

In a transaction, the working copy, if there is one, is applied to the rows, then the submitted form. Then the verb
decides. The rows stay (a draft, or a published piece); or they are stored as the next working copy, or shown as a
preview, and the transaction is rolled back.
"""

from contextlib import nullcontext

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from recruit_site.content import snapshot
from recruit_site.content.diff import changes
from recruit_site.content.visibility import State
from recruit_site.editing import autosave
from recruit_site.editing.form_submission import (
    EVENTS,
    PUBLISHING_VERBS,
    READ_ONLY_VERBS,
    STATES,
    Verb,
    author_of,
    conflict,
    conflict_changes,
    submission,
    version_of,
    with_current_part_keys,
)
from recruit_site.editing.history import begin_history
from recruit_site.editing.models import PUBLICATION_FIELDS, WorkingCopy, without_publication_fields
from recruit_site.editing.revisions import apply_working_copy, reason_not_applicable, record_revision
from recruit_site.editing.translation_status import outdated
from recruit_site.editing.workflow_messages import label, result_message
from recruit_site.editorial_checks import check_results


class WorkflowMixin:
    """The mixin for the admin of Publishable models. The form's buttons are the verbs that the user may use."""

    change_form_template = "editing/change_form.html"

    def has_publish_permission(self, request):
        return self.may(request, "publish")

    def may(self, request, action):
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}")

    def has_change_permission(self, request, obj=None):
        """Allow translators too: they may open the form and write its English."""
        return super().has_change_permission(request, obj) or self.may(request, "translate")

    def has_delete_permission(self, request, obj=None):
        """Allow deleting a live piece, or a selection in the list, only to users who may publish."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (self.has_publish_permission(request) or (obj is not None and obj.state != State.LIVE))

    def may_restore(self, request, row, state):
        if State.LIVE in (state, row and row.state):
            return self.has_publish_permission(request)
        return self.may(request, "change" if row else "add")

    def may_order(self, request):
        """Return whether the user may publish: moving a piece changes at once what readers see."""
        return self.has_publish_permission(request)

    def only_translates(self, request):
        return not self.may(request, "change")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        def show(context):
            return super(WorkflowMixin, self).changeform_view(request, object_id, form_url, context)

        sent = submission(request) if request.method == "POST" else None
        with transaction.atomic() if sent else nullcontext():
            row, copy = self.load_row_and_copy(request, object_id, sent)
            context = self.context(request, row, copy) | (extra_context or {})
            with transaction.atomic():
                if copy:
                    row = apply_working_copy(row, copy)
                if sent:
                    response = self.act(request, row, copy, show, context)
                else:
                    response = render(show(context))
                    transaction.set_rollback(bool(copy))
            return (sent and sent.after_rollback and sent.after_rollback()) or response

    def load_row_and_copy(self, request, object_id, sent):
        """Return the (row, working copy) of a form, each None if there is none."""
        row = self.get_object(request, object_id) if object_id else None
        if row is None:
            return None, None
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied  # checked first, as copy_of() may move a working copy to the history
        if sent:
            row = self.lock_row(request, row)
        copy = self.copy_of(request, row)
        if sent:
            sent.base = version_of(row, copy)
            if sent.verb not in READ_ONLY_VERBS:
                begin_history(row)
        return row, copy

    def lock_row(self, request, row):
        """Lock a row and return its present state: two people who save at once do so one after the other.

        SQLite allows one writing transaction at a time; PostgreSQL needs the lock on the row.
        """
        self.model._base_manager.select_for_update().filter(pk=row.pk).first()
        return self.get_object(request, str(row.pk))

    def context(self, request, row, copy):
        """Return the template context that the form shows beside its fields."""
        posted = request.method == "POST"
        present = snapshot.take_snapshot(row) if row else {}
        following = copy.applied_to(row, present) if copy else present
        return {
            "previews": hasattr(self.model, "get_absolute_url"),
            "verbs": [(verb.value, label(verb, row)) for verb in self.verbs(request, row, copy)],
            "copy": copy,
            "copy_changes": changes(self.model, present, following) if copy else [],
            "public": bool(row) and row.state == State.LIVE,
            "base": version_of(row, copy),
            "tied": request.POST.get("_tied", ""),
            "seconds": autosave.SECONDS if row else "",
            "unsaved": "yes" if posted else "",
            "outdated": outdated(row, following) if row else [],
            "remarks": check_results.open_remarks(row, following) if row and not posted else [],
            "accepted": submission(request).accepted,
            "reason": submission(request).reason if posted or not copy else copy.reason,
        }

    def copy_of(self, request, row):
        """Return the working copy of a row, None if there is none. Move one that no longer applies to the history."""
        copy = WorkingCopy.objects.of(row).first()
        if copy and (fault := reason_not_applicable(row, copy)):
            copy.move_to_history()
            self.message_user(request, _("The working copy is now in the history; it no longer fits: %s") % fault)
            return None
        return copy

    def verbs(self, request, row, copy):
        """Return the Verbs that the user may use on a row, the main one first."""
        live = bool(row) and row.state == State.LIVE
        verbs = [Verb.SAVE, Verb.REVIEW]
        if self.has_publish_permission(request):
            verbs = [Verb.PUBLISH, *verbs, *([Verb.ARCHIVE] if live else [])]
        if copy and not self.only_translates(request):
            verbs.append(Verb.DISCARD)
        return verbs

    def act(self, request, row, copy, show, context):
        """Apply the submitted form, do what its verb says and return a response. Call it in a transaction."""
        sent = submission(request)
        if sent.verb not in READ_ONLY_VERBS and sent.verb not in self.verbs(request, row, copy):
            raise PermissionDenied
        if sent.verb == Verb.DISCARD:
            return self.discard(request, row, copy)
        if row:
            row = self.model.objects.get(pk=row.pk)  # without related rows fetched before the copy was applied
            if sent.verb != Verb.PREVIEW and request.POST.get("_base", sent.base) != sent.base:
                sent.conflict = conflict(row, copy)
                context |= {"conflict": sent.conflict, "conflict_changes": conflict_changes(request, row, copy)}
            sent.before = snapshot.take_snapshot(row)
            data, sent.hidden = autosave.add_part_slugs(request.POST, row, removes=not self.only_translates(request))
            request.POST = with_current_part_keys(data, row)
        unsaved = transaction.savepoint_create()
        sent.applying = True
        response = show(context)
        sent.applying = False
        if sent.saved is None or (sent.verb == Verb.AUTOSAVE and not row):
            response = autosave.refused_answer(sent.conflict) if sent.verb == Verb.AUTOSAVE else render(response)
            transaction.set_rollback(True)
            return response
        saved = self.model.objects.get(pk=sent.saved.pk)
        if sent.verb == Verb.PREVIEW:
            return self.preview(request, saved)
        if sent.verb == Verb.PUBLISH:
            if settings.FOUR_EYES and author_of(request, copy, saved) == request.user:
                return self.refuse(request, _("You wrote this version yourself: someone else must publish it."))
            if remarks := self.blocking_remarks(request, saved):
                transaction.savepoint_rollback(unsaved)
                return self.show_blocking_remarks(request, remarks, show, context)
        if sent.verb == Verb.AUTOSAVE or (context["public"] and sent.verb not in PUBLISHING_VERBS):
            return self.save_as_working_copy(request, saved, copy)
        self.save_rows(request, saved)
        return response

    def message_user(self, request, *args, **options):
        """Skip the message of Django's own view: the verb may roll the save back, and adds its own message."""
        if not submission(request).applying:
            super().message_user(request, *args, **options)

    def discard(self, request, row, copy):
        transaction.set_rollback(True)
        submission(request).after_rollback = copy.move_to_history
        self.message_user(request, _("The working copy of “%s” is thrown away.") % row, messages.SUCCESS)
        return HttpResponseRedirect(request.path)

    def preview(self, request, saved):
        response = render(self.preview_response(request, saved))
        transaction.set_rollback(True)
        return response

    def save_rows(self, request, saved):
        """Keep the rows as the form made them, and record a revision."""
        for old in WorkingCopy.objects.of(saved):
            old.replace_by(request.user, snapshot.take_snapshot(saved))
        sent = submission(request)
        check_results.accept_findings(saved, sent.accepted)
        marks = {"minor": "_minor" in request.POST, "confirm": "_confirm" in request.POST}
        record_revision(saved, EVENTS[sent.verb], request.user, sent.reason, **marks)
        self.message_user(request, result_message(saved, sent.verb), messages.SUCCESS)
        check_results.warn_editor(request, saved)

    def save_as_working_copy(self, request, saved, copy):
        """Store the rows as the next working copy, and roll them back to what readers see."""
        sent = submission(request)
        automatic = sent.verb == Verb.AUTOSAVE
        before, after = sent.before, snapshot.take_snapshot(saved)
        in_review = sent.verb == Verb.REVIEW or bool(automatic and copy and copy.in_review)
        unchanged = snapshot.matches_stored(without_publication_fields(before), without_publication_fields(after))
        left = [
            name for name in PUBLICATION_FIELDS if name in after and after[name] != before[name] and name != "state"
        ]
        left = ", ".join(str(self.opts.get_field(name).verbose_name) for name in left)
        transaction.set_rollback(True)

        @transaction.atomic
        def later():
            """Compare with the stored version again: the transaction of the first comparison is over."""
            row = self.model.objects.filter(slug=before["slug"]).first()
            there = row and WorkingCopy.objects.of(row).first()
            if automatic and version_of(row, there) != sent.base:
                return autosave.refused_answer(conflict(row, there) if row else "")
            if automatic and unchanged:
                return autosave.stored_answer(sent.hidden, left)
            there = WorkingCopy.put(row, after, request.user, in_review, sent.reason)
            if automatic:
                return autosave.stored_answer(sent.hidden | {"_base": version_of(row, there)}, left)
            if left:
                self.message_user(request, _("This only changes when you publish: %s") % left, messages.WARNING)
            check_results.accept_findings(row, sent.accepted)
            message = _("Kept as a working copy. Readers still see the published version.")
            if in_review:
                message = _("Sent to review as a working copy. Readers still see the published version.")
            self.message_user(request, message, messages.SUCCESS)
            return None

        sent.after_rollback = later
        return HttpResponseRedirect(request.path)

    def blocking_remarks(self, request, saved):
        """Return all Remarks about a saved piece, at their fields of the submitted form; [] if none of them blocks."""
        remarks = check_results.open_remarks(saved, snapshot.take_snapshot(saved), submission(request).accepted)
        blocked = any(remark.blocks for remark in remarks)
        return [remark.in_form(submission(request).prefixes) for remark in remarks] if blocked else []

    def show_blocking_remarks(self, request, found, show, context):
        """Show the submitted form again, with all Remarks at the top and the blocking ones at fields; save nothing."""
        sent = submission(request)
        sent.conflict = _("Not published yet: correct what the checks found, or mark it as right.")
        sent.field_errors = {remark.finding.at: remark.says for remark in found if remark.blocks}
        response = render(show(context | {"remarks": found}))
        transaction.set_rollback(True)
        return response

    def refuse(self, request, reason):
        transaction.set_rollback(True)
        self.message_user(request, reason, messages.ERROR)
        return HttpResponseRedirect(request.path)

    def save_model(self, request, obj, form, change):
        stored_row = self.model.objects.filter(pk=obj.pk).first()
        obj.state = STATES.get(submission(request).verb, stored_row.state if stored_row else State.DRAFT)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        parts = [(formset.prefix, part) for formset in formsets for part in formset.forms]
        sent = submission(request)
        sent.saved = form.instance
        sent.prefixes = {f"{name} {part.instance.slug}": part.prefix for name, part in parts}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.verb, form.field_errors = submission(request).verb, submission(request).field_errors
        return form  # Django makes a new form class for each request


def render(response):
    return response.render() if hasattr(response, "render") else response
