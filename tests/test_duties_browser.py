"""What is owed, played in a browser: a letter comes to the province, a commune is given a report and asks for a later day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

