"""What readers may see. Nothing outside this module knows what "live" means."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    LIVE = "live", _("Live")
    ARCHIVED = "archived", _("Archived")


def is_live(at, prefix=""):
    """Return the condition under which a row, reached by the lookup `prefix`, is live at the moment `at`."""
    return (
        Q(**{f"{prefix}state": State.LIVE})
        & (Q(**{f"{prefix}publish_from": None}) | Q(**{f"{prefix}publish_from__lte": at}))
        & (Q(**{f"{prefix}publish_until": None}) | Q(**{f"{prefix}publish_until__gt": at}))
    )


class ContentQuerySet(models.QuerySet):
    def with_published(self, *paths):
        """Fetch related rows along `paths` ("person__organisation"), leaving out what readers may not see.

        A related piece that is not live reads as None (foreign keys) or is missing from the list. The
        number of queries depends on the paths, not on the number of rows.
        """
        steps = {}
        for path in paths:
            step, _dots, rest = path.partition("__")
            steps.setdefault(step, []).extend([rest] if rest else [])
        queryset = self
        for step, rests in steps.items():
            field = self.model._meta.get_field(step)
            related = field.related_model._default_manager.all()
            if issubclass(field.related_model, Publishable):
                related = related.published()
            elif field.many_to_one:  # nothing to leave out: a join will do
                queryset = queryset.select_related(step)
                continue
            queryset = queryset.prefetch_related(Prefetch(step, related.with_published(*rests) if rests else related))
        return queryset


class PublishableQuerySet(ContentQuerySet):
    def published(self):
        """Keep what readers may see now: live itself, and so is every piece it cannot stand without."""
        now = timezone.now()
        condition = is_live(now)
        for name in self.model.stands_with:
            condition &= is_live(now, f"{name}__")
        return self.filter(condition)


class Sluggable(models.Model):
    """A row with a stable ASCII name, used in addresses and by the fixtures."""

    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_("Short name in the page's address: small letters, digits and hyphens."),
    )
    order = models.PositiveIntegerField(_("order"), default=0, help_text=_("Smaller numbers come first."))

    class Meta:
        abstract = True
        ordering = ("order", "slug")


class Publishable(Sluggable):
    """A piece of content: named, ordered, sourced, and live or not."""

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State,
        default=State.DRAFT,
        db_index=True,
        help_text=_("Readers see only what is live."),
    )
    publish_from = models.DateTimeField(
        _("publish from"), null=True, blank=True, help_text=_("Empty: at once. Japan time.")
    )
    publish_until = models.DateTimeField(
        _("publish until"), null=True, blank=True, help_text=_("Empty: no end. Japan time.")
    )
    source = models.ForeignKey(
        "recruit_site.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("source document"),
        help_text=_("The document that the facts come from. Shown at the foot of the page."),
    )
    source_section = models.CharField(
        _("place in the source"), max_length=200, blank=True, help_text=_("Chapter or heading in the document.")
    )
    reviewed_on = models.DateField(
        _("last reviewed on"),
        null=True,
        blank=True,
        help_text=_("The day on which someone last checked the whole text."),
    )
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    #: Names of foreign keys without whose live target this piece is not live either.
    stands_with = ()

    class Meta(Sluggable.Meta):
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(publish_from=None) | Q(publish_until=None) | Q(publish_until__gt=models.F("publish_from")),
                name="%(app_label)s_%(class)s_until_after_from",
                violation_error_message=_("“Publish until” must be later than “publish from”."),
            ),
        )

    def __str__(self):
        return self.title_ja or self.title_en or self.slug

    @property
    def is_live_now(self):
        """Whether this row, taken alone, is live at this moment."""
        now = timezone.now()
        return (
            self.state == State.LIVE
            and (self.publish_from is None or self.publish_from <= now)
            and (self.publish_until is None or self.publish_until > now)
        )

    def clean(self):
        super().clean()
        if not (self.title_ja or "").strip():
            raise ValidationError({"title_ja": _("Write the Japanese text first; English may follow.")})


def part_slug():
    return get_random_string(8, "abcdefghijkmnpqrstuvwxyz23456789")


class Part(models.Model):
    """A row that lives inside one piece of content and is edited with it.

    Subclasses name the foreign key to that piece in `parent_field`.
    """

    parent_field = None

    slug = models.SlugField(_("anchor"), max_length=80, default=part_slug)
    order = models.PositiveIntegerField(_("order"), default=0, help_text=_("Smaller numbers come first."))

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("order", "pk")


def parts_of(model):
    """Return the names under which a piece of content reaches its parts, in alphabetical order."""
    return sorted(
        relation.get_accessor_name()
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, Part) and relation.field.name == relation.related_model.parent_field
    )
