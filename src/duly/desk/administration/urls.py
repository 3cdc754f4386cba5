"""Addresses of the Administration screen."""

from django.urls import path

from duly.desk.administration import views

app_name = "administration"
urlpatterns = [
    path("", views.administration, name="administration"),
    path("people/", views.add_person, name="add-person"),
    path("people/<int:member>/", views.change_person, name="change-person"),
    path("office/", views.profile, name="profile"),
    path("offices/", views.new_office, name="new-office"),
    path("check/", views.check, name="check"),
    path("rebuild/", views.rebuild_views, name="rebuild"),
]
