"""Pages of contests, under the desk."""

from django.urls import path

from dinhlang.citizens.contests import views

app_name = "contests"
urlpatterns = [
    path("", views.contest_list, name="list"),
    path("lap/", views.contest_new, name="new"),
    path("<int:pk>/", views.contest_detail, name="contest"),
    path("<int:pk>/sua/", views.contest_edit, name="edit"),
    path("<int:pk>/buoc/", views.contest_step, name="step"),
    path("<int:pk>/ap-phich.pdf", views.contest_poster, name="poster"),
    path("<int:pk>/tuan/", views.week_new, name="week-new"),
    path("tuan/<int:pk>/", views.week_detail, name="week"),
    path("tuan/<int:pk>/sua/", views.week_edit, name="week-edit"),
    path("tuan/<int:pk>/bo/", views.week_drop, name="week-drop"),
    path("tuan/<int:pk>/buoc/", views.week_step, name="week-step"),
    path("tuan/<int:pk>/bai/", views.sittings, name="sittings"),
    path("bai/<int:pk>/loai/", views.sitting_exclude, name="exclude"),
    path("tuan/<int:pk>/trung-giai/", views.winners, name="winners"),
    path("tuan/<int:pk>/xuat/<slug:form>/", views.week_export, name="export"),
]
