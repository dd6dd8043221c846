"""Pages about figures of every level, under the desk."""

from django.urls import path

from dinhlang.work.rollup import views

urlpatterns = [
    path("", views.levels, name="levels"),
    path("xuat/<slug:form>/", views.levels_export, name="levels-export"),
    path("dong/", views.level_lines, name="level-lines"),
]
