from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "dinhlang.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.archive import unit_changes
        from dinhlang.org.desk import Entry, add

        add(Entry(550, _("Kiểm tra văn bản"), "check:new", "file-check", key="t"))
        add(Entry(600, _("Văn bản cũ"), "archive:documents", "archive", key="v"))
        unit_changes.answer()
