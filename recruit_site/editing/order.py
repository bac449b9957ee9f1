"""The order in which readers see pieces (by group, then by number), and moving a piece within its group."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Value, When

UP, DOWN = "up", "down"


def paths_to_groups(model):
    """Return the lookups of the fields in which siblings agree."""
    return [name.removeprefix("-") for name in model.ordered_within]


def field_at(model, path):
    field = None
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    return field


def reading_order(model):
    """Return the arguments of order_by() for the order in which readers see pieces: by group, then within it."""
    if not model.ordered_by_hand:
        return list(model._meta.ordering)
    return [key for name in model.ordered_within for key in _order_of_groups(model, name)] + ["order", "slug"]


def _order_of_groups(model, name):
    path = name.removeprefix("-")
    field = field_at(model, path)
    if field.is_relation:
        return [F(f"{path}__order").asc(nulls_first=True), f"{path}__slug"]
    if field.choices:
        places = [When(**{path: value}, then=Value(place)) for place, (value, _label) in enumerate(field.flatchoices)]
        return [Case(*places, default=Value(len(places))), path]
    return [F(path).desc(nulls_last=True) if name.startswith("-") else F(path).asc(nulls_last=True)]


def groups(model):
    """Return the primary keys of all rows in reading order, one list for each group of siblings."""
    rows = model._default_manager.order_by(*reading_order(model)).values_list("pk", *paths_to_groups(model))
    return [[pk for pk, *_common in siblings] for _common, siblings in groupby(rows, key=lambda row: row[1:])]


@transaction.atomic
def move(row, direction):
    """Swap a row with its neighbour among its siblings; return False, and change nothing, if there is none.

    Raises ValidationError, and changes nothing, if the model refuses the new order.
    """
    model = type(row)
    siblings = next((keys for keys in groups(model) if row.pk in keys), [])
    here = siblings.index(row.pk) if siblings else 0
    there = here + (-1 if direction == UP else 1)
    if not 0 <= there < len(siblings):
        return False
    rows = model._default_manager.in_bulk(siblings)
    numbers = [rows[pk].order for pk in siblings]
    if len(set(numbers)) < len(numbers):  # swapping equal numbers would change nothing
        numbers = [place * 10 for place in range(1, len(siblings) + 1)]
    siblings[here], siblings[there] = siblings[there], siblings[here]
    moved = [(rows[pk], number) for pk, number in zip(siblings, numbers, strict=True) if rows[pk].order != number]
    for sibling, number in moved:
        sibling.order = number
        sibling.save(update_fields=["order"])
    for sibling, _number in moved:
        refuse_wrong_order(sibling)
    return True


def refuse_wrong_order(row):
    """Raise the model's ValidationError about `order` only: a row may be moved even if other fields are not valid."""
    try:
        row.clean()
    except ValidationError as error:
        if reasons := getattr(error, "error_dict", {}).get("order"):
            raise ValidationError(reasons) from error
