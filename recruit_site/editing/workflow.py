"""From draft to readers: the verbs of the form, who may use them, and the working copy of a live piece.

Every submitted form is applied to the rows in a transaction, with the working copy under it if there is one.
Then the verb decides: the rows stay (a draft, or what is published), or they are taken as the next working
copy, or shown as a preview, and the transaction is rolled back.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.checks import checked
from recruit_site.editing import autosave, snapshot
from recruit_site.editing.compare import changes
from recruit_site.editing.history import begin_history
from recruit_site.editing.records import KEPT, Revision, WorkingCopy, fault_of, lay_under, record
from recruit_site.editing.translated import outdated
from recruit_site.publishing import PUBLIC, State, parts_of


class Verb(models.TextChoices):
    """What happens with a form, by the name of the button; the first two are pressed by no button of it."""

    RESUME = "_resume", gettext_lazy("Go on writing")
    AUTOSAVE = "_autosave", gettext_lazy("Keep automatically")
    SAVE = "_save", gettext_lazy("Save as a draft")
    REVIEW = "_review", gettext_lazy("Send to review")
    PUBLISH = "_publish", gettext_lazy("Publish")
    ARCHIVE = "_archive", gettext_lazy("Withdraw from the site")
    DISCARD = "_discard", gettext_lazy("Throw the working copy away")
    PREVIEW = "_preview", gettext_lazy("Preview without saving")


#: What leaves the rows and their history as they are, so that whoever may open the form may do it.
PASSING = {Verb.RESUME, Verb.AUTOSAVE, Verb.PREVIEW}
#: Only those who may publish decide what readers see.
DECIDING = {Verb.PUBLISH, Verb.ARCHIVE}
EVENTS = {
    Verb.SAVE: Revision.Event.SAVED,
    Verb.REVIEW: Revision.Event.SENT,
    Verb.PUBLISH: Revision.Event.PUBLISHED,
    Verb.ARCHIVE: Revision.Event.ARCHIVED,
}
STATES = {Verb.REVIEW: State.REVIEW, Verb.PUBLISH: PUBLIC, Verb.ARCHIVE: State.ARCHIVED}


def verb_of(request):
    """Return the Verb whose button was pressed; a form sent without one is saved."""
    return next((verb for verb in Verb if verb in request.POST), Verb.SAVE)


def label(verb, row):
    """Return the words on a button; what is saved of a live piece is a working copy."""
    if verb == Verb.SAVE and row and row.state == PUBLIC:
        return _("Save as a working copy")
    return verb.label


class WorkflowMixin:
    """For the admin of every Publishable model. The form's own buttons are the verbs that the user may use."""

    change_form_template = "editing/change_form.html"

    def has_publish_permission(self, request):
        return self.may(request, "publish")

    def may(self, request, action):
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}")

    def has_change_permission(self, request, obj=None):
        """Translators may open the form and write its English."""
        return super().has_change_permission(request, obj) or self.may(request, "translate")

    def has_delete_permission(self, request, obj=None):
        """What readers see is only deleted by those who may publish; so is a whole selection of a list."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (self.has_publish_permission(request) or (obj is not None and obj.state != PUBLIC))

    def may_restore(self, request, row, state):
        if PUBLIC in (state, row and row.state):
            return self.has_publish_permission(request)
        return self.may(request, "change" if row else "add")

    def may_order(self, request):
        """Moving a piece changes at once what readers see."""
        return self.has_publish_permission(request)

    def only_translates(self, request):
        return not self.may(request, "change")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return self.shown_or_acted(request, object_id, form_url, extra_context)
        with transaction.atomic():
            return self.shown_or_acted(request, object_id, form_url, extra_context)

    def alone_with(self, request, row):
        """Return a row as it is when nobody else is writing it: two who save at once do so one after the other.

        SQLite lets one transaction write at a time; PostgreSQL must be told which row is meant.
        """
        self.model._base_manager.select_for_update().filter(pk=row.pk).first()
        return self.get_object(request, str(row.pk))

    def shown_or_acted(self, request, object_id, form_url, extra_context):
        row = self.get_object(request, object_id) if object_id else None
        if row and not self.has_view_or_change_permission(request, row):
            raise PermissionDenied  # before anything of it is looked at, as opening may move a working copy
        if row and request.method == "POST":
            row = self.alone_with(request, row)
        copy = self.copy_of(request, row) if row else None
        present = snapshot.take(row) if row else {}
        following = present | copy.snapshot if copy else present
        request.base = base_of(row, copy)
        if row and request.method == "POST" and verb_of(request) not in PASSING:
            begin_history(row)
        context = {
            "previews": hasattr(self.model, "get_absolute_url"),
            "verbs": [(verb.value, label(verb, row)) for verb in self.verbs(request, row, copy)],
            "copy": copy,
            "copy_changes": changes(self.model, present, following) if copy else [],
            "public": bool(row) and row.state == PUBLIC,
            "base": base_of(row, copy),
            "tied": request.POST.get("_tied", ""),
            "seconds": autosave.SECONDS if row else "",
            "unsaved": "yes" if request.method == "POST" else "",
            "outdated": outdated(row, following) if row else [],
            "remarks": checked.open_remarks(row, following) if row and request.method != "POST" else [],
            "accepted": request.POST.getlist("_right"),
        }
        with transaction.atomic():
            if copy:
                row = lay_under(row, copy)
            if request.method == "POST":
                response = self.act(request, row, copy, object_id, form_url, context | (extra_context or {}))
            else:
                response = super().changeform_view(request, object_id, form_url, context | (extra_context or {}))
                render(response)
                transaction.set_rollback(bool(copy))
        if later := getattr(request, "after_rollback", None):
            response = later() or response
        return response

    def copy_of(self, request, row):
        """Return the working copy of a row, None where there is none or it can no longer be applied."""
        copy = WorkingCopy.objects.of(row).first()
        if copy and (fault := fault_of(row, copy)):
            copy.retire()
            self.message_user(request, _("The working copy is now in the history; it no longer fits: %s") % fault)
            return None
        return copy

    def verbs(self, request, row, copy):
        """Return the Verbs that a user may use on a row, the main one first."""
        live = bool(row) and row.state == PUBLIC
        found = [Verb.SAVE, Verb.REVIEW]
        if self.has_publish_permission(request):
            found = [Verb.PUBLISH, *found, *([Verb.ARCHIVE] if live else [])]
        if copy and not self.only_translates(request):
            found.append(Verb.DISCARD)
        return found

    def act(self, request, row, copy, object_id, form_url, context):
        """Apply the submitted form, then do what its verb says. Runs in the transaction of changeform_view."""
        verb = request.verb = verb_of(request)
        if verb not in PASSING and verb not in self.verbs(request, row, copy):
            raise PermissionDenied
        if verb == Verb.DISCARD:
            transaction.set_rollback(True)
            request.after_rollback = copy.retire
            self.message_user(request, _("The working copy of “%s” is thrown away.") % row, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        if row:
            row = self.model.objects.get(pk=row.pk)  # without what was fetched with it before the copy
            if verb != Verb.PREVIEW and request.POST.get("_base", request.base) != request.base:
                request.conflict = conflict(row, copy)
                context |= {"conflict": request.conflict, "conflict_changes": conflict_changes(request, row, copy)}
        was_live = bool(row) and row.state == PUBLIC
        request.row_before = snapshot.take(row) if row else None
        before = content_of(row) if row else None
        author = (copy.author if copy else last_author(row)) if row else None
        if row:
            data, request.hidden = autosave.tie(request.POST, row, removes=not self.only_translates(request))
            request.POST = rebound(data, row)
        accepted = context["accepted"]
        unsaved = transaction.savepoint_create()
        response = super().changeform_view(request, object_id, form_url, context)
        saved = getattr(request, "saved_row", None)
        if saved is None or (verb == Verb.AUTOSAVE and not row):
            response = autosave.refused(getattr(request, "conflict", "")) if verb == Verb.AUTOSAVE else render(response)
            transaction.set_rollback(True)
            return response
        saved = self.model.objects.get(pk=saved.pk)
        if before is None or not snapshot.agrees(before, content_of(saved)):
            author = request.user
        if verb == Verb.PREVIEW:
            unsay(request)
            response = render(self.preview_response(request, saved))
            transaction.set_rollback(True)
        elif verb == Verb.PUBLISH and settings.FOUR_EYES and author == request.user:
            return self.refuse(request, _("You wrote this version yourself: someone else must publish it."))
        elif verb == Verb.PUBLISH and (found := self.stopping(request, saved, accepted)):
            transaction.savepoint_rollback(unsaved)
            response = self.stop(request, found, object_id, form_url, context)
        elif verb == Verb.AUTOSAVE or (was_live and verb not in DECIDING):
            self.keep_copy(request, saved, copy, verb)
            response = HttpResponseRedirect(request.path)
        else:
            for old in WorkingCopy.objects.of(saved):
                old.give_way(request.user, content_of(saved))
            checked.accept(saved, accepted)
            marks = {"minor": "_minor" in request.POST, "confirm": "_confirm" in request.POST}
            record(saved, EVENTS[verb], request.user, request.POST.get("_reason", "")[:200], **marks)
            checked.tell(request, saved)
        return response

    def keep_copy(self, request, saved, copy, verb):
        """Take the rows as the next working copy and give them back what readers see."""
        values = {
            "snapshot": {name: value for name, value in snapshot.take(saved).items() if name not in KEPT},
            "in_review": verb == Verb.REVIEW or bool(verb == Verb.AUTOSAVE and copy and copy.in_review),
            "author": request.user,
        }
        before, after = request.row_before, snapshot.take(saved)
        left = [name for name in KEPT if name in after and after[name] != before[name] and name != "state"]
        left = ", ".join(str(self.opts.get_field(name).verbose_name) for name in left)
        transaction.set_rollback(True)
        unsay(request)

        unchanged = snapshot.agrees({name: before[name] for name in values["snapshot"]}, values["snapshot"])

        @transaction.atomic
        def later():
            """Look once more at what is there: the transaction in which it was compared is over."""
            row = self.model.objects.filter(slug=before["slug"]).first()
            there = row and WorkingCopy.objects.of(row).first()
            if verb == Verb.AUTOSAVE and base_of(row, there) != request.base:
                return autosave.refused(conflict(row, there) if row else "")
            if verb == Verb.AUTOSAVE and unchanged:
                return autosave.kept(request.hidden, left)
            if there:
                there.give_way(request.user, values["snapshot"])
            there = WorkingCopy.objects.create(model=self.opts.label_lower, slug=before["slug"], **values)
            if verb == Verb.AUTOSAVE:
                return autosave.kept(request.hidden | {"_base": base_of(row, there)}, left)
            if left:
                self.message_user(request, _("This only changes when you publish: %s") % left, messages.WARNING)
            checked.accept(row, request.POST.getlist("_right"))
            self.message_user(
                request, _("Kept as a working copy. Readers still see the published version."), messages.SUCCESS
            )
            return None

        request.after_rollback = later

    def stopping(self, request, saved, accepted):
        """Return all Remarks about a piece just saved, at their fields of the submitted form, if one of them blocks."""
        found = checked.open_remarks(saved, snapshot.take(saved), accepted)
        blocked = any(remark.blocks for remark in found)
        return [remark.in_form(request.forms_of_parts) for remark in found] if blocked else []

    def stop(self, request, found, object_id, form_url, context):
        """Show the submitted form again, with all Remarks on top and those that stop it at its fields; save nothing."""
        unsay(request)
        request.conflict = _("Not published yet: correct what the checks found, or mark it as right.")
        request.stopping = {remark.finding.at: remark.says for remark in found if remark.blocks}
        response = super().changeform_view(request, object_id, form_url, context | {"remarks": found})
        render(response)
        transaction.set_rollback(True)
        return response

    def refuse(self, request, reason):
        transaction.set_rollback(True)
        unsay(request)
        self.message_user(request, reason, messages.ERROR)
        return HttpResponseRedirect(request.path)

    def save_model(self, request, obj, form, change):
        there = self.model.objects.filter(pk=obj.pk).first()
        obj.state = STATES.get(request.verb, there.state if there else State.DRAFT)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.saved_row = form.instance
        parts = [(formset.prefix, part) for formset in formsets for part in formset.forms]
        request.forms_of_parts = {f"{name} {part.instance.slug}": part.prefix for name, part in parts}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.verb = getattr(request, "verb", None)
        form.stopping = getattr(request, "stopping", {})
        return form  # a class of this request's own


def render(response):
    return response.render() if hasattr(response, "render") else response


def unsay(request):
    """Take back the admin's message that a row was changed, where that is rolled back."""
    request._messages = default_storage(request)


