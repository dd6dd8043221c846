"""The list of guests on the desk: searched, filtered, taken away, and still filtered after a call."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from dinhlang.citizens.training import actions, queries
from dinhlang.citizens.training.rules.calls import Answer
from dinhlang.citizens.training.tests.test_classes import GUESTS, made
from dinhlang.org.models import AuditEntry
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.one_database,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]


def test_guests_are_found_without_marks_and_by_their_number_and_leave_as_a_table(cast: Cast) -> None:
    training = made(cast)
    officer, there = as_(cast.culture_officer), reverse("training:guests", args=[training.pk])
    rows = {one.guest.name: one.guest.row for one in queries.on_list(training)}
    first, second = GUESTS

    def shown(**asked: str) -> set[str]:
        return {one.guest.name for one in officer.get(there, asked).context["guests"]}

    assert shown() == set(rows)
    assert shown(q="nguyen thi thu") == shown(q="+84 900 000 001") == shown(q="nguyen thuong") == {first.name}
    assert shown(q="TRẦN VĂN MẪU") == {second.name}
    assert shown(group="citizen") == {first.name, second.name}
    assert shown(q="khong ai ca") == set()
    assert "Không có ai khớp với điều kiện lọc." in officer.get(there, {"q": "khong ai"}).content.decode()
    came = rows[first.name].pk
    actions.tick(training=training, shown={came}, came={came}, by=cast.culture_officer, at=cast.now)
    assert shown(loc="co-mat") == {first.name}
    assert shown(loc="vang") == set(rows) - {first.name}
    # Whoever goes down the filtered list stays in it after a call.
    call = f"{reverse('training:guest-call', args=[rows[second.name].pk])}?q=tran+van+mau"
    assert officer.post(call, {"answer": Answer.COMING}).headers["Location"] == f"{there}?q=tran+van+mau"
    refused = officer.post(call, {"answer": "?"})
    assert {one.guest.name for one in refused.context["guests"]} == {second.name}
    export = reverse("training:guests-export", args=[training.pk, "csv"])
    file = b"".join(officer.post(f"{export}?q=tran+van+mau")).decode().removeprefix("\ufeff")
    _head, line = csv.reader(StringIO(file))
    assert (line[0], line[2], line[5]) == (second.name, "Người dân", "Sẽ dự")
    assert as_(cast.chair).post(export).status_code == 404
    [entry] = AuditEntry.objects.filter(action="training.guests-export")
    assert entry.detail == {"rows": 1, "form": "csv"}
