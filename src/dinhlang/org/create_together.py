"""Many tables in one operation of a migration.

Django builds every model that is related to a new one anew, once for each operation: in a house where nearly every
table points at units and people that is nearly all of them, and most of what a first start waits for (ADR 0019). A
migration of a room that makes several tables names them together:

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(...),
                migrations.CreateModel(...),
            ]
        ),
        append_only("..."),
    ]

They may point at each other in any order. What is wanted beside the tables comes after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateTogether(Operation):
    """Create the tables of several models, whose classes are built once for all of them."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = list(models)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("CreateTogether", [], {"models": self.models})

    def describe(self) -> str:
        return f"Create models {', '.join(model.name for model in self.models)}"

    @property
    def migration_name_fragment(self) -> str:
        return "_".join(model.name_lower for model in self.models)

    def state_forwards(self, app_label: str, state: Any) -> None:
        # Without classes that are built already nothing is built anew; who asks for them next builds each once.
        state.__dict__.pop("apps", None)
        state.is_delayed = False
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)
