from modeltranslation.translator import TranslationOptions, register

from recruit_site.media.models import Picture


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption", "credit")
