from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Part, Publishable, RelatedLink


class LifeStage(Publishable):
    """A moment on the family time line, from pregnancy to elementary school."""

    title = models.CharField(_("moment"), max_length=80)
    text = models.CharField(_("note"), max_length=120, blank=True)

    is_searchable = False  # a life stage tells a reader something only beside the programmes

    public_fields = (*Publishable.public_fields, "title", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("life stage")
        verbose_name_plural = _("life stages")

    def get_absolute_url(self):
        return reverse("careers:work_life")

    def clean(self):
        super().clean()
        uses = ProgrammeUse.objects.filter(
            Q(from_stage=self.pk, to_stage__order__lte=self.order)
            | Q(to_stage=self.pk, from_stage__order__gte=self.order)
        )
        if self.pk and uses:
            raise ValidationError(
                {
                    "order": _("In this order these uses would end before they start: %(uses)s")
                    % {"uses": ", ".join(map(str, uses))}
                }
            )


class WorkLifeProgramme(Publishable):
    """A leave or a change of working hours. Its rule is stored once; a ProgrammeUse says how a parent uses it."""

    title = models.CharField(_("programme"), max_length=120)
    limit = models.CharField(_("limit"), max_length=120, blank=True, help_text=_("In a few words: five days a year"))
    text = models.TextField(_("rule"))

    public_fields = (*Publishable.public_fields, "title", "limit", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("work–life programme")
        verbose_name_plural = _("work–life programmes")

    def get_absolute_url(self):
        return f"{reverse('careers:work_life')}#{self.slug}"


class ProgrammeUse(Part):
    """The use of a programme by one of the two parents in the example, between two life stages of the time line."""

    parent_field = "programme"

    class Whose(models.TextChoices):
        EMPLOYEE = "employee", _("Ms A, an official of the ministry")
        SPOUSE = "spouse", _("Her spouse, a public official")

    class Effect(models.TextChoices):
        AWAY = "away", _("Away from work for the whole time")
        HOURS = "hours", _("At work with changed hours")
        DAYS = "days", _("Away on some days")

    programme = models.ForeignKey(
        WorkLifeProgramme, on_delete=models.CASCADE, related_name="uses", verbose_name=_("programme")
    )
    whose = models.CharField(_("whose"), max_length=10, choices=Whose)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect)
    title = models.CharField(_("what the person does"), max_length=120)
    period = models.CharField(
        _("when"), max_length=80, blank=True, help_text=_("In words, where the two moments alone would mislead.")
    )
    from_stage = models.ForeignKey(
        LifeStage, on_delete=models.PROTECT, related_name="uses_starting", verbose_name=_("from")
    )
    to_stage = models.ForeignKey(LifeStage, on_delete=models.PROTECT, related_name="uses_ending", verbose_name=_("to"))
    start_known = models.BooleanField(
        _("the source states the start"), default=True, help_text=_("Not ticked: drawn with a faded start.")
    )
    returns_to_work = models.BooleanField(_("back to work afterwards"), default=False)

    public_fields = (
        "slug",
        "whose",
        "effect",
        "title",
        "period",
        "from_stage",
        "to_stage",
        "start_known",
        "returns_to_work",
    )

    class Meta(Part.Meta):
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        constraints = (models.UniqueConstraint(fields=("programme", "slug"), name="use_unique_in_programme"),)

    def __str__(self):
        return self.title_ja or self.slug

    def clean(self):
        super().clean()
        if self.from_stage_id and self.to_stage_id and self.from_stage.order >= self.to_stage.order:
            raise ValidationError({"to_stage": _("This moment must come after the one it starts from.")})


class ProgrammeLink(RelatedLink):
    parent_field = "programme"

    programme = models.ForeignKey(
        WorkLifeProgramme, on_delete=models.CASCADE, related_name="related_links", verbose_name=_("programme")
    )

    class Meta(RelatedLink.Meta):
        constraints = (models.UniqueConstraint(fields=("programme", "slug"), name="link_unique_in_programme"),)
