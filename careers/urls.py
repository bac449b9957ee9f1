from django.urls import path

from careers import views

app_name = "careers"

urlpatterns = [
    path("mission/", views.MissionView.as_view(), name="mission"),
    path("work/", views.WorkView.as_view(), name="work"),
    path("places/", views.PlaceListView.as_view(), name="places"),
    path("paths/", views.PathView.as_view(), name="paths"),
    path("training/", views.TrainingView.as_view(), name="training"),
    path("work-life/", views.WorkLifeView.as_view(), name="work_life"),
    path("apply/", views.ApplyView.as_view(), name="apply"),
]
