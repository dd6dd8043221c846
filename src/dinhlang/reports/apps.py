from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "dinhlang.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.org.desk import Entry, add
        from dinhlang.reports import unit_changes
        from dinhlang.reports.practices import beside as practices
        from dinhlang.reports.quality import beside as quality
        from dinhlang.work.beside import tells

        add(Entry(500, _("Báo cáo"), "reports:reports", "file-text", key="c"))
        unit_changes.answer()
        tells(practices.of_lines)
        tells(quality.of_lines)
