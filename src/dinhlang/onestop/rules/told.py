"""What a row of the province's system says of a dossier: one state with its days, as of the day of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dinhlang.onestop.rules.states import Delivery, State

_RANKS = {
    State.RECEIVED: 1,
    State.IN_HAND: 2,
    State.SUPPLEMENT: 2,
    State.PAUSED: 2,
    State.RESOLVED: 3,
    State.STOPPED: 3,
    State.WITHDRAWN: 3,
}
_MOMENTS = ("received_at", "due_at", "resolved_at", "given_at", "ended_at")


@dataclass(frozen=True, slots=True)
class Told:
    """The state that a file names, and its days. A day without a time is its first moment; the promised day its last."""

    state: State
    delivery: Delivery
    received_at: datetime
    as_of: date
    due_at: datetime | None = None
    resolved_at: datetime | None = None
    given_at: datetime | None = None
    ended_at: datetime | None = None

    def says_the_same(self, other: Told) -> bool:
        """Whether both say the same of the dossier, whenever they said it."""
        return self._content() == other._content()

    def order(self, seen_on: date | None = None) -> tuple[str, int, str]:
        """Of two rows about one dossier the greater holds: the later file; of one day what is further on. `seen_on` is the last day
        on which a file said the same once more."""
        on = max(self.as_of, seen_on) if seen_on else self.as_of
        return (
            on.isoformat(),
            _RANKS[self.state] * 2 + (self.delivery is Delivery.GIVEN),
            repr(self._content()),
        )

    def last_at(self) -> datetime:
        """The last moment that it speaks of as past."""
        return max(one for one in (self.received_at, self.resolved_at, self.given_at, self.ended_at) if one)

    def as_json(self) -> dict[str, str]:
        said = {name: moment.isoformat() for name in _MOMENTS if (moment := getattr(self, name))}
        return {"state": self.state, "delivery": self.delivery, "as_of": self.as_of.isoformat(), **said}

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> Told:
        return cls(
            state=State(said["state"]),
            delivery=Delivery(said["delivery"]),
            as_of=date.fromisoformat(said["as_of"]),
            **{name: datetime.fromisoformat(said[name]) for name in _MOMENTS if name in said},
        )

    def _content(self) -> tuple[str, ...]:
        moments = (getattr(self, name) for name in _MOMENTS)
        return (self.state, self.delivery, *(f"{one.timestamp():.0f}" if one else "" for one in moments))
