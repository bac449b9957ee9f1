from itertools import chain

from django.utils.functional import cached_property

from careers.career_chart import career_lines
from careers.career_paths import path_of
from careers.models import Organisation
from interviews.clock_chart import clock_chart
from interviews.day_chart import day_chart
from interviews.filters import FACETS, InterviewFilter
from interviews.models import Day, Feature, Interview
from recruit_site.content.related import related
from recruit_site.content.translated_fields import rows_shown_with
from recruit_site.web import structured_data
from recruit_site.web.base_views import PieceView, SectionView
from recruit_site.web.pagination import neighbours_of, page_of

#: The most interviews with people of the same duty that an interview's page links to.
COLLEAGUES = 3


class InterviewListView(SectionView):
    section = "interviews"
    template_name = "interviews/interview_list.html"

    def get_context_data(self, **kwargs):
        interview_filter = InterviewFilter(self.request)
        rows = interview_filter.interviews.newest_first().with_published("person__duty", "source")
        interviews = page_of(self.request, rows)
        return super().get_context_data(shown=interviews, interviews=interviews, filter=interview_filter, **kwargs)


class InterviewView(PieceView):
    section = "interviews"
    model = Interview
    described_by = "lead"
    related_paths = ("person",)

    @cached_property
    def list_filter(self):
        """The filter of the list that the reader came from, None for the whole list. It stays in the query string."""
        has_filter = any(facet.name in self.request.GET for facet in FACETS)
        return InterviewFilter(self.request) if has_filter else None

    @classmethod
    def siblings_of(cls, piece):
        return super().siblings_of(piece).newest_first()

    def neighbours(self):
        if self.list_filter is None:
            return super().neighbours()
        return neighbours_of(self.list_filter.interviews.newest_first(), self.object, self.list_filter.query)

    def get_queryset(self):
        return Interview.objects.published().with_published(
            "answers",
            "person__duty",
            "person__organisation",
            "person__profession",
            "person__career_steps__place",
            "person__days__entries",
            "person__interviews",
            "person__source",
            "picture",
            "source",
        )

    def get_context_data(self, **kwargs):
        interview, person = self.object, self.object.person
        path = path_of(person)
        return super().get_context_data(
            path=path,
            line=next(iter(career_lines([path])), None),
            drawing=day_chart(person.days.all()),
            colleagues=colleagues_of(interview),
            reading=related(interview, "questions", "training_programmes", most=4),
            **kwargs,
        )

    def pieces_shown(self, piece):
        return [piece, piece.person]

    def picture_of(self, piece):
        return piece.picture and piece.picture.portrait

    def structured_data_nodes(self, context):
        person = self.object.person
        about = person_node(person) or (
            person.duty and structured_data.node("Thing", name=structured_data.name(person.duty))
        )
        return [article(self, context, about=about, mentions=organisation_node(person.organisation))]


def colleagues_of(interview):
    """Return up to COLLEAGUES other interviews with people of the same duty."""
    duty = interview.person.duty
    if duty is None:
        return []
    others = Interview.objects.published().filter(person__duty=duty).exclude(pk=interview.pk)
    return list(others.with_published("person__duty")[:COLLEAGUES])


class FeatureListView(SectionView):
    section = "features"
    template_name = "interviews/feature_list.html"

    def get_context_data(self, **kwargs):
        features = page_of(self.request, Feature.objects.published().with_published("source"))
        return super().get_context_data(shown=features, features=features, **kwargs)


class FeatureView(PieceView):
    section = "features"
    model = Feature
    described_by = "lead"
    related_paths = ("figures", "participants__person")

    def get_queryset(self):
        return Feature.objects.published().with_published(
            "sections__speaker",
            "participants__person__career_steps__place",
            "participants__person__source",
            "figures__source",
            "picture",
            "source",
        )

    def get_context_data(self, **kwargs):
        reading = related(self.object, "interviews", "questions", most=4)
        return super().get_context_data(reading=reading, chart=self.chart, **kwargs)

    @cached_property
    def chart(self):
        """The published organisation whose chart the feature shows, with three levels of children, or None."""
        organisations = Organisation.objects.published().with_published("children__children__children")
        return organisations.filter(pk=self.object.chart_id).first() if self.object.chart_id else None

    def pieces_shown(self, piece):
        people = [participant.person for participant in piece.participants.all()]
        return [piece, *piece.figures.all(), *people]

    def structured_data_nodes(self, context):
        people = [person_node(participant.person) for participant in self.object.participants.all()]
        chart = organisation_node(self.chart)
        credit = structured_data.name(self.object, "byline")
        return [article(self, context, about=chart, mentions=list(filter(None, people)), creditText=credit)]


def article(view, context, **properties):
    """Return the Article node of an interview or a feature. It has no author, because the texts are retold."""
    return view.page_node(
        "Article",
        context,
        image=structured_data.addresses_of(view.pictures(context)),
        isBasedOn=structured_data.sources(context["shown"]),
        **properties,
    )


def person_node(person):
    """Return the Person node of a person who is shown by name, None for any other person."""
    return structured_data.node("Person", name=structured_data.name(person)) if person.is_named else None


def organisation_node(organisation):
    return organisation and structured_data.node("GovernmentOrganization", name=structured_data.name(organisation))


class DayListView(SectionView):
    """All days: two on one clock, all in their local times, and in words."""

    section = "days"
    template_name = "interviews/day_list.html"

    def get_context_data(self, **kwargs):
        days = list(Day.objects.published().with_published("entries", "place", "duty", "source"))
        return super().get_context_data(
            shown=days,
            texts=[*chain.from_iterable(map(rows_shown_with, days))],
            days=days,
            clock=clock_chart(days),
            drawing=day_chart(days),
            **kwargs,
        )
