from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Publishable, RelatedLink


class TrainingProgramme(Publishable):
    """A training programme: its content, time, place and participants."""

    title = models.CharField(_("training"), max_length=120)
    period = models.CharField(_("when"), max_length=120, blank=True)
    from_year = models.PositiveSmallIntegerField(
        _("from year"), null=True, blank=True, help_text=_("Years since joining; empty where the document gives none.")
    )
    to_year = models.PositiveSmallIntegerField(
        _("to year"), null=True, blank=True, help_text=_("Empty: it ends in the year in which it starts.")
    )
    duration = models.CharField(_("how long"), max_length=120, blank=True)
    venue = models.CharField(_("where"), max_length=120, blank=True)
    place = models.ForeignKey(
        "careers.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="training_programmes",
        verbose_name=_("place"),
    )
    audience = models.CharField(_("for whom"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    condition = models.CharField(_("condition"), max_length=200, blank=True)

    public_fields = (
        *Publishable.public_fields,
        "title",
        "period",
        "from_year",
        "to_year",
        "duration",
        "venue",
        "place",
        "audience",
        "text",
        "condition",
    )

    class Meta(Publishable.Meta):
        verbose_name = _("training programme")
        verbose_name_plural = _("training programmes")
        constraints = (
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(to_year=None) | Q(to_year__gte=F("from_year")),
                name="training_to_after_from",
                violation_error_message=_("“To year” must not be before “from year”."),
            ),
        )

    def get_absolute_url(self):
        return f"{reverse('careers:training')}#{self.slug}"


class TrainingLink(RelatedLink):
    parent_field = "training_programme"

    training_programme = models.ForeignKey(
        TrainingProgramme, on_delete=models.CASCADE, related_name="related_links", verbose_name=_("training programme")
    )

    class Meta(RelatedLink.Meta):
        constraints = (
            models.UniqueConstraint(fields=("training_programme", "slug"), name="link_unique_in_training_programme"),
        )
