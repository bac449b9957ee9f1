from django.contrib import admin

from faq.models import Question, QuestionLink, Topic
from recruit_site.editing.content_admin import ContentAdmin
from recruit_site.editing.part_inline import part_inline
from recruit_site.import_export.admin import SheetMixin


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    pass


@admin.register(Question)
class QuestionAdmin(SheetMixin, ContentAdmin):
    list_filter = ("topic", *ContentAdmin.list_filter)
    inlines = (part_inline(QuestionLink),)
