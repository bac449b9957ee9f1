from interviews.models import Day, Interview
from recruit_site.section_pages import PieceView, SectionView


class InterviewListView(SectionView):
    section = "interviews"
    template_name = "interviews/interview_list.html"

    def get_context_data(self, **kwargs):
        interviews = Interview.objects.published().newest_first().with_published("person__duty", "source")
        return super().get_context_data(interviews=interviews, **kwargs)


class InterviewView(PieceView):
    section = "interviews"

    def get_queryset(self):
        return Interview.objects.published().with_published(
            "answers", "person__duty", "person__organisation", "person__profession", "source"
        )


class DayListView(SectionView):
    section = "days"
    template_name = "interviews/day_list.html"

    def get_context_data(self, **kwargs):
        days = Day.objects.published().with_published("entries", "place", "duty", "organisation", "source")
        return super().get_context_data(days=days, **kwargs)
