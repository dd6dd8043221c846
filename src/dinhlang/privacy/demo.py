"""The demonstration: two requests of people who do not exist, and two breaches that never happened."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from dinhlang.org.models import Person, Unit
from dinhlang.privacy import actions
from dinhlang.privacy.breaches import actions as breaches
from dinhlang.privacy.models import Breach, DataRequest
from dinhlang.privacy.rules.breaches import Nature, Outcome, Source
from dinhlang.privacy.rules.states import Kind

_UNIT = "ben-truc"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Load both registers of the demo commune where they are empty."""
    unit = Unit.objects.filter(pk=_UNIT, is_demo=True).first()
    clerk = Person.objects.filter(username="van-phong").first()
    chair = Person.objects.filter(username="chu-tich").first()
    if unit is None or clerk is None or chair is None:
        return
    if not DataRequest.objects.filter(unit=unit).exists():
        _requests(unit, clerk, at)
    if not Breach.objects.filter(unit=unit).exists():
        _breaches(unit, clerk, chair, at)


def _requests(unit: Unit, clerk: Person, at: datetime) -> None:
    corrected = actions.submit(
        unit=unit,
        asked=actions.Asked(
            Kind.CORRECT, "Số điện thoại của tôi đã đổi.", "Nguyễn Thị Minh Họa", "0900000101"
        ),
        key="yeu-cau-minh-hoa-thu-nhat",
        is_proven=True,
        at=at - 2 * _DAY,
    ).request
    actions.accept(request=corrected, words="Xã sửa trong tuần này, xong sẽ báo.", by=clerk, at=at - _DAY)
    actions.submit(
        unit=unit,
        asked=actions.Asked(Kind.SEE, "", "Lê Văn Giả Định", "0900000102"),
        key="yeu-cau-minh-hoa-thu-hai",
        at=at - 3 * _HOUR,
    )


def _breaches(unit: Unit, clerk: Person, chair: Person, at: datetime) -> None:
    found = at - 9 * _DAY
    mended = breaches.note(
        unit=unit,
        known=breaches.Known(
            found,
            found - 2 * _HOUR,
            Source.PERSON,
            Nature.LEAK,
            "Danh sách nhận hỗ trợ dán ở nhà văn hóa thôn có cả số điện thoại.",
            ["contact", "money"],
            23,
            "Người trong danh sách có thể bị gọi điện làm phiền.",
            "Gỡ danh sách ngay, dán bản không có số điện thoại, nhắc các thôn.",
        ),
        by=clerk,
        at=found + _HOUR,
    )
    breaches.propose(
        breach=mended,
        outcome=Outcome.NOTIFY,
        words="Có số điện thoại và số tiền của 23 người.",
        ground="",
        late_reason="",
        by=clerk,
        at=found + 2 * _HOUR,
    )
    breaches.decide(breach=mended, by=chair, at=found + 3 * _HOUR)
    breaches.send(breach=mended, number="21/TB-UBND", sent_at=None, by=clerk, at=found + 20 * _HOUR)
    breaches.tell(
        breach=mended, is_told=True, words="Trưởng thôn báo cả 23 người.", by=clerk, at=found + _DAY
    )
    breaches.close(
        breach=mended, words="Đã dán bản mới, các thôn đã được nhắc.", by=chair, at=found + 2 * _DAY
    )
    breaches.note(
        unit=unit,
        known=breaches.Known(
            at - 5 * _HOUR,
            None,
            Source.OFFICIAL,
            Nature.LOSS,
            "Máy tính bảng của bộ phận một cửa để quên trên xe khách, máy có khóa màn hình.",
            ["contact", "dossier"],
        ),
        by=clerk,
        at=at - 4 * _HOUR,
    )
