"""What is stored of bulletins, of when and through what the station speaks, and of what was heard.

An approved edition never changes and the air log is only added to: the database refuses the rest (`org.ledger_triggers`).
"""

from dinhlang.broadcast.models.bulletins import Bulletin, BulletinEdition, BulletinLink, BulletinStep
from dinhlang.broadcast.models.channels import Channel, Delivery, DeliveryFigure, DeliveryStep
from dinhlang.broadcast.models.devices import Device, Speaker, Zone
from dinhlang.broadcast.models.emergencies import Emergency, EmergencyLink, EmergencyReceipt
from dinhlang.broadcast.models.intake import BulletinSource, IntakeKey
from dinhlang.broadcast.models.log import AirLogCheckpoint, AirLogEntry, AirLogHead, Counted
from dinhlang.broadcast.models.prints import Print, PrintPlace, PrintRun
from dinhlang.broadcast.models.schedule import AirDay, Programme, RunningItem, Session, Slot, StationRules
from dinhlang.broadcast.models.voices import SpokenForm, Voicing

__all__ = [
    "AirDay",
    "AirLogCheckpoint",
    "AirLogEntry",
    "AirLogHead",
    "Bulletin",
    "BulletinEdition",
    "BulletinLink",
    "BulletinSource",
    "BulletinStep",
    "Channel",
    "Counted",
    "Delivery",
    "DeliveryFigure",
    "DeliveryStep",
    "Device",
    "Emergency",
    "EmergencyLink",
    "EmergencyReceipt",
    "IntakeKey",
    "Print",
    "PrintPlace",
    "PrintRun",
    "Programme",
    "RunningItem",
    "Session",
    "Slot",
    "Speaker",
    "SpokenForm",
    "StationRules",
    "Voicing",
    "Zone",
]
