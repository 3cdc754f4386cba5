"""Addresses of the office's own policy, beneath those of the law."""

from django.urls import path

from duly.desk.policy import changes, views, writing

app_name = "policy"
urlpatterns = [
    path("", views.policies, name="policies"),
    path("new/", writing.new, name="new"),
    path("check/", writing.check_text, name="check"),
    path("changed/<str:matter>/", changes.changed, name="changed"),
    path("changed/<str:matter>/answer/", changes.answer, name="answer"),
    path("<str:policy>/", views.policy, name="policy"),
    path("<str:policy>/text/<int:number>/", views.text, name="text"),
    path("<str:policy>/compare/", views.compare, name="compare"),
    path("<str:policy>/edit/", writing.edit, name="edit"),
    path("<str:policy>/submit/", writing.submit, name="submit"),
    path("<str:policy>/decide/", writing.decide, name="decide"),
    path("<str:policy>/withdraw/", writing.withdraw, name="withdraw"),
    path("<str:policy>/end/", writing.end, name="end"),
]
