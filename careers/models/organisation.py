from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models import Publishable


class Organisation(Publishable):
    """A ministry, a bureau, a division, an office or a team. `parent` is the organisation it belongs to."""

    title = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    head = models.CharField(
        _("led by"),
        max_length=120,
        blank=True,
        help_text=_("The post, not the person, after the word for it: Head: Vice-Minister"),
    )
    text = models.TextField(_("what it does"), blank=True)

    ordered_within = ("parent",)

    public_fields = (*Publishable.public_fields, "title", "parent", "head", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")


class ExamCategory(Publishable):
    """A technical division of the recruitment examination."""

    exam = models.CharField(_("examination"), max_length=120)
    title = models.CharField(_("category"), max_length=120)
    text = models.TextField(_("note"), blank=True)

    review_every = timedelta(days=183)  # an applicant acts on it

    public_fields = (*Publishable.public_fields, "exam", "title", "text")

    class Meta(Publishable.Meta):
        verbose_name = _("exam category")
        verbose_name_plural = _("exam categories")

    def get_absolute_url(self):
        return f"{reverse('careers:apply')}#{self.slug}"


class Contact(Publishable):
    """An office that applicants can ask. The first published contact stands at the end of every page."""

    title = models.CharField(_("office"), max_length=120)
    about = models.CharField(_("responsible for"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True, help_text=_("Form: 100-8919"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True, help_text=_("Form: 03-5501-8000"))
    extension = models.CharField(_("extension"), max_length=10, blank=True)

    review_every = timedelta(days=183)  # an applicant acts on it

    public_fields = (*Publishable.public_fields, "title", "about", "postal_code", "address", "telephone", "extension")

    class Meta(Publishable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def get_absolute_url(self):
        return reverse("careers:apply")

    @property
    def telephone_uri(self):
        """The number as a tel: URI in Japan's international form (RFC 3966): 03-5501-8000 → tel:+81-3-5501-8000."""
        return f"tel:+81-{self.telephone.removeprefix('0')}"
