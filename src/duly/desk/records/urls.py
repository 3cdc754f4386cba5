"""Addresses of the Records screen."""

from django.urls import path

from duly.desk.records import views

app_name = "records"
urlpatterns = [
    path("", views.records, name="records"),
    path("<slug:matter>/hold/", views.hold, name="hold"),
    path("<slug:matter>/hold/<slug:hold>/lift/", views.lift, name="lift"),
    path("<slug:matter>/collect/", views.collect, name="collect"),
]
