"""Addresses of signing in."""

from django.urls import path

from duly.desk.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.password, name="password"),
    path("office/", views.office, name="office"),
]
