"""Pages of classes, under the desk."""

from django.urls import path

from dinhlang.citizens.training import views

app_name = "training"
urlpatterns = [
    path("", views.class_list, name="list"),
    path("xuat/<slug:form>/", views.class_export, name="export"),
    path("lap/", views.class_new, name="new"),
    path("<int:pk>/", views.class_detail, name="class"),
    path("<int:pk>/sua/", views.class_edit, name="edit"),
    path("<int:pk>/buoc/", views.class_step, name="step"),
    path("<int:pk>/huy/", views.class_off, name="off"),
    path("<int:pk>/mo-lai/", views.class_reopen, name="reopen"),
    path("<int:pk>/moi/", views.guest_list, name="guests"),
    path("<int:pk>/moi/xuat/<slug:form>/", views.guests_export, name="guests-export"),
    path("moi/<int:pk>/bo/", views.guest_remove, name="guest-remove"),
    path("moi/<int:pk>/goi/", views.guest_call, name="guest-call"),
    path("<int:pk>/diem-danh/", views.attendance, name="attendance"),
    path("<int:pk>/diem-danh/them/", views.unannounced, name="unannounced"),
    path("<int:pk>/giay-moi.<slug:form>", views.invitation, name="invitation"),
    path("<int:pk>/giay-moi-tung-nguoi.pdf", views.invitations, name="invitations"),
    path("moi/<int:pk>/giay-moi.<slug:form>", views.guest_invitation, name="guest-invitation"),
    path("<int:pk>/danh-sach.<slug:form>", views.sheet, name="sheet"),
    path("<int:pk>/tep/them/", views.file_add, name="file-add"),
    path("tai/<int:pk>/", views.file, name="file"),
    path("tai/<int:pk>/bo/", views.file_remove, name="file-remove"),
    path("<int:pk>/kiem-tra/", views.testing, name="testing"),
    path("<int:pk>/kiem-tra/phieu/", views.slips, name="slips"),
    path("<int:pk>/ap-phich.pdf", views.poster, name="poster"),
]
