"""What rooms above may listen to."""

from __future__ import annotations

from django.dispatch import Signal

# Sent after the commit with `unit` (whose catalogue it is) and `codes` (a frozenset of short codes that changed).
changed = Signal()
