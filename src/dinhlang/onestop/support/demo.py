"""What the digital team of the fictional commune did these days."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.onestop.models import Support
from dinhlang.onestop.support.actions import Helped, add
from dinhlang.onestop.support.counting import count_supported
from dinhlang.onestop.support.queries import hamlets
from dinhlang.onestop.support.writing import Said, write
from dinhlang.org.models import Person, Unit

_UNIT = "ben-truc"
# Days ago, who helped, matter, place, outcome, minutes, age, steps at which people needed a hand.
_DONE = (
    (5, "truong-thon", "vneid", "hall", "done", 25, "60-", ("vneid:ma-otp", "vneid:passcode")),
    (5, "truong-thon", "vneid", "hall", "again", 30, "60-", ("vneid:nhap-so",)),
    (5, "cong-tac-vien", "sign-in", "hall", "done", 10, "35-59", ("dang-nhap:quet-ma",)),
    (2, "cong-tac-vien", "payment", "house", "done", 12, "35-59", ()),
    (1, "truong-thon", "look-up", "house", "done", 5, "60-", ("tra-cuu:nhap-ma",)),
    (0, "truong-thon", "vneid", "house", "done", 20, "60-", ("vneid:ma-otp",)),
    (0, "cong-tac-vien", "filing", "hall", "failed", 35, "-34", ("nop-ho-so:gui-giay-to",)),
)
# What the commune says in a step in place of the house.
_OWN_WORDS = "Mở trình duyệt, gõ dichvucong.gov.vn. Hiện ô thông báo thì bấm Đóng, rồi bấm Đăng nhập ở góc trên bên phải."
_OWN_NOTE = "Máy ở nhà văn hóa thôn đã đặt sẵn trang này làm trang đầu."


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Write down some support of these days, once."""
    unit = Unit.objects.filter(pk=_UNIT).first()
    if unit is None or Support.objects.filter(unit=unit).exists():
        return
    there = [*hamlets(unit, localdate(at))] or [""]
    people = {
        one.username: one for one in Person.objects.filter(username__in=("truong-thon", "cong-tac-vien"))
    }
    for number, (ago, who, matter, place, outcome, minutes, age, stuck) in enumerate(_DONE):
        helped = Helped(
            matter=matter,
            place=place,
            outcome=outcome,
            hamlet=there[number // 3 % len(there)],
            minutes=minutes,
            age=age,
            stuck=stuck,
            day=localdate(at) - timedelta(days=ago),
        )
        key = uuid5(NAMESPACE_URL, f"dinhlang demo support {number}")
        add(unit=unit, helped=helped, key=key, by=people.get(who), at=at)
    count_supported(at=at)
    write(
        unit=unit,
        guide="dang-nhap",
        step="mo-cong",
        said=Said(_OWN_WORDS, note=_OWN_NOTE),
        by=Person.objects.filter(username="van-hoa").first(),
        at=at,
    )
