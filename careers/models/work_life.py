from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Part, Publishable, RelatedLink


class LifeStage(Publishable):
    """A moment on the family time line, from pregnancy to primary school."""

    title = models.CharField(_("moment"), max_length=80)
    text = models.CharField(_("note"), max_length=120, blank=True)
    mark_in_source = models.CharField(
        _("mark in the source"),
        max_length=80,
        blank=True,
        help_text=_(
            "What the source’s own timeline says at this moment, such as an age: for the note below the chart."
        ),
    )

    is_searchable = False  # a life stage tells a reader something only beside the programmes

    public_fields = (*Publishable.public_fields, "title", "text", "mark_in_source")

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
    """A leave or a change of working hours: its rule in a few words, its conditions, and how the two parents use it."""

    title = models.CharField(_("programme"), max_length=120)
    short_title = models.CharField(
        _("short title"), max_length=60, blank=True, help_text=_("In the bars of the chart: Leave for a sick child")
    )
    rule = models.CharField(_("rule"), max_length=120, help_text=_("In a few words: up to five days a year"))
    states_length = models.BooleanField(
        _("the source states how long"),
        default=True,
        help_text=_("Not ticked: the page says that no length is stated."),
    )
    text = models.TextField(_("conditions"), blank=True)

    public_fields = (*Publishable.public_fields, "title", "short_title", "rule", "states_length", "text")

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
        SPOUSE = "spouse", _("Her spouse, a civil servant")

    class Effect(models.TextChoices):
        AWAY = "away", _("Away from work for the whole time")
        HOURS = "hours", _("At work with changed hours")
        DAYS = "days", _("Away on some days")

    class End(models.TextChoices):
        KNOWN = "known", _("At this moment")
        OPEN = "open", _("The rule goes on after this moment")
        UNKNOWN = "unknown", _("Not stated")

    #: What the chart says where the source does not state how long, by the effect.
    SILENCES = {
        Effect.AWAY: _("period not stated"),
        Effect.HOURS: _("how long the rule allows is not stated"),
        Effect.DAYS: _("number of days not stated"),
    }

    programme = models.ForeignKey(
        WorkLifeProgramme, on_delete=models.CASCADE, related_name="uses", verbose_name=_("programme")
    )
    whose = models.CharField(_("whose"), max_length=10, choices=Whose)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect)
    example = models.CharField(
        _("what the person does"),
        max_length=120,
        blank=True,
        help_text=_("Where it says more than the programme’s name: arrives one hour later every day"),
    )
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
    end = models.CharField(_("end"), max_length=10, choices=End, default=End.KNOWN)

    public_fields = (
        "slug",
        "whose",
        "effect",
        "example",
        "period",
        "from_stage",
        "to_stage",
        "start_known",
        "end",
    )

    class Meta(Part.Meta):
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        constraints = (models.UniqueConstraint(fields=("programme", "slug"), name="use_unique_in_programme"),)

    def __str__(self):
        return f"{self.programme} ({self.get_whose_display()})"

    def clean(self):
        super().clean()
        if self.from_stage_id and self.to_stage_id and self.from_stage.order >= self.to_stage.order:
            raise ValidationError({"to_stage": _("This moment must come after the one it starts from.")})

    @property
    def silence(self):
        """Words that say that the source does not state how long, "" where it does."""
        return "" if self.programme.states_length else self.SILENCES[self.effect]


class ProgrammeLink(RelatedLink):
    parent_field = "programme"

    programme = models.ForeignKey(
        WorkLifeProgramme, on_delete=models.CASCADE, related_name="related_links", verbose_name=_("programme")
    )

    class Meta(RelatedLink.Meta):
        constraints = (models.UniqueConstraint(fields=("programme", "slug"), name="link_unique_in_programme"),)
