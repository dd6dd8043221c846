"""Pages of the one-stop desk, under the desk."""

from django.urls import path

from dinhlang.onestop import views

app_name = "onestop"
urlpatterns = [
    path("", views.dossiers, name="dossiers"),
]
