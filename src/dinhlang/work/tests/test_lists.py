"""The lists beside the ledger are searched, filtered and taken away as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.org.models import AuditEntry
from dinhlang.work import actions
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def line_of(cast: Cast, title: str, **given: Any) -> Activity:
    return actions.record_activity(
        **{
            "unit": cast.commune,
            "kind": "website",
            "happened_on": timezone.localdate(),
            "title": title,
            "measures": {"articles": 1},
            "by": cast.culture_officer,
            "at": timezone.now(),
            **given,
        }
    )


def exported(client: Client, name: str, **asked: str) -> list[str]:
    answer = client.post(f"{reverse(name, args=['csv'])}?{urlencode(asked)}")
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.culture_officer)
    return client


def test_what_was_done_to_many_lines_is_searched_filtered_and_exported(clerk: Client, cast: Cast) -> None:
    first, second = line_of(cast, "Tin một"), line_of(cast, "Tin hai")
    given = {"unit": cast.commune, "by": cast.culture_officer, "at": timezone.now()}
    actions.reverse_lines(lines=[first.pk], reason="Ghi nhầm kênh", **given)
    actions.reverse_lines(lines=[second.pk], reason="Ghi hai lần", **given)
    there = reverse("work:batches")
    assert [batch.note for batch, *_ in clerk.get(there, {"q": "nham kenh"}).context["rows"]] == [
        "Ghi nhầm kênh"
    ]
    assert len(clerk.get(there, {"deed": "reverse"}).context["rows"]) == 2
    nothing = clerk.get(there, {"deed": "import"})
    assert nothing.context["rows"] == []
    assert "Không có lần nào khớp" in nothing.content.decode()
    assert len(exported(clerk, "work:batches-export")) == 2
    (row,) = exported(clerk, "work:batches-export", q="hai lan")
    assert "Đã hủy ghi 1 dòng." in row
    noted = AuditEntry.objects.filter(action="batch.export").order_by("pk").last()
    assert noted is not None
    assert (noted.by, noted.unit, noted.detail) == (
        cast.culture_officer,
        cast.commune,
        {"rows": 1, "form": "csv"},
    )


def test_pairs_are_searched_filtered_and_exported(clerk: Client, cast: Cast) -> None:
    for title in ("Họp thôn Đình", "Họp thôn Soi"):
        for _ in range(2):
            line_of(cast, title, kind="meeting", measures={"meetings": 1})
    there = reverse("work:duplicates")
    assert clerk.get(there).context["page"].paginator.count == 2
    (pair,) = clerk.get(there, {"q": "soi"}).context["page"]
    assert pair.first.title == "Họp thôn Soi"
    assert not clerk.get(there, {"why": "photo"}).context["page"]
    (row,) = exported(clerk, "work:duplicates-export", q="đình")
    assert row.count("Họp thôn Đình") == 2


@pytest.mark.parametrize("name", ["work:batches-export", "work:duplicates-export"])
def test_a_strangers_list_and_an_unknown_kind_of_file_are_not_there(clerk: Client, name: str) -> None:
    assert clerk.post(reverse(name, args=["pdf"])).status_code == 404
    assert clerk.post(f"{reverse(name, args=['csv'])}?unit=ben-dua").status_code == 404
    assert not AuditEntry.objects.filter(action__endswith=".export").exists()
