"""Every rule, by its number.

DL1xx form of the document · DL2xx years, periods, figures · DL3xx names and terms · DL4xx language · DL5xx order of parts ·
DL6xx the printed page · DL7xx beside other documents · DL8xx how easily it reads ·
DL9xx two places of one document.
A module keeps its rules in `RULES`; lists of words stand in `terms.toml`.
"""

from __future__ import annotations

from dinhlang.officialdoc.check.registry import Rule
from dinhlang.officialdoc.check.rules import (
    acts,
    addressed,
    authority,
    beside,
    blanks,
    capacity,
    capitals,
    claims,
    contact,
    dates,
    deadlines,
    doubled,
    elements,
    endless,
    facts,
    figures,
    form,
    frames,
    language,
    leftover,
    letters,
    names,
    order,
    ordered,
    page,
    ranges,
    rare,
    readable,
    references,
    repeated,
    spacing,
    stretches,
    terms,
    times,
    unlikely,
    within,
    years,
)

_MODULES = (
    acts,
    addressed,
    authority,
    beside,
    blanks,
    capacity,
    capitals,
    claims,
    contact,
    dates,
    deadlines,
    doubled,
    elements,
    facts,
    endless,
    figures,
    form,
    frames,
    language,
    leftover,
    letters,
    names,
    order,
    ordered,
    page,
    ranges,
    rare,
    readable,
    references,
    repeated,
    spacing,
    stretches,
    terms,
    times,
    unlikely,
    within,
    years,
)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda one: one.id)
)
