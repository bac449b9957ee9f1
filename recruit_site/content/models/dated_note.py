"""The note that staff put beside a piece when something has changed since its document was written."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.content.visibility import State

NOTE_NEEDS = _("A note needs its text in Japanese, its day and its source.")


class WithDatedNote(models.Model):
    """The base of pieces beside which staff can put a note with its day and its source.

    The text of the piece stays that of its document; the note says what is different today.
    """

    note = models.TextField(
        _("note"), blank=True, help_text=_("What has changed since the document was written, in a sentence or two.")
    )
    note_source = models.CharField(
        _("source of the note"), max_length=200, blank=True, help_text=_("Who says so: an announcement, a law.")
    )
    note_url = models.URLField(_("address of the source"), blank=True)
    note_on = models.DateField(_("day of the note"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        parts = (self.note_ja, self.note_source_ja, self.note_on)
        began = any((*parts, self.note_en, self.note_source_en, self.note_url))
        if self.state == State.LIVE and began and not all(parts):
            raise ValidationError({"note_ja": NOTE_NEEDS})
