"""What is being written is kept now and then, beside its row: neither readers nor the history notice.

The form sends itself with the verb “_autosave” and is answered with JSON: what to tell the person, whether all of
the form is kept, and which of its hidden fields have new values.
"""

import re

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from recruit_site.content.models import part_slug, parts_of

#: Between two times that a form which is being written keeps itself.
SECONDS = 30


def answer(said, kept=False, fields=None, status=200):
    return JsonResponse({"said": said, "kept": kept, "fields": fields or {}}, status=status)


def kept(fields, left):
    """Answer that a form is kept, apart from the fields named in `left`, which only a real save changes."""
    said = _("Kept automatically at %s") % f"{timezone.localtime():%H:%M}"
    if left:
        said = _("%(said)s, without: %(names)s. Save to keep all.") % {"said": said, "names": left}
    return answer(said, not left, fields)


def refused(conflict):
    """Answer that a form is not kept: someone else saved in between, or a value in it is wrong."""
    if conflict:
        return answer(_("%s This form is not kept. Save it to see both versions.") % conflict)
    return answer(_("Not kept: something in the form is not right. Save it to see what."))


def tie(post, row, removes):
    """Give each new part in a submitted form its slug, and return (the form's data, its new hidden fields).

    So it stays one part, in one place, however often the form is kept. A part that was kept from this form
    (“_tied”) and is no longer in it was taken out there; `removes` says whether the person may do that.
    """
    data, hidden = post.copy(), {}
    tied = set(data.get("_tied", "").split())
    for name in parts_of(type(row)):
        orders = dict(getattr(row, name).filter(slug__in=tied).values_list("slug", "order"))
        for key in [key for key in data if re.fullmatch(rf"{name}-\d+-slug", key)]:
            if not data[key]:
                data[key] = hidden[key] = part_slug()
            order = key.removesuffix("slug") + "order"
            place = orders.pop(data[key], None)
            if place and data.get(order) == "0":
                data[order] = str(place)
        if removes:
            getattr(row, name).filter(slug__in=orders).delete()
    return data, hidden | {"_tied": " ".join(sorted(tied | set(hidden.values())))}
