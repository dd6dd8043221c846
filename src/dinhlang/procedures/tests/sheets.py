"""Sheets of procedures of our own wording, for tests."""

from __future__ import annotations

from decimal import Decimal

from dinhlang.periods.duration import Duration, DurationUnit
from dinhlang.procedures.rules import Channel, LegalBasis, Level, Method, Outcome, Paper, Sheet

BIRTH = Sheet(
    name="Đăng ký khai sinh",
    field="Hộ tịch",
    levels=(Level.COMMUNE,),
    kind="TTHC được luật giao quy định chi tiết",
    steps="Nộp tờ khai tại nơi tiếp nhận hồ sơ.\nNhận giấy khai sinh khi hồ sơ đủ.",
    methods=(
        Method(
            channel=Channel.COUNTER,
            named="Trực tiếp",
            time_limit="Trong ngày",
            duration=Duration(Decimal(0), DurationUnit.DAY),
            fee="8.000 đồng/trường hợp đăng ký quá hạn; miễn cho hộ nghèo, người khuyết tật.",
        ),
        Method(
            channel=Channel.ONLINE_FULL,
            named="Trực tuyến toàn trình",
            time_limit="01 ngày làm việc",
            duration=Duration(Decimal(1), DurationUnit.WORKING_DAY),
            fee="Miễn lệ phí",
        ),
    ),
    papers=(
        Paper(name="Tờ khai đăng ký khai sinh", originals=1, copies=0, form="Mẫu tờ khai"),
        Paper(name="Giấy chứng sinh", originals=1, copies=0),
    ),
    sets="01 bộ",
    applicants="Cha, mẹ, ông, bà hoặc người thân thích của trẻ",
    decided_by="Ủy ban nhân dân cấp xã",
    carried_out_by="Ủy ban nhân dân cấp xã",
    results=(Outcome(name="Giấy khai sinh", code="KQ.G15.000031"),),
    legal=(LegalBasis(number="60/2014/QH13", title="Luật Hộ tịch"),),
)

MARRIAGE = Sheet(
    name="Đăng ký kết hôn",
    field="Hộ tịch",
    levels=(Level.COMMUNE,),
    steps="Hai bên cùng có mặt, nộp tờ khai.",
    methods=(
        Method(
            channel=Channel.COUNTER,
            named="Trực tiếp",
            time_limit="05 ngày làm việc",
            duration=Duration(Decimal(5), DurationUnit.WORKING_DAY),
            fee="Miễn phí",
        ),
    ),
    papers=(Paper(name="Tờ khai đăng ký kết hôn", originals=1),),
    applicants="Công dân Việt Nam",
    carried_out_by="Ủy ban nhân dân cấp xã",
)

SHOP = Sheet(
    name="Đăng ký thành lập hộ kinh doanh",
    field="Thành lập và hoạt động của hộ kinh doanh",
    levels=(Level.COMMUNE, Level.PROVINCE),
    steps="Nộp giấy đề nghị.",
    methods=(Method(channel=Channel.ONLINE_PART, named="Trực tuyến", time_limit="03 Ngày làm việc"),),
    papers=(Paper(name="Giấy đề nghị", originals=1),),
    applicants="Cá nhân, thành viên hộ gia đình",
    carried_out_by="Phòng Kinh tế",
)
