"""Pages about procedures, under the desk."""

from django.urls import path

from dinhlang.procedures import views

app_name = "procedures"
urlpatterns = [
    path("", views.procedure_list, name="list"),
    path("xuat/<slug:form>/", views.procedure_export, name="export"),
    path("ma-qr/<slug:paper>/", views.procedure_codes, name="codes"),
    path("nhap/", views.procedure_import, name="import"),
    path("nhap/ghi/", views.procedure_import_confirm, name="import-confirm"),
    path("quyet-dinh/", views.decisions, name="decisions"),
    path("quyet-dinh/<int:pk>/", views.decision, name="decision"),
    path("niem-yet/", views.postings, name="postings"),
    path("niem-yet/noi/", views.place_add, name="place-add"),
    path("niem-yet/noi/<int:pk>/", views.place_change, name="place-change"),
    path("niem-yet/noi/<int:pk>/ghi/", views.post, name="post"),
    path("<int:pk>/", views.procedure_detail, name="procedure"),
    path("<int:pk>/to-niem-yet/<slug:paper>/", views.procedure_notice, name="notice"),
]
