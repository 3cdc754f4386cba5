"""Address of the Issue screen."""

from django.urls import path

from duly.desk.issue import views

app_name = "issue"
urlpatterns = [path("", views.issue, name="issue")]
