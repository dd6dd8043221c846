"""Why a document is not taken in."""

from __future__ import annotations

from dinhlang.org.rules import Refused


class AlreadyArchived(Refused):
    """The same file was taken in before for this unit."""


class UnknownIssuer(Refused):
    """The letterhead does not say, or does not say clearly enough, whose document it is."""


class NotOfItsTime(Refused):
    """The unit was not in being at the time the document speaks of."""


class Unreadable(Refused):
    """The file holds nothing that could be read as an official document."""


class WrongStep(Refused):
    """What is asked for does not come after the step the file has reached."""


class StillToDecide(Refused):
    """The file is much like an archived document, and nobody has said that both are wanted."""
