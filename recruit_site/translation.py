from modeltranslation.translator import TranslationOptions, register

from recruit_site.models import Chapter, Consent, Passage, Picture, Source, Subject, Synonyms, Term, Wording


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("title", "publisher", "issued", "note")


@register(Chapter)
class ChapterTranslation(TranslationOptions):
    fields = ("title", "lead", "source_section")


@register(Consent)
class ConsentTranslation(TranslationOptions):
    fields = ("title", "other_forms")


@register(Passage)
class PassageTranslation(TranslationOptions):
    fields = ("title", "caption", "text")


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ("alt", "caption", "credit")


@register(Subject)
class SubjectTranslation(TranslationOptions):
    fields = ("title",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("title", "stands_for", "other_forms", "text", "source_section")


@register(Wording)
class WordingTranslation(TranslationOptions):
    fields = ("title", "text", "source_section")


@register(Synonyms)
class SynonymsTranslation(TranslationOptions):
    fields = ("title",)
