"""The differences between two snapshots of a piece, word by word, in each language."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from recruit_site.content.models import parts_of
from recruit_site.content.snapshot import fields_of
from recruit_site.text.line_breaking import split_phrases

#: Fields that are not compared, because they place a piece and are not part of its text.
UNCOMPARED = {"order"}


@dataclass(frozen=True)
class Change:
    """A field that differs between two snapshots. `language` is "" for a field that is not translated.

    `words` are (kind, text) pairs; the kind is "same", "gone" or "new".
    """

    label: str
    language: str
    words: list


def changes(model, older, newer):
    """Return the Changes from an older to a newer snapshot of a model, including those of its parts."""
    differences = list(_field_changes(model, older, newer, ""))
    for name, part_model in parts_of(model).items():
        before, after = ({part["slug"]: part for part in data.get(name) or ()} for data in (older, newer))
        for slug in dict.fromkeys([*after, *before]):
            old_part, new_part = before.get(slug, {}), after.get(slug, {})
            title = (new_part or old_part).get("title_ja") or slug
            prefix = f"{part_model._meta.verbose_name}「{title}」 "
            differences += _field_changes(part_model, old_part, new_part, prefix)
    return differences


def _field_changes(model, older, newer, prefix):
    for field in fields_of(model):
        before, after = (shown(field, data.get(field.name)) for data in (older, newer))
        if before == after or field.name in UNCOMPARED:
            continue
        yield Change(f"{prefix}{label_of(field)}", getattr(field, "language", ""), words(before, after))


def label_of(field):
    """Return the label of a field. The label of a language's column names the language: 題名（日本語）."""
    original = getattr(field, "translated_field", None)
    if original is None:
        return str(field.verbose_name)
    return _("%(label)s (%(language)s)") % {
        "label": original.verbose_name,
        "language": get_language_info(field.language)["name_translated"],
    }


def shown(field, value):
    """Return a value of a snapshot as editors see it: a choice by its label, a list as one line."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateTimeField):
        return f"{timezone.localtime(field.to_python(value)):%Y-%m-%d %H:%M}"
    return str(value)


def words(before, after):
    """Return the (kind, text) pairs that lead from one text to the other; the kind is "same", "gone" or "new".

    The unit is a word, in Japanese a phrase. In a text of 200 units or more, SequenceMatcher does not align frequent
    units (its `autojunk`), because with them a long text that repeats itself would take minutes.
    """
    old, new = (split_phrases(text) for text in (before, after))
    pairs = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pairs.append(("same", "".join(old[i1:i2])))
            continue
        pairs += [(name, text) for name, text in (("gone", "".join(old[i1:i2])), ("new", "".join(new[j1:j2]))) if text]
    return pairs
