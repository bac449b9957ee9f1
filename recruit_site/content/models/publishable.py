"""Content with a state (draft, live, archived …) and publishing times."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.content.models.dated_note import WithDatedNote
from recruit_site.content.models.scope import SENTENCES, scope_field
from recruit_site.content.models.sluggable import Sluggable
from recruit_site.content.querysets import PublishableQuerySet
from recruit_site.content.visibility import ALWAYS, NEVER_ENDS, State, visible


class Publishable(WithDatedNote, Sluggable):
    """A piece of content with a slug, an order, a state and a source document."""

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
    #: The only rule of visibility. The database computes both columns, for queries and for Python alike.
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
        "content.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("source document"),
        help_text=_("The document that the facts come from. Shown at the foot of the page."),
    )
    source_section = models.CharField(
        _("place in the source"), max_length=200, blank=True, help_text=_("Chapter or heading in the document.")
    )
    scope = scope_field()
    reviewed_on = models.DateField(
        _("compared with its source on"),
        null=True,
        blank=True,
        help_text=_("The day on which someone last compared the whole text with its source document."),
    )
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    #: Names of the fields that api/ publishes. A new field is public only where its model names it.
    public_fields = (
        *("slug", "publish_from", "source", "source_section", "scope", "reviewed_on"),
        *("note", "note_source", "note_url", "note_on"),
    )

    #: Translated fields that each language may have or lack by itself. They do not count as missing translations.
    language_specific_fields = ("source_section",)

    #: How long after a review the whole text is due for the next one. None for content that is about one date.
    review_every = timedelta(days=365)

    #: Names of foreign keys. Readers do not see the piece while one of them leads to a piece that is not live.
    requires_live = ()

    #: Whether each piece has a page, under the URL name "app_label:model_name". A sitemap lists these pages.
    has_own_page = False

    #: Whether the piece has search entries of its own, if it has an address.
    is_searchable = True

    #: Whether pieces of this kind need a source document to be published.
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

    @property
    def scope_sentence(self):
        """Whom the piece is about, as a sentence for readers; empty where that does not apply."""
        return SENTENCES.get(self.scope, "")

    @classmethod
    def visible(cls, at, path=""):
        """Return the condition (Q) under which readers see a row and its `requires_live` pieces at the moment `at`.

        `path` is the lookup prefix that leads to the row.
        """
        condition = visible(at, path)
        for name in cls.requires_live:
            condition &= visible(at, f"{path}{name}__")
        return condition

    @property
    def is_scheduled(self):
        return self.state == State.LIVE and self.publish_from is not None and self.publish_from > timezone.now()

    @property
    def is_expired(self):
        return self.state == State.LIVE and self.publish_until is not None and self.publish_until <= timezone.now()

    @property
    def is_withheld(self):
        return self.withheld_from is not None and self.withheld_from <= timezone.now()

    @classmethod
    def must_name_source(cls, data):
        """Return whether a piece with the field values `data` needs a source document to be published."""
        return cls.needs_source

    def clean(self):
        super().clean()
        if self.state == State.LIVE and not (self.title_ja or "").strip():
            raise ValidationError({"title_ja": _("Write the Japanese text first; English may follow.")})
