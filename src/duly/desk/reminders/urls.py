"""Addresses of the Reminders screen."""

from django.urls import path

from duly.desk.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.reminders, name="reminders"),
    path("seen/", views.seen, name="seen"),
    path("address/", views.address, name="address"),
    path("ladder/", views.ladder, name="ladder"),
]
