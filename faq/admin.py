from django.contrib import admin

from faq.models import Question, Topic
from recruit_site.editing.content_admin import ContentAdmin
from recruit_site.import_export.admin import SheetMixin


@admin.register(Topic)
class TopicAdmin(ContentAdmin):
    pass


@admin.register(Question)
class QuestionAdmin(SheetMixin, ContentAdmin):
    list_filter = ("topic", *ContentAdmin.list_filter)
