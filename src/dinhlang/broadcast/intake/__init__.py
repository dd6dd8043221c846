"""Bulletins taken in from the level above: as a file on the desk or by `dinhlang bulletin`, or sent by a machine with a key.

What came is kept as it came, beside what became of it (`models.BulletinSource`); the same message is taken in once. It
becomes a draft like any other: nothing is aired that a person of the commune has not read and its leader approved.
"""
