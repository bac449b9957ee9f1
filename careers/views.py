from itertools import chain

from django.core.validators import slug_re
from django.urls import reverse
from django.utils import timezone

from careers.career_chart import career_lines
from careers.career_paths import model_path, path_of, people_to_compare
from careers.family_chart import family_chart, place_uses
from careers.map_spots import spots
from careers.models import (
    Duty,
    LifeStage,
    Notice,
    PathStage,
    Person,
    Place,
    Profession,
    TrainingProgramme,
    WorkLifeProgramme,
)
from careers.notice_structured_data import event_node, job_posting_node
from careers.training_chart import training_chart
from recruit_site.api.identifiers import webcal_url
from recruit_site.content.related import with_related
from recruit_site.content.translated_fields import rows_shown_with
from recruit_site.web.base_views import PieceView, SectionView
from recruit_site.web.comparison_choice import asked_names, read_selection
from recruit_site.web.pagination import page_of
from recruit_site.web.structured_data import addresses_of, moment, node


class WorkView(SectionView):
    section = "work"
    template_name = "careers/work.html"

    def get_context_data(self, **kwargs):
        duties = list(Duty.objects.published().with_published("source"))
        stages = list(PathStage.objects.published().with_published("source"))
        line = next(iter(career_lines([model_path(stages)])), None)
        return super().get_context_data(shown=[*duties, *stages], duties=duties, line=line, **kwargs)


class ProfessionListView(SectionView):
    section = "professions"
    template_name = "careers/profession_list.html"

    def get_context_data(self, **kwargs):
        professions = list(
            Profession.objects.published().with_published(
                "projects__place", "projects__scene", "projects__source", "scene", "source"
            )
        )
        projects = [project for profession in professions for project in profession.projects.all()]
        shown = [*professions, *projects]
        scenes = [piece.scene for piece in shown]
        return super().get_context_data(shown=shown, texts=[*shown, *scenes], professions=professions, **kwargs)


class PlaceListView(SectionView):
    """The map of the places that the documents name, and a row for each country below it.

    Context: `groups`, lists of spots: of documents about the ministry, then of other ministries' essays.
    """

    section = "places"
    template_name = "careers/place_list.html"

    def get_context_data(self, **kwargs):
        places = list(Place.objects.published().with_pieces())
        shown = spots(places)
        others = [spot for spot in shown if spot.is_of_other_ministry]
        return super().get_context_data(
            shown=places,
            texts=[*places, *(place.picture for place in places)],
            spots=shown,
            groups=[[spot for spot in shown if spot not in others], others],
            **kwargs,
        )

    def pictures(self, context):
        places = [place for spot in context["spots"] for place in spot.places]
        return [*super().pictures(context), *(place.picture.wide for place in places if place.picture)]


class PathView(SectionView):
    """The comparison of careers: up to three that ?with= names, else the model and the first real one.

    Context: `pages` of the people to compare, `paths`, the careers to choose from on the page, and `undrawn`, the
    people whom the query names and whose careers cannot be compared.
    """

    section = "paths"
    template_name = "careers/paths.html"

    def get_context_data(self, **kwargs):
        stages = list(PathStage.objects.published().with_published("source"))
        model = model_path(stages)
        people = people_to_compare().with_published("career_steps__place", "interviews", "source")
        pages = page_of(self.request, people)
        here = [*([model] if pages.number == 1 and stages else []), *map(path_of, pages)]
        paths = {path.key: path for path in here}
        slugs = [name for name in asked_names(self.request) if name not in paths and slug_re.match(name)]
        elsewhere = {path.key: path for path in map(path_of, people.filter(slug__in=slugs))} if slugs else {}
        chosen = read_selection(self.request, {model.key: model} | elsewhere | paths)
        undrawn = people_named(chosen.unknown)
        compared = chosen.chosen or [model, *map(path_of, people[:1])]
        owners, stages = [path.owner for path in compared if path.owner], stages if model in compared else []
        return super().get_context_data(
            shown=[*owners, *stages],
            texts=[*chain.from_iterable(map(rows_shown_with, owners)), *stages],
            pages=pages,
            paths=list((elsewhere | paths).values()),
            selection=chosen._replace(unknown=names_without(chosen.unknown, undrawn)),
            undrawn=undrawn,
            compared=compared,
            lines=career_lines(compared),
            **kwargs,
        )


def people_named(names):
    """Return the published people whose slugs are among the names."""
    slugs = [name for name in names if slug_re.match(name)]
    return list(Person.objects.published().filter(slug__in=slugs).with_published("interviews")) if slugs else []


def names_without(names, people):
    return [name for name in names if name not in {person.slug for person in people}]


class TrainingView(SectionView):
    section = "training"
    template_name = "careers/training.html"

    def get_context_data(self, **kwargs):
        programmes = with_related(
            TrainingProgramme.objects.published().with_published("place", "related_links", "source")
        )
        return super().get_context_data(
            shown=programmes, programmes=programmes, chart=training_chart(programmes), **kwargs
        )


class WorkLifeView(SectionView):
    section = "work-life"
    template_name = "careers/work_life.html"

    def get_context_data(self, **kwargs):
        programmes = with_related(
            WorkLifeProgramme.objects.published().with_published("uses", "related_links", "source")
        )
        stages = list(LifeStage.objects.published().with_published("source"))
        placed = place_uses(stages, [use for programme in programmes for use in programme.uses.all()])
        return super().get_context_data(
            shown=[*programmes, *stages],
            texts=[*chain.from_iterable(map(rows_shown_with, programmes)), *stages],
            programmes=programmes,
            marks=[stage for stage in stages if stage.mark_in_source],
            uses=placed,
            chart=family_chart(stages, placed),
            **kwargs,
        )


class NoticeListView(SectionView):
    """The current notices or, with ?year=, the notices that ended in that year; 20 a page."""

    section = "notices"
    template_name = "careers/notice_list.html"
    paginate_by = 20

    def get_context_data(self, **kwargs):
        published = Notice.objects.published()
        years = published.years_of_past()
        year = next((year for year in years if str(year) == self.request.GET.get("year")), None)
        listed = published.past(year) if year else published.current()
        notices = page_of(self.request, listed.with_published("source"), on_a_page=self.paginate_by)
        return super().get_context_data(
            shown=notices,
            notices=notices,
            years=years,
            year=year,
            calendar=webcal_url(reverse("careers:calendar")),
            **kwargs,
        )


class NoticeView(PieceView):
    section = "notices"
    model = Notice

    def get_queryset(self):
        return Notice.objects.published().with_published("picture", "source")

    @classmethod
    def siblings_of(cls, piece):
        siblings = super().siblings_of(piece)
        return siblings.past(timezone.localtime(piece.over_at).year) if piece.is_over else siblings.current()

    def structured_data_nodes(self, context):
        notice = self.object
        if notice.is_briefing:
            entity = event_node(notice, self.request.path)
        elif notice.is_open_vacancy:
            entity = job_posting_node(notice, self.request.path)
        else:
            entity = None
        page = self.page_node(
            "WebPage" if entity else "Article",
            context,
            datePublished=moment(notice.publish_from),
            image=addresses_of(self.pictures(context)),
            mainEntity=entity and node(entity["@type"], entity["@id"]),
        )
        return [page, *filter(None, [entity])]
