"""Pages of citizens' feedback, under the desk."""

from django.urls import path

from dinhlang.citizens import views

app_name = "citizens"
urlpatterns = [
    path("", views.case_list, name="cases"),
    path("xuat/<slug:form>/", views.case_export, name="export"),
    path("ghi/", views.case_new, name="new"),
    path("thong-ke/", views.figures, name="figures"),
    path("thong-ke/<slug:slug>/", views.counted, name="counted"),
    path("thong-ke/<slug:slug>/xuat/<slug:form>/", views.counted_export, name="counted-export"),
    path("ngay/<slug:written>/", views.day_cases, name="day"),
    path("cau-tra-loi-mau/", views.reply_list, name="replies"),
    path("cau-tra-loi-mau/xuat/<slug:form>/", views.reply_export, name="replies-export"),
    path("cau-tra-loi-mau/<int:pk>/thoi/", views.reply_end, name="reply-end"),
    path("phan-cong/", views.route_list, name="routes"),
    path("thoi-han/", views.terms, name="terms"),
    path("thoi-han/<int:pk>/bo/", views.terms_cancel, name="terms-cancel"),
    path("khoa-ung-dung/", views.key_list, name="keys"),
    path("khoa-ung-dung/<int:pk>/thu-hoi/", views.key_revoke, name="key-revoke"),
    path("<int:pk>/", views.case_detail, name="case"),
    path("<int:pk>/viec/", views.case_step, name="step"),
    path("<int:pk>/ban-goc/", views.original, name="original"),
    path("<int:pk>/tep/<int:number>/", views.case_file, name="file"),
    path("<int:pk>/duyet/", views.approval, name="approval"),
    path("<int:pk>/cong-khai/", views.publication, name="publication"),
]
