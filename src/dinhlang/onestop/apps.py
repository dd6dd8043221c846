from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OneStopConfig(AppConfig):
    name = "dinhlang.onestop"
    label = "onestop"
    verbose_name = _("Một cửa")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.onestop import beside, unit_changes
        from dinhlang.org.desk import Entry, add
        from dinhlang.work.beside import tells
        from dinhlang.work.counted import counts

        add(Entry(510, _("Một cửa"), "onestop:dossiers", "clipboard-list", key="m"))
        add(Entry(515, _("Hỗ trợ số"), "onestop:support", "smartphone"))
        tells(beside.of_lines)
        counts(beside.counted)
        unit_changes.answer()
