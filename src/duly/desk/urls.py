"""Every address of the desk: one line a screen."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from duly.desk import pages
from duly.desk.api.routes import api

urlpatterns = [
    path("", pages.home, name="home"),
    path("health/", pages.health, name="health"),
    path("language/", set_language, name="set_language"),
    path("", include("duly.desk.accounts.urls")),
    path("today/", include("duly.desk.today.urls")),
    path("inbox/", include("duly.desk.inbox.urls")),
    path("matters/", include("duly.desk.verify.urls")),
    path("matters/", include("duly.desk.matter.urls")),
    path("law/policies/", include("duly.desk.policy.urls")),
    path("law/", include("duly.desk.law.urls")),
    path("calendar/", include("duly.desk.calendar.urls")),
    path("reminders/", include("duly.desk.reminders.urls")),
    path("records/", include("duly.desk.records.urls")),
    path("issue/", include("duly.desk.issue.urls")),
    path("register/", include("duly.desk.register.urls")),
    path("administration/", include("duly.desk.administration.urls")),
    path("api/v1/", api.urls),
]
handler400 = pages.bad_request
handler403 = pages.refused
handler404 = pages.not_found
handler500 = pages.failed
