"""Pages about reports, under the desk."""

from django.urls import path, re_path

from dinhlang.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="reports"),
    path("lap/", views.report_new, name="new"),
    path("so-van-ban-di/", views.register, name="register"),
    path("de-cuong/<slug:unit_id>/", views.outline_edit, name="outline"),
    path("<int:pk>/", views.report_detail, name="report"),
    path("<int:pk>/lap-lai/", views.report_redraft, name="redraft"),
    path("<int:pk>/phat-hanh/", views.report_issue, name="issue"),
    path("<int:pk>/xem/", views.report_preview, name="preview"),
    re_path(r"^(?P<pk>\d+)/tai/(?P<form>docx|pdf|json)/$", views.report_file, name="file"),
    path("<int:pk>/so-lieu/<slug:anchor>/", views.figure_detail, name="figure"),
]
