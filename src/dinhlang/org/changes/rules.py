"""What can be asked of a change, in plain Python: its kinds, its parts, and what makes no sense whatever the units are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line

LONGEST_BASIS = 200
MOST_UNITS = 200
WHOLE = Decimal(1)


class Kind(StrEnum):
    """What happens to units."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    MOVE = "move"
    ABOLISH = "abolish"


LABELS: Mapping[Kind, str | Promise] = {
    Kind.MERGE: gettext_lazy("Sáp nhập"),
    Kind.SPLIT: gettext_lazy("Chia tách"),
    Kind.RENAME: gettext_lazy("Đổi tên"),
    Kind.MOVE: gettext_lazy("Chuyển sang đơn vị cấp trên khác"),
    Kind.ABOLISH: gettext_lazy("Bãi bỏ một cấp"),
}

MEANINGS: Mapping[Kind, str | Promise] = {
    Kind.MERGE: gettext_lazy("Nhiều đơn vị thành một, mới lập hoặc đang có."),
    Kind.SPLIT: gettext_lazy("Một đơn vị thành hai phần trở lên; một phần có thể là chính nó."),
    Kind.RENAME: gettext_lazy("Đơn vị vẫn là nó, mang tên hoặc loại khác."),
    Kind.MOVE: gettext_lazy("Đơn vị vẫn là nó, thuộc đơn vị cấp trên khác."),
    Kind.ABOLISH: gettext_lazy("Các đơn vị của một cấp kết thúc; đơn vị bên dưới lên thẳng cấp trên."),
}


class Posts(StrEnum):
    """What becomes of the posts in a unit that ends."""

    CARRY = "carry"
    END = "end"


