from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "dinhlang.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
