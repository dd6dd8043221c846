"""Pages about the reform index, under those of reports."""

from django.urls import path, re_path

from dinhlang.reports.index import views

urlpatterns = [
    path("", views.assessments, name="index"),
    path("xuat/<slug:form>/", views.assessments_export, name="index-export"),
    path("bat-dau/", views.begin, name="index-begin"),
    path("bo-tieu-chi/", views.sets, name="index-sets"),
    path("bo-tieu-chi/nap/", views.set_new, name="index-set-new"),
    path("bo-tieu-chi/<int:pk>/", views.index_set, name="index-set"),
    path("bo-tieu-chi/<int:pk>/tep/", views.set_file, name="index-set-file"),
    re_path(r"^bo-tieu-chi/(?P<pk>\d+)/(?P<act>dung|bo)/$", views.set_act, name="index-set-act"),
    path("<int:pk>/", views.assessment, name="assessment"),
    path("<int:pk>/xuat/<slug:form>/", views.assessment_export, name="assessment-export"),
    path("<int:pk>/dieu-tra/", views.survey, name="assessment-survey"),
    re_path(
        r"^(?P<pk>\d+)/(?P<act>gui|rut|tra|tinh-lai|xong|lam-lai|cong-bo|go)/$",
        views.assessment_act,
        name="assessment-act",
    ),
    re_path(r"^(?P<pk>\d+)/tieu-chi/(?P<code>[\w.]{1,20})/$", views.criterion, name="criterion"),
    re_path(
        r"^(?P<pk>\d+)/tieu-chi/(?P<code>[\w.]{1,20})/minh-chung/$", views.evidence, name="criterion-evidence"
    ),
    re_path(
        r"^(?P<pk>\d+)/tieu-chi/(?P<code>[\w.]{1,20})/tham-dinh/$", views.appraise, name="criterion-appraise"
    ),
    re_path(
        r"^(?P<pk>\d+)/tieu-chi/(?P<code>[\w.]{1,20})/dot-khao-sat/$",
        views.take_round,
        name="criterion-round",
    ),
]
