from modeltranslation.translator import TranslationOptions, register

from recruit_site.content.models import Chapter, Passage, Scene, SiteText, Source, Term


class PublishableTranslation(TranslationOptions):
    """The translated fields of every Publishable. The options of each kind of content subclass it."""

    fields = ("source_section", "note", "note_source")


class RelatedLinkTranslation(TranslationOptions):
    fields = ("text",)


@register(Source)
class SourceTranslation(TranslationOptions):
    fields = ("title", "publisher", "issued", "dating", "short_title", "note")


@register(Chapter)
class ChapterTranslation(PublishableTranslation):
    fields = ("title", "lead")


@register(Passage)
class PassageTranslation(TranslationOptions):
    fields = ("title", "caption", "text")


@register(Scene)
class SceneTranslation(TranslationOptions):
    fields = ("title", "alt")


@register(Term)
class TermTranslation(PublishableTranslation):
    fields = ("title", "stands_for", "other_forms", "text")


@register(SiteText)
class SiteTextTranslation(PublishableTranslation):
    fields = ("title", "text")
