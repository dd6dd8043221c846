"""The catalogue of the fictional commune, and a decision that changed it lately."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.models import Unit
from dinhlang.periods.duration import read_duration
from dinhlang.procedures.actions.catalogue import apply_changes
from dinhlang.procedures.actions.posting import add_place, post_procedures
from dinhlang.procedures.models import Place, Procedure, Version
from dinhlang.procedures.rules import (
    Change,
    Channel,
    DecisionGiven,
    EventKind,
    LegalBasis,
    Level,
    Method,
    Outcome,
    Paper,
    Sheet,
)

_UNIT = "ben-truc"
_NUMBER = "{number}/QĐ-UBND"
_ONLINE = {"full": Channel.ONLINE_FULL, "part": Channel.ONLINE_PART}


def load_demo(*, at: datetime) -> None:
    """Give the fictional commune its procedures and a decision of the last weeks, once."""
    unit = Unit.objects.filter(pk=_UNIT).first()
    if unit is None or Procedure.objects.filter(unit=unit).exists():
        return
    sheets = demo_sheets()
    new = ("1.013067", "2.002637")
    with transaction.atomic():
        apply_changes(
            unit=unit,
            changes=[
                Change(code, EventKind.ANNOUNCE, _before(code, sheet), since_ever=True)
                for code, sheet in sheets.items()
                if code not in new
            ],
            by=None,
            at=at,
        )
        _decide(unit, sheets, new, localdate(at), at)
    _hang(unit, at)


def _hang(unit: Unit, at: datetime) -> None:
    """A board at the place of reception, where what was amended lately does not hang yet."""
    board = add_place(
        unit=unit, name="Bảng niêm yết tại nơi tiếp nhận", channel=Place.Channel.BOARD, by=None, at=at
    )
    day = localdate(at) - timedelta(days=40)
    first = Version.objects.filter(procedure__unit=unit, number=1, starts_on=None)
    post_procedures(
        place=board,
        versions=list(first.values_list("pk", flat=True)),
        posted_on=day,
        by=None,
        at=at,
    )


def _before(code: str, sheet: Sheet) -> Sheet:
    """What two of the procedures said before the decision."""
    if code == "1.001193":
        return replace(
            sheet, papers=(*sheet.papers, Paper(name="Bản sao giấy chứng nhận kết hôn của cha mẹ", copies=1))
        )
    if code == "1.004873":
        return replace(sheet, methods=tuple(_slower(one) for one in sheet.methods))
    return sheet


def _slower(method: Method) -> Method:
    limit = "05 ngày làm việc"
    return replace(method, time_limit=limit, duration=read_duration(limit))


def _decide(unit: Unit, sheets: dict[str, Sheet], new: tuple[str, ...], today: date, at: datetime) -> None:
    """Two new procedures, two amended, one abolished; one of the new takes effect only in a week."""
    signed, begins = today - timedelta(days=12), today - timedelta(days=5)
    ended = Sheet(name="Xác nhận hộ gia đình văn hóa", field="Văn hóa cơ sở", levels=(Level.COMMUNE,))
    apply_changes(
        unit=unit,
        changes=[Change("9.000001", EventKind.ANNOUNCE, ended, since_ever=True)],
        by=None,
        at=at,
    )
    apply_changes(
        unit=unit,
        changes=[
            Change("1.001193", EventKind.AMEND, sheets["1.001193"], begins),
            Change("1.004873", EventKind.AMEND, sheets["1.004873"], begins),
            Change(new[0], EventKind.ANNOUNCE, sheets[new[0]], begins),
            Change(new[1], EventKind.ANNOUNCE, sheets[new[1]], today + timedelta(days=7)),
            Change("9.000001", EventKind.ABOLISH, effective_on=begins),
        ],
        decision=DecisionGiven(
            _NUMBER.format(number=signed.timetuple().tm_yday + 400),
            signed,
            "Ủy ban nhân dân tỉnh Mẫu",
            "Công bố danh mục thủ tục hành chính mới ban hành, sửa đổi, bổ sung, bị bãi bỏ thuộc thẩm quyền giải "
            "quyết của Ủy ban nhân dân cấp xã",
        ),
        by=None,
        at=at,
    )


@cache
def demo_sheets() -> dict[str, Sheet]:
    """The sheets by their codes, of our own wording."""
    data = tomllib.loads((files("dinhlang.procedures") / "data" / "demo.toml").read_text("utf-8"))
    return {one["code"]: _sheet(data["groups"][one["group"]] | one) for one in data["procedures"]}


def _sheet(said: dict[str, Any]) -> Sheet:
    return Sheet(
        name=said["name"],
        field=said["field"],
        levels=(Level.COMMUNE,),
        steps=said["steps"],
        methods=tuple(_methods(said)),
        fees=said["fee"],
        papers=tuple(_paper(one) for one in said["papers"]),
        sets="01 bộ",
        applicants=said["applicants"],
        decided_by=said["carried_out_by"],
        carried_out_by=said["carried_out_by"],
        reception="Trung tâm Phục vụ hành chính công xã Bến Trúc",
        results=(Outcome(said["result"]),),
        conditions=said.get("conditions", ""),
        legal=tuple(LegalBasis(*(part.strip() for part in one.split("|"))) for one in said["legal"]),
        keywords=said.get("keywords", ""),
    )


def _methods(said: dict[str, Any]) -> list[Method]:
    limit = said["time"]
    ways = [(Channel.COUNTER, "Trực tiếp")]
    if said["online"] != "no":
        ways += [(Channel.POST, "Bưu chính công ích"), (_ONLINE[said["online"]], "Trực tuyến")]
    return [Method(channel, named, limit, read_duration(limit)) for channel, named in ways]


def _paper(said: str) -> Paper:
    name, originals, copies = (part.strip() for part in said.split("|"))
    return Paper(name=name, originals=int(originals), copies=int(copies))
