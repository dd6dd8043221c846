"""Who takes part, as far as it is asked: a name, a telephone, whether somebody is a child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.citizens.rules.intake import fit_phone
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import nfc, one_line

NAME_LENGTH = 60
MOST_GUESSED = 1_000_000
CONSENT = "contest-2026-11"
"""Under which words consent is given: a change of them is a new name."""


class Group(models.TextChoices):
    """In what capacity somebody takes part, for the figures."""

    CITIZEN = "citizen", gettext_lazy("Người dân")
    OFFICIAL = "official", gettext_lazy("Cán bộ, công chức, viên chức")
    PUPIL = "pupil", gettext_lazy("Học sinh, sinh viên")


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody says of themselves. `guardian` is the father's, mother's or guardian's name, of a child under 16."""

    name: str
    phone: str
    hamlet: str = ""
    group: str = Group.CITIZEN
    is_child: bool = False
    guardian: str = ""
    is_agreed: bool = False
    is_shown: bool = False
    pace: int = 1
    guess: int | None = None


def fit_name(text: str, part: str = "name") -> str:
    """A name as it is kept. Raises `Unfit`."""
    name = one_line("".join(sign for sign in nfc(text) if sign.isprintable()))
    if sum(sign.isalpha() for sign in name) < 2:
        raise Unfit(_("Ghi họ và tên, ví dụ Nguyễn Thị Minh Họa."), part)
    if len(name) > NAME_LENGTH:
        raise Unfit(
            _("Họ tên dài %(length)s ký tự, tối đa %(most)s. Ghi đúng họ tên, không ghi thêm gì khác.")
            % {"length": len(name), "most": NAME_LENGTH},
            part,
        )
    if any(sign.isdigit() or sign in "<>@/\\{}[]|=" for sign in name):
        raise Unfit(_("Họ tên chỉ gồm chữ. Đừng ghi số căn cước, địa chỉ thư hay đường dẫn."), part)
    return name


def fit_phone_to_call(text: str) -> str:
    """A telephone as it is kept. Raises `Unfit`."""
    phone = fit_phone(text)
    if not phone:
        raise Unfit(_("Ghi số điện thoại: xã chỉ dùng để báo tin khi bạn trúng giải."), "phone")
    return phone


def _check_group(given: Person) -> None:
    if given.group not in Group.values:
        raise Unfit(_("Chọn một mục trong danh sách."), "group")


def _check_agreed(given: Person) -> None:
    if not given.is_agreed:
        raise Unfit(_("Đánh dấu ô đồng ý thì xã mới được giữ họ tên và số điện thoại của bạn."), "agrees")


def _check_guess(given: Person) -> None:
    if given.guess is not None and not 0 <= given.guess <= MOST_GUESSED:
        raise Unfit(_("Ghi một số từ 0 đến 1.000.000."), "guess")


def faults(given: Person) -> list[Unfit]:
    """All that is missing or cannot be, each with its part: nobody should have to mend a form twice."""
    found = []
    checks: tuple[Callable[[Person], object], ...] = (
        lambda one: fit_name(one.name),
        lambda one: fit_phone_to_call(one.phone),
        _check_group,
        lambda one: one.is_child and fit_name(one.guardian, "guardian"),
        _check_guess,
        _check_agreed,
    )
    for check in checks:
        try:
            check(given)
        except Unfit as reason:
            found.append(reason)
    return found


def fit_person(given: Person) -> Person:
    """As it is kept. Raises `Unfit` for the first of what is missing or cannot be."""
    for fault in faults(given):
        raise fault
    return Person(
        name=fit_name(given.name),
        phone=fit_phone_to_call(given.phone),
        hamlet=given.hamlet,
        group=given.group,
        is_child=given.is_child,
        guardian=fit_name(given.guardian, "guardian") if given.is_child else "",
        is_agreed=True,
        # A child stands in the ranking by its code only, whatever was ticked.
        is_shown=given.is_shown and not given.is_child,
        pace=given.pace,
        guess=given.guess,
    )


def short_name(name: str) -> str:
    """A name as everyone may read it: the first word whole, of the others the first letter. 'Nguyễn Thị Minh' is 'Nguyễn T. M.'.

    Of a single word not even that stays whole.
    """
    words = nfc(name).split()
    first, rest = (words[0], words[1:]) if len(words) > 1 else ("", words)
    letters = [f"{next((sign for sign in word if sign.isalpha()), word[0]).upper()}." for word in rest]
    return " ".join(([first] if first else []) + letters)
