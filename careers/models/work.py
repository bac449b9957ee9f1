from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Publishable, scene_field
from recruit_site.content.navigation import section_choices


class Figure(Publishable):
    """A number from the source documents, with the date it holds for."""

    section = models.CharField(_("page"), max_length=20, choices=section_choices)
    title = models.CharField(_("what it counts"), max_length=120)
    value = models.CharField(_("number"), max_length=40, help_text=_("With its words, as a reader says it: 153か国"))
    as_of = models.CharField(
        _("as of"), max_length=80, blank=True, help_text=_("The date that the document gives; empty if it gives none.")
    )

    ordered_within = ("section",)

    public_fields = (*Publishable.public_fields, "section", "title", "value", "as_of")

    class Meta(Publishable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")


class Duty(Publishable):
    """A field of work that a person is in charge of, such as network building, security or system operation."""

    title = models.CharField(_("duty"), max_length=80)
    text = models.TextField(_("text"), blank=True)

    public_fields = (*Publishable.public_fields, "title", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("duty")
        verbose_name_plural = _("duties")

    def get_absolute_url(self):
        return f"{reverse('careers:work')}#duty-{self.slug}"


class Profession(Publishable):
    """A technical profession in the ministry: ICT engineer, building engineer."""

    title = models.CharField(_("profession"), max_length=80)
    lead = models.TextField(_("lead"), blank=True)
    text = models.TextField(_("text"), blank=True)
    scene = scene_field()

    public_fields = (*Publishable.public_fields, "title", "lead", "text", "scene")

    class Meta(Publishable.Meta):
        verbose_name = _("profession")
        verbose_name_plural = _("professions")

    def get_absolute_url(self):
        return f"{reverse('careers:professions')}#{self.slug}"


class Project(Publishable):
    """A project of a profession that the source documents name, with its place and year where they give them."""

    profession = models.ForeignKey(
        Profession, on_delete=models.PROTECT, related_name="projects", verbose_name=_("profession")
    )
    place = models.ForeignKey(
        "careers.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("place"),
    )
    title = models.CharField(_("title"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    designer = models.CharField(_("designed by"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    scene = scene_field()

    requires_live = ("profession",)
    ordered_within = ("profession",)

    public_fields = (*Publishable.public_fields, "profession", "place", "title", "year", "designer", "text", "scene")

    class Meta(Publishable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def get_absolute_url(self):
        return f"{reverse('careers:professions')}#{self.slug}"
