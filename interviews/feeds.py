"""Interviews for feed readers."""

from interviews.models import Interview
from recruit_site.feeds.atom import FeedView
from recruit_site.localised import localised
from recruit_site.prose import summary


class InterviewFeedView(FeedView):
    section = "interviews"
    template_name = "interviews/interview_entry.html"

    def get_queryset(self):
        return Interview.objects.published().with_published("answers", "picture")

    def title(self, interview):
        return localised(interview, "title").text

    def summary(self, interview):
        return summary(localised(interview, "lead").text)
