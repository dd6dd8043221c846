"""Pages of data requests, under the desk."""

from django.urls import path

from dinhlang.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.request_list, name="requests"),
    path("xuat/<slug:form>/", views.request_export, name="export"),
    path("ghi/", views.request_new, name="new"),
    path("<int:pk>/", views.request_detail, name="request"),
    path("<int:pk>/viec/", views.request_step, name="step"),
    path("<int:pk>/noi-dung/", views.request_original, name="original"),
    path("<int:pk>/tep/", views.request_file, name="file"),
]
