"""Pages about handing in and receiving, under those of reports."""

from django.urls import path, re_path

from dinhlang.reports.submission import views

urlpatterns = [
    path("<int:pk>/nop/", views.submit, name="submit"),
    path("phai-nop/<int:pk>/khong-phat-sinh/", views.duty_nil, name="duty-nil"),
    path("phai-nop/<int:pk>/nhan-tep/", views.duty_file, name="duty-file"),
    path("da-nop/", views.submissions, name="submissions"),
    path("da-nop/xuat/<slug:form>/", views.submissions_export, name="submissions-export"),
    path("da-nop/khoa/", views.keys, name="keys"),
    path("da-nop/khoa/<int:pk>/thu-hoi/", views.key_revoke, name="key-revoke"),
    path("da-nop/<int:pk>/", views.submission, name="submission"),
    path("da-nop/<int:pk>/tra-lai/", views.submission_return, name="submission-return"),
    path("da-nop/<int:pk>/chap-nhan/", views.submission_accept, name="submission-accept"),
    path("da-nop/<int:pk>/rut/", views.submission_take_back, name="submission-take-back"),
    path("da-nop/<int:pk>/giay-tiep-nhan/", views.receipt, name="receipt"),
    path("da-nop/<int:pk>/giay-tiep-nhan.pdf", views.receipt_pdf, name="receipt-pdf"),
    re_path(
        r"^da-nop/(?P<pk>\d+)/tai/(?P<form>docx|pdf|so-lieu|goi|tep)/$",
        views.submission_file,
        name="submission-file",
    ),
]
