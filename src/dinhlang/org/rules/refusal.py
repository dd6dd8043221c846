"""How an act says no."""

from __future__ import annotations


class Refused(Exception):
    """An action was refused. The message is Vietnamese, says why and what to do, and may be shown as it is."""


class Unfit(Refused):
    """What was filled in cannot be taken as it is; `field` names the part to mend."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field
