"""What rooms above may listen to."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction with `tasks`, a frozenset of the keys of tasks whose lines are folded anew.
folded = Signal()
