from django.urls import path

from interviews import feeds, views

app_name = "interviews"

urlpatterns = [
    path("interviews/", views.InterviewListView.as_view(), name="interviews"),
    path("interviews/feed.xml", feeds.InterviewFeedView.as_view(), name="interview_feed"),
    path("interviews/<slug:slug>/", views.InterviewView.as_view(), name="interview"),
    path("features/", views.FeatureListView.as_view(), name="features"),
    path("features/<slug:slug>/", views.FeatureView.as_view(), name="feature"),
    path("days/", views.DayListView.as_view(), name="days"),
]
