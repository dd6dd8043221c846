from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitizensConfig(AppConfig):
    name = "dinhlang.citizens"
    label = "citizens"
    verbose_name = _("Phản ánh, kiến nghị")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.citizens import beside, unit_changes
        from dinhlang.citizens.contests import beside as contests_beside
        from dinhlang.citizens.training import beside as training_beside
        from dinhlang.org.desk import Entry, add
        from dinhlang.org.rules import Permission
        from dinhlang.work.beside import tells

        add(
            Entry(
                530,
                _("Phản ánh, kiến nghị"),
                "citizens:cases",
                "message-square-text",
                Permission.CITIZENS_READ,
                key="y",
            )
        )
        add(Entry(535, _("Khảo sát"), "surveys:list", "clipboard-list"))
        add(Entry(537, _("Lớp tập huấn"), "training:list", "graduation-cap"))
        add(Entry(538, _("Cuộc thi"), "contests:list", "trophy"))
        tells(beside.of_lines)
        tells(training_beside.of_lines)
        tells(contests_beside.of_lines)
        unit_changes.answer()
