"""The pages of files of the province's system, as the web asks for them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dinhlang.onestop.imports import actions
from dinhlang.onestop.models import Dossier, ImportRun
from dinhlang.onestop.tests.exports import as_csv, code, line

if TYPE_CHECKING:
    from dinhlang.onestop.tests.counters import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _as_of_today(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Views read the clock; the cast lives on 20/7/2023."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: counter.now)


def test_a_file_goes_from_the_form_to_the_figures(counter: Counter) -> None:
    clerk = Client()
    clerk.force_login(counter.cast.one_stop_clerk)
    ours = counter.receive(code=code(20, 7))
    lines = [
        line(code(14, 1), "14/07/2023", "24/07/2023", "18/07/2023", "", "Đã giải quyết"),
        line(ours.code, "19/07/2023", "29/07/2023", "20/07/2023", "", "Đã xong xuôi"),
        line("hỏng", "14/07/2023"),
        ["Tổng cộng", "5"],
    ]
    there = reverse("onestop:imports")
    assert clerk.get(there).status_code == 200
    assert clerk.post(there, {}).status_code == 422
    file = SimpleUploadedFile("tháng 7.csv", as_csv(lines), "text/csv")
    answer = clerk.post(there, {"file": file})
    run = ImportRun.objects.get()
    page = reverse("onestop:import-run", args=[run.pk])
    assert answer["Location"] == page
    assert clerk.get(page).headers["Refresh"]
    actions.carry_on(pk=run.pk, at=counter.now)
    shown = clerk.get(page).content.decode()
    assert "Đã xong xuôi (1)" in shown
    assert "Trần Văn Bịa Đặt" not in shown
    run.refresh_from_db()
    typed = {f"column-{number}": meaning for number, meaning in run.meanings.items()}
    typed |= {"do": "columns", "as_of": "20/07/2023", "sheet": run.sheet, "state-0": "resolved"}
    step = reverse("onestop:import-step", args=[run.pk])
    twice = clerk.post(step, {**typed, "column-0": "code"})
    assert (twice.status_code, "Hai cột" in twice.content.decode()) == (422, True)
    assert clerk.post(step, typed).status_code == 302
    actions.carry_on(pk=run.pk, at=counter.now)
    shown = clerk.get(page).content.decode()
    for said in (
        "Nhập thì sẽ thế nào",
        "hệ thống 5, đếm trong tệp 2",
        "Trái với sổ ghi tay",
        "không phải mã hồ sơ",
    ):
        assert said in shown, said
    assert "Cả loại này" in clerk.get(page, {"loai": "contradicts"}).content.decode()
    for asked, wanted in (
        ({"q": ours.code[-4:]}, {ours.code}),
        ({"q": ours.code.lower().replace("-", " ")}, {ours.code}),
        ({"decision": "open"}, {ours.code}),
        ({"decision": "file"}, set()),
        ({"q": "không có"}, set()),
        ({"q": "4", "loai": "unread"}, {"hỏng"}),
        ({"loai": "mất", "decision": "x"}, {ours.code, "hỏng"}),
    ):
        found = clerk.get(page, asked)
        assert {one.code for one in found.context["page"]} == wanted, asked
    assert "Không có dòng nào khớp" in clerk.get(page, {"q": "%"}).content.decode()
    clerk.post(step, {"do": "decide", "kind": "contradicts", "decision": "file"})
    clerk.post(step, {"do": "confirm"})
    actions.carry_on(pk=run.pk, at=counter.now)
    shown = clerk.get(page).content.decode()
    assert "Sổ trước và sau khi nhập" in shown
    ours.refresh_from_db()
    assert ours.state == "resolved"
    for form in ("xlsx", "csv", "docx", "pdf"):
        taken = clerk.post(reverse("onestop:import-difference", args=[run.pk, form]))
        assert taken.status_code == 200
        if form == "docx":
            with zipfile.ZipFile(io.BytesIO(taken.content)) as packed:
                text = re.sub(r"<[^>]+>", "", packed.read("word/document.xml").decode())
    assert clerk.post(reverse("onestop:import-difference", args=[run.pk, "exe"])).status_code == 404
    for said in ("BÁO CÁO", "Trái với sổ ghi tay", "hỏng", "Đã có kết quả", "Lấy theo tệp", "lệch"):
        assert said in text, said
    assert "Bịa Đặt" not in text
    made = Dossier.objects.get(code=code(14, 1))
    assert (
        "Ngày hẹn theo hệ thống của tỉnh"
        in clerk.get(reverse("onestop:dossier", args=[made.pk])).content.decode()
    )
    assert clerk.get(reverse("onestop:import-example")).status_code == 200
    clerk.post(step, {"do": "undo"})
    assert "đã có bước" not in clerk.get(page).content.decode()
    assert clerk.post(step, {"do": "mất"}).status_code == 404
