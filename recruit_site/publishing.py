"""What readers may see. Nothing outside this module knows what "live" means."""

from datetime import datetime, timedelta
from functools import reduce
from types import MappingProxyType
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Lookup, Prefetch, Q
from django.db.models.query import ModelIterable
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site import slugs
from recruit_site.dates import midnight
from recruit_site.delivery.kept import kept, moment
from recruit_site.mentions import Mention, withheld
from recruit_site.unseen import Seen


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    LIVE = "live", _("Live")
    ARCHIVED = "archived", _("Archived")


#: The state of what readers may see, within its times.
PUBLIC = State.LIVE
#: The fields of these times.
TIMES = ("publish_from", "publish_until")


class IsLive(Lookup):
    """The condition that is_live() returns. Every query of a page asks for it: so it goes to SQL without detours."""

    prepare_rhs = False

    def as_sql(self, compiler, connection):
        row, fields = self.lhs.alias, self.lhs.target.model._meta
        since, until = (compiler.compile(fields.get_field(name).get_col(row))[0] for name in TIMES)
        state, params = compiler.compile(self.lhs)
        at = connection.ops.adapt_datetimefield_value(self.rhs)
        sql = f"({state} = %s AND ({since} IS NULL OR {since} <= %s) AND ({until} IS NULL OR {until} > %s))"
        return sql, (*params, PUBLIC.value, at, at)


def is_live(at, prefix=""):
    """Return the condition under which a row, reached by the lookup `prefix`, is live at the moment `at`."""
    return IsLive(F(f"{prefix}state"), at)


class Times(NamedTuple):
    """From when until when readers may see something; None for no such limit."""

    since: datetime | None = None
    until: datetime | None = None

    def within(self, part):
        """Return the times in which readers see a part of what has these times, None where they never do."""
        found = [self]
        for name in part.stands_with:
            if row := getattr(part, name):
                found.append(times_of(row))
        return overlap(found)


def overlap(times):
    """Return the Times in which several hold together, None where one of them is None."""
    if None in times:
        return None
    since = [one.since for one in times if one.since]
    until = [one.until for one in times if one.until]
    return Times(max(since, default=None), min(until, default=None))


def times_of(piece):
    """Return the Times of a piece, None where no time will show it: what published() asks, said ahead of time."""
    found = []
    for row in (piece, *(getattr(piece, name) for name in piece.stands_with)):
        last = Mention.objects.of(row).aggregate(last=models.Min("until"))["last"]
        if row.state != State.LIVE or (last and last < timezone.localdate()):
            return None
        found.append(Times(row.publish_from, row.publish_until))
        if last:
            found.append(Times(until=midnight(last + timedelta(days=1))))
    return overlap(found)


@kept
def all_shown(model):
    """Return the rows of a model that readers may see, by their keys: of one that has few."""
    rows = model._default_manager.all()
    return {row.pk: row for row in (rows.published() if hasattr(model, "shown") else rows)}


class WithRelated(ModelIterable):
    """Rows with the single pieces that they lead to; what readers may not see of those reads as None."""

    def __iter__(self):
        of_few = [(path, all_shown(model)) for path, model in self.queryset.of_few.items()]
        for row in super().__iter__():
            for path, flag in self.queryset.joined.items():
                if not row.__dict__.pop(flag):
                    holder, field = at_end(row, path)
                    field.set_cached_value(holder, None)
            for path, shown in of_few:
                holder, field = at_end(row, path)
                field.set_cached_value(holder, shown.get(field.value_from_object(holder)))
            yield row


def at_end(row, path):
    """Return the row that a path's last step starts from, and the field that is this step."""
    *way, name = path.split("__")
    holder = reduce(getattr, way, row)
    return holder, holder._meta.get_field(name)


