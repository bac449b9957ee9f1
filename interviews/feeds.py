"""The Atom feed of the interviews."""

from interviews.models import Interview
from recruit_site.api.atom import FeedView
from recruit_site.content.translated_fields import translated_text
from recruit_site.text.markdown import summary


class InterviewFeedView(FeedView):
    section = "interviews"
    template_name = "interviews/interview_entry.html"

    def get_queryset(self):
        return Interview.objects.published().with_published("answers", "picture")

    def title(self, interview):
        return translated_text(interview, "title").text

    def summary(self, interview):
        return summary(translated_text(interview, "lead").text)
