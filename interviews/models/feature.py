from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.models import Figure, Organisation, Person, Place
from recruit_site.content.models import Part, Publishable, RelatedLink, picture_field, scene_field


class Feature(Publishable):
    """A longer piece: an article with several speakers, a page of the ministry, or an essay."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("Article")
        ESSAY = "essay", _("Essay by an official")
        RECRUITING_PAGE = "recruiting-page", _("The ministry’s recruitment page")
        OTHER_MINISTRY = "other-ministry", _("Officials of another ministry")

    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    title = models.CharField(_("headline"), max_length=120)
    lead = models.TextField(_("lead"), blank=True)
    picture = picture_field()
    scene = scene_field(_("A drawing of something that the text says. An uploaded picture takes its place."))
    byline = models.CharField(_("by"), max_length=120, blank=True)
    places = models.ManyToManyField(Place, blank=True, related_name="features", verbose_name=_("places"))
    figures = models.ManyToManyField(Figure, blank=True, related_name="features", verbose_name=_("figures"))
    chart = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="features",
        verbose_name=_("organisation chart"),
        help_text=_("The organisation at the top of the chart; what belongs to it follows."),
    )
    beside_chart = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="+",
        verbose_name=_("beside the chart"),
        help_text=_("Organisations that the text names without saying what they belong to."),
    )

    has_own_page = True
    public_fields = (
        *Publishable.public_fields,
        "kind",
        "title",
        "lead",
        "picture",
        "scene",
        "byline",
        "chart",
        "beside_chart",
        "places",
        "figures",
    )

    class Meta(Publishable.Meta):
        verbose_name = _("feature")
        verbose_name_plural = _("features")

    def get_absolute_url(self):
        return reverse("interviews:feature", args=(self.slug,))


class Participant(Part):
    """A person who speaks in a feature, with the role that the person had then."""

    parent_field = "feature"

    feature = models.ForeignKey(
        Feature, on_delete=models.CASCADE, related_name="participants", verbose_name=_("feature")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="features", verbose_name=_("person"))
    title = models.CharField(_("role"), max_length=160, blank=True)

    public_fields = ("slug", "person", "title")

    class Meta(Part.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.UniqueConstraint(fields=("feature", "slug"), name="participant_unique_in_feature"),
            models.UniqueConstraint(fields=("feature", "person"), name="participant_once_in_feature"),
        )

    def __str__(self):
        return str(self.person)


class FeatureSection(Part):
    """A passage of a feature. `speaker` is the person who speaks in it, None where no person does."""

    parent_field = "feature"
    requires_live = ("speaker",)

    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="sections", verbose_name=_("feature"))
    speaker = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="feature_sections",
        verbose_name=_("speaker"),
    )
    title = models.CharField(_("heading"), max_length=120, blank=True)
    text = models.TextField(_("text"))

    public_fields = ("slug", "speaker", "title", "text")

    class Meta(Part.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = (models.UniqueConstraint(fields=("feature", "slug"), name="section_unique_in_feature"),)

    def __str__(self):
        return self.title_ja or self.slug

    @property
    def anchor(self):
        return self.slug


class FeatureLink(RelatedLink):
    parent_field = "feature"

    feature = models.ForeignKey(
        Feature, on_delete=models.CASCADE, related_name="related_links", verbose_name=_("feature")
    )

    class Meta(RelatedLink.Meta):
        constraints = (models.UniqueConstraint(fields=("feature", "slug"), name="link_unique_in_feature"),)
