"""The project's own base page. Wagtail allows its choice only before the first migration (ADR 0003)."""

from __future__ import annotations

from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta


class BasePage(AbstractPage):
    """What every page of a commune's site has in common."""

    PERSONAL_FIELDS = ("owner",)

    class Meta(AbstractPageMeta):
        verbose_name = "trang"
        verbose_name_plural = "trang"
