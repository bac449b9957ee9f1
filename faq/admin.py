from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from careers.models import OfficialPage
from faq.models import Question, QuestionLink, Topic
from recruit_site.editing.content_admin import ContentAdmin
from recruit_site.editing.part_inline import part_inline
from recruit_site.import_export.admin import SheetMixin


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    pass


class AnswerFilter(admin.SimpleListFilter):
    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        return [("yes", _("Answered")), ("no", _("Not in the documents"))]

    def queryset(self, request, questions):
        return {"yes": questions.answered, "no": questions.to_be_filled_in}.get(self.value(), questions.all)()


@admin.register(Question)
class QuestionAdmin(SheetMixin, ContentAdmin):
    inlines = (part_inline(QuestionLink),)
    list_display = ("__str__", "answer", *ContentAdmin.list_display[1:])
    list_filter = ("topic", AnswerFilter, *ContentAdmin.list_filter)
    groups = (
        (
            _("When the documents do not say"),
            _("Leave the answer empty. The page then says that the documents do not say, and who to contact."),
            ("known", "contact"),
        ),
        (
            _("When you answer it from an official page"),
            _("Write the answer, and name the official page in place of a source document."),
            OfficialPage.official_fields,
        ),
        (_("Search"), "", ("search_words",)),
    )

    @admin.display(description=_("answer"))
    def answer(self, question):
        return question.basis.label
