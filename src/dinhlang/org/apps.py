from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrgConfig(AppConfig):
    name = "dinhlang.org"
    label = "org"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from dinhlang.org import word_index
        from dinhlang.org.changes import own
        from dinhlang.org.desk import Entry, add
        from dinhlang.org.rules import Permission
        from dinhlang.org.sign_in import trace  # noqa: F401 - connects what the door writes into the audit

        own.answer()
        post_migrate.connect(word_index.mend_after_migrations, sender=self)
        add(Entry(850, _("Cán bộ"), "org:people", "users", Permission.PEOPLE_MANAGE, key="n"))
        add(Entry(860, _("Thôn, bộ phận"), "org:parts", "map-pin-house", Permission.PARTS_MANAGE))
        add(Entry(900, _("Đơn vị"), "org:units", "landmark", key="d"))
        add(Entry(905, _("Thay đổi đơn vị"), "org:changes", "git-merge", Permission.UNITS_CHANGE))
        add(Entry(910, _("Vai trò và quyền"), "org:roles", "key-round"))
        add(Entry(950, _("Nhật ký thao tác"), "org:audit", "scroll-text", Permission.AUDIT_READ))
