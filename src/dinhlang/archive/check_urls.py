"""The page that checks a document, under the desk. The token in the address is the key to what is held."""

from django.urls import path

from dinhlang.archive import views

app_name = "check"
urlpatterns = [
    path("", views.check_new, name="new"),
    path("<str:token>/", views.check, name="check"),
    path("<str:token>/trang/<int:number>", views.check_page, name="page"),
    path("<str:token>/cach-xet/", views.check_judge, name="judge"),
    path("<str:token>/quyet-dinh/", views.check_decide, name="decide"),
    path("<str:token>/tai/docx", views.check_docx, name="docx"),
    path("<str:token>/tai/xlsx", views.check_xlsx, name="xlsx"),
    path("<str:token>/vao-kho/", views.check_to_archive, name="to-archive"),
    path("<str:token>/xoa/", views.check_delete, name="delete"),
]
