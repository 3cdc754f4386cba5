"""Addresses of the Matter screen."""

from django.urls import path

from duly.desk.matter import acts, views

app_name = "matter"
urlpatterns = [
    path("", views.matters, name="list"),
    path("<slug:matter>/", views.matter, name="matter"),
    path("<slug:matter>/answer.json", views.as_json, name="json"),
    path("<slug:matter>/papers/<str:paper>/", views.original, name="original"),
    path("<slug:matter>/papers/<str:paper>/<int:number>/", views.page, name="page"),
    path("<slug:matter>/papers/<str:paper>/<int:number>.webp", views.picture, name="picture"),
    path("<slug:matter>/letter/preview.pdf", views.draft, name="draft"),
    path("<slug:matter>/letter/<str:paper>.pdf", views.letter_pdf, name="letter-pdf"),
    path("<slug:matter>/letter/<str:paper>.json", views.letter_json, name="letter-json"),
    path("<slug:matter>/ledger/", views.entries, name="ledger"),
    path("<slug:matter>/ledger/verify/", views.verify_chain, name="verify-ledger"),
    path("<slug:matter>/facts/", acts.state_facts, name="state-facts"),
    path("<slug:matter>/service/", acts.service, name="service"),
    path("<slug:matter>/custody/", acts.custody, name="custody"),
    path("<slug:matter>/released/", acts.released, name="released"),
    path("<slug:matter>/extend/", acts.extend, name="extend"),
    path("<slug:matter>/assess/", acts.assess_again, name="assess"),
    path("<slug:matter>/position/", acts.position, name="position"),
    path("<slug:matter>/position/submit/", acts.submit, name="submit"),
    path("<slug:matter>/position/decide/", acts.approve, name="approve"),
    path("<slug:matter>/letter/", acts.compose, name="compose"),
    path("<slug:matter>/letter/<str:letter>/sent/", acts.send, name="send"),
    path("<slug:matter>/claim/", acts.claim, name="claim"),
    path("<slug:matter>/note/", acts.note, name="note"),
    path("<slug:matter>/court/petition/", acts.petition, name="petition"),
    path("<slug:matter>/court/order/", acts.order, name="order"),
    path("<slug:matter>/court/compliance/", acts.compliance, name="compliance"),
]
