"""What airs the programme: the player on the PC at the amplifier, and devices of vendors (docs/broadcast.md).

Nouns: zone (cụm loa), device (máy phát, thiết bị) with a key of its own, speaker (loa) where it hangs, alarm (báo động).
A device pulls the schedule of its unit and the sound by hash, stores both ahead, airs without us, and tells later what it
did. What it tells becomes lines of the air log, each of its numbers once.
"""
