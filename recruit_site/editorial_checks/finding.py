"""The places in a snapshot that a check looks at, the check itself, and its findings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings

from recruit_site.content.diff import label_of
from recruit_site.content.models import Publishable, parts_of
from recruit_site.content.translated_fields import translated_fields
from recruit_site.editorial_checks.numbers_and_terms import Lexicon

#: Characters of the text that a Finding holds before and after the marked place.
AROUND = 24


class Unit(NamedTuple):
    """A piece or one of its parts, with its `data` from a snapshot.

    `piece` (a model) and `slug` identify the piece; `model` is the model of the unit itself. `part` is "" for the
    piece, else the relation and the slug of the part ("answers why"). `prefix` begins the names of the unit's fields
    in the form of the piece.
    """

    piece: type
    slug: str
    model: type
    part: str
    prefix: str
    data: dict


class TextPlace(NamedTuple):
    """A field of a unit: one language of a translated field, or the source document (then `language` is "")."""

    unit: Unit
    name: str
    language: str
    lexicon: Lexicon

    @property
    def text(self):
        return self.unit.data.get(self.name) or ""

    @property
    def original(self):
        return self.name.removesuffix(f"_{self.language}") if self.language else self.name

    def said_in(self, language):
        """Return the text of the same field in `language`."""
        return self.unit.data.get(f"{self.original}_{language}") or ""


def units(model, data):
    """Yield the Units of a snapshot: the piece itself, then its parts."""
    slug = data["slug"]
    yield Unit(model, slug, model, "", "", data)
    for name, part_model in parts_of(model).items():
        for number, part in enumerate(data.get(name) or ()):
            yield Unit(model, slug, part_model, f"{name} {part['slug']}", f"{name}-{number}-", part)


def places(model, data, lexicon):
    """Yield every TextPlace of a snapshot that the checks look at, in the order of the models' fields."""
    for unit in units(model, data):
        translated = translated_fields(unit.model)
        for original in (column.name for column in unit.model._meta.concrete_fields if column.name in translated):
            for language, _name in settings.LANGUAGES:
                yield TextPlace(unit, f"{original}_{language}", language, lexicon)
        if issubclass(unit.model, Publishable) and unit.model.must_name_source(unit.data):
            yield TextPlace(unit, "source", "", lexicon)


class Mark(NamedTuple):
    """The place that a check marks in a text, from `start` to `end`, and the `values` for the check's messages."""

    start: int = 0
    end: int = 0
    values: dict = {}


@dataclass(frozen=True)
class EditorialCheck:
    """One rule. `look` takes a TextPlace and yields Marks.

    `says` is what is wrong, `advice` what to do about it, and `hint` what may be meant; `hint` is shown if all values
    of the Mark are known. Each may contain %(names)s of the Mark's values. A check with `compares` is about both
    languages: accepting a finding accepts both texts as they are. A check with `blocks` stops the publishing of a
    piece until its findings are corrected or accepted.
    """

    name: str
    look: Callable
    says: str
    advice: str
    hint: str = ""
    languages: tuple = ("ja", "en")
    compares: bool = False
    blocks: bool = False

    def findings(self, place):
        if place.language in self.languages:
            for mark in self.look(place):
                yield self._finding(place, *mark)

    def _finding(self, place, start, end, values):
        text = place.text
        if self.compares:
            texts = [place.original, place.said_in("ja"), place.said_in("en")]
        else:
            texts = [place.name, text[start:end]]
        return Finding(
            check=self.name,
            part=place.unit.part,
            part_title=(place.unit.data.get("title_ja") or "") if place.unit.part else "",
            at=place.unit.prefix + place.name,
            name=place.name,
            before=("…" if start > AROUND else "") + text[max(0, start - AROUND) : start],
            marked=text[start:end],
            after=text[end : end + AROUND] + ("…" if len(text) > end + AROUND else ""),
            values=values,
            key=sha256("\0".join([self.name, *texts]).encode(errors="replace")).hexdigest()[:16],
        )


@dataclass(frozen=True)
class Finding:
    """A place with a fault, as data that can be stored. Its messages are made when it is shown, as a Remark.

    The `key` stays the same as long as the texts concerned stay the same.
    """

    check: str
    part: str
    part_title: str
    at: str
    name: str
    before: str
    marked: str
    after: str
    key: str
    values: dict = field(default_factory=dict)

    def label(self, model):
        """Return the label of the field in its form; for a field of a part, after the part's title."""
        if not self.part:
            return label_of(model._meta.get_field(self.name))
        part_model = parts_of(model)[self.part.partition(" ")[0]]
        where = f"{part_model._meta.verbose_name}「{self.part_title or self.part.partition(' ')[2]}」"
        return f"{where} {label_of(part_model._meta.get_field(self.name))}"
