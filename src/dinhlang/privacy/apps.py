from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "dinhlang.privacy"
    label = "privacy"
    verbose_name = _("Yêu cầu về dữ liệu cá nhân")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.org.desk import Entry, add
        from dinhlang.org.rules import Permission
        from dinhlang.privacy import unit_changes

        add(
            Entry(
                536,
                _("Yêu cầu về dữ liệu"),
                "privacy:requests",
                "shield-check",
                Permission.PRIVACY_HANDLE,
            )
        )
        add(
            Entry(
                537,
                _("Vi phạm dữ liệu"),
                "breaches:breaches",
                "shield-alert",
                Permission.PRIVACY_HANDLE,
            )
        )
        unit_changes.answer()
