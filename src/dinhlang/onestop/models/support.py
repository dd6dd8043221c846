"""How often the community digital team helped people use online services: a row for each time, of nobody by name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.models.telling import ToldDay
from dinhlang.org.models import Unit
from dinhlang.work.models import Activity


class SupportMatter(models.TextChoices):
    """With what somebody was helped."""

    VNEID = "vneid", _("Cài, kích hoạt VNeID mức 2")
    SIGN_IN = "sign-in", _("Đăng nhập Cổng Dịch vụ công quốc gia")
    FILING = "filing", _("Nộp hồ sơ trực tuyến")
    PAYMENT = "payment", _("Thanh toán trực tuyến")
    LOOK_UP = "look-up", _("Tra cứu hồ sơ, đánh giá, góp ý")
    SIGNATURE = "signature", _("Chữ ký số cá nhân")
    OTHER = "other", _("Việc khác trên mạng")


class SupportPlace(models.TextChoices):
    """Where. Who is helped at the counter is counted there (`Guidance`), and nowhere else."""

    HOUSE = "house", _("Tại nhà dân")
    HALL = "hall", _("Nhà văn hóa thôn")
    OTHER = "other", _("Nơi khác")


class SupportOutcome(models.TextChoices):
    DONE = "done", _("Làm được")
    AGAIN = "again", _("Chưa xong, phải làm tiếp")
    FAILED = "failed", _("Không làm được")


class AgeGroup(models.TextChoices):
    UNDER_35 = "-34", _("Dưới 35 tuổi")
    UNDER_60 = "35-59", _("35 đến 59 tuổi")
    OLDER = "60-", _("Từ 60 tuổi")


class Sex(models.TextChoices):
    FEMALE = "f", _("Nữ")
    MALE = "m", _("Nam")


class Support(models.Model):
    """That `people` were helped with a matter. Rows are only added; `reverses` takes one back and says the same as that one.

    `hamlet` is where they live; `stuck` are the steps of guides at which they needed a hand ('vneid:ma-otp'); `minutes`, `age`
    and `sex` stay empty when nobody asked. `key` is the mark of the form: a phone sends what it kept as often as it must.
    """

    PERSONAL_FIELDS = ("by",)

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="support", verbose_name=_("đơn vị"))
    key = models.UUIDField(_("khóa của biểu mẫu"))
    day = models.DateField(_("ngày"))
    people = models.PositiveSmallIntegerField(_("số lượt người"), default=1)
    hamlet = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("thôn, tổ dân phố"),
    )
    place = models.CharField(_("nơi hỗ trợ"), max_length=5, choices=SupportPlace.choices)
    matter = models.CharField(_("việc"), max_length=9, choices=SupportMatter.choices)
    procedure_code = models.CharField(_("mã thủ tục"), max_length=8, blank=True)
    procedure_name = models.CharField(_("tên thủ tục"), max_length=2000, blank=True)
    outcome = models.CharField(_("kết quả"), max_length=6, choices=SupportOutcome.choices)
    minutes = models.PositiveSmallIntegerField(_("số phút"), null=True, blank=True)
    age = models.CharField(_("nhóm tuổi"), max_length=5, choices=AgeGroup.choices, blank=True)
    sex = models.CharField(_("giới tính"), max_length=1, choices=Sex.choices, blank=True)
    stuck = models.JSONField(_("bước bị vướng"), default=list, blank=True)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người hỗ trợ"),
    )
    reverses = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reversal",
        verbose_name=_("rút lại lượt"),
    )

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("lượt hỗ trợ")
        verbose_name_plural = _("sổ hỗ trợ")
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="support_form_once"),
            models.CheckConstraint(name="support_of_somebody", condition=Q(people__gte=1)),
        ]
        indexes = [models.Index(fields=["unit", "day"], name="support_unit_day")]

    @property
    def reversal_or_none(self) -> Support | None:
        """The row that takes this one back; fetch it with the rows (`select_related`)."""
        return getattr(self, "reversal", None)


class SupportedDay(ToldDay):
    """The line that stands for one day's support of a unit."""

    PERSONAL_FIELDS = ()

    line = models.OneToOneField(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="support_of_the_day",
        verbose_name=_("dòng sổ"),
    )

    class Meta(ToldDay.Meta):
        verbose_name = _("ngày đã tính lượt hỗ trợ")
        verbose_name_plural = _("ngày đã tính lượt hỗ trợ")
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="supported_day_once")]
        indexes = [models.Index(fields=["is_due", "day"], name="supported_day_due")]
