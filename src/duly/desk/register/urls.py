"""Addresses of the Register, open to everybody."""

from django.urls import path

from duly.desk.register import views

app_name = "register"
urlpatterns = [
    path("", views.register, name="register"),
    path("<slug:office>/", views.office, name="office"),
    path("<slug:office>/figures.json", views.as_json, name="json"),
    path("<slug:office>/figures.csv", views.as_csv, name="csv"),
]
