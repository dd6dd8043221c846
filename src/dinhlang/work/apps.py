from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "dinhlang.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.org.desk import Entry, add
        from dinhlang.org.rules import Permission
        from dinhlang.work import unit_changes

        add(
            Entry(
                200,
                _("Ghi hoạt động"),
                "work:kinds",
                "circle-plus",
                Permission.ACTIVITY_RECORD,
                "h",
                _("Ghi"),
            )
        )
        add(Entry(300, _("Sổ theo dõi"), "work:ledger", "notebook-pen", key="s", short=_("Sổ")))
        add(Entry(400, _("Kế hoạch"), "work:plans", "calendar-days", key="k"))
        add(Entry(460, _("Số liệu các cấp"), "work:levels", "chart-column"))
        add(Entry(450, _("Lịch"), "work:calendars", "calendar-sync", key="l"))
        unit_changes.answer()
