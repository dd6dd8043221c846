from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BroadcastConfig(AppConfig):
    name = "dinhlang.broadcast"
    label = "broadcast"
    verbose_name = _("Phát thanh")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.broadcast import unit_changes
        from dinhlang.broadcast.channels import telling
        from dinhlang.broadcast.prints import telling as prints
        from dinhlang.org.desk import Entry, add

        add(Entry(545, _("Phát thanh"), "broadcast:bulletins", "megaphone", key="p"))
        unit_changes.answer()
        telling.register()
        prints.register()
