"""Addresses of the Calendar screen."""

from django.urls import path

from duly.desk.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("<slug:office>/<int:person>/<slug:key>.ics", views.feed, name="feed"),
]
