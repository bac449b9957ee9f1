from careers.models import (
    Contact,
    Duty,
    ExamCategory,
    LifeStage,
    PathStage,
    Place,
    ProgrammeUse,
    TrainingProgramme,
    WorkLifeProgramme,
)
from recruit_site.section_pages import SectionView


class WorkView(SectionView):
    section = "work"
    template_name = "careers/work.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(duties=Duty.objects.published().with_published("source"), **kwargs)


class PlaceListView(SectionView):
    section = "places"
    template_name = "careers/place_list.html"

    def get_context_data(self, **kwargs):
        places = Place.objects.published().with_published("days", "training_programmes", "source")
        return super().get_context_data(places=places, **kwargs)


class PathView(SectionView):
    section = "paths"
    template_name = "careers/paths.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(stages=PathStage.objects.published().with_published("source"), **kwargs)


class TrainingView(SectionView):
    section = "training"
    template_name = "careers/training.html"

    def get_context_data(self, **kwargs):
        programmes = TrainingProgramme.objects.published().with_published("place", "source")
        return super().get_context_data(programmes=programmes, **kwargs)


class WorkLifeView(SectionView):
    section = "work-life"
    template_name = "careers/work_life.html"

    def get_context_data(self, **kwargs):
        programmes = list(WorkLifeProgramme.objects.published().with_published("uses", "source"))
        stages = list(LifeStage.objects.published().with_published("source"))
        return super().get_context_data(programmes=programmes, stages=stages, lanes=lanes(stages, programmes), **kwargs)


def lanes(stages, programmes):
    """Return both parents' uses of the programmes in the order of the time line.

    → [(whose, [(use, programme, from_stage, to_stage), …]), …]. A use between moments of which one
    is not live is left out: readers could not place it.
    """
    at = {stage.pk: (position, stage) for position, stage in enumerate(stages)}
    rows = {}
    for programme in programmes:
        for use in programme.uses.all():
            if use.from_stage_id in at and use.to_stage_id in at:
                start, from_stage = at[use.from_stage_id]
                rows.setdefault(use.whose, []).append((start, use, programme, from_stage, at[use.to_stage_id][1]))
    return [
        (whose, [row[1:] for row in sorted(rows[whose.value], key=lambda row: row[0])])
        for whose in ProgrammeUse.Whose
        if whose.value in rows
    ]


class ApplyView(SectionView):
    section = "apply"
    template_name = "careers/apply.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            exam_categories=ExamCategory.objects.published().with_published("source"),
            contacts=Contact.objects.published().with_published("source"),
            **kwargs,
        )
