from django.urls import path

from careers import feeds, views
from recruit_site.web.base_views import SectionView

app_name = "careers"

urlpatterns = [
    path("mission/", SectionView.as_view(section="mission"), name="mission"),
    path("work/", views.WorkView.as_view(), name="work"),
    path("professions/", views.ProfessionListView.as_view(), name="professions"),
    path("places/", views.PlaceListView.as_view(), name="places"),
    path("paths/", views.PathView.as_view(), name="paths"),
    path("training/", views.TrainingView.as_view(), name="training"),
    path("work-life/", views.WorkLifeView.as_view(), name="work_life"),
    path("notices/", views.NoticeListView.as_view(), name="notices"),
    path("notices/feed.xml", feeds.NoticeFeedView.as_view(), name="notice_feed"),
    path("notices/calendar.ics", feeds.CalendarView.as_view(), name="calendar"),
    path("notices/<slug:slug>/", views.NoticeView.as_view(), name="notice"),
    path("notices/<slug:slug>/briefing.ics", feeds.BriefingView.as_view(), name="briefing"),
]
