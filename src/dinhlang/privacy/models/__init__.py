"""What the two registers keep: requests of people about their data, and breaches of the rules that protect it."""

from dinhlang.privacy.models.breaches import Breach, BreachStep
from dinhlang.privacy.models.reminders import PrivacyReminder
from dinhlang.privacy.models.requests import GROUND_LENGTH, DataRequest, DataRequestMatter, DataRequestStep

__all__ = [
    "GROUND_LENGTH",
    "Breach",
    "BreachStep",
    "DataRequest",
    "DataRequestMatter",
    "DataRequestStep",
    "PrivacyReminder",
]
