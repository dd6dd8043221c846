from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "dinhlang.procedures"
    label = "procedures"
    verbose_name = _("Thủ tục hành chính")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.org.desk import Entry, add
        from dinhlang.procedures import unit_changes

        add(Entry(520, _("Thủ tục hành chính"), "procedures:list", "book-open-text", key="h"))
        unit_changes.answer()
