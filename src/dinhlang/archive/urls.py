"""Pages about old documents, under the desk."""

from django.urls import path

from dinhlang.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.document_list, name="documents"),
    path("nhap/", views.document_import, name="import"),
    path("cho/", views.intake_list, name="intakes"),
    path("cho/<int:pk>/", views.intake_detail, name="intake"),
    path("cho/<int:pk>/trang/<int:number>", views.intake_page, name="intake-page"),
    path("cho/<int:pk>/so-sanh/", views.intake_compare, name="intake-compare"),
    path("cho/<int:pk>/tep-goc/", views.intake_source, name="intake-source"),
    path("<int:pk>/", views.document_detail, name="document"),
    path("<int:pk>/xem/", views.document_text, name="text"),
    path("<int:pk>/tep-goc/", views.document_source, name="source"),
]
