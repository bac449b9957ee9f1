from django.db.models import Count

from faq.models import Question, Topic
from recruit_site.web import structured_data
from recruit_site.web.base_views import PieceView, SectionView
from recruit_site.web.pagination import ON_A_PAGE, page_of

#: How many others of its topic the page of a question leads to.
BESIDE = 10


def numbers():
    """Return [(topic, number of its live questions), …] of the topics that have any, in their order."""
    counted = Question.objects.published().order_by().values_list("topic").annotate(number=Count("pk"))
    number = dict(counted)
    topics = Topic.objects.published().with_published("source")
    return [(topic, number[topic.pk]) for topic in topics if topic.pk in number]


class QuestionListView(SectionView):
    """The questions by topic, page by page.

    Context: `pages`, `topics` with their `questions` on this page, `places`: each topic with the page it begins on.
    """

    section = "faq"
    template_name = "faq/question_list.html"

    def get_context_data(self, **kwargs):
        known, total, places = numbers(), 0, []
        for topic, number in known:
            places.append((topic, total // ON_A_PAGE + 1))
            total += number
        pages = page_of(self.request, Question.objects.published().by_topic().with_published("source"))
        questions = list(pages)
        topics = [(topic, [question for question in questions if question.topic_id == topic.pk]) for topic, _ in known]
        topics = [(topic, found) for topic, found in topics if found]
        return super().get_context_data(
            shown=[*(topic for topic, _found in topics), *questions],
            pages=pages,
            topics=topics,
            places=places,
            **kwargs,
        )

    def described(self, context):
        questions = [structured_data.question(piece) for _topic, found in context["topics"] for piece in found]
        return [self.page_node("FAQPage", context, mainEntity=questions)]


class QuestionView(PieceView):
    section = "faq"
    model = Question

    @classmethod
    def siblings_of(cls, piece):
        return super().siblings_of(piece).by_topic()

    def get_queryset(self):
        return Question.objects.published().with_published("topic", "source")

    def get_context_data(self, **kwargs):
        beside = Question.objects.published().filter(topic=self.object.topic).exclude(pk=self.object.pk)
        return super().get_context_data(beside=beside[:BESIDE], **kwargs)

    def described(self, context):
        return [self.page_node("FAQPage", context, mainEntity=[structured_data.question(self.object)])]
