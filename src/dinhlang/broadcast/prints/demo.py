"""What the fictional commune printed: a poster and a leaflet the leader approved, a banner that hangs too long, a sheet that waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from dinhlang.broadcast.models import Print
from dinhlang.broadcast.prints import actions
from dinhlang.broadcast.prints.actions import PlaceGiven, RunGiven, Sheet
from dinhlang.broadcast.prints.rules import Cloth, Form, Words
from dinhlang.org.models import Person, Unit
from dinhlang.work.models import ReformField

_HALL = "nhà văn hóa thôn"
_POSTER = Words(
    "Nộp hồ sơ trực tuyến, không phải đi xa",
    "Tổ công nghệ số cộng đồng giúp bà con làm lần đầu, ngay tại nhà văn hóa thôn.",
    "- Mang theo căn cước và điện thoại\n- Không thu phí hướng dẫn\n- Mỗi tối thứ Năm, từ 19 giờ",
    "Trung tâm Phục vụ hành chính công xã Bến Trúc",
)
_LEAFLET = Words(
    "Bốn việc làm được trên điện thoại",
    "Không phải đến trụ sở, không phải chờ.",
    "## Bà con tự làm được\n- Đăng ký khai sinh\n- Cấp bản sao trích lục hộ tịch\n- Xác nhận tình trạng hôn nhân\n"
    "- Đăng ký tạm trú\n## Chưa quen thì hỏi ai\nTổ công nghệ số của thôn, hoặc cán bộ ở Trung tâm Phục vụ hành chính công.",
)


def load(unit: Unit, *, writer: Person | None, leader: Person | None, began: datetime, at: datetime) -> None:
    """Give the unit its prints; `began` is some days before `at`."""
    on = localdate(began)
    for form, words, copies, places in (
        (Form.POSTER, _POSTER, 20, ((f"{_HALL} Đông", 2), (f"{_HALL} Tây", 2), ("cổng chợ Bến", 1))),
        (Form.LEAFLET, _LEAFLET, 500, (("họp thôn Đông", 80), ("Trung tâm Phục vụ hành chính công", 120))),
    ):
        made = _cleared(unit, words, Sheet(form, field=ReformField.PROCEDURES), writer, leader, began)
        actions.record_run(made=made, run=RunGiven(on, copies, "tại cơ quan"), by=writer, at=began)
        for place, count in places:
            given = PlaceGiven(place, count, on, None if form == Form.LEAFLET else on + timedelta(days=60))
            actions.record_place(made=made, place=given, by=writer, at=began)
    cloth = Sheet(Form.BANNER, cloth=Cloth(Decimal("8"), Decimal("0.9"), 40), field=ReformField.DIGITAL)
    banner = _cleared(unit, Words("Chuyển đổi số: người dân là trung tâm"), cloth, writer, leader, began)
    actions.record_run(made=banner, run=RunGiven(on, 2, "tiệm in ở chợ"), by=writer, at=began)
    actions.record_place(
        made=banner,
        place=PlaceGiven("cổng chào xã", 1, on, localdate(at) - timedelta(days=1)),
        by=writer,
        at=began,
    )
    actions.write_print(
        unit=unit,
        words=Words("Lịch tiếp công dân của Chủ tịch xã", "Thứ Năm tuần đầu và tuần thứ ba hằng tháng."),
        sheet=Sheet(Form.BOARD),
        by=writer,
        at=began,
    )


def _cleared(
    unit: Unit, words: Words, sheet: Sheet, writer: Person | None, leader: Person | None, at: datetime
) -> Print:
    made = actions.write_print(unit=unit, words=words, sheet=sheet, by=writer, at=at)
    return actions.approve_print(made=made, seen=made.digest, by=leader, at=at)
