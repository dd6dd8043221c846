"""What another room hands over to be sent, as plain values: the seam between it and the channels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something published, as it was approved.

    `kind` and `key` name it in the room it is of ('item', '17'), `digest` its words as they stand, `approved_digest` those
    that `approved_by` (key of a person; 0 for nobody) approved: both must be the same. `address` is where everyone reads it. `picture` is
    the hash of a stored picture, `picture_address` where everyone gets it. `reform_field` and `task` are carried over, so
    that what was posted is counted under the same heads.
    """

    kind: str
    key: str
    digest: str
    approved_digest: str
    approved_by: int
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    address: str
    byline: str = ""
    picture: str = ""
    picture_address: str = ""
    reform_field: str = ""
    task: int | None = None
