"""Addresses of the Calendar screen."""

from django.urls import path

from duly.desk.calendar import days, feeds, views

app_name = "calendar"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("feed/<str:token>.ics", feeds.feed, name="feed"),
    path("feeds/<slug:scope>/", feeds.change, name="change-feed"),
    path("days/", days.days, name="days"),
    path("days/<str:day>/", days.day, name="day"),
    path("days/<str:day>/decide/", days.decide, name="decide-day"),
    path("days/<str:day>/withdraw/", days.withdraw, name="withdraw-day"),
]
