"""Address of the Today screen."""

from django.urls import path

from duly.desk.today import views

app_name = "today"
urlpatterns = [path("", views.today, name="today")]
