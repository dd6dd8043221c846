"""Where a letter to a sender leads, without an account: to stop them."""

from django.urls import path

from dinhlang.portal.voices import stopping

app_name = "voice-mail"
urlpatterns = [path("<str:token>/", stopping.stop, name="stop")]
