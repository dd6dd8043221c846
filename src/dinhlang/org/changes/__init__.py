"""Units that change (docs/units.md): merged, split, renamed, moved under another unit, or a whole tier that ends.

Old matters stay with the old unit; what is open passes on; whoever reads a series is told what it is made of. Rooms
above say in their `AppConfig.ready` what they hold of a unit and what becomes of it (`registry`).
"""
