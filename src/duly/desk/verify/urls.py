"""Addresses of the Verify screen."""

from django.urls import path

from duly.desk.verify import views

app_name = "verify"
urlpatterns = [
    path("<slug:matter>/verify/", views.verify, name="verify"),
    path("<slug:matter>/verify/rest/", views.rest, name="rest"),
    path("<slug:matter>/verify/<int:reading>/<str:field>/", views.settle, name="settle"),
]
