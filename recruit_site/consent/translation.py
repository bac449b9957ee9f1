from modeltranslation.translator import TranslationOptions, register

from recruit_site.consent.models import Consent


@register(Consent)
class ConsentTranslation(TranslationOptions):
    fields = ("title", "other_forms")
