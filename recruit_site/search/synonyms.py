"""Words that mean the same to applicants, as staff keep them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruit_site.publishing import Sluggable


class Synonyms(Sluggable):
    """Words of one meaning: whoever searches for one of them finds the others too."""

    title = models.CharField(
        _("words of the same meaning"),
        max_length=300,
        help_text=_(
            "Separated by commas: 残業, 超過勤務, 時間外勤務. Whoever searches for one of them finds the others too. "
            "Spellings alone (kana, width, サーバ and サーバー) need no entry."
        ),
    )

    #: What is said in several ways in one language may have one word in the other.
    of_each_language = ("title",)

    class Meta(Sluggable.Meta):
        app_label = "recruit_site"
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms of the search")

    def __str__(self):
        return self.title_ja or self.title_en or self.slug
