"""A counter that works, and a way to hand in at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from dinhlang.onestop import actions
from dinhlang.onestop.actions import CounterGiven
from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.rules.intake import Applicant, Given

if TYPE_CHECKING:
    from conftest import Cast

APPLICANT = Applicant("Nguyễn Thị Ví Dụ", address="Thôn Mẫu, xã Bến Trúc", phone="0900 000 123")
COUNTER = CounterGiven(
    office="Bộ phận Tiếp nhận và Trả kết quả xã Bến Trúc",
    legal_basis="Quyết định số 1/QĐ-UBND ngày 03/01/2023",
    agency_code="H99.12.34",
    phone="0200 000 000",
    hours=((time(7, 30), time(11, 30)), (time(13, 30), time(17, 0))),
    bank="970436",
    account="1100000000000",
    account_name="UBND XA BEN TRUC",
)


@dataclass
class Counter:
    """The counter of the commune; `now` is the clock, which goes on a minute with each act."""

    cast: Cast
    now: datetime
    version: int

    def later(self, **spent: int) -> datetime:
        self.now += timedelta(**(spent or {"minutes": 1}))
        return self.now

    def given(self, **more: Any) -> Given:
        return Given(**{"applicant": APPLICANT, "version": self.version, "papers": ("Tờ khai",), **more})

    def receive(self, **more: Any) -> Dossier:
        at = self.later()
        return actions.receive(
            unit=self.cast.commune,
            given=self.given(**more),
            key=uuid4(),
            received_at=at,
            by=self.cast.one_stop_clerk,
            at=at,
        )

    def refused(self, reason: str = "Không thuộc thẩm quyền của xã", **more: Any) -> Dossier:
        clerk, at = self.cast.one_stop_clerk, self.later()
        made = actions.present(
            unit=self.cast.commune, given=self.given(**more), key=uuid4(), presented_at=at, by=clerk, at=at
        )
        return actions.refuse(dossier=made, reason=reason, key=uuid4(), by=clerk, at=self.later())

    def do(self, act: Callable[..., DossierStep], dossier: Dossier, **more: Any) -> DossierStep:
        """Do it now, by the clerk, with a new form."""
        at = self.later()
        given = {
            "key": uuid4(),
            "by": self.cast.one_stop_clerk,
            "at": at,
            "happened_at": at,
            **more,
        }
        step = act(dossier=dossier, **given)
        dossier.refresh_from_db()
        return step
