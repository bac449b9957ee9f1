from django.db.models import Count

from faq.models import Question, Topic
from recruit_site.content.related import with_related
from recruit_site.web import structured_data
from recruit_site.web.base_views import PieceView, SectionView
from recruit_site.web.pagination import ON_A_PAGE, page_of

#: The most other questions of the same topic that a question's page links to.
MOST_OTHER_QUESTIONS = 10


def question_counts():
    """Return [(topic, number of its published questions), …] of the topics that have any, in their order."""
    counted = Question.objects.published().order_by().values_list("topic").annotate(number=Count("pk"))
    number = dict(counted)
    topics = Topic.objects.published().with_published("source")
    return [(topic, number[topic.pk]) for topic in topics if topic.pk in number]


class QuestionListView(SectionView):
    """The paginated list of the questions by topic.

    Context: `pages`; `topics`, [(topic, its questions on this page), …]; `places`, [(topic, number of the page that it
    begins on), …].
    """

    section = "faq"
    template_name = "faq/question_list.html"

    def get_context_data(self, **kwargs):
        counts, total, places = question_counts(), 0, []
        for topic, number in counts:
            places.append((topic, total // ON_A_PAGE + 1))
            total += number
        pages = page_of(self.request, Question.objects.published().by_topic().with_published("related_links", "source"))
        questions = with_related(pages)
        topics = [(topic, [question for question in questions if question.topic_id == topic.pk]) for topic, _ in counts]
        topics = [(topic, its_questions) for topic, its_questions in topics if its_questions]
        return super().get_context_data(
            shown=[*(topic for topic, _questions in topics), *questions],
            pages=pages,
            topics=topics,
            places=places,
            **kwargs,
        )

    def structured_data_nodes(self, context):
        questions = [structured_data.question(piece) for _topic, pieces in context["topics"] for piece in pieces]
        return [self.page_node("FAQPage", context, mainEntity=questions)]


class QuestionView(PieceView):
    section = "faq"
    model = Question

    @classmethod
    def siblings_of(cls, piece):
        return super().siblings_of(piece).by_topic()

    def get_queryset(self):
        return Question.objects.published().with_published("related_links", "topic", "source")

    def get_context_data(self, **kwargs):
        beside = Question.objects.published().filter(topic=self.object.topic).exclude(pk=self.object.pk)
        return super().get_context_data(beside=beside[:MOST_OTHER_QUESTIONS], **kwargs)

    def structured_data_nodes(self, context):
        return [self.page_node("FAQPage", context, mainEntity=[structured_data.question(self.object)])]
