"""What is typed about a page that is put first. It checks form, not right."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.portal.search.rules import WORDS_LENGTH


class PromotedForm(forms.Form):
    """The words, the title and the page that stands first for them."""

    words = forms.CharField(
        label=gettext_lazy("Khi người dân tìm"),
        max_length=WORDS_LENGTH,
        help_text=gettext_lazy("Những từ người dân hay gõ, ví dụ: làm giấy khai sinh."),
        error_messages={"required": gettext_lazy("Ghi những từ người dân hay gõ.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Tiêu đề hiện ra"),
        max_length=200,
        error_messages={"required": gettext_lazy("Ghi tiêu đề của trang đứng đầu.")},
    )
    target = forms.CharField(
        label=gettext_lazy("Địa chỉ trang"),
        max_length=500,
        help_text=gettext_lazy("Chép từ ô địa chỉ của trình duyệt khi đang mở trang đó."),
        error_messages={"required": gettext_lazy("Dán địa chỉ của trang đứng đầu.")},
    )

    def __init__(self, *args: object, prefix_of_site: str, hosts: Collection[str], **kwargs: object) -> None:
        """`prefix_of_site` is what stands before the site's addresses ('/ben-truc'), '' at a host name of its own.

        `hosts` are the host names at which the site is known.
        """
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._prefix_of_site, self._hosts = prefix_of_site, hosts

    def clean_target(self) -> str:
        """The address inside the site: '/thu-tuc/1.001193/'."""
        asked = urlsplit(self.cleaned_data["target"].strip())
        rest = asked.path.removeprefix(self._prefix_of_site)
        is_here = not asked.netloc or asked.netloc in self._hosts
        if not is_here or not rest.startswith("/") or rest.startswith("//") or "\\" in rest:
            raise forms.ValidationError(
                _("Địa chỉ này không thuộc trang của đơn vị. Mở trang cần đưa lên rồi chép lại địa chỉ.")
            )
        return rest + (f"?{asked.query}" if asked.query else "")
