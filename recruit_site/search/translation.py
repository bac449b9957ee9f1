from modeltranslation.translator import TranslationOptions, register

from recruit_site.search.models import Synonyms


@register(Synonyms)
class SynonymsTranslation(TranslationOptions):
    fields = ("title",)
