"""Which pieces hold the name of a member of staff, and until when they may be shown."""

from datetime import date, timedelta

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from recruit_site.dates import midnight
from recruit_site.slugs import AboutPiece


class Mention(AboutPiece):
    """A piece whose texts, address or references hold the name that a Consent is for.

    `until` is the last day on which that consent lets the name be shown, None without an end. The row of the piece
    keeps the moment from which it must be withheld for any of its mentions.
    """

    consent = models.ForeignKey("recruit_site.Consent", on_delete=models.CASCADE, related_name="mentions")
    until = models.DateField(null=True, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug", "consent"), name="mention_unique"),)
        verbose_name = _("mention of a name")
        verbose_name_plural = _("mentions of names")

    def __str__(self):
        return f"{self.model} {self.slug}"


def withheld_from(label, slug):
    """Return the moment from which a piece, named by the label of its model and its slug, is withheld, or None."""
    last = Mention.objects.filter(model=label, slug=slug).aggregate(last=models.Min("until"))["last"]
    return midnight(last + timedelta(days=1)) if last and last < date.max else None


def keep_withheld_from(model, slug):
    """Keep with a row of `model` from when it is withheld."""
    moment = withheld_from(model._meta.label_lower, slug)
    model._default_manager.filter(slug=slug).exclude(withheld_from=moment).update(withheld_from=moment)


def follow(instance, **kwargs):
    """Receiver of the signals of Mention."""
    keep_withheld_from(instance.kind, instance.slug)


post_save.connect(follow, Mention)
post_delete.connect(follow, Mention)
