from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "dinhlang.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dinhlang.onestop import public as counter
        from dinhlang.org.desk import Entry, add
        from dinhlang.portal import (
            announcements,  # noqa: F401 - it listens to what the rooms below save
            unit_changes,
        )
        from dinhlang.portal.catalogue import told
        from dinhlang.portal.counter.looking import whole_address
        from dinhlang.portal.digest import telling as by_mail
        from dinhlang.portal.newsroom.subjects import articles
        from dinhlang.portal.search import actions as _listens_to_changes  # noqa: F401
        from dinhlang.procedures import public

        public.tell(told.address, told.hotline, articles)
        counter.tell(whole_address)

        add(Entry(100, _("Bàn làm việc"), "desk:home", "house", key="b", short=_("Hôm nay")))
        add(Entry(540, _("Tin, bài"), "newsroom:list", "newspaper", key="n"))
        add(Entry(550, _("Công khai"), "publications:list", "globe"))
        unit_changes.answer()
        by_mail.register()
