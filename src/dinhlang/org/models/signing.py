"""Who signs for a unit: being told to sign for its head, and the keys of digital signatures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from dinhlang.org.models.dated import Dated
from dinhlang.org.rules.signing import Mandate


class SigningMandate(Dated):
    """A person signs for the head of a unit for a time, by its order or by its authority (NĐ 30/2020/NĐ-CP, art. 13).

    Heads and their deputies need none: their posts say it. `programme` narrows it down to reports of one programme.
    """

    PERSONAL_FIELDS = ("person", "title", "made_by")

    unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, related_name="signing_mandates", verbose_name="đơn vị"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="signing_mandates",
        verbose_name="người ký",
    )
    kind = models.CharField(
        "thẩm quyền", max_length=3, choices=[(each.value, each.value) for each in Mandate]
    )
    title = models.CharField("chức vụ ghi khi ký", max_length=120)
    programme = models.CharField("chương trình", max_length=40, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ghi",
    )
    made_at = models.DateTimeField("ghi lúc")

    class Meta(Dated.Meta):
        ordering = ["unit", "pk"]
        verbose_name = "giao ký"
        verbose_name_plural = "giao ký"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="mandate_with_its_instrument", condition=~Q(legal_basis="")),
            # Authority is given in writing for a time; an order may stand in the rules of work without one.
            models.CheckConstraint(
                name="authority_given_for_a_time", condition=~Q(kind="TUQ") | Q(ends_on__isnull=False)
            ),
        ]


class SigningKey(models.Model):
    """A key with which a person, or the unit itself, signs documents: the PKCS#12 file, sealed.

    Its passphrase is asked when it is used and stored nowhere, so the file alone signs nothing. `picture` is what is seen
    of the signature, sealed too: the hand in blue, the agency's seal in red (NĐ 30/2020/NĐ-CP, Phụ lục I, II.7, II.8);
    without one the signature is shown as words.
    """

    PERSONAL_FIELDS = ("person", "name", "added_by")

    unit = models.ForeignKey(
        "org.Unit", on_delete=models.PROTECT, related_name="signing_keys", verbose_name="đơn vị"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="signing_keys",
        verbose_name="người ký",
    )
    name = models.CharField("tên trên chứng thư", max_length=200)
    organisation = models.CharField("tổ chức trên chứng thư", max_length=200, blank=True)
    starts_at = models.DateTimeField("hiệu lực từ")
    ends_at = models.DateTimeField("hết hạn lúc")
    sealed = models.TextField(editable=False)
    picture = models.TextField(blank=True, default="", editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người thêm",
    )
    added_at = models.DateTimeField("thêm lúc")
    retired_at = models.DateTimeField("thôi dùng lúc", null=True)

    class Meta:
        ordering = ["unit", "-pk"]
        verbose_name = "khóa ký số"
        verbose_name_plural = "khóa ký số"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=Q(retired_at=None, person__isnull=False),
                name="one_key_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(retired_at=None, person=None), name="one_key_of_the_unit"
            ),
        ]
