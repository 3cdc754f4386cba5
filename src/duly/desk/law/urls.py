"""Addresses of the Law screen."""

from django.urls import path

from duly.desk.law import views

app_name = "law"
urlpatterns = [
    path("", views.law, name="law"),
    path("ask/", views.ask, name="ask"),
    path("text/<path:enactment>/", views.enactment, name="enactment"),
]
