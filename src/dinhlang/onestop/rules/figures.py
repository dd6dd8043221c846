"""What is counted of dossiers: the columns of a day, and of a period by field (Biểu 06). Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

FORM_06: Mapping[int, tuple[str, ...]] = {
    3: ("received", "carried"),
    4: ("online",),
    5: ("direct",),
    6: ("carried",),
    7: ("early", "on_the_day", "late", "untimed"),
    8: ("early",),
    9: ("on_the_day",),
    10: ("late",),
    11: ("open_in_time", "open_standing", "open_late"),
    12: ("open_in_time", "open_standing"),
    13: ("open_late",),
}
"""The counts behind each column of Biểu số 06 (TT 02/2017/TT-VPCP, TT 01/2020/TT-VPCP) that is a count."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one unit, or one field of it, over a stretch of days.

    `received` came in during it, `online` of them; `carried` were open when it began. `early`, `on_the_day`, `late` were solved in
    it, `untimed` of them had no day. `left` were stopped, withdrawn or cancelled in it. `open_in_time`, `open_standing`,
    `open_late` are open at its end. What came in and what was carried over is solved, left or open:
    `received + carried == solved + left + open`.
    """

    received: int = 0
    online: int = 0
    carried: int = 0
    early: int = 0
    on_the_day: int = 0
    late: int = 0
    untimed: int = 0
    left: int = 0
    open_in_time: int = 0
    open_standing: int = 0
    open_late: int = 0

    @property
    def direct(self) -> int:
        return self.received - self.online

    def column(self, number: int) -> int:
        """A column of Biểu 06."""
        return sum(getattr(self, part) for part in FORM_06[number])

    @property
    def solved(self) -> int:
        return self.early + self.on_the_day + self.late + self.untimed

    @property
    def in_time(self) -> int:
        return self.early + self.on_the_day

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_standing + self.open_late

    @property
    def balances(self) -> bool:
        """Whether nothing is lost between coming in and ending."""
        return self.received + self.carried == self.solved + self.left + self.open

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Figures)))

    def measures(self) -> Mapping[str, int]:
        """The counters of the ledger for one day (`work.concepts`)."""
        return {
            "dossiers_received": self.received,
            "dossiers_online": self.online,
            "dossiers_resolved": self.solved,
            "dossiers_early": self.early,
            "dossiers_on_time": self.in_time,
            "dossiers_late": self.late,
            "dossiers_open": self.open,
            "dossiers_open_late": self.open_late,
        }
