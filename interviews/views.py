from itertools import chain

from django.utils.functional import cached_property

from careers.career_chart import career_lines
from careers.career_paths import path_of, people_to_compare
from careers.models import Organisation
from interviews.clock_chart import clock_chart
from interviews.day_chart import day_chart
from interviews.models import Day, Feature, Interview
from recruit_site.content.related import with_related
from recruit_site.content.translated_fields import rows_shown_with
from recruit_site.web import structured_data
from recruit_site.web.base_views import PieceView, SectionView
from recruit_site.web.canonical_urls import absolute
from recruit_site.web.pagination import page_of

#: What a whole interview shows besides its own fields.
WHOLE = ("answers", "person__duty", "picture", "related_links", "source")


class InterviewListView(SectionView):
    """The people by group, and the whole interviews of those without a page of their own by duty.

    Context: `interviews`, a page of all of them; `voices`, the whole interviews, on the first page alone.
    """

    section = "interviews"
    template_name = "interviews/interview_list.html"

    def get_context_data(self, **kwargs):
        published = Interview.objects.published()
        interviews = page_of(self.request, published.by_group().with_published("person__duty", "source"))
        voices = published.voices_by_duty() if interviews.number == 1 else published.none()
        voices = with_related(voices.with_published(*WHOLE, "person__organisation"))
        return super().get_context_data(
            shown=dict.fromkeys([*interviews, *voices]),
            texts=[*interviews, *chain.from_iterable(map(rows_shown_with, voices))],
            interviews=interviews,
            voices=voices,
            **kwargs,
        )

    def pictures(self, context):
        return [*super().pictures(context), *(one.picture.portrait for one in context["voices"] if one.picture)]

    def structured_data_nodes(self, context):
        voices = [
            structured_data.node("Article", absolute(voice.get_absolute_url()), **about(voice))
            for voice in context["voices"]
        ]
        return [self.page_node("CollectionPage", context, hasPart=voices)]


class InterviewView(PieceView):
    section = "interviews"
    model = Interview
    described_by = "lead"
    related_paths = ("person",)

    @classmethod
    def pieces_with_page(cls):
        return super().pieces_with_page().filter(has_page=True)

    @classmethod
    def siblings_of(cls, piece):
        return super().siblings_of(piece).by_group()

    def get_queryset(self):
        return self.pieces_with_page().with_published(
            *WHOLE,
            "person__organisation",
            "person__profession",
            "person__career_steps__place",
            "person__days__entries",
            "person__interviews",
            "person__source",
        )

    def get_context_data(self, **kwargs):
        person = self.object.person
        path = path_of(person)
        return super().get_context_data(
            is_compared=people_to_compare().filter(pk=person.pk).exists(),
            line=next(iter(career_lines([path])), None),
            drawing=day_chart(person.days.all()),
            **kwargs,
        )

    def pieces_shown(self, piece):
        return [piece, piece.person]

    def picture_of(self, piece):
        return piece.picture and piece.picture.portrait

    def structured_data_nodes(self, context):
        facts = about(self.object)
        return [article(self, context, about=facts["about"], mentions=facts["mentions"])]


def about(interview):
    """Return the properties of an interview's Article node: its headline, whom it is about, and the organisation."""
    person = interview.person
    duty = person.duty and structured_data.node("Thing", name=structured_data.name(person.duty))
    return {
        "headline": structured_data.name(interview),
        "about": person_node(person) or duty,
        "mentions": organisation_node(person.organisation),
    }


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
            "beside_chart",
            "picture",
            "related_links",
            "scene",
            "source",
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(chart=self.chart, **kwargs)

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
