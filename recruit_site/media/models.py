"""Pictures: staff upload a picture once for all the pieces that show it."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.consent.models import Consent
from recruit_site.content.models import Sluggable
from recruit_site.content.querysets import ContentQuerySet
from recruit_site.content.visibility import not_withheld
from recruit_site.media import renditions

FOCUS_HELP = _("In percent: 0 is the left or upper edge, 100 the right or lower one.")


def stored_name(picture, name):
    """Return the storage name of a picture's file. `name` holds a digest of the content, not the uploader's name."""
    return f"pictures/{PurePath(name).stem}/original.jpg"


def focus_field(label):
    return models.PositiveSmallIntegerField(
        label, default=50, validators=[MaxValueValidator(100)], help_text=FOCUS_HELP
    )


class PictureQuerySet(ContentQuerySet):
    def published(self):
        """Filter to the pictures that readers may see now."""
        return self.filter(self.model.visible(timezone.now()))


class Picture(Sluggable):
    """A picture with its alternative text, caption and credit. Files are never overwritten or deleted: see ADR 9."""

    name = models.CharField(_("name"), max_length=80, help_text=_("For you and your colleagues; readers never see it."))
    file = models.ImageField(_("file"), upload_to=stored_name, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    focus_x = focus_field(_("focus, from the left"))
    focus_y = focus_field(_("focus, from above"))
    alt = models.CharField(
        _("alternative text"),
        max_length=200,
        blank=True,
        help_text=_("What the picture shows, in one sentence, for those who do not see it."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("It tells nothing that the page does not say: then it needs no alternative text."),
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True, help_text=_("Stands under the picture."))
    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("Who took or owns it. Stands behind the caption.")
    )

    shows = models.ManyToManyField(
        Consent,
        blank=True,
        related_name="pictures",
        verbose_name=_("people in the picture"),
        help_text=_("When the consent of one of them ends, the picture goes from every page by itself."),
    )
    updated_at = models.DateTimeField(_("last change"), auto_now=True)

    public_fields = ("slug", "alt", "decorative", "caption", "credit")

    objects = PictureQuerySet.as_manager()

    class Meta(Sluggable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Save the row and make its renditions; without its renditions the row is not saved either."""
        with transaction.atomic():
            super().save(**kwargs)
            renditions.make_renditions(self)

    def clean(self):
        super().clean()
        described = bool((self.alt_ja or "").strip())
        if not (described or self.decorative):
            raise ValidationError({"alt_ja": _("Say in Japanese what the picture shows, or mark it as decorative.")})
        if self.decorative and (described or self.alt_en):
            raise ValidationError({"decorative": _("A decorative picture has no alternative text: choose one.")})

    @classmethod
    def visible(cls, at, path=""):
        """Return the condition (Q) under which readers see a picture, reached by the lookup `path`, at the moment `at`.

        No person in the picture may have a lapsed consent, and no name in its texts may be withheld.
        """
        lapsed = cls.shows.through.objects.filter(consent__in=Consent.objects.lapsed("photo"))
        return not_withheld(at, path) & ~Q(**{f"{path}pk__in": lapsed.values("picture")})

    @property
    def size(self):
        return self.width, self.height

    @property
    def focus(self):
        return self.focus_x, self.focus_y

    @property
    def portrait(self):
        return renditions.responsive_picture(self, "portrait")

    @property
    def wide(self):
        return renditions.responsive_picture(self, "wide")

    @property
    def whole(self):
        return renditions.responsive_picture(self, "whole")
