"""Pages of prints, under those of the radio."""

from django.urls import path

from dinhlang.broadcast.prints import views

urlpatterns = [
    path("", views.prints, name="prints"),
    path("soan/", views.print_new, name="print-new"),
    path("noi-treo/", views.places, name="print-places"),
    path("noi-treo/xuat/<slug:form>/", views.places_export, name="print-places-export"),
    path("noi-treo/<int:pk>/", views.print_place_step, name="print-place-step"),
    path("noi-treo/<int:pk>/anh/<slug:size>/", views.print_photo, name="print-photo"),
    path("lan-in/<int:pk>/rut/", views.print_run_take_back, name="print-run-take-back"),
    path("<int:pk>/", views.print_detail, name="print"),
    path("<int:pk>/sua/", views.print_edit, name="print-edit"),
    path("<int:pk>/buoc/", views.print_step, name="print-step"),
    path("<int:pk>/anh/", views.print_picture, name="print-picture"),
    path("<int:pk>/mat/<int:side>.png", views.print_preview, name="print-preview"),
    path("<int:pk>/tep/<str:kind>", views.print_file, name="print-file"),
    path("<int:pk>/lan-in/", views.print_run, name="print-run"),
    path("<int:pk>/noi/", views.print_place, name="print-place"),
]
