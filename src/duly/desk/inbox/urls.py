"""Addresses of the Inbox screen."""

from django.urls import path

from duly.desk.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("upload/", views.upload, name="upload"),
    path("<int:item>/", views.item, name="item"),
    path("<int:item>/row/", views.row, name="row"),
    path("<int:item>/open/", views.open_item, name="open"),
    path("together/", views.together, name="together"),
    path("<int:item>/join/", views.join_item, name="join"),
    path("<int:item>/set-aside/", views.put_aside, name="set-aside"),
    path("<int:item>/original/", views.original, name="original"),
    path("<int:item>/page/<int:page>/", views.picture, name="picture"),
]
