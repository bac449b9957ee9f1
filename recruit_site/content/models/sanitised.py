"""Models that sanitise their texts before validation."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.text.links import may_be_linked
from recruit_site.text.sanitising import sanitise

TEXTS = (models.CharField, models.TextField)
WRONG_ADDRESS = _("Write an address that begins with https:// and has no @ in the name of the site.")


class SanitisedModel(models.Model):
    """The base of models with texts by staff.

    Whatever form or import a text comes from, it is validated and stored without invisible characters.
    """

    #: Whether the groups of staff get permissions on the model: see accounts/groups.py.
    edited_by_staff = True

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        fields = self._meta.concrete_fields
        texts = {field: getattr(self, field.attname) for field in fields if isinstance(field, TEXTS)}
        for field, text in texts.items():
            if text and (clean_text := sanitise(text)) != text:
                setattr(self, field.attname, clean_text)
        super().clean_fields(exclude)
        addresses = {field.name for field in texts if isinstance(field, models.URLField)} - {*(exclude or ())}
        if wrong := [name for name in addresses if not may_be_linked(getattr(self, name) or "")]:
            raise ValidationError(dict.fromkeys(wrong, WRONG_ADDRESS))
