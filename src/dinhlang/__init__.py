"""Đình Làng: plans, work, evidence and official reports of a Vietnamese commune.

The rooms of the house, top floor first: `cli`, `config`, `portal`, `reports`, `archive`, `work`, `org`,
`officialdoc`, `periods`, `vietnamese`. A room imports only from the floors below it; `make test` holds
every change to that. ARCHITECTURE.md walks through them.
"""

__version__ = "0.1.0"
