from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models.person import CareerKind
from recruit_site.content.models import Publishable


class PathStage(Publishable):
    """A stage of the model career. Its years count from joining the ministry; the first year is 1."""

    title = models.CharField(_("stage"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=CareerKind)
    period = models.CharField(_("when"), max_length=80, help_text=_("In words: about the first four years"))
    from_year = models.PositiveSmallIntegerField(
        _("from year"), null=True, blank=True, help_text=_("Years since joining; empty where the document gives none.")
    )
    to_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)

    public_fields = (*Publishable.public_fields, "title", "kind", "period", "from_year", "to_year", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("career-path stage")
        verbose_name_plural = _("career-path stages")
        constraints = (
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(from_year=None) | Q(to_year=None) | Q(to_year__gte=F("from_year")),
                name="path_stage_to_after_from",
                violation_error_message=_("“To year” must not be before “from year”."),
            ),
        )

    def get_absolute_url(self):
        return f"{reverse('careers:paths')}#model-{self.slug}"
