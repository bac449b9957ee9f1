from faq.models import Question, Topic
from recruit_site import linked_data
from recruit_site.section_pages import PieceView, SectionView


class QuestionListView(SectionView):
    section = "faq"
    template_name = "faq/question_list.html"

    def get_context_data(self, **kwargs):
        topics = Topic.objects.published().with_published("questions__source", "source")
        topics = [topic for topic in topics if topic.questions.all()]
        questions = [question for topic in topics for question in topic.questions.all()]
        return super().get_context_data(shown=[*topics, *questions], topics=topics, **kwargs)

    def described(self, context):
        questions = [linked_data.question(piece) for topic in context["topics"] for piece in topic.questions.all()]
        return [self.page_node("FAQPage", context, mainEntity=questions)]


class QuestionView(PieceView):
    section = "faq"
    model = Question

    def siblings(self):
        return super().siblings().order_by("topic__order", "topic__slug", "order", "slug")

    def get_queryset(self):
        return Question.objects.published().with_published("topic__questions", "source")

    def described(self, context):
        return [self.page_node("FAQPage", context, mainEntity=[linked_data.question(self.object)])]
