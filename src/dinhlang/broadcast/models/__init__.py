"""What is stored of bulletins, of when the station speaks, and of what was heard.

An approved edition never changes and the air log is only added to: the database refuses the rest (`org.ledger_triggers`).
"""

from dinhlang.broadcast.models.bulletins import Bulletin, BulletinEdition, BulletinStep

__all__ = ["Bulletin", "BulletinEdition", "BulletinStep"]
