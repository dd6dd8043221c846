"""Short addresses that are typed from paper: six letters of the class, five of who sits its tests."""

from django.urls import path

from dinhlang.portal.training import views

app_name = "class"
urlpatterns = [
    path("<slug:code>/", views.class_page, name="page"),
    path("<slug:code>/giay-moi.pdf", views.invitation, name="invitation"),
    path("<slug:code>/tai/<int:pk>/", views.material, name="material"),
    path("<slug:code>/bai/", views.sit, name="sit"),
    path("<slug:code>/bai/<slug:pair>/", views.sit, name="sit-with"),
]
