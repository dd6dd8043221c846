"""Pages of the one-stop desk, under the desk."""

from django.urls import path

from dinhlang.onestop import views
from dinhlang.onestop.guidance import views as guidance
from dinhlang.onestop.imports import views as imports
from dinhlang.onestop.support import step_views as steps
from dinhlang.onestop.support import views as support

app_name = "onestop"
urlpatterns = [
    path("", views.dossiers, name="dossiers"),
    path("xuat/<slug:form>/", views.export, name="export"),
    path("so-theo-doi/", views.book, name="book"),
    path("so-lieu/", views.figures, name="figures"),
    path("so-lieu/<slug:column>/", views.behind, name="behind"),
    path("so-lieu/xuat/<slug:form>/", views.figures_export, name="figures-export"),
    path("so-lieu/<slug:column>/xuat/<slug:form>/", views.behind_export, name="behind-export"),
    path("huong-dan/", guidance.guidance, name="guidance"),
    path("huong-dan/bam/", guidance.tap, name="guidance-tap"),
    path("huong-dan/so-giay/", guidance.from_list, name="guidance-list"),
    path("huong-dan/<int:pk>/rut/", guidance.take_back, name="guidance-take-back"),
    path("nhap/", imports.runs, name="imports"),
    path("nhap/mau/", imports.example, name="import-example"),
    path("nhap/<int:pk>/", imports.run, name="import-run"),
    path("nhap/<int:pk>/viec/", imports.step, name="import-step"),
    path("nhap/<int:pk>/xuat/<slug:form>/", imports.difference, name="import-difference"),
    path("ho-tro/", support.support, name="support"),
    path("ho-tro/cam-nang/<slug:guide>/", support.guide, name="support-guide"),
    path("ho-tro/cam-nang/<slug:guide>/<slug:step>/", steps.step, name="support-step"),
    path("ho-tro/cam-nang/anh/<int:pk>.jpg", steps.picture, name="support-step-picture"),
    path("ho-tro/so/", support.log, name="support-log"),
    path("ho-tro/so/xuat/<slug:form>/", support.export, name="support-export"),
    path("ho-tro/so-lieu/", support.figures, name="support-figures"),
    path("ho-tro/<int:pk>/rut/", support.take_back, name="support-take-back"),
    path("noi-tiep-nhan/", views.counter, name="counter"),
    path("tiep-nhan/", views.choose, name="choose"),
    path("tiep-nhan/<int:version>/", views.receive, name="receive"),
    path("<int:pk>/", views.dossier, name="dossier"),
    path("<int:pk>/viec/", views.step, name="step"),
    path("<int:pk>/tiep-nhan/", views.receive_presented, name="receive-presented"),
    path("<int:pk>/nguoi-nop/", views.applicant, name="applicant"),
    path("<int:pk>/phieu-khao-sat/", views.survey_slip, name="survey-slip"),
    path("<int:pk>/phieu/<slug:which>/<slug:form>/", views.slip, name="slip"),
]
