"""What every page shares, the pages about units, and one's own account."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from dinhlang.org.models import AuditEntry
from dinhlang.org.templatetags.desk import printed

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

stored = pytest.mark.django_db
integration = pytest.mark.integration

NEW = "mot-cau-that-dai-de-nho"


def change(client: Client, old: str, new: str, again: str | None = None) -> str:
    given = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return client.post(reverse("org:account"), given).content.decode()


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (1234, "1.234"), (Decimal("86.5000"), "86,5"), (None, "—"), ("…", "…"), (6694, "6.694")],
)
def test_numbers_are_printed_the_vietnamese_way(value: object, said: str) -> None:
    assert printed(value) == said  # type: ignore[arg-type]


@stored
@integration
def test_a_person_sees_their_posts_and_changes_their_passphrase(client: Client, cast: Cast) -> None:
    client.force_login(cast.radio_operator)
    page = client.get(reverse("org:account")).content.decode()
    assert "Nhân viên đài truyền thanh" in page
    change(client, cast.passphrase, NEW)
    cast.radio_operator.refresh_from_db()
    assert cast.radio_operator.check_password(NEW)
    assert AuditEntry.objects.filter(action="passphrase.change", by=cast.radio_operator).count() == 1
    assert client.get(reverse("org:account")).status_code == 200, "still signed in"


@stored
@integration
@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        ("sai", NEW, NEW, "Mật khẩu đang dùng không đúng."),
        ("", NEW, NEW, "Nhập mật khẩu đang dùng."),
        ("cau-cho-ben-truc", "ngan", "ngan", "cần ít nhất 12 ký tự"),
        ("cau-cho-ben-truc", NEW, "khac", "không giống nhau"),
    ],
)
def test_a_bad_passphrase_changes_nothing(
    client: Client, cast: Cast, old: str, new: str, again: str, told: str
) -> None:
    client.force_login(cast.radio_operator)
    assert told in change(client, old, new, again)
    cast.radio_operator.refresh_from_db()
    assert cast.radio_operator.check_password(cast.passphrase)


@stored
@integration
def test_units_are_found_by_name_without_marks(client: Client, cast: Cast) -> None:
    client.force_login(cast.chair)
    page = client.get(reverse("org:units"), {"q": "ben truc"}).content.decode()
    assert reverse("org:unit", args=["ben-truc"]) in page
    assert client.get(f"{reverse('org:units')}?q=%00").status_code == 200
    assert client.get(f"{reverse('org:units')}?q={'x' * 5000}").status_code == 200
    assert client.get(reverse("org:unit", args=["khong-co"])).status_code == 404


@stored
@integration
def test_the_shell_names_the_person_in_full(client: Client, cast: Cast) -> None:
    client.force_login(cast.chair)
    page = client.get(reverse("desk:home")).content.decode()
    assert "Nguyễn Thị Mẫu" in page
