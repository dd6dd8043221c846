"""Pages about old documents, under the desk."""

from django.urls import path

from dinhlang.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.document_list, name="documents"),
    path("nhap/", views.document_import, name="import"),
    path("<int:pk>/", views.document_detail, name="document"),
    path("<int:pk>/xem/", views.document_text, name="text"),
    path("<int:pk>/tep-goc/", views.document_source, name="source"),
]
