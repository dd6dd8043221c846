"""Short addresses that are typed from paper. A round's code has six letters, a slip's twelve."""

from django.urls import path

from dinhlang.portal.surveys import views

app_name = "survey"
urlpatterns = [
    path("", views.door, name="door"),
    path("<slug:code>/", views.ask, name="ask"),
    path("<slug:code>/quay/", views.kiosk, name="kiosk"),
    path("<slug:code>/ket-qua/", views.results, name="results"),
]
