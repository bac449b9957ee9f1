"""Consents of members of staff to show their name or picture: where, and until when.

A consent that ends or is withdrawn takes effect at once and without anyone's action: no piece that holds the name is
live, and no page shows a picture of the person. (Act on the Protection of Personal Information, article 69: personal
data may be used for the purpose for which they were given, or with consent.)
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.content import snapshot
from recruit_site.content.models import PieceReference, Sluggable
from recruit_site.content.querysets import ContentQuerySet
from recruit_site.content.translated_fields import title_and_other_forms
from recruit_site.search import entries
from recruit_site.text.dates import midnight
from recruit_site.text.term_matching import pattern_of

DAY = timedelta(days=1)
#: The fields of a Consent that say what it covers.
SCOPES = ("name", "photo", "web", "print")


class ConsentQuerySet(ContentQuerySet):
    def lapsed(self, scope=""):
        """Filter to the consents that do not hold on this site today, or do not cover `scope` (one of SCOPES)."""
        today = timezone.localdate()
        ended = Q(withdrawn_on__lte=today) | Q(ends_on__lt=today) | Q(web=False)
        return self.filter(ended | Q(**{scope: False}) if scope else ended)

    def ending(self, within):
        """Filter to the consents that have lapsed or end within a timedelta, and still have mentions or pictures."""
        last = timezone.localdate() + within
        used = Q(mentions__isnull=False) | Q(pictures__isnull=False)
        return self.filter(used, Q(pk__in=self.lapsed()) | Q(ends_on__lte=last) | Q(withdrawn_on__lte=last)).distinct()


class Consent(Sluggable):
    """The consent of one person. The name of a person without a Consent is not withheld: the documents are public."""

    title = models.CharField(_("name of the person"), max_length=80)
    other_forms = models.CharField(
        _("other forms of the name"),
        max_length=200,
        blank=True,
        help_text=_("All the ways in which texts call the person, separated by commas: the family name alone, too."),
    )
    name = models.BooleanField(_("the name"), default=True)
    photo = models.BooleanField(_("the picture"), default=True)
    web = models.BooleanField(_("on the web"), default=True)
    print = models.BooleanField(_("in print"), default=False)
    given_on = models.DateField(_("given on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True, help_text=_("The last day. Empty: no end."))
    withdrawn_on = models.DateField(
        _("withdrawn on"),
        null=True,
        blank=True,
        help_text=_("From this day on, name and picture are off every page."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Where the signed form is kept. Readers never see it."))

    objects = ConsentQuerySet.as_manager()

    #: Fields that need no translation: a name may be written in Latin letters alone, and its forms differ by language.
    language_specific_fields = ("title", "other_forms")

    class Meta(Sluggable.Meta):
        verbose_name = _("consent of a member of staff")
        verbose_name_plural = _("consents of staff")

    def __str__(self):
        return self.title_ja or self.slug

    def clean(self):
        super().clean()
        if self.ends_on and self.given_on and self.ends_on < self.given_on:
            raise ValidationError({"ends_on": _("The end must not be before the day on which it was given.")})

    def save(self, **kwargs):
        with transaction.atomic():
            before = Consent.objects.filter(pk=self.pk).first()
            mentions = list(self.mentions.all()) if before else []
            super().save(**kwargs)
            if before is None or before.pattern != self.pattern:
                update_mentions_of_consent(self)
            for mention in self.mentions.exclude(until=self.name_until):
                mention.until = self.name_until
                mention.save()
            for piece in {mention.piece for mention in (*mentions, *self.mentions.all())} - {None}:
                entries.update_entries(piece)

    @property
    def standing(self):
        """The scope of the consent today, or why it no longer holds, in words."""
        today = timezone.localdate()
        if self.withdrawn_on and self.withdrawn_on <= today:
            return _("withdrawn on %(day)s") % {"day": self.withdrawn_on}
        if self.ends_on and self.ends_on < today:
            return _("ended on %(day)s") % {"day": self.ends_on}
        scopes = [self._meta.get_field(scope).verbose_name for scope in SCOPES if getattr(self, scope)]
        return ", ".join(map(str, scopes)) + (_(" (until %(day)s)") % {"day": self.ends_on} if self.ends_on else "")

    @property
    def name_until(self):
        """The last day on which the site may show the name: date.min for never, None for no end."""
        if not (self.name and self.web):
            return date.min
        before = self.withdrawn_on and max(self.withdrawn_on, date.min + DAY) - DAY
        return min(filter(None, (self.ends_on, before)), default=None)

    @property
    def pattern(self):
        """The pattern that finds the name in any of its forms, a Japanese form also without its spaces."""
        names = [form for language in ("ja", "en") for form in title_and_other_forms(self, language)]
        return pattern_of({*names, *("".join(form.split()) for form in names if not form.isascii())})


class Mention(PieceReference):
    """A piece whose texts, slugs or references hold the name of a Consent.

    `until` is the last day on which the consent allows the name to be shown, None for no end. The row of the piece
    stores in `withheld_from` the first moment at which one of its mentions no longer allows the piece to be shown.
    """

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="mentions")
    until = models.DateField(null=True, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug", "consent"), name="mention_unique"),)
        verbose_name = _("mention of a name")
        verbose_name_plural = _("mentions of names")

    def __str__(self):
        return f"{self.model} {self.slug}"


def texts_in(data):
    """Yield every string in a snapshot: its texts, its own slugs and the slugs of its references."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from texts_in(value)


def update_mentions_of_piece(model, data, consents=None):
    """Update the Mentions of a piece, given its snapshot `data`: of some consents, or of all."""
    if model is Consent:
        return
    piece, texts = {"model": model._meta.label_lower, "slug": data["slug"]}, "\n".join(texts_in(data))
    for consent in Consent.objects.all() if consents is None else consents:
        if consent.pattern.search(texts):
            consent.mentions.update_or_create(**piece, defaults={"until": consent.name_until})
        else:
            consent.mentions.filter(**piece).delete()
    store_withheld_from(model, data["slug"])


def without_withheld_names(texts):
    """Return the texts that hold no name whose consent has lapsed. For texts that are not content, such as paths."""
    lapsed = [consent.pattern for consent in Consent.objects.lapsed("name")]
    return [text for text in texts if not any(pattern.search(text) for pattern in lapsed)]


def update_mentions_of_consent(consent):
    """Update the Mentions of a consent in all content."""
    for row, data in snapshot.iter_snapshots():
        if not isinstance(row, Consent):
            update_mentions_of_piece(type(row), data, [consent])


def withheld_from(label, slug):
    """Return the moment from which a piece is withheld, or None. `label` is that of its model."""
    last = Mention.objects.filter(model=label, slug=slug).aggregate(last=models.Min("until"))["last"]
    return midnight(last + timedelta(days=1)) if last and last < date.max else None


def store_withheld_from(model, slug):
    """Store in a row of `model` the moment from which it is withheld."""
    moment = withheld_from(model._meta.label_lower, slug)
    row = model._default_manager.filter(slug=slug).exclude(withheld_from=moment)
    if row.exists():  # every write of content empties the page cache, also a write that changes nothing
        row.update(withheld_from=moment)


def update_withheld_from(instance, **kwargs):
    """Update `withheld_from` of the piece of a Mention that was saved or deleted (signal receiver)."""
    store_withheld_from(instance.kind, instance.slug)


post_save.connect(update_withheld_from, Mention)
post_delete.connect(update_withheld_from, Mention)