def content_of(row):
    """Return what a piece says, without when and where it is shown."""
    return {name: value for name, value in snapshot.take(row).items() if name not in KEPT}


def last_author(row):
    revision = Revision.objects.of(row).first()
    return revision and revision.author


def base_of(row, copy):
    """Return the version that a form starts from: its last revision and working copy."""
    if row is None:
        return ""
    revision = Revision.objects.of(row).first()
    return f"{revision.pk if revision else 0}-{copy.at.timestamp() if copy else 0}"


def conflict(row, copy):
    """Return a sentence that says who saved since a form was opened, and when."""
    latest = copy or Revision.objects.of(row).select_related("author").first()
    if latest is None:
        return _("Someone has saved another version since you opened this form.")
    return _("%(who)s saved another version at %(when)s, after you opened this form.") % {
        "who": latest.author or "–",
        "when": f"{latest.at.astimezone():%H:%M}",
    }


def conflict_changes(request, row, copy):
    """Return what the other one changed, against the version that the form started from."""
    number = request.POST["_base"].partition("-")[0]
    base = next((revision for revision in Revision.objects.of(row) if str(revision.pk) == number), None)
    there = copy.snapshot if copy else snapshot.take(row)
    return changes(type(row), base.snapshot, base.snapshot | there) if base else []


def rebound(post, row):
    """Return submitted data whose parts point at the rows that have their slugs now, those that are there first.

    The rows of a working copy are made anew each time, so their keys in a form are stale; their slugs are not.
    """
    data = post.copy()
    for name in parts_of(type(row)):
        total = data.get(f"{name}-TOTAL_FORMS", "")
        if not total.isdecimal() or len(total) > 4 or int(total) > 1000:
            continue
        keys = {part.slug: part.pk for part in getattr(row, name).all()}
        forms = []
        for number in range(int(total)):
            prefix = f"{name}-{number}-"
            values = {key.removeprefix(prefix): data.pop(key) for key in list(data) if key.startswith(prefix)}
            values["id"] = [str(keys.pop(values.get("slug", [""])[-1], ""))]
            forms.append(values)
        forms.sort(key=lambda values: values["id"] == [""])
        for number, values in enumerate(forms):
            for key, value in values.items():
                data.setlist(f"{name}-{number}-{key}", value)
        data[f"{name}-INITIAL_FORMS"] = str(sum(values["id"] != [""] for values in forms))
    return data
