from collections import Counter

from django.db.models import Count
from django.utils.translation import gettext as _

from careers.models import Contact, ExamCategory, Notice, RecruitingStep
from faq.models import Question, Topic
from recruit_site.content.related import with_related
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.markdown import summary
from recruit_site.web import structured_data
from recruit_site.web.base_views import PieceView, SectionView
from recruit_site.web.pagination import page_of

#: The most questions of one topic on the page on applying. The list of questions has all of them.
MOST_OF_A_TOPIC = 20


def question_counts():
    """Return [(topic, number of its published questions), …] of the topics that have any, in their order."""
    counted = Question.objects.published().order_by().values_list("topic").annotate(number=Count("pk"))
    number = dict(counted)
    topics = Topic.objects.published().with_published("source")
    return [(topic, number[topic.pk]) for topic in topics if topic.pk in number]


def grouped(topics, questions):
    """Return [(topic, its questions), …] of the topics that have any of the questions."""
    groups = [(topic, [question for question in questions if question.topic_id == topic.pk]) for topic in topics]
    return [(topic, its_questions) for topic, its_questions in groups if its_questions]


class ApplyView(SectionView):
    """How to apply: the steps of recruiting, answers and silences by topic, notices, and whom to ask.

    Context: `exam_categories`; `steps`; `step_bases`, the names of their Basis; `topics`, [(topic, its first
    questions), …]; `bases`, the number of these questions on each Basis; `notices`, the current ones; `contacts`. The
    source note covers what has no source line of its own.
    """

    section = "apply"
    template_name = "faq/apply.html"

    def get_context_data(self, **kwargs):
        exam_categories = list(ExamCategory.objects.published().with_published("source"))
        steps = list(RecruitingStep.objects.published().with_published("source", "profession", "exam_categories"))
        contacts = list(Contact.objects.published().with_published("source"))
        first = Question.objects.published().first_of_each_topic(MOST_OF_A_TOPIC)
        questions = list(first.with_published("source", "contact"))
        shown = [*exam_categories, *steps, *contacts]
        return super().get_context_data(
            shown=shown,
            texts=[*shown, *questions],
            exam_categories=exam_categories,
            steps=steps,
            step_bases={step.basis.name for step in steps},
            contacts=contacts,
            topics=grouped(Topic.objects.published(), questions),
            bases=Counter(question.basis.name for question in questions),
            notices=Notice.objects.published().digest(),
            **kwargs,
        )


class QuestionListView(SectionView):
    """The paginated list of the questions by topic.

    Context: `pages`; `topics`, [(topic, its questions on this page), …]; `places`, [(topic, number of the page that it
    begins on), …]; `bases`, the number of questions on this page on each Basis.
    """

    section = "faq"
    template_name = "faq/question_list.html"
    paginate_by = 100

    def get_context_data(self, **kwargs):
        counts, total, places = question_counts(), 0, []
        for topic, number in counts:
            places.append((topic, total // self.paginate_by + 1))
            total += number
        rows = Question.objects.published().by_topic().with_published("related_links", "source", "contact")
        pages = page_of(self.request, rows, on_a_page=self.paginate_by)
        questions = with_related(pages)
        topics = grouped([topic for topic, _number in counts], questions)
        return super().get_context_data(
            shown=questions,
            texts=[*(topic for topic, _questions in topics), *questions],
            pages=pages,
            topics=topics,
            places=places,
            bases=Counter(question.basis.name for question in questions),
            **kwargs,
        )

    def structured_data_nodes(self, context):
        return [faq_page_node(self, context, [piece for _topic, pieces in context["topics"] for piece in pieces])]


class QuestionView(PieceView):
    section = "faq"
    model = Question

    @classmethod
    def siblings_of(cls, piece):
        return super().siblings_of(piece).by_topic()

    def get_queryset(self):
        return Question.objects.published().with_published("related_links", "topic", "contact", "source")

    def description_of(self, piece):
        if piece.is_answered:
            return super().description_of(piece)
        known = summary(translated_text(piece, "known").text)
        return " ".join(filter(None, [_("The documents that this site is based on do not say."), known]))

    def structured_data_nodes(self, context):
        return [faq_page_node(self, context, [self.object])]


def faq_page_node(view, context, questions):
    """Return the FAQPage node of the answered ones among the questions, a WebPage node if there are none."""
    answered = [structured_data.question(question) for question in questions if question.is_answered]
    return view.page_node("FAQPage" if answered else "WebPage", context, mainEntity=answered)