class ContentQuerySet(models.QuerySet):
    #: The paths to joined pieces that readers may not see, and the annotations that tell.
    joined = MappingProxyType({})

    #: The paths to pieces of which there are few, and their models.
    of_few = MappingProxyType({})

    #: The steps to pieces without which published() left a row out.
    stood_with = ()

    def _clone(self):
        clone = super()._clone()
        clone.joined, clone.of_few, clone.stood_with = self.joined, self.of_few, self.stood_with
        return clone

    def with_published(self, *paths):
        """Fetch related rows along `paths` ("person__organisation"), leaving out what readers may not see.

        A related piece that is not live reads as None or is missing from the list; a row that must have it
        is left out itself. Single pieces are joined, or taken from all of their kind where there are few; every list
        is one query, whatever the number of rows.
        """
        return self._with(self.model, "", paths, moment())

    def _with(self, model, way, paths, now):
        steps = {}
        for path in paths:
            step, _dots, rest = path.partition("__")
            steps.setdefault(step, []).extend([rest] if rest else [])
        queryset = self
        for step, rests in steps.items():
            field, path = model._meta.get_field(step), f"{way}{step}"
            can_be_hidden = hasattr(field.related_model, "shown")
            if field.many_to_one and field.null and field.related_model.few and not rests:
                queryset = queryset._take(path, field.related_model)
                continue
            if field.many_to_one and not can_be_hidden:
                queryset = queryset.select_related(path)
                continue
            if field.many_to_one and not (field.null and rests):
                if path not in queryset.stood_with:
                    queryset = queryset._show_only(path, field.related_model.shown(now, f"{path}__"), field.null)
                queryset = queryset.select_related(path)._with(field.related_model, f"{path}__", rests, now)
                continue
            related = field.related_model._default_manager.all()
            if can_be_hidden:
                related = related.published()
            queryset = queryset.prefetch_related(Prefetch(path, related.with_published(*rests) if rests else related))
        return queryset

    def _take(self, path, model):
        """Let single pieces be those of their kind that readers may see, of which there are few."""
        queryset = self._chain()
        queryset.of_few = {**self.of_few, path: model}
        queryset._iterable_class = WithRelated
        return queryset

    def _show_only(self, path, conditions, may_be_missing):
        """Leave out rows whose joined piece readers may not see, or that piece alone where it may be missing."""
        if not may_be_missing:
            return self.filter(*conditions)
        flag = f"shows_{path}"
        queryset = self.annotate(**{flag: Q(*conditions)})
        queryset.joined = {**self.joined, path: flag}
        queryset._iterable_class = WithRelated
        return queryset


class PublishableQuerySet(ContentQuerySet):
    def published(self):
        """Keep what readers may see now: live itself, and so is every piece it cannot stand without."""
        queryset = self.filter(*self.model.shown(moment()))
        queryset.stood_with = self.model.stands_with
        return queryset

    def review_due(self):
        """Keep what readers see and nobody has read as a whole for longer than its kind may go without."""
        if self.model.review_every is None:
            return self.none()
        last = timezone.localdate() - self.model.review_every
        return self.published().filter(Q(reviewed_on=None) | Q(reviewed_on__lte=last))

    def scheduled(self):
        """Keep what readers will see by itself, and do not see yet."""
        return self.filter(state=State.LIVE, publish_from__gt=timezone.now())

    def ending(self, within):
        """Keep what has a last moment, no further away than that."""
        return self.filter(publish_until__gt=timezone.now(), publish_until__lte=timezone.now() + within)

    def withheld(self):
        """Keep what readers would see if everyone whose name it holds agreed."""
        return self.filter(Q(state=State.LIVE) & withheld(self.model, timezone.now()))

    def withdrawn(self):
        """Keep what readers could see once and no longer: archived, past its last day, or without a consent."""
        now = timezone.now()
        ended = Q(publish_until__lte=now) | withheld(self.model, now)
        return self.filter(Q(state=State.ARCHIVED) | Q(state=State.LIVE) & ended)


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

    objects = ContentQuerySet.as_manager()

    shown_to_readers = True

    #: What siblings have in common: rows with the same values are ordered among themselves. A minus before a name
    #: puts the groups with greater values first.
    ordered_within = ()

    #: Whether there are so few rows that a page takes them from all that its process holds, in place of joining them.
    few = False

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
    def shown(cls, at, path=""):
        """Return the conditions under which readers see a row, reached by `path`, at the moment `at`."""
        found = [is_live(at, path), ~withheld(cls, at, path)]
        for name in cls.stands_with:
            related = cls._meta.get_field(name).related_model
            found += [is_live(at, f"{path}{name}__"), ~withheld(related, at, f"{path}{name}__")]
        return found

    @property
    def is_scheduled(self):
        return self.state == PUBLIC and self.publish_from is not None and self.publish_from > timezone.now()

    @property
    def is_expired(self):
        return self.state == PUBLIC and self.publish_until is not None and self.publish_until <= timezone.now()

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
            type(row).objects.filter(pk=row.pk).update(state=State.LIVE, publish_from=since, publish_until=None)
            Mention.objects.of(row).delete()


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
