"""Which pieces hold the name of a member of staff, and until when they may be shown."""

from django.db import models
from django.db.models import F, Lookup
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruit_site.slugs import AboutPiece


class Mention(AboutPiece):
    """A piece whose texts, address or references hold the name that a Consent is for.

    `until` is the last day on which that consent lets the name be shown, None without an end.
    """

    consent = models.ForeignKey("recruit_site.Consent", on_delete=models.CASCADE, related_name="mentions")
    until = models.DateField(null=True, db_index=True)

    shown_to_readers = True

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model", "slug", "consent"), name="mention_unique"),)
        verbose_name = _("mention of a name")
        verbose_name_plural = _("mentions of names")

    def __str__(self):
        return f"{self.model} {self.slug}"


class Withheld(Lookup):
    """The condition that withheld() returns. Every query of a page asks for it: so it goes to SQL without detours."""

    prepare_rhs = False

    def as_sql(self, compiler, connection):
        slug, params = compiler.compile(self.lhs)
        model, day = self.rhs
        mention = compiler.quote_name(Mention._meta.db_table)
        kind, name, until = (f"{mention}.{compiler.quote_name(column)}" for column in ("model", "slug", "until"))
        sql = f"{slug} IN (SELECT {name} FROM {mention} WHERE {kind} = %s AND {until} < %s)"  # noqa: S608
        return sql, (*params, model, connection.ops.adapt_datefield_value(day))


def withheld(model, at, path=""):
    """Return the condition under which a row of `model`, reached by `path`, holds a name that no consent covers now."""
    return Withheld(F(f"{path}slug"), (model._meta.label_lower, timezone.localdate(at)))
