"""The proposal: its items, in which order they are asked, what was said of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Span
from dinhlang.work.plan_reading import read_row
from dinhlang.work.plan_values import MOST_ROWS, NotWritable, PlanValues, Row
from dinhlang.work.proposal.entries import checked, code_of, day_of
from dinhlang.work.rollover import moved_schedule
from dinhlang.work.schedule_words import Understood, understood
from dinhlang.work.years import YearKind, mentions

ROW_FIELDS = ("text", "product", "lead", "cooperating", "schedule_text")


@dataclass(frozen=True, slots=True)
class Item:
    """One value of the plan. `path` names it ('rows.3.lead'), `spans` say where it stands in the source."""

    path: str
    value: str
    read: str
    spans: tuple[Span, ...] = ()
    doubts: tuple[str, ...] = ()
    suggestion: str = ""
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """All values of a proposed plan. `base` holds what is not asked about: ordinals, kinds, rhythms, units of duties.

    Rows are named by their place in `base`: a dropped one keeps its place and can be brought back, those that a
    person added (`added` of them) come last.
    """

    base: PlanValues
    items: tuple[Item, ...]
    dropped: frozenset[int] = frozenset()
    added: int = 0

    @property
    def asked(self) -> tuple[Item, ...]:
        """The items a person is asked about: not those of dropped rows."""
        gone = {f"rows.{at}" for at in self.dropped}
        return tuple(item for item in self.items if item.path.rpartition(".")[0] not in gone)

    @property
    def seen(self) -> int:
        return sum(item.is_seen for item in self.asked)

    @property
    def year(self) -> int:
        return int(self._value("year"))

    def _value(self, path: str) -> str:
        return next(item.value for item in self.items if item.path == path)

    def item(self, path: str) -> Item:
        """The item of that path. Raises `NotWritable` when the proposal has none: the page is an old one."""
        for item in self.items:
            if item.path == path:
                return item
        raise NotWritable(_("Ô này không có trong bản đề xuất. Hãy tải lại trang."), field=path)

    def understood(self, item: Item) -> Understood | None:
        """How the schedule that an item holds is understood; `None` for other items."""
        if not item.path.endswith(".schedule_text"):
            return None
        at = int(item.path.split(".")[1])
        row = replace(self.base.rows[at], schedule_text=item.value)
        return understood(read_row(row, at + 1, self.year), self.year)

    def doubts(self, item: Item) -> tuple[str, ...]:
        """What looks wrong about an item as it stands now."""
        reading = self.understood(item)
        said = item.doubts if item.value == item.read else ()
        return (*said, *(reading.doubts if reading else ()))

    def suggestion(self, item: Item) -> str:
        """What the value could be instead, '' when nothing comes to mind."""
        if item.suggestion and item.value == item.read:
            return item.suggestion
        if not item.path.endswith(".schedule_text"):
            return ""
        stale = {one.year for one in mentions(item.value) if one.kind is YearKind.YEAR} - {self.year}
        return moved_schedule(item.value, stale.pop(), self.year) if len(stale) == 1 else ""

    def in_order(self) -> tuple[Item, ...]:
        """The doubtful items first, each part in the order of the document."""
        return tuple(sorted(self.asked, key=lambda item: not self.doubts(item)))

    def is_added(self, item: Item) -> bool:
        """Whether the item belongs to a row that a person added."""
        name, *rest = item.path.split(".")
        return name == "rows" and int(rest[0]) >= len(self.base.rows) - self.added

    def with_row(self) -> Proposal:
        """The proposal with one more row at the end, still to be filled in. Raises `NotWritable` when it is full."""
        at = len(self.base.rows)
        if at >= MOST_ROWS:
            raise NotWritable(_("Kế hoạch có tối đa %(most)d dòng.") % {"most": MOST_ROWS})
        last = self.base.rows[-1].ordinal if self.base.rows else "0"
        row = Row("", ordinal=str(int(last) + 1) if last.isdecimal() else "")
        return replace(
            self,
            base=replace(self.base, rows=(*self.base.rows, row)),
            items=(*self.items, *(unread(f"rows.{at}.{name}", "") for name in ROW_FIELDS)),
            added=self.added + 1,
        )

    def without_row(self, at: int) -> Proposal:
        """The proposal without that row. Raises `NotWritable` when it has none: the page is an old one."""
        self.item(f"rows.{at}.text")
        return replace(self, dropped=self.dropped | {at})

    def with_row_again(self, at: int) -> Proposal:
        """The proposal with a dropped row brought back."""
        return replace(self, dropped=self.dropped - {at})

    @property
    def kept(self) -> tuple[int, ...]:
        """The places of the rows that the plan will have: not dropped, and with something in them."""
        filled = {item.path.rpartition(".")[0] for item in self.items if item.value}
        return tuple(
            at for at in range(len(self.base.rows)) if at not in self.dropped and f"rows.{at}" in filled
        )

    def decided(self, path: str, value: str | None = None) -> Proposal:
        """The proposal after someone saw an item, and said what it should be unless it is right.

        Raises `NotWritable` for a value that cannot be.
        """
        item = self.item(path)
        kept = item.value if value is None else checked(path, value)
        return replace(
            self,
            items=tuple(
                replace(one, value=kept, is_seen=True) if one.path == path else one for one in self.items
            ),
        )

    def all_decided(self) -> Proposal:
        """The proposal after someone took everything that was left as right."""
        return replace(self, items=tuple(replace(one, is_seen=True) for one in self.items))

    def values(self) -> PlanValues:
        """The plan as it stands now."""
        said = {item.path: item.value for item in self.items}
        number, symbol = code_of(said["code"], self.base.symbol)
        rows = tuple(
            _with_texts(self.base.rows[at], {name: said[f"rows.{at}.{name}"] for name in ROW_FIELDS})
            for at in self.kept
        )
        duties = tuple((unit, said[f"duties.{at}"]) for at, (unit, _duty) in enumerate(self.base.duties))
        return PlanValues(
            year=int(said["year"]),
            title=said["title"],
            number=number,
            symbol=symbol,
            issued_on=day_of(said["issued_on"]),
            bases=tuple(said[f"bases.{at}"] for at in range(len(self.base.bases)) if said[f"bases.{at}"]),
            rows=rows,
            duties=tuple((unit, duty) for unit, duty in duties if duty),
        )


def _with_texts(row: Row, texts: dict[str, Any]) -> Row:
    return replace(row, **texts)


def group_of(path: str, base: PlanValues) -> str:
    """The heading under which an item stands."""
    name, *rest = path.split(".")
    if name == "rows":
        row = base.rows[int(rest[0])]
        return _("Nhiệm vụ %(ordinal)s") % {"ordinal": row.ordinal or int(rest[0]) + 1}
    if name == "duties":
        return base.duties[int(rest[0])][0] or _("Phân công")
    return _("Căn cứ") if name == "bases" else _("Văn bản")


def label_of(path: str) -> str:
    """What an item is called."""
    labels = {
        "title": _("Trích yếu"),
        "year": _("Năm"),
        "code": _("Số, ký hiệu"),
        "issued_on": _("Ngày ban hành"),
        "bases": _("Căn cứ"),
        "duties": _("Nội dung giao"),
        "text": _("Nhiệm vụ"),
        "product": _("Sản phẩm, kết quả"),
        "lead": _("Cơ quan chủ trì"),
        "cooperating": _("Cơ quan phối hợp"),
        "schedule_text": _("Thời gian thực hiện"),
    }
    name, *rest = path.split(".")
    return labels[rest[-1] if name == "rows" else name]


def unread(
    path: str, value: str, spans: tuple[Span, ...] = (), doubts: tuple[str, ...] = (), suggestion: str = ""
) -> Item:
    """An item as it was read, nothing said of it yet."""
    return Item(path, value, value, spans, doubts, suggestion)
