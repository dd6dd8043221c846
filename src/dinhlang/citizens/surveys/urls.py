"""Pages of surveys, under the desk."""

from django.urls import path

from dinhlang.citizens.surveys import views

app_name = "surveys"
urlpatterns = [
    path("", views.survey_list, name="list"),
    path("xuat/<slug:form>/", views.list_export, name="list-export"),
    path("lap/", views.survey_new, name="new"),
    path("<int:pk>/", views.survey_detail, name="survey"),
    path("<int:pk>/ban-moi/", views.version_new, name="version-new"),
    path("ban/<int:pk>/", views.version_edit, name="version"),
    path("ban/<int:pk>/phieu.json", views.version_file, name="version-file"),
    path("ban/<int:pk>/cau/", views.question_new, name="question-new"),
    path("ban/<int:pk>/cau/<slug:question>/", views.question_edit, name="question"),
    path("ban/<int:pk>/cau/<slug:question>/buoc/", views.question_step, name="question-step"),
    path("ban/<int:pk>/mo-dot/", views.round_new, name="round-new"),
    path("dot/<int:pk>/", views.round_detail, name="round"),
    path("dot/<int:pk>/buoc/", views.round_step, name="round-step"),
    path("dot/<int:pk>/phieu/", views.round_slips, name="round-slips"),
    path("dot/<int:pk>/ap-phich.pdf", views.round_poster, name="round-poster"),
    path("dot/<int:pk>/xuat/<slug:form>/", views.round_export, name="round-export"),
    path("dot/<int:pk>/y-kien/", views.remarks, name="remarks"),
    path("y-kien/<uuid:pk>/", views.remark_step, name="remark-step"),
    path("dot/<int:pk>/tap/", views.batch_new, name="batch-new"),
    path("tap/<int:pk>/", views.batch_detail, name="batch"),
    path("tap/<int:pk>/chot/", views.batch_finish, name="batch-finish"),
    path("tap/<int:pk>/<int:sheet>/", views.batch_sheet, name="batch-sheet"),
]
