"""Which units a consolidated report speaks for, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

# As laws name them; a unit of another kind is counted as 'đơn vị'.
_KINDS = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_MOST_KINDS = 3


def counted_word(kinds: Collection[str]) -> str:
    """What the units are counted as: 'xã', 'xã, phường', 'đơn vị'."""
    known = set(kinds)
    if not known or len(known) > _MOST_KINDS or known - set(_KINDS):
        return "đơn vị"
    return ", ".join(kind for kind in _KINDS if kind in known)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The units that owed a report, and what came of each. Ids of units; each expected one is `taken` or `missing`.

    `nil` said that there was nothing, `unaccepted` are taken before anybody accepted them; both are among `taken`.
    `passed` are left out because a successor's report speaks for their days, by the successor; `ended` ceased within
    the window and nobody reports their days.
    """

    expected: frozenset[str]
    taken: frozenset[str]
    nil: frozenset[str] = frozenset()
    unaccepted: frozenset[str] = frozenset()
    passed: Mapping[str, str] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()

    @property
    def missing(self) -> frozenset[str]:
        """Those that owed a report and are silent, exactly."""
        return self.expected - self.taken - set(self.passed)

    @property
    def counted(self) -> int:
        """How many units the report speaks for."""
        return len(self.taken)

    @property
    def due(self) -> int:
        """How many it should speak for."""
        return len(self.taken | self.missing)

    @property
    def is_whole(self) -> bool:
        return not self.missing

    def sentence(self, word: str, names: Mapping[str, str], order: Sequence[str] | None = None) -> str:
        """'Tổng hợp từ 118/126 xã; thiếu: xã A, xã B.' It prints in the document, so it is always Vietnamese.

        `names` by id; `order` is the order of the names, without it that of the ids.
        """
        return self.told(str(self.counted), str(self.due), word, names, order)

    def told(
        self, counted: str, due: str, word: str, names: Mapping[str, str], order: Sequence[str] | None = None
    ) -> str:
        """The sentence with the two numbers as given: a draft puts figures there that nobody can type over."""
        places = {unit: at for at, unit in enumerate(order or ())}

        def listed(units: Collection[str]) -> str:
            return ", ".join(
                names[one] for one in sorted(units, key=lambda one: (places.get(one, len(places)), one))
            )

        said = f"Tổng hợp từ {counted}/{due} {word}"
        if self.missing:
            said += f"; thiếu: {listed(self.missing)}"
        if self.nil:
            said += f"; không phát sinh: {listed(self.nil & self.taken)}"
        if self.unaccepted:
            said += f"; chưa được chấp nhận: {listed(self.unaccepted & self.taken)}"
        if self.passed:
            heirs = ", ".join(
                f"{names[one]} (tính trong báo cáo của {names[heir]})"
                for one, heir in sorted(self.passed.items())
            )
            said += f"; không cộng riêng: {heirs}"
        if self.ended:
            said += f"; chưa có số liệu đến khi kết thúc hoạt động: {listed(self.ended)}"
        return said + "."
