from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    name = "dinhlang.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.org.desk import Entry, add
        from dinhlang.org.sign_in import trace  # noqa: F401 - connects what the door writes into the audit

        add(Entry(900, _("Đơn vị"), "org:units", "landmark", key="d"))
