"""A submitted form of a piece: its verb, the version that it started from, and the data that its handlers share."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.content import snapshot
from recruit_site.content.diff import changes
from recruit_site.content.models import parts_of
from recruit_site.content.visibility import State
from recruit_site.editing.models import Revision, without_publication_fields


class Verb(models.TextChoices):
    """An action on a submitted form. The value is the name of its button; the form has none for the first two."""

    RESUME = "_resume", gettext_lazy("Go on writing")
    AUTOSAVE = "_autosave", gettext_lazy("Keep automatically")
    SAVE = "_save", gettext_lazy("Save as a draft")
    REVIEW = "_review", gettext_lazy("Send to review")
    PUBLISH = "_publish", gettext_lazy("Publish")
    ARCHIVE = "_archive", gettext_lazy("Withdraw from the site")
    DISCARD = "_discard", gettext_lazy("Throw the working copy away")
    PREVIEW = "_preview", gettext_lazy("Preview without saving")


#: Verbs that change neither rows nor history: everyone who may open the form may use them.
READ_ONLY_VERBS = {Verb.RESUME, Verb.AUTOSAVE, Verb.PREVIEW}
#: Verbs that change what readers see: only users who may publish may use them.
PUBLISHING_VERBS = {Verb.PUBLISH, Verb.ARCHIVE}
#: The event that a verb records, and the state that it gives the row.
EVENTS = {
    Verb.SAVE: Revision.Event.SAVED,
    Verb.REVIEW: Revision.Event.SENT,
    Verb.PUBLISH: Revision.Event.PUBLISHED,
    Verb.ARCHIVE: Revision.Event.ARCHIVED,
}
STATES = {Verb.REVIEW: State.REVIEW, Verb.PUBLISH: State.LIVE, Verb.ARCHIVE: State.ARCHIVED}


@dataclass
class Submission:
    """The data of a form during its request. For a form that is only shown, most of it is empty."""

    verb: Verb
    #: The reason for the history, and the keys of the findings that the person marked as right.
    reason: str = ""
    accepted: tuple = ()
    #: The version that is stored now, as version_of() names it.
    base: str = ""
    #: The snapshot of the row, with its working copy, before the form is applied; None for a new piece.
    before: dict | None = None
    #: The message that makes the form invalid, and such messages at fields, by their names in the form.
    conflict: str = ""
    field_errors: dict = field(default_factory=dict)
    #: New values of the form's hidden fields, by their names.
    hidden: dict = field(default_factory=dict)
    #: Whether Django's own view of the form is running.
    applying: bool = False
    #: The row to which the form was applied, None if the form is invalid.
    saved: models.Model | None = None
    #: The prefixes of the forms of the parts, by “relation slug”.
    prefixes: dict = field(default_factory=dict)
    #: A function to call after all changes of the form are rolled back; it returns another response, or None.
    after_rollback: Callable | None = None


def submission(request):
    """Return the Submission of a request; the first call makes it."""
    if not hasattr(request, "_submission"):
        post = request.POST
        request._submission = Submission(verb_of(request), post.get("_reason", "")[:200], tuple(post.getlist("_right")))
    return request._submission


def verb_of(request):
    """Return the Verb of the button that was pressed, Verb.SAVE if there is none."""
    return next((verb for verb in Verb if verb in request.POST), Verb.SAVE)


def version_of(row, copy):
    """Return a name of the version that a form starts from, made of its last revision and working copy; "" if new."""
    if row is None:
        return ""
    revision = Revision.objects.of(row).first()
    return f"{revision.pk if revision else 0}-{copy.at.timestamp() if copy else 0}"


def conflict(row, copy):
    """Return the message that says who saved since a form was opened, and when."""
    latest = copy or Revision.objects.of(row).select_related("author").first()
    if latest is None:
        return _("Someone has saved another version since you opened this form.")
    return _("%(who)s saved another version at %(when)s, after you opened this form.") % {
        "who": latest.author or "–",
        "when": f"{timezone.localtime(latest.at):%H:%M}",
    }


def conflict_changes(request, row, copy):
    """Return the Changes by someone else since the version that the form started from; [] if that is unknown."""
    number = request.POST["_base"].partition("-")[0]
    base = next((revision for revision in Revision.objects.of(row) if str(revision.pk) == number), None)
    there = copy.snapshot if copy else snapshot.take_snapshot(row)
    return changes(type(row), base.snapshot, base.snapshot | there) if base else []


def with_current_part_keys(post, row):
    """Return submitted data whose parts have the present primary keys of the rows with their slugs, new parts last.

    The rows of a working copy are made anew each time, so the primary keys in a form are stale; the slugs are not.
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


def author_of(request, copy, saved):
    """Return the author of the version to be published: the user only if the form changed it, else the last author."""
    before = submission(request).before
    if before is None or not snapshot.matches_stored(
        without_publication_fields(before), without_publication_fields(snapshot.take_snapshot(saved))
    ):
        return request.user
    last = copy or Revision.objects.of(saved).first()
    return last and last.author
