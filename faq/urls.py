from django.urls import path

from faq import views

app_name = "faq"

urlpatterns = [
    path("faq/", views.QuestionListView.as_view(), name="questions"),
    path("faq/<slug:slug>/", views.QuestionView.as_view(), name="question"),
    path("apply/", views.ApplyView.as_view(), name="apply"),
]
