"""The closed sets a bulletin chooses from: what it is, how urgent, where it came from, in which language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is spoken, in the words of a station's log-book."""

    NEWS = "tin", _("Tin")
    ARTICLE = "bai", _("Bài")
    REPORTAGE = "phong-su", _("Phóng sự")
    INTERVIEW = "phong-van", _("Phỏng vấn")
    SKETCH = "ghi-nhanh", _("Ghi nhanh")
    EXAMPLE = "guong", _("Gương người tốt, việc tốt")
    STORY = "cau-chuyen", _("Câu chuyện truyền thanh")
    PLAY = "tieu-pham", _("Tiểu phẩm")
    QUESTION = "hoi-dap", _("Hỏi – đáp pháp luật")
    NOTICE = "thong-bao", _("Thông báo")
    RELAY = "tiep-am", _("Tiếp âm")


class Priority(models.IntegerChoices):
    """How urgent a bulletin is; a larger number goes first.

    An ordinary one takes the slot that the operator chooses, one with priority stands first in its session, an emergency
    interrupts (công văn 1273/BTTTT-TTCS of 2020, the guideline for source information systems).
    """

    ORDINARY = 1, _("Thường")
    URGENT = 2, _("Ưu tiên")
    EMERGENCY = 3, _("Khẩn cấp")


class Source(models.TextChoices):
    """Who made what is aired, as the log-book asks."""

    OWN = "tu-san-xuat", _("Tự sản xuất")
    RELAY = "tiep-am", _("Tiếp âm")
    ABOVE = "cap-tren", _("Cấp trên gửi")


class Language(models.TextChoices):
    """Languages that stations of communes and provinces speak; each is a recording of its own, never a translation by us."""

    VIETNAMESE = "vi", _("Tiếng Việt")
    TAY = "tyz", _("Tiếng Tày")
    NUNG = "nut", _("Tiếng Nùng")
    THAI = "blt", _("Tiếng Thái")
    MUONG = "mtq", _("Tiếng Mường")
    HMONG = "hmn", _("Tiếng Mông")
    DAO = "ium", _("Tiếng Dao")
    CHAM = "cjm", _("Tiếng Chăm")
    KHMER = "km", _("Tiếng Khmer")
    EDE = "rad", _("Tiếng Ê Đê")
    JARAI = "jra", _("Tiếng Gia Rai")
    BAHNAR = "bdq", _("Tiếng Ba Na")
    SEDANG = "sed", _("Tiếng Xơ Đăng")
    KOHO = "kpm", _("Tiếng Cơ Ho")
    MNONG = "mnn", _("Tiếng Mnông")
    STIENG = "sti", _("Tiếng Xtiêng")
    RAGLAI = "rog", _("Tiếng Raglai")
    BRU = "bru", _("Tiếng Bru – Vân Kiều")
    COTU = "ktv", _("Tiếng Cơ Tu")
    HRE = "hre", _("Tiếng Hrê")
    CHINESE = "yue", _("Tiếng Hoa")
    OTHER = "mis", _("Tiếng khác")
