"""Addresses of the Law screen."""

from django.urls import path

from duly.desk.law import ask_views, compare_views, views

app_name = "law"
urlpatterns = [
    path("", views.law, name="law"),
    path("ask/", ask_views.ask, name="ask"),
    path("ask/proof.json", ask_views.proof, name="proof"),
    path("places/", compare_views.places, name="places"),
    path("differences/", compare_views.differences, name="differences"),
    path("differences/<slug:act>/", compare_views.difference, name="difference"),
    path("graph/", compare_views.graph, name="graph"),
    path("rule/<path:rule>/", views.rule, name="rule"),
    path("text/<path:enactment>/", views.enactment, name="enactment"),
]
