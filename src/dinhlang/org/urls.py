"""Pages about units, under the desk."""

from django.urls import path

from dinhlang.org import views

app_name = "org"
urlpatterns = [
    path("", views.unit_list, name="units"),
    path("<slug:unit_id>/", views.unit_detail, name="unit"),
]
