"""Autosave: the open form of a piece is stored every 30 seconds beside its row. Readers and history are unaffected.

A script submits the form with the verb “_autosave”. The answer is JSON: `said` is the message for the person, `kept`
says whether the whole form is stored, `fields` holds new values of hidden fields by name.
"""

import re

from django.http import JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from recruit_site.content.models import part_slug, parts_of

#: Seconds between two autosaves of an open form.
SECONDS = 30


def json_answer(said, kept=False, fields=None, status=200):
    return JsonResponse({"said": said, "kept": kept, "fields": fields or {}}, status=status)


def stored_answer(fields, left):
    """Return the answer that a form is stored, except for the fields in `left`: only a real save changes them."""
    said = _("Kept automatically at %s") % f"{timezone.localtime():%H:%M}"
    if left:
        said = _("%(said)s, without: %(names)s. Save to keep all.") % {"said": said, "names": left}
    return json_answer(said, not left, fields)


def refused_answer(conflict):
    """Return the answer that a form is not stored: someone else saved in between (`conflict`), or a value is wrong."""
    if conflict:
        return json_answer(_("%s This form is not kept. Save it to see both versions.") % conflict)
    return json_answer(_("Not kept: something in the form is not right. Save it to see what."))


def add_part_slugs(post, row, removes):
    """Give each new part in a submitted form a slug; return (form data, new values of hidden fields).

    With its slug it stays the same part, at the same place, however often the form is autosaved. The field “_tied”
    lists the parts that earlier autosaves of this form made. Such a part was removed by the person if it is no longer
    in the form; it is deleted if `removes` is true, that is, if the person may remove parts.
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
