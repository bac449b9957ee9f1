"""What readers may see. Nothing outside this module knows what "live" means."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Case, Prefetch, Q, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site import slugs
from recruit_site.page_cache.version import record_change
from recruit_site.unseen import Seen


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    LIVE = "live", _("Live")
    ARCHIVED = "archived", _("Archived")


#: The state of what readers may see, within its times.
PUBLIC = State.LIVE
#: The fields in which editors say from when until when.
TIMES = ("publish_from", "publish_until")

#: In the place of no moment: before and after all that is written.
ALWAYS, NEVER_ENDS = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def visible(at, path=""):
    """Return the condition (Q) under which readers see a row, reached by the lookup `path`, at the moment `at`."""
    return Q(**{f"{path}visible_from__lte": at, f"{path}visible_until__gt": at})


def not_withheld(at, path=""):
    """Return the condition under which every name in a row may be shown."""
    return Q(**{f"{path}withheld_from": None}) | Q(**{f"{path}withheld_from__gt": at})


class Times(NamedTuple):
    """From when until when readers may see something; None for no such limit."""

    since: datetime | None = None
    until: datetime | None = None

    def within(self, part):
        """Return the times in which readers see a part of what has these times, None where they never do."""
        return overlap([self, *(times_of(row) for name in part.stands_with if (row := getattr(part, name)))])


def overlap(times):
    """Return the Times in which several hold together, None where one of them is None."""
    if None in times:
        return None
    since = [one.since for one in times if one.since]
    until = [one.until for one in times if one.until]
    return Times(max(since, default=None), min(until, default=None))


def times_of(piece):
    """Return the Times in which readers see a piece, with all that it cannot stand without; None for never."""
    rows = [piece, *(getattr(piece, name) for name in piece.stands_with)]
    if any(row.visible_from is None for row in rows):
        return None
    since, until = max(row.visible_from for row in rows), min(row.visible_until for row in rows)
    return Times(None if since == ALWAYS else since, None if until == NEVER_ENDS else until)


class ContentQuerySet(models.QuerySet):
    """Rows of content. Writing many at once records a change of content, as Django sends no signal for them."""

    def update(self, **values):
        record_change()
        return super().update(**values)

    update.alters_data = True

    def bulk_create(self, objs, **options):
        record_change()
        return super().bulk_create(objs, **options)

    bulk_create.alters_data = True

    def without_withheld(self):
        """Leave out rows that hold a name which no consent covers now."""
        return self.filter(not_withheld(timezone.now()))

    def with_published(self, *paths):
        """Fetch related rows along `paths` ("person__organisation"), leaving out what readers may not see.

        A related piece that readers may not see reads as None or is missing from the list; a row that must have it is
        left out itself. Every list and every piece that can be hidden is one query, whatever the number of rows.
        """
        return fetch_visible(self, self.model, "", paths)


def fetch_visible(queryset, model, way, paths):
    """Return a queryset that fetches along `paths`, which begin at `model`, reached by the lookup `way`."""
    steps = {}
    for path in paths:
        step, _dots, rest = path.partition("__")
        steps.setdefault(step, []).extend([rest] if rest else [])
    for step, rests in steps.items():
        field, path = model._meta.get_field(step), f"{way}{step}"
        related = field.related_model._default_manager.all()
        can_be_hidden = hasattr(related, "published")
        if field.many_to_one and not (field.null and can_be_hidden):
            # published() has seen to it where a whole piece stands with the other one.
            if can_be_hidden and (way or issubclass(model, Part) or step not in model.stands_with):
                queryset = queryset.filter(field.related_model.visible(timezone.now(), f"{path}__"))
            queryset = fetch_visible(queryset.select_related(path), field.related_model, f"{path}__", rests)
        else:
            related = related.published() if can_be_hidden else related
            queryset = queryset.prefetch_related(Prefetch(path, fetch_visible(related, related.model, "", rests)))
    return queryset


class PublishableQuerySet(ContentQuerySet):
    def published(self):
        """Keep what readers may see now: live itself, and so is every piece it cannot stand without."""
        return self.filter(self.model.visible(timezone.now()))

    def review_due(self):
        """Keep what readers see and nobody has read as a whole for longer than its kind may go without."""
        if self.model.review_every is None:
            return self.none()
        last = timezone.localdate() - self.model.review_every
        return self.published().filter(Q(reviewed_on=None) | Q(reviewed_on__lte=last))

    def scheduled(self):
        """Keep what readers will see by itself, and do not see yet."""
        return self.filter(state=PUBLIC, publish_from__gt=timezone.now())

    def ending(self, within):
        """Keep what has a last moment, no further away than that."""
        return self.filter(publish_until__gt=timezone.now(), publish_until__lte=timezone.now() + within)

    def withheld(self):
        """Keep what readers would see if everyone whose name it holds agreed."""
        return self.filter(state=PUBLIC, withheld_from__lte=timezone.now())

    def withdrawn(self):
        """Keep what readers could see once and no longer: archived, past its last day, or without a consent."""
        ended = Q(publish_until__lte=timezone.now()) | Q(withheld_from__lte=timezone.now())
        return self.filter(Q(state=State.ARCHIVED) | Q(state=PUBLIC) & ended)


def order_field():
    return models.PositiveIntegerField(
        _("order"), default=0, help_text=_("Smaller numbers come first. 0 puts a new entry last.")
    )


def take_last_place(row, siblings):
    """Put a new row without an order behind the others, with room between for later ones."""
    if row._state.adding and not row.order:
        row.order = (siblings.aggregate(last=models.Max("order"))["last"] or 0) + 10


class Sluggable(Seen):
    """A row with a stable ASCII name, used in addresses and by the fixtures."""

    slug = models.SlugField(
        _("slug"),
        max_length=slugs.LONGEST,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Use small letters, digits and hyphens only."))],
        help_text=_("Short name in the page's address: small letters, digits and hyphens."),
    )
    order = order_field()
    withheld_from = models.DateTimeField(
        null=True, editable=False, help_text="When the first consent ends for a name in it: see mentions.py."
    )

    objects = ContentQuerySet.as_manager()

    shown_to_readers = True

    #: What siblings have in common: rows with the same values are ordered among themselves. A minus before a name
    #: puts the groups with greater values first.
    ordered_within = ()

    #: Whether editors put the rows in order. Of others the order says nothing: `Meta.ordering` sorts their list.
    ordered_by_hand = True

    class Meta:
        abstract = True
        ordering = ("order", "slug")

    def save(self, **kwargs):
        take_last_place(self, type(self)._default_manager.all())
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).values_list("slug", flat=True).first()
            super().save(**kwargs)
            if "slug" in (kwargs.get("update_fields") or ("slug",)):
                slugs.remember(self, before)

    def clean(self):
        super().clean()
        heir = slugs.heir(type(self), self.slug)
        if heir and heir.pk != self.pk:
            message = _("Choose another one: this was the slug of “%(title)s”, and its old address still leads there.")
            raise ValidationError({"slug": ValidationError(message, params={"title": heir})})


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
    #: The one rule of what readers see, which the database computes for its queries and for Python alike.
    visible_from = models.GeneratedField(
        expression=Case(When(state=State.LIVE, then=Coalesce("publish_from", Value(ALWAYS)))),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    visible_until = models.GeneratedField(
        expression=Least(Coalesce("publish_until", Value(NEVER_ENDS)), Coalesce("withheld_from", Value(NEVER_ENDS))),
        output_field=models.DateTimeField(),
        db_persist=True,
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

    #: Translated fields of which each language may have its own, or none: nothing falls back for them.
    of_each_language = ("source_section",)

    #: After how long someone must read the whole text again; None for what is of its day.
    review_every = timedelta(days=365)

    #: Names of foreign keys without whose live target this piece is not live either.
    stands_with = ()

    #: Whether search finds it by itself, where it has an address.
    found_by_search = True

    #: Whether it may only be published with the document that it comes from.
    needs_source = True

    class Meta(Sluggable.Meta):
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish", "translate")
        constraints = (
            models.CheckConstraint(
                condition=Q(publish_from=None) | Q(publish_until=None) | Q(publish_until__gt=models.F("publish_from")),
                name="%(app_label)s_%(class)s_until_after_from",
                violation_error_message=_("“Publish until” must be later than “publish from”."),
            ),
        )

    def __str__(self):
        return self.title_ja or self.title_en or self.slug

    @classmethod
    def visible(cls, at, path=""):
        """Return the condition under which readers see a row with all that it cannot stand without."""
        condition = visible(at, path)
        for name in cls.stands_with:
            condition &= visible(at, f"{path}{name}__")
        return condition

    @property
    def is_scheduled(self):
        return self.state == PUBLIC and self.publish_from is not None and self.publish_from > timezone.now()

    @property
    def is_expired(self):
        return self.state == PUBLIC and self.publish_until is not None and self.publish_until <= timezone.now()

    @property
    def is_withheld(self):
        return self.withheld_from is not None and self.withheld_from <= timezone.now()

    def clean(self):
        super().clean()
        if self.state == State.LIVE and not (self.title_ja or "").strip():
            raise ValidationError({"title_ja": _("Write the Japanese text first; English may follow.")})


def show_now(piece):
    """Make a piece live from now on, with all that it cannot stand without: for a preview, to be rolled back."""
    now = timezone.now()
    for row in (piece, *(getattr(piece, name) for name in getattr(piece, "stands_with", ()))):
        if isinstance(row, Publishable):
            since = min(row.publish_from or now, now)
            type(row).objects.filter(pk=row.pk).update(
                state=PUBLIC, publish_from=since, publish_until=None, withheld_from=None
            )


#: What the editor of a `subjects` field must know.
SUBJECTS_HELP = _("Pieces that share a subject are shown as related.")


def part_slug():
    return slugs.random_part(8)


class Part(Seen):
    """A row that lives inside one piece of content and is edited with it.

    Subclasses name the foreign key to that piece in `parent_field`.
    """

    parent_field = None
    shown_to_readers = True

    #: Names of foreign keys: while one leads to a piece that is not live, readers do not see the part.
    stands_with = ()

    slug = models.SlugField(_("anchor"), max_length=80, default=part_slug)
    order = order_field()

    objects = ContentQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("order", "pk")

    def save(self, **kwargs):
        siblings = {self.parent_field: getattr(self, self.parent_field)}
        take_last_place(self, type(self)._default_manager.filter(**siblings))
        super().save(**kwargs)

    @property
    def anchor(self):
        """Where it stands on the page of its piece: the id there, "" where it has none of its own."""
        return ""


def parts_of(model):
    """Return the models of a piece's parts by the names under which it reaches them, in alphabetical order."""
    return dict(
        sorted(
            (relation.get_accessor_name(), relation.related_model)
            for relation in model._meta.related_objects
            if issubclass(relation.related_model, Part) and relation.field.name == relation.related_model.parent_field
        )
    )
