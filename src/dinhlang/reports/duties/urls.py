"""Pages about reports that are owed, under those of reports."""

from django.urls import path

from dinhlang.reports.duties import views

urlpatterns = [
    path("", views.duties, name="duties"),
    path("xuat/<slug:form>/", views.duties_export, name="duties-export"),
    path("theo-doi/", views.duty_table, name="duty-table"),
    path("theo-doi/xuat/<slug:form>/", views.duty_table_export, name="duty-table-export"),
    path("theo-doi/chat-luong/<slug:unit_id>/", views.duty_quality, name="duty-quality"),
    path("lui-han/<int:pk>/", views.extension_decide, name="extension-decide"),
    path("yeu-cau/", views.requests, name="requests"),
    path("yeu-cau/moi/", views.request_new, name="request-new"),
    path("yeu-cau/<int:pk>/", views.request_detail, name="request"),
    path("yeu-cau/<int:pk>/giao/", views.request_confirm, name="request-confirm"),
    path("yeu-cau/<int:pk>/rut/", views.request_withdraw, name="request-withdraw"),
    path("yeu-cau/<int:pk>/trang/<int:number>/", views.request_page, name="request-page"),
    path("yeu-cau/<int:pk>/tep/", views.request_file, name="request-file"),
    path("<int:pk>/", views.duty, name="duty"),
    path("<int:pk>/lap/", views.duty_draft, name="duty-draft"),
    path("<int:pk>/lui-han/", views.duty_extend, name="duty-extend"),
    path("<int:pk>/da-gui/", views.duty_sent, name="duty-sent"),
    path("<int:pk>/huy-da-gui/", views.duty_unsent, name="duty-unsent"),
]
