from modeltranslation.translator import TranslationOptions, register

from recruit_site.content.models import Chapter, Passage, Scene, SiteText, Source, Subject, Term


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("title", "publisher", "issued", "note")


@register(Chapter)
class ChapterTranslation(TranslationOptions):
    fields = ("title", "lead", "source_section")


@register(Passage)
class PassageTranslation(TranslationOptions):
    fields = ("title", "caption", "text")


@register(Scene)
class SceneTranslation(TranslationOptions):
    fields = ("title", "alt")


@register(Subject)
class SubjectTranslation(TranslationOptions):
    fields = ("title",)


@register(Term)
class TermTranslation(TranslationOptions):
    fields = ("title", "stands_for", "other_forms", "text", "source_section")


@register(SiteText)
class SiteTextTranslation(TranslationOptions):
    fields = ("title", "text", "source_section")
