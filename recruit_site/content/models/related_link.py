"""Links from a piece of content to another one, chosen by editors."""

from typing import NamedTuple

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.part import Part
from recruit_site.content.models.publishable import Publishable


def linkable_models():
    """Return {label: model} of the kinds of content that have an address and are found by the search."""
    models_with_address = (
        model
        for model in apps.get_models()
        if issubclass(model, Publishable) and model.is_searchable and hasattr(model, "get_absolute_url")
    )
    return {model._meta.label_lower: model for model in models_with_address}


class PieceKey(NamedTuple):
    """A piece by the label of its model and its slug, which may be a former one."""

    label: str
    slug: str


class PieceField(models.CharField):
    """A piece of any kind, as the label of its model and its slug: "faq.question:housing"."""

    def validate(self, value, row):
        super().validate(value, row)
        if value and self.key_of(value).label not in linkable_models():
            raise ValidationError(_("Choose a piece of content."))

    @staticmethod
    def key_of(value):
        label, _colon, slug = value.partition(":")
        return PieceKey(label, slug)

    def formfield(self, **kwargs):
        """Return a choice of all published pieces, in groups by kind."""
        return forms.ChoiceField(
            choices=piece_choices, label=self.verbose_name, help_text=self.help_text, required=not self.blank
        )


def piece_choices():
    """Return the choices of a form: the published pieces by kind."""
    groups = [
        (
            model._meta.verbose_name_plural,
            [(f"{label}:{piece.slug}", str(piece)) for piece in model.objects.published()],
        )
        for label, model in linkable_models().items()
    ]
    return [("", "---------"), *groups]


class RelatedLink(Part):
    """A link from a piece to another one that helps its readers, with the reason in words.

    Each kind of content that has such links names its own subclass, with the foreign key to the piece.
    """

    target = PieceField(_("leads to"), max_length=180)
    heading = models.SlugField(
        _("heading there"),
        max_length=80,
        blank=True,
        help_text=_("What stands after # in the address, to lead to a passage. Empty: to the head of the piece."),
    )
    text = models.CharField(
        _("reason"),
        max_length=160,
        help_text=_("What readers find there, in one sentence. It is the text of the link."),
    )

    public_fields = ("slug", "target", "heading", "text")

    class Meta(Part.Meta):
        abstract = True
        verbose_name = _("related piece")
        verbose_name_plural = _("related pieces")

    def __str__(self):
        return self.text_ja or self.slug
