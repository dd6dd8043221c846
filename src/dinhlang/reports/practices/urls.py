"""Pages about good models and commendations, under those of reports."""

from django.urls import path, re_path

from dinhlang.reports.practices import views

urlpatterns = [
    path("", views.practices, name="practices"),
    path("xuat/<slug:form>/", views.practices_export, name="practices-export"),
    path("danh-dau/", views.practice_lines, name="practice-lines"),
    path("danh-dau/<int:line>/", views.practice_new, name="practice-new"),
    path("<int:pk>/", views.practice, name="practice"),
    re_path(
        r"^(?P<pk>\d+)/(?P<act>de-xuat|rut|cong-nhan|khong|huy|cong-bo|go|bo)/$",
        views.practice_act,
        name="practice-act",
    ),
]