@dataclass(frozen=True, slots=True)
class Target:
    """A unit that comes out of a change: `unit` is the id or name of one that is there, else it is made (with `id`, when
    one was chosen).

    `share` is the part of the old unit that it takes, between 0 and 1; `parts` the hamlets, or units below, that go to it.
    """

    unit: str = ""
    kind: str = ""
    name: str = ""
    code: str = ""
    id: str = ""
    share: Decimal | None = None
    parts: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        return self.unit or f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Asked:
    """A change as it was decided. Units are ids, or names until they are looked up.

    `parent` is where a new or moved unit stands, or where those below an abolished one go; `report_to` who receives the
    reports that went to a unit that ends, `report_as` how documents write it.
    """

    kind: Kind
    on: date
    basis: str
    units: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    parent: str = ""
    report_to: str = ""
    report_as: str = ""
    posts: Posts = field(default=Posts.CARRY)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the database; what says nothing is left out."""
        said = {
            "kind": str(self.kind),
            "on": self.on.isoformat(),
            "basis": self.basis,
            "units": list(self.units),
            "targets": [_target_json(one) for one in self.targets],
            "parent": self.parent,
            "report_to": self.report_to,
            "report_as": self.report_as,
            "posts": str(self.posts),
        }
        return {name: value for name, value in said.items() if value not in ("", [])}


def _target_json(one: Target) -> dict[str, Any]:
    said: dict[str, Any] = {
        "unit": one.unit,
        "kind": one.kind,
        "name": one.name,
        "code": one.code,
        "id": one.id,
    }
    said = {name: value for name, value in said.items() if value}
    if one.share is not None:
        said["share"] = str(one.share)
    if one.parts:
        said["parts"] = list(one.parts)
    return said


def from_json(said: Mapping[str, Any]) -> Asked:
    """What `Asked.as_json` gave. Also what a file says: days may be days already, shares numbers or '60%'.

    Raises `Unfit` for a kind that does not exist, no day, or a share that is no number.
    """
    return Asked(
        kind=_kind(said.get("kind", "")),
        on=_day(said.get("on")),
        basis=one_line(str(said.get("basis", ""))),
        units=tuple(_written(one) for one in _list(said.get("units"))),
        targets=tuple(_target(one) for one in _list(said.get("targets"))),
        parent=_written(said.get("parent", "")),
        report_to=_written(said.get("report_to", "")),
        report_as=_written(said.get("report_as", "")),
        posts=Posts.END if said.get("posts") == Posts.END else Posts.CARRY,
    )


def _target(said: Any) -> Target:
    if isinstance(said, str):
        return Target(unit=_written(said))
    if not isinstance(said, Mapping):
        raise Unfit(_("Đơn vị nhận phải có tên hoặc mã."), "targets")
    return Target(
        unit=_written(said.get("unit", "")),
        kind=_written(said.get("kind", "")).lower(),
        name=_written(said.get("name", "")),
        code=_written(said.get("code", "")),
        id=_written(said.get("id", "")),
        share=share_of(said["share"]) if said.get("share") not in (None, "") else None,
        parts=tuple(_written(one) for one in _list(said.get("parts"))),
    )


def share_of(written: Any) -> Decimal:
    """A share as people write it: 0.6, '0,6', '60%', '60 %'. Raises `Unfit`."""
    text = str(written).strip().replace(",", ".")
    try:
        value = Decimal(text.rstrip("% "))
    except InvalidOperation:
        value = Decimal("NaN")
    if text.endswith("%"):
        value /= 100
    if not value.is_finite() or not 0 < value <= 1:
        raise Unfit(
            _("Tỷ lệ “%(share)s” không dùng được. Ghi từ trên 0 đến 100%%, ví dụ 60%%.")
            % {"share": str(written)[:20]},
            "targets",
        )
    return value


def _kind(written: Any) -> Kind:
    try:
        return Kind(str(written))
    except ValueError:
        known = ", ".join(Kind)
        raise Unfit(
            _("Không có loại thay đổi “%(kind)s”. Dùng một trong: %(known)s.")
            % {"kind": str(written)[:20], "known": known},
            "kind",
        ) from None


def _day(written: Any) -> date:
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise Unfit(_("Chưa có ngày có hiệu lực. Ghi như 2025-07-01."), "on") from None


def _list(said: Any) -> list[Any]:
    if said in (None, ""):
        return []
    return list(said) if isinstance(said, (list, tuple)) else [said]


def _written(said: Any) -> str:
    return one_line(str(said or ""))[:200]


# --- what makes no sense --------------------------------------------------------------------------


def check(asked: Asked) -> None:
    """Whether the change holds together, before anything is known of its units. Raises `Unfit` with the reason."""
    if not asked.basis:
        raise Unfit(_("Chưa có căn cứ. Ghi số, ký hiệu và ngày của văn bản quyết định."), "basis")
    if len(asked.basis) > LONGEST_BASIS:
        raise Unfit(_("Căn cứ dài quá %(most)s ký tự.") % {"most": LONGEST_BASIS}, "basis")
    if not asked.units:
        raise Unfit(_("Chưa có đơn vị nào thay đổi."), "units")
    if len(asked.units) > MOST_UNITS:
        raise Unfit(_("Mỗi thay đổi có nhiều nhất %(most)s đơn vị.") % {"most": MOST_UNITS}, "units")
    if twice := next((one for one in asked.units if asked.units.count(one) > 1), ""):
        raise Unfit(_("“%(unit)s” được ghi hai lần.") % {"unit": twice}, "units")
    for one in asked.targets:
        if not one.unit and not (one.kind and one.name):
            raise Unfit(_("Đơn vị mới phải có cả loại và tên, ví dụ xã và Tân Kỳ."), "targets")
    _CHECKS[asked.kind](asked)


def _check_merge(asked: Asked) -> None:
    if len(asked.targets) != 1:
        raise Unfit(
            _("Sáp nhập chỉ có một đơn vị nhận. Chia cho nhiều đơn vị thì chọn “Chia tách”."), "targets"
        )
    others = [one for one in asked.units if one != asked.targets[0].unit]
    if len(others) + bool(asked.targets[0].unit) < 2:
        raise Unfit(
            _("Sáp nhập cần ít nhất hai đơn vị. Một đơn vị mang tên khác thì chọn “Đổi tên”."), "units"
        )
    if asked.targets[0].share not in (None, WHOLE):
        raise Unfit(
            _("Sáp nhập là nhập trọn đơn vị. Chỉ một phần đi sang đơn vị khác thì chọn “Chia tách”."),
            "targets",
        )


def _check_split(asked: Asked) -> None:
    if len(asked.units) != 1:
        raise Unfit(_("Mỗi lần chia tách một đơn vị."), "units")
    if len(asked.targets) < 2:
        raise Unfit(_("Chia tách phải có ít nhất hai đơn vị nhận, kể cả chính nó khi còn lại."), "targets")
    called = [one.called for one in asked.targets]
    if twice := next((one for one in called if called.count(one) > 1), ""):
        raise Unfit(_("“%(unit)s” được ghi hai lần.") % {"unit": twice}, "targets")
    if any(one.share is None for one in asked.targets):
        raise Unfit(_("Ghi tỷ lệ của từng phần, ví dụ xã Tân Kỳ = 40%."), "targets")
    if (sum_ := sum((one.share or Decimal(0) for one in asked.targets), Decimal(0))) != WHOLE:
        raise Unfit(
            _("Các phần cộng lại được %(sum)s%%, phải bằng 100%%.") % {"sum": printed_share(sum_)}, "targets"
        )
    given = [part for one in asked.targets for part in one.parts]
    if twice := next((one for one in given if given.count(one) > 1), ""):
        raise Unfit(_("“%(unit)s” được giao cho hai đơn vị.") % {"unit": twice}, "targets")


def _check_rename(asked: Asked) -> None:
    if len(asked.units) != 1 or len(asked.targets) != 1 or asked.targets[0].unit:
        raise Unfit(_("Mỗi lần đổi tên một đơn vị, sang một loại và tên mới."), "targets")


def _check_move(asked: Asked) -> None:
    if asked.targets:
        raise Unfit(_("Chuyển cấp trên thì không có đơn vị nhận."), "targets")
    if not asked.parent:
        raise Unfit(_("Chưa có đơn vị cấp trên mới."), "parent")
    if asked.parent in asked.units:
        raise Unfit(_("Một đơn vị không thể thuộc chính nó."), "parent")


def _check_abolish(asked: Asked) -> None:
    if len(asked.targets) > 1 or any(not one.unit for one in asked.targets):
        raise Unfit(_("Cấp bị bãi bỏ giao hồ sơ cho nhiều nhất một đơn vị đang có."), "targets")


_CHECKS = {
    Kind.MERGE: _check_merge,
    Kind.SPLIT: _check_split,
    Kind.RENAME: _check_rename,
    Kind.MOVE: _check_move,
    Kind.ABOLISH: _check_abolish,
}


def printed_share(share: Decimal) -> str:
    """A share as a percentage without needless zeros: 0.4 is '40', 0.125 is '12,5'."""
    return f"{share * 100:f}".rstrip("0").rstrip(".").replace(".", ",") if share % 1 else f"{share * 100:.0f}"


def with_ids(asked: Asked, ids: Mapping[str, str]) -> Asked:
    """The same change with each name that was looked up replaced by its id."""
    return replace(
        asked,
        units=tuple(ids.get(one, one) for one in asked.units),
        targets=tuple(
            replace(
                one,
                unit=ids.get(one.unit, one.unit),
                parts=tuple(ids.get(part, part) for part in one.parts),
            )
            for one in asked.targets
        ),
        parent=ids.get(asked.parent, asked.parent),
        report_to=ids.get(asked.report_to, asked.report_to),
    )
