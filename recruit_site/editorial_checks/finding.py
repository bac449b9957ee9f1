"""What a check looks at, and what it finds there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings

from recruit_site.content.diff import label_of
from recruit_site.content.models import Publishable, parts_of
from recruit_site.content.translated_fields import translated_fields
from recruit_site.editorial_checks.agreement import Lexicon

#: How many characters of a text stand on either side of the place that is marked in it.
AROUND = 24


class Unit(NamedTuple):
    """A piece, or a part of one, as `data` of a snapshot.

    `piece` and `slug` name the whole, `model` is that of the unit. `part` is "" for the piece itself, for a part as in
    "answers why"; `prefix` is what the names of its fields begin with in the form of the piece.
    """

    piece: type
    slug: str
    model: type
    part: str
    prefix: str
    data: dict


class TextPlace(NamedTuple):
    """A field of a unit: a column of a translated field, or the source document with "" as `language`."""

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
        """Return the text of the same field in a language."""
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
        if issubclass(unit.model, Publishable) and unit.model.needs_source:
            yield TextPlace(unit, "source", "", lexicon)


class Mark(NamedTuple):
    """From where to where a check found something, and what its words need to know of it."""

    start: int = 0
    end: int = 0
    values: dict = {}


@dataclass(frozen=True)
class EditorialCheck:
    """One rule. `look` takes a TextPlace and yields Marks.

    `says` is what is wrong, `advice` what to do about it, `hint` what may be meant, where the Mark knows it; each with
    %(names)s of the Mark's values. A check that
    `compares` is about both languages: who accepts a finding accepts both texts as they are. One that `blocks`
    stops the publishing of a piece until its findings are mended or accepted.
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
            told = [place.original, place.said_in("ja"), place.said_in("en")]
        else:
            told = [place.name, text[start:end]]
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
            key=sha256("\0".join([self.name, *told]).encode(errors="replace")).hexdigest()[:16],
        )


@dataclass(frozen=True)
class Finding:
    """A place that a check found fault with, as data that can be kept: words are made when it is shown.

    Its `key` stays the same as long as the texts do that it is about.
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
        """Return the name of the field as its form has it, that of a part with the part's title."""
        if not self.part:
            return label_of(model._meta.get_field(self.name))
        part_model = parts_of(model)[self.part.partition(" ")[0]]
        where = f"{part_model._meta.verbose_name}「{self.part_title or self.part.partition(' ')[2]}」"
        return f"{where} {label_of(part_model._meta.get_field(self.name))}"
