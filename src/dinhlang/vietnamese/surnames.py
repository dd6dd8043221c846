"""Family names with their marks, as people of Vietnam have them: 'Trịnh' is one, 'Trình' begins a sentence."""

from __future__ import annotations

_TABLE = """
    nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ ngô dương đinh trịnh đoàn vương trương lưu tạ nghiêm khuất giàng
    sùng vàng thào lò quàng hầu châu ma then điểu ksor siu đàm phùng mạc lâm triệu lương quách thạch danh sơn lý hồ cao mai tô
    hà đào thái tống kiều bạch vi lữ lư kha nông hứa chu âu cù khổng thân phí đôi bồ lại tiêu nhữ tăng diệp lục lầu mùa hạng
    cứ hờ chảo tẩn phàn bàn tôn ninh quản giáp mẫn doãn trà bế vì cầm lường tòng quế cấn
"""
SURNAMES = frozenset(_TABLE.split())
