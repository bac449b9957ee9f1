"""A submitted form of a piece: its verb, the version it started from, and what its handlers tell each other."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruit_site.content import snapshot
from recruit_site.content.diff import changes
from recruit_site.content.models import parts_of
from recruit_site.editing.models import Revision


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


@dataclass
class Submission:
    """What is known of a form on its way through the admin; of one that is only shown, next to nothing."""

    verb: Verb
    #: Why, for the history; and the keys of the findings that are right as they are.
    reason: str = ""
    accepted: tuple = ()
    #: The version that is there now, as base_of() names it.
    base: str = ""
    #: The snapshot of the row, working copy laid under, before the form is applied; None for a new piece.
    before: dict | None = None
    #: A sentence that stops the form, and those that stop it at fields, by their names in the form.
    conflict: str = ""
    stopping: dict = field(default_factory=dict)
    #: New values of the form's hidden fields, by their names.
    hidden: dict = field(default_factory=dict)
    #: Whether Django's own view of the form is at work.
    applying: bool = False
    #: The row to which the form was applied, None where something in it is wrong.
    saved: models.Model | None = None
    #: The prefixes of the forms of its parts, by “name slug”.
    prefixes: dict = field(default_factory=dict)
    #: What is left to do when all that the form did is rolled back; it returns another response, or None.
    later: Callable | None = None


def submission(request):
    """Return the Submission of a request; whoever asks first begins it."""
    if not hasattr(request, "_submission"):
        post = request.POST
        request._submission = Submission(verb_of(request), post.get("_reason", "")[:200], tuple(post.getlist("_right")))
    return request._submission


def verb_of(request):
    """Return the Verb whose button was pressed; a form sent without one is saved."""
    return next((verb for verb in Verb if verb in request.POST), Verb.SAVE)


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
        "when": f"{timezone.localtime(latest.at):%H:%M}",
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
