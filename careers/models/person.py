from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Part, Publishable
from recruit_site.content.querysets import PublishableQuerySet

#: The ministry was founded in 1869. The limits catch slips such as 22 or 20220.
CALENDAR_YEARS = (MinValueValidator(1869), MaxValueValidator(2100))


class CareerKind(models.TextChoices):
    """The kind of place where a person spends a stretch of a career."""

    HEADQUARTERS = "headquarters", _("Headquarters")
    ABROAD = "abroad", _("Overseas")
    STUDY = "study", _("Study")
    SECONDMENT = "secondment", _("Secondment")
    OTHER = "other", _("Other")


class PersonQuerySet(PublishableQuerySet):
    def technical(self):
        """Return the people whom the documents present as technical officials."""
        return self.filter(group=Person.Group.TECHNICAL)


class Person(Publishable):
    """A person whom the source documents present: by name, or by duty where they give no name."""

    class Group(models.TextChoices):
        """Whose official a person is. Lists of people are in groups, in this order."""

        TECHNICAL = "technical", _("Staff in the recruitment guide and the guide to technical work")
        MINISTRY = "ministry", _("Staff of the ministry (not said to be technical officials)")
        OTHER_MINISTRY = "other-ministry", _("Staff of another ministry")

    group = models.CharField(
        _("who it is"),
        max_length=14,
        choices=Group,
        help_text=_(
            "What the document says. Lists of people are in these groups; the page of one person says it only of "
            "staff outside the two guides."
        ),
    )
    title = models.CharField(
        _("name or duty"), max_length=80, help_text=_("The name; where none may be shown, what the person does.")
    )
    is_named = models.BooleanField(_("shown by name"), default=False)
    post = models.CharField(_("post"), max_length=120, blank=True, help_text=_("At the time of writing."))
    organisation = models.ForeignKey(
        "careers.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("organisation"),
    )
    profession = models.ForeignKey(
        "careers.Profession",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("profession"),
    )
    duty = models.ForeignKey(
        "careers.Duty",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("duty"),
    )
    exam = models.CharField(
        _("examination passed"), max_length=120, blank=True, help_text=_("The category under its name of that time.")
    )
    joined_year = models.PositiveSmallIntegerField(
        _("joined in"), null=True, blank=True, validators=CALENDAR_YEARS, help_text=_("Western year.")
    )
    joined_fiscal = models.BooleanField(
        _("fiscal year"), default=False, help_text=_("The document gives the fiscal year of the Japanese era.")
    )
    text = models.TextField(_("about the person"), blank=True)

    objects = PersonQuerySet.as_manager()

    public_fields = (
        *Publishable.public_fields,
        "group",
        "title",
        "is_named",
        "post",
        "organisation",
        "profession",
        "duty",
        "exam",
        "joined_year",
        "joined_fiscal",
        "text",
    )

    class Meta(Publishable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")


class CareerStep(Part):
    """One station of a real career. The order of the steps is that of the source document."""

    parent_field = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="career_steps", verbose_name=_("person"))
    year = models.PositiveSmallIntegerField(
        _("from year"),
        null=True,
        blank=True,
        validators=CALENDAR_YEARS,
        help_text=_("Empty where the document gives no year."),
    )
    years = models.PositiveSmallIntegerField(
        _("for how many years"), null=True, blank=True, help_text=_("Empty where the document does not say.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CareerKind)
    title = models.CharField(_("post"), max_length=160)
    place = models.ForeignKey(
        "careers.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="career_steps",
        verbose_name=_("place"),
    )
    text = models.TextField(_("text"), blank=True)

    public_fields = ("slug", "year", "years", "kind", "title", "place", "text")

    class Meta(Part.Meta):
        verbose_name = _("career step")
        verbose_name_plural = _("career steps")
        constraints = (models.UniqueConstraint(fields=("person", "slug"), name="career_step_unique_in_person"),)

    def __str__(self):
        return self.title_ja or self.slug
