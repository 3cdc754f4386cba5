"""Every address of the desk: one line a screen."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from duly.desk import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("health/", pages.health, name="health"),
    path("language/", set_language, name="set_language"),
    path("", include("duly.desk.accounts.urls")),
]
handler400 = pages.bad_request
handler403 = pages.refused
handler404 = pages.not_found
handler500 = pages.failed
