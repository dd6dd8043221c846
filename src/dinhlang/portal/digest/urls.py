"""News by mail, open to all: asking for it, and what the links in mails lead to."""

from django.urls import path

from dinhlang.portal.digest import views

app_name = "digest"
urlpatterns = [
    path("xac-nhan/<str:token>/", views.confirm, name="confirm"),
    path("chon/<str:token>/", views.choose, name="choose"),
    path("roi/<str:token>/", views.leave, name="leave"),
    path("<slug:site>/", views.subscribe, name="subscribe"),
]
